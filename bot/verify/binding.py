"""Whether a figure, a body, a step stands in the evidence beside what the sentence says of it. Pure.

A mark of the sentence is compared with every mark of its kind in the evidence by what stands around them. It is bound
when one that says the same fits about as well as the best one that says something else: 每月 for 每季度 is an error
even where the article has both, because the words around it are those of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.verify.passages import Place
from bot.verify.reading import Mark, Reading
from bot.verify.words import LOOSE_LEVELS

BESIDE, CLAUSE, SENTENCE = 2.0, 1.0, 0.4  # what shared words count by where they stand in the sentence
# ... and in the evidence: beside the mark, in its clause, in its sentence, around it. A subject may stand far off.
THERE = (1.0, 0.7, 0.5, 0.25)
THERE_BODY = (1.0, 0.95, 0.85, 0.25)
OPEN = 0.75  # how well a mark must fit to be another's rival though the sentence names it elsewhere


@dataclass(frozen=True, slots=True)
class Bound:
    """How well the best mark that says the same fits (None: there is none), and the best that says another."""

    same: float | None
    rival: float
    rival_text: str
    together: bool  # both stand in one sentence, where nearness alone tells them apart


def bind(mark: Mark, said: Reading, places: Sequence[Place]) -> Bound:
    mentioned = {other.value for other in said.marks if other.kind == mark.kind}
    same: float | None = None
    rival, rival_text = 0.0, ""
    named, named_text = 0.0, ""
    same_place: Place | None = None
    rival_place: Place | None = None
    for place in places:
        for other in place.reading.marks:
            if other.kind != mark.kind:
                continue
            if agrees(mark, other):
                score = alike(mark, other, place)
                if same is None or score > same:
                    same, same_place = score, place
                continue
            score = alike(mark, other, place)
            if other.value in mentioned:
                if score > named:
                    named, named_text = score, other.text
            elif score > rival:
                rival, rival_text, rival_place = score, other.text, place
    if same is None and named > max(rival, OPEN):
        rival, rival_text = named, named_text
    return Bound(same, rival, rival_text, same_place is rival_place)


def agrees(said: Mark, there: Mark) -> bool:
    if said.figure and there.figure:
        return _same_figure(said, there)
    if said.kind == "who" or said.kind.startswith("by:"):
        return same_body(said.value, there.value)
    return said.value == there.value


def same_body(said: str, there: str) -> bool:
    """上级党委 may be called 党委; 党委 may not be called 上级党委."""
    level, _, body = said.partition("/")
    other_level, _, other_body = there.partition("/")
    return body == other_body and (level == other_level or level in LOOSE_LEVELS)


def _same_figure(said: Mark, there: Mark) -> bool:
    one, other = said.figure, there.figure
    assert one
    assert other
    if one.unit == "date":
        parts = (10000, 100, 1)
        return one.bound == other.bound and any(
            one.low % part == 0 and one.low // part == other.low // part for part in parts
        )
    if (one.low, one.high) != (other.low, other.high):
        return False
    return one.bound == other.bound or {one.bound, other.bound} == {"", "per"}


def alike(mark: Mark, other: Mark, place: Place) -> float:
    """0 to 1: how much of what stands around the one stands around the other, near things counting more."""
    total = BESIDE * len(mark.near) + CLAUSE * len(mark.clause_rest) + SENTENCE * len(mark.sentence_rest)
    if not total:
        return 1.0
    got = (
        BESIDE * _found(mark.near, other, place)
        + CLAUSE * _found(mark.clause_rest, other, place)
        + SENTENCE * _found(mark.sentence_rest, other, place)
    )
    return got / total


def _found(grams: frozenset[str], other: Mark, place: Place) -> float:
    if not grams:
        return 0.0
    there = THERE_BODY if other.kind == "who" else THERE
    return (
        there[0] * len(grams & other.near)
        + there[1] * len(grams & other.clause_rest)
        + there[2] * len(grams & other.sentence_rest)
        + there[3] * len(grams & place.beyond)
    )
