"""Pairs of a sentence and the text cited for it, true and wrong: written by hand, and made by seeded mutation.

The hand-written ones stand in evals/cases/verify-hand*.tsv (source, articles, 1 or 0, kind,
sentence); this adds the evidence they are judged against and sentences of the regulations themselves, whole,
shortened, joined, and broken in one place. No article is in both halves, so that nothing learned on one article is
examined on the same.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from evals.mutate import MUTATIONS, numerals, shortened
from ingest.errors import ConfigError, os_words
from ingest.text import sentences

T = TypeVar("T")
PER_KIND, PER_KIND_HELDOUT = 24, 14  # seeded wrong sentences of each kind of error
TRUE_WHOLE, TRUE_SHORT, TRUE_JOINED, TRUE_NUMERALS = 40, 40, 20, 20
HAND, HAND_SECOND = "verify-hand.tsv", "verify-hand-second.tsv"  # both read while the rules were made
HAND_HELDOUT = "verify-hand-heldout.tsv"  # written when they were done
LONGEST = 900  # characters of an article that is taken whole
_ARTICLE = re.compile(r"(?m)^[ \t　]*(?=第[一二三四五六七八九十百零〇]+条)")
_LABEL = re.compile(r"第[一二三四五六七八九十百零〇]+条")
_HEADING = re.compile(r"\n\s*(?:第[一二三四五六七八九十百]+[编章节]|附\s*则|总\s*则)[\s\S]*$")


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    half: str
    kind: str
    supported: bool
    made: str
    sentence: str
    source: str
    articles: tuple[str, ...]
    titles: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    source: str
    title: str
    label: str
    text: str


def evidence_file(path: Path) -> Path:
    """Beside the pairs: the articles they name by number, each once, for one is cited by many sentences."""
    return path.with_name(f"{path.stem}-evidence.jsonl")


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Every pair of the file with the articles it names; ConfigError names a broken line, or the file that is not there."""
    articles = dict(_lines(evidence_file(path), lambda row: (row.pop("n"), Article(**row))))

    def pair(row: dict[str, Any]) -> Pair:
        return _paired(cited=[articles[n] for n in row.pop("evidence")], **row)

    pairs = tuple(_lines(path, pair))
    if not pairs:
        raise ConfigError(f"{path.name} 里没有句子。", hint="写法见 docs/verification.md。")
    return pairs


