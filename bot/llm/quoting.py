"""Whether the sources carry a sentence, and by which of their words: the nearest ones decide. Pure.

Among a dozen articles there is nearly always one that seems to carry a false sentence, while the one that it was made from
speaks against it. So the sentence is held against the words nearest to it, whatever it cites: only what these carry, alone or
with one more, is carried. What is quoted is the proof that a reader opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.passage import Unit, units
from bot.llm.evidence import Evidence, TextOf
from bot.llm.wording import changed
from bot.model import Quote
from bot.verify.check import verify
from bot.verify.model import Verdict
from bot.verify.reading import normal

NEAR = 0.03  # how far behind the nearest words others may be that carry the sentence by themselves
_TRIED = 8  # units, the nearest first
_FURTHER = 5  # of these may stand beside the nearest one
LEAST = 0.45  # share of the sentence's pairs that one quote and its place have; see docs/models.md
LEAST_OF_EACH = 0.5  # the same of each clause where it takes two quotes: two texts have many words by chance
_NO_LETTER = re.compile(r"[^\w%]+")
_CLAUSE = re.compile(r"[，；。：！？,;:!?]")
_SHORT = 0.2  # what it counts that the words say little else
_NOTHING = Verdict(False, "content", "依据中没有这句话说的内容")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or list of a source; `pairs` are those of its words."""

    source: int
    unit: Unit
    text: str
    pairs: frozenset[str]


def passages_of(evidence: Sequence[Evidence], text_of: TextOf) -> tuple[Passage, ...]:
    """Everything that may be quoted, worked out once for an answer."""
    return tuple(
        Passage(at, unit, "".join(unit.texts), _pairs("".join(unit.texts)))
        for at, one in enumerate(evidence)
        for unit in units(one.hit, text_of)
    )


def carried(
    sentence: str,
    cited: Sequence[int],
    evidence: Sequence[Evidence],
    passages: Sequence[Passage],
    text_of: TextOf,
) -> tuple[tuple[Quote, ...], Verdict]:
    """Verbatim quotes that carry the sentence; () with the reason where there are none. Of words that are as near, those
    of the sources it names (from 0) go first.
    """
    wanted = _pairs(sentence)
    ranked = sorted(passages, key=lambda one: (-_nearness(wanted, one), one.source not in cited))[:_TRIED]
    first = changed(sentence, ranked[0].text) if ranked else _NOTHING
    if first is not None:
        return (), first
    for few in _sets(wanted, frozenset(cited), ranked):
        verdict = _verdict(sentence, few, evidence)
        if verdict.supported:
            return tuple(_quote(evidence[one.source], one.unit, text_of) for one in few), verdict
        first = first or verdict
    return (), first or _NOTHING


def _verdict(sentence: str, few: Sequence[Passage], evidence: Sequence[Evidence]) -> Verdict:
    """Whether these passages carry it: by the rules, in enough of their words, and with what stands around them."""
    places = [evidence[one.source].place for one in few]
    clauses = [sentence] if len(few) == 1 else [one for one in _CLAUSE.split(sentence) if one]
    least = LEAST if len(few) == 1 else LEAST_OF_EACH
    if any(_covered(clause, few, places) < least for clause in clauses):
        return _NOTHING
    verdict = verify(sentence, [one.text for one in few], places)
    if not verdict.supported:
        return verdict
    # The whole articles must carry it, too: the next sentence may begin with 但.
    sources = [evidence[at] for at in dict.fromkeys(one.source for one in few)]
    return verify(sentence, [one.text for one in sources], [one.place for one in sources])


def _sets(
    wanted: frozenset[str], cited: frozenset[int], ranked: Sequence[Passage]
) -> Iterator[tuple[Passage, ...]]:
    """The nearest passage and those as near, one by one; then the nearest with another."""
    best = _nearness(wanted, ranked[0])
    near = [one for one in ranked if _nearness(wanted, one) >= best - NEAR]
    yield from ((one,) for one in sorted(near, key=lambda one: one.source not in cited))
    yield from ((ranked[0], other) for other in ranked[1 : 1 + _FURTHER])


def _nearness(wanted: frozenset[str], one: Passage) -> float:
    """The share of the sentence in the passage, and a little for a passage that says nothing else."""
    common = len(wanted & one.pairs)
    return common / max(1, len(wanted)) + _SHORT * common / max(1, len(one.pairs))


def _covered(clause: str, few: Sequence[Passage], places: Sequence[str]) -> float:
    """The share of a clause's pairs that the best of the passages has, its place included."""
    wanted = _pairs(clause)
    if not wanted:
        return 1.0
    return max(
        len(wanted & (one.pairs | _pairs(place))) / len(wanted)
        for one, place in zip(few, places, strict=True)
    )


def _pairs(text: str) -> frozenset[str]:
    """Its words in official form, by pairs of neighbouring characters; none across a stop."""
    return frozenset(
        part[at : at + 2] for part in _NO_LETTER.split(normal(text)) for at in range(len(part) - 1)
    )


def _quote(one: Evidence, unit: Unit, text_of: TextOf) -> Quote:
    """A list is quoted from its first line to its last."""
    start, end = unit.spans[0][0], unit.spans[-1][1]
    return Quote(one.hit, text_of(one.hit.document_id)[start:end], start, end, one.hit.score)
