"""Do these facts and passages carry a sentence? The rules of `bot.verify` over few of them, the nearest first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.drafting.model import Beside, Fact
from bot.llm.wording import changed
from bot.verify.check import verify
from bot.verify.model import Verdict
from bot.verify.reading import normal

LEAST = 0.45  # share of the pairs of each clause that one of the grounds must have; as in `bot.llm.quoting`
_NEAREST = 6  # grounds that are tried together
_TOGETHER = 3  # facts that one sentence may tell
_CLAUSE = re.compile(r"[，。；：！？,;:!?]")
_NO_LETTER = re.compile(r"[^\w%]+")
_COUNTED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十][，、])")
_NOTHING = Verdict(False, "content", "事实和参考段落中没有这句话说的内容")


@dataclass(frozen=True, slots=True)
class Grounds:
    """A fact, a calculation or a clause that a sentence may rest on. `place` says where from, `state` whether it holds (现行,
    已被取代或废止; 事实 for what was given or worked out from it).
    """

    text: str
    place: str
    state: str
    fact: Fact | None = None
    beside: Beside | None = None


def grounds_of(
    facts: Sequence[Fact], beside: Sequence[Beside], rows: Mapping[int, str]
) -> tuple[Grounds, ...]:
    """A table's row also in the words that a report says it in, with its change; see `bot.drafting.figures.rows`. Of what lies beside
    only clauses: what another unit did, or this one last year, carries nothing that is said of this year.
    """
    given = (Grounds(fact.text, f"事实：{fact.where}", "事实", fact) for fact in facts)
    told = (Grounds(rows[fact.n], f"计算：{fact.where}", "事实", fact) for fact in facts if fact.n in rows)
    return (*given, *told, *(_passage(one) for one in beside if one.role == "依据"))


def _passage(one: Beside) -> Grounds:
    cited = one.citation
    place = " ".join((f"{one.role}：《{cited.title}》", *cited.heading_path, *filter(None, [cited.article])))
    return Grounds(one.text, place, "现行" if cited.in_force else "已被取代或废止", beside=one)


def carried(
    sentence: str, cited: Sequence[int], grounds: Sequence[Grounds]
) -> tuple[tuple[int, ...], Verdict]:
    """The fewest grounds (from 0) that carry the sentence, those it names tried first; () with the reason where none do."""
    words = _COUNTED.sub("", sentence.strip())
    wanted = _pairs(words)
    if not grounds or not wanted:
        return (), _NOTHING
    ranked = sorted(range(len(grounds)), key=lambda at: -len(wanted & _pairs(grounds[at].text)))[:_NEAREST]
    turned = changed(words, grounds[ranked[0]].text)
    if turned is not None:
        return (), turned
    first: Verdict | None = None
    for few in _sets([at for at in cited if 0 <= at < len(grounds)], ranked):
        verdict = _verdict(words, [grounds[at] for at in few])
        if verdict.supported:
            return few, verdict
        first = first or verdict
    return (), first or _NOTHING


def _verdict(words: str, few: Sequence[Grounds]) -> Verdict:
    for clause in filter(None, _CLAUSE.split(words)):
        wanted = _pairs(clause)
        if wanted and max(len(wanted & _pairs(one.text + one.place)) for one in few) < LEAST * len(wanted):
            return _NOTHING
    return verify(words, [one.text for one in few], [one.place for one in few])


def _sets(cited: Sequence[int], ranked: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The nearest alone, then what the sentence names, then two and three of the nearest."""
    yield (ranked[0],)
    if 0 < len(cited) <= _NEAREST:
        yield tuple(dict.fromkeys(cited))
    for many in range(1, _TOGETHER + 1):
        yield from combinations(ranked, many)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(
        part[at : at + 2] for part in _NO_LETTER.split(normal(text)) for at in range(len(part) - 1)
    )
