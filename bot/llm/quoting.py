"""The words of the sources that carry a sentence: the fewest units of the fewest sources. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from bot.llm.evidence import Evidence, TextOf
from bot.model import Quote
from bot.passage import Unit, units
from bot.question import pairs_in
from bot.verify.check import verify

_TRIED = 6  # units of one source, the best covering first


def quotes_for(
    sentence: str, carrying: Sequence[int], evidence: Sequence[Evidence], text_of: TextOf
) -> tuple[Quote, ...]:
    """Verbatim quotes out of the sources `carrying` (places in `evidence`), one or two of each that is needed."""
    needed = _needed(sentence, [evidence[at] for at in carrying])
    return tuple(quote for one in needed for quote in _of_one(sentence, one, text_of))


def _needed(sentence: str, carrying: Sequence[Evidence]) -> list[Evidence]:
    """Without those that add nothing: a model likes to cite one source too many."""
    kept = list(carrying)
    for one in reversed(carrying):
        others = [other for other in kept if other is not one]
        texts, places = [other.text for other in others], [other.place for other in others]
        if others and verify(sentence, texts, places).supported:
            kept = others
    return kept


def _of_one(sentence: str, one: Evidence, text_of: TextOf) -> list[Quote]:
    """The first unit, or pair of units, that carries the sentence alone; else the one that covers most of it."""
    wanted = pairs_in(sentence)
    ranked = sorted(units(one.hit, text_of), key=lambda unit: -_covers(wanted, unit))[:_TRIED]
    if not ranked:
        return [Quote(one.hit, one.hit.text, one.hit.start, one.hit.end, one.hit.score)]
    for few in (*((unit,) for unit in ranked), *combinations(ranked[:4], 2)):
        if verify(sentence, ["".join(unit.texts) for unit in few], [one.place] * len(few)).supported:
            return [_quote(one, unit, text_of) for unit in sorted(few, key=lambda unit: unit.spans[0])]
    return [_quote(one, ranked[0], text_of)]


def _covers(wanted: frozenset[str], unit: Unit) -> float:
    """The share of the sentence's pairs in it; of two that cover the same the shorter one."""
    text = "".join(unit.texts)
    return len(wanted & pairs_in(text)) / max(1, len(wanted)) - len(text) / 100_000


def _quote(one: Evidence, unit: Unit, text_of: TextOf) -> Quote:
    """A list is quoted from its first line to its last."""
    start, end = unit.spans[0][0], unit.spans[-1][1]
    return Quote(one.hit, text_of(one.hit.document_id)[start:end], start, end, one.hit.score)
