"""Cases that name articles as people write them: full and short titles, both kinds of numerals, 款, years, several at once.

Names and golds are made here from the catalog's rows alone, not by the code that is judged.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.model import Case, Place
from ingest.index import Index
from ingest.model import DocumentRow
from ingest.text import chinese_number, parse_number

_ASKING = (
    "{}",
    "{}是什么？",
    "{}规定了什么？",
    "请问{}的内容是什么",
    "帮我找一下{}",
    "根据{}，应当怎么办？",
    "{}原文",
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SHORTENED = re.compile(r"中华人民共和国|^(?:中共中央|中国共产党)(?!党)|[（(](?:试行|暂行)[）)]$")
_TAILS = ("细则", "准则", "章程", "规程")


@dataclass(frozen=True, slots=True)
class _Target:
    """An article, the names its document goes by, the year to say (None: the newest is meant), and what is right."""

    names: tuple[str, ...]
    label: str
    year: str | None
    gold: tuple[Place, ...]
    document: str


def reference_cases(
    index: Index, count: int, seed: int = 0, on_document: Callable[[int, int], None] | None = None
) -> tuple[Case, ...]:
    """Up to `count` cases; every document that has articles is named at least once if `count` allows it."""
    chance = random.Random(seed)  # noqa: S311 - a draw that must repeat, no secret
    targets = _targets(index, on_document)
    chance.shuffle(targets)
    first: dict[str, _Target] = {}
    for target in targets:
        first.setdefault(target.document, target)
    taken = {id(target) for target in first.values()}
    drawn = [*first.values(), *(target for target in targets if id(target) not in taken)][:count]
    return tuple(_case(index, number, target, chance, drawn) for number, target in enumerate(drawn, 1))


def _targets(index: Index, on_document: Callable[[int, int], None] | None) -> list[_Target]:
    rows = index.documents()
    labels: dict[str, list[str]] = {}
    for done, row in enumerate(rows, 1):
        labels[row.id] = index.articles_of(row.id)
        if on_document:
            on_document(done, len(rows))
    called = _called([(row.title, row.work_key, row.kind) for row in rows])
    works = defaultdict(list)
    for row in rows:
        if labels[row.id]:
            works[_plain(row.work_key)].append(row)
    groups = defaultdict(list)  # what says the same in several files stands for each other
    for row in rows:
        groups[row.copy_of or row.id].append(row)
    found = []
    for same in works.values():
        standing = [row for row in same if row.in_force] or same
        newest = max(row.version or "" for row in standing)
        current = [row for row in standing if (row.version or "") == newest]
        taken = {label for row in current for label in labels[row.id]}
        for row in same:
            for label in labels[row.id]:
                now = [one for one in current if label in labels[one.id]]
                # A file that goes on where those end, as those of 民法典 do, is no other version.
                replaced = not taken.isdisjoint(labels[row.id])
                old = row not in now and (bool(now) or (bool(row.version) and replaced))
                if old and not row.version:
                    continue  # an old text without a year: no words could ask for it
                right = (
                    [one for one in same if one.version == row.version and label in labels[one.id]]
                    if old
                    else now
                )
                right = _with_copies(right or [row], groups)
                gold = tuple(Place(one.source, label) for one in right if label in labels[one.id])
                year = row.version[:4] if old and row.version else None
                found.append(_Target(called[row.title], label, year, gold, row.id))
    return found


def _with_copies(rows: Sequence[DocumentRow], groups: Mapping[str, list[DocumentRow]]) -> list[DocumentRow]:
    ids = dict.fromkeys(row.copy_of or row.id for row in rows)
    return list({row.id: row for row in (*rows, *(one for key in ids for one in groups[key]))}.values())


def _called(rows: Sequence[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    """Title -> the ways to write it: as it stands, shortened, and 党章 or 细则 where only one work can be meant."""
    works = defaultdict(set)
    for title, key, _ in rows:
        works[_short(title)].add(_plain(key))
    tails = {
        tail: {key for name, keys in works.items() if name.endswith(tail) for key in keys} for tail in _TAILS
    }
    found = {}
    for title, key, kind in rows:
        names = [f"《{title}》", title]
        short = _short(title)
        if works[short] == {_plain(key)}:
            names += [f"《{short}》", short]
        names += [tail for tail in _TAILS if short.endswith(tail) and tails[tail] == {_plain(key)}]
        found[title] = (*names, *(("党章", "《党章》") if kind == "党章" else ()))
    return found


def _plain(name: str) -> str:
    """One issuer writes 、 between two courts, another a space: it is the same work."""
    return re.sub(r"[、\s]", "", name)


def _short(title: str) -> str:
    shorter = _SHORTENED.sub("", title)
    return shorter if len(shorter) > 1 else title


def _case(
    index: Index, number: int, target: _Target, chance: random.Random, others: Sequence[_Target]
) -> Case:
    detail, words = "", ""
    if chance.random() < 0.3:
        detail, words = _paragraph(index, target, chance)
    written = _article(target, chance) + detail
    gold = [target.gold]
    if not detail and chance.random() < 0.2:
        other = chance.choice(others)
        if other.gold != target.gold:
            written += chance.choice("、和与") + _article(other, chance)
            gold.append(other.gold)
    question = chance.choice(_ASKING).format(written)
    return Case(
        id=f"reference-{number:04}",
        question=question,
        gold=tuple(dict.fromkeys(gold)),
        answer_contains=(words,) if words else (),
    )


def _article(target: _Target, chance: random.Random) -> str:
    name, numeral = _name(target, chance), _numeral(target.label, chance)
    return (
        f"{name}第{numeral}" if name[-1:].isdigit() and numeral[0] != "第" else name + numeral
    )  # not 解读0812条


def _name(target: _Target, chance: random.Random) -> str:
    name = chance.choice(target.names)
    if target.year is None:
        return name
    return chance.choice(
        (f"{target.year}年{name}", f"{name}（{target.year}年版）", f"{target.year}年的{name}")
    )


def _numeral(label: str, chance: random.Random) -> str:
    """第十二条, 第12条, 第１２条 or 12条, all the same article."""
    numeral, _, tail = label[1:].partition("条")
    arabic = str(parse_number(numeral))
    written = chance.choice(
        (
            f"第{numeral}条",
            f"第{arabic}条",
            f"第{arabic.translate(_FULL_WIDTH)}条",
            f"第 {arabic} 条",
            f"{arabic}条",
        )
    )
    return written + tail


def _paragraph(index: Index, target: _Target, chance: random.Random) -> tuple[str, str]:
    """第二款 of an article whose lines are plainly its 款, and the words that stand at its beginning; else nothing."""
    parts = index.article(target.document, target.label)
    lines = [line.strip() for line in parts[0].text.splitlines() if line.strip()]
    plain = len(lines) > 1 and all(line.endswith("。") and line[0] not in "（(" for line in lines)
    if len(target.gold) > 1 or len(parts) > 1 or not plain:  # a part may begin within a 款
        return "", ""
    at = chance.randrange(1, len(lines))
    written = chance.choice((chinese_number(at + 1), str(at + 1)))
    return f"第{written}款", re.split(r"[，。；：]", lines[at])[0]