def _lines(path: Path, made: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(
            f"读不了 {path}：{os_words(error)}。", hint="句子和依据两个文件要放在一起。"
        ) from error
    for number, line in enumerate(lines, 1):
        try:
            yield made(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ConfigError(
                f"{path.name} 第 {number} 行不是一对句子和依据：{error}",
                hint="每行一个 JSON，写法见 docs/verification.md。",
            ) from error


def write_pairs(pairs: Sequence[Pair], path: Path) -> None:
    """The pairs, and beside them their articles; the same pairs give the same two files."""
    numbers: dict[Article, int] = {}
    rows = []
    for pair in pairs:
        places = zip(pair.articles, pair.titles, pair.evidence, strict=True)
        cited = [
            Article(pair.source, title.removesuffix(f" {label}"), label, text)
            for label, title, text in places
        ]
        row = {key: getattr(pair, key) for key in ("id", "half", "kind", "supported", "made", "sentence")}
        rows.append({**row, "evidence": [numbers.setdefault(one, len(numbers) + 1) for one in cited]})
    _write_lines(rows, path)
    _write_lines([{"n": number, **asdict(one)} for one, number in numbers.items()], evidence_file(path))


def _write_lines(rows: Sequence[dict[str, object]], path: Path) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def articles_of(folder: Path) -> tuple[Article, ...]:
    """Every article of every text of the folder, under the title that SOURCES.tsv gives it."""
    titles = {}
    for line in (folder / "SOURCES.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, title, *_ = line.split("\t")
        titles[name] = re.sub(r"（含[^）]*）", "", title)
    found = []
    for path in sorted(folder.glob("*.txt")):
        for part in _ARTICLE.split(path.read_text(encoding="utf-8"))[1:]:
            text = _HEADING.sub("", part).strip()
            label = _LABEL.match(text)
            if label:
                found.append(Article(path.name, titles.get(path.name, path.stem), label[0], text))
    return tuple(found)


def make_pairs(folder: Path, hand: Path, seed: int) -> tuple[Pair, ...]:
    """All pairs of the regulations in `folder` and the hand-written files in `hand`; the same seed gives the same ones."""
    everything = articles_of(folder)
    by_place = {(one.source, one.label): one for one in everything}
    usable = [
        one
        for one in everything
        if 30 <= len(one.text) <= LONGEST and "截断" not in one.source and "换行" not in one.source
    ]
    dev = [*_by_hand(hand / HAND, by_place, "dev"), *_seeded(usable, seed, "dev", PER_KIND)]
    second = _unseen(usable, dev)
    dev += [*_by_hand(hand / HAND_SECOND, by_place, "dev-second")]
    dev += [*_seeded(second, seed + 1, "dev-second", PER_KIND_HELDOUT)]
    seen = {(pair.source, label) for pair in dev for label in pair.articles}
    heldout = [
        *_by_hand(hand / HAND_HELDOUT, by_place, "heldout"),
        *_seeded(_unseen(usable, dev), seed + 2, "heldout", PER_KIND_HELDOUT),
    ]
    both = [pair.id for pair in heldout for label in pair.articles if (pair.source, label) in seen]
    if both:
        raise ConfigError(f"这些句子的条文在开发的一半里用过：{'、'.join(both)}", hint="请换别的条文。")
    return (*dev, *heldout)


def _unseen(usable: Sequence[Article], pairs: Sequence[Pair]) -> list[Article]:
    seen = {(pair.source, label) for pair in pairs for label in pair.articles}
    return [one for one in usable if (one.source, one.label) not in seen]


def _by_hand(path: Path, by_place: dict[tuple[str, str], Article], half: str) -> Iterator[Pair]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stem, places, supported, kind, sentence = line.split("\t")
        cited = [by_place[f"{stem}.txt", label] for label in places.split("+")]
        made_kind = kind if supported == "1" else f"hand-{kind}"
        yield _pair(f"{half}-hand-{number:03}", made_kind, supported == "1", "hand", sentence, cited, half)


def _seeded(usable: Sequence[Article], seed: int, half: str, per_kind: int) -> Iterator[Pair]:
    chance = random.Random(seed)  # noqa: S311  (figures that must repeat)
    for kind, count in (("verbatim", TRUE_WHOLE), ("shortened", TRUE_SHORT), ("numerals", TRUE_NUMERALS)):
        for number in range(count * per_kind // PER_KIND):
            yield _true(f"{half}-seed-{kind}-{number:02}", kind, usable, chance, half)
    for number in range(TRUE_JOINED * per_kind // PER_KIND):
        one = chance.choice(usable)
        other = chance.choice([two for two in usable if two.source == one.source])
        parts = [_sentence(place, chance) for place in dict.fromkeys((one, other))]
        joined = "；".join(part.rstrip("。；") for part in parts) + "。"
        yield _pair(
            f"{half}-seed-joined-{number:02}",
            "joined",
            True,
            "seed",
            joined,
            list(dict.fromkeys((one, other))),
            half,
        )
    for kind, mutate in MUTATIONS.items():
        made = 0
        while made < per_kind:
            article = chance.choice(usable)
            wrong = mutate(_sentence(article, chance), article.title, article.text, chance)
            if wrong and wrong not in article.text:
                yield _pair(f"{half}-seed-{kind}-{made:02}", kind, False, "seed", wrong, [article], half)
                made += 1


def _true(name: str, kind: str, usable: Sequence[Article], chance: random.Random, half: str) -> Pair:
    while True:
        article = chance.choice(usable)
        whole = _sentence(article, chance)
        said = whole if kind == "verbatim" else (shortened if kind == "shortened" else numerals)(whole)
        if said and len(said) >= 12 and (kind == "verbatim" or said != whole):
            return _pair(name, kind, True, "seed", said, [article], half)


def _sentence(article: Article, chance: random.Random) -> str:
    spans = [
        article.text[start:end]
        for start, end in sentences(article.text)
        if 14 <= end - start <= 160 and not article.text[start:end].endswith(("：", ":"))
    ]
    if not spans:
        return article.text.split("\n")[0]
    return _LABEL.sub("", chance.choice(spans), count=1).strip(" 　\t")


def _pair(
    name: str, kind: str, supported: bool, made: str, sentence: str, cited: Sequence[Article], half: str
) -> Pair:
    half = half.removesuffix("-second")
    return _paired(name, half, kind, supported, made, sentence, cited)


def _paired(
    id: str,  # noqa: A002 - as the files call it
    half: str,
    kind: str,
    supported: bool,
    made: str,
    sentence: str,
    cited: Sequence[Article],
) -> Pair:
    return Pair(
        id=id,
        half=half,
        kind=kind,
        supported=supported,
        made=made,
        sentence=sentence,
        source=cited[0].source,
        articles=tuple(one.label for one in cited),
        titles=tuple(f"{one.title} {one.label}" for one in cited),
        evidence=tuple(one.text for one in cited),
    )
