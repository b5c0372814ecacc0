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
from bot.verify.words import ACTORS, LOOSE_LEVELS

TOUCHING, BESIDE, CLAUSE, SENTENCE = (
    0.35,
    0.25,
    0.22,
    0.18,
)  # what shared words count by where they stand in the sentence
# ... and in the evidence: beside the mark, in its clause, in its sentence, around it, in the line that leads to it.
# A subject may stand far off.
THERE = (1.0, 0.9, 0.65, 0.2, 0.5)
THERE_BODY = (1.0, 0.95, 0.85, 0.2, 0.5)
OPPOSITE = 0.3  # what a character counts that stands on the other side: word order varies
NEAR_ENOUGH = {"sub": 0.5, "c": 0.35}  # of what stands beside a mark, for another one to be its rival
OPEN = 0.65  # how well a mark must fit to be another's rival though the sentence names it elsewhere


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a mark of the evidence stands where the sentence's mark stands."""

    score: float
    near: float
    text: str
    place: Place | None


MEASURES = ("人名位", "种类", "项条方面", "票", "份", "级", "倍", "门张", "字")
KNOWN = frozenset(name for name, _ in ACTORS)
NOTHING = Fit(-1.0, 0.0, "", None)


@dataclass(frozen=True, slots=True)
class Bound:
    """The best mark that says the same (None: there is none), and the best that says another."""

    same: Fit | None
    rival: Fit

    @property
    def together(self) -> bool:
        """Both stand in one sentence, where nearness alone tells them apart."""
        return self.same is not None and self.same.place is self.rival.place


def bind(mark: Mark, said: Reading, places: Sequence[Place]) -> Bound:
    known = _known(mark, places) if mark.kind == "who" else None
    if known:
        return Bound(known, NOTHING)
    mentioned = {other.value for other in said.marks if other.kind == mark.kind}
    same = rival = named = NOTHING
    for place in places:
        for other in place.reading.marks:
            if not _comparable(mark, other):
                continue
            score, near = alike(mark, other, place)
            fit = Fit(score, near, other.text, place)
            if agrees(mark, other):
                same = max(same, fit, key=_score)
            elif other.value in mentioned:
                named = max(named, fit, key=_score)
            elif near >= NEAR_ENOUGH.get(mark.kind.split(":")[0], 0.0):
                rival = max(rival, fit, key=_score)
    if same is NOTHING and named.score > max(rival.score, OPEN):
        rival = named
    return Bound(None if same is NOTHING else same, rival)


def _known(mark: Mark, places: Sequence[Place]) -> Fit | None:
    """Of a body it is only asked here whether the evidence names it at all."""
    for place in places:
        for other in place.reading.marks:
            if other.kind == "who" and agrees(mark, other):
                return Fit(1.0, 1.0, other.text, place)
    return None


def _comparable(mark: Mark, other: Mark) -> bool:
    """Of one kind; a subject is also found where the evidence names it elsewhere than at the head of a clause."""
    return other.kind == mark.kind or (mark.kind == "sub" and other.kind == "who" and agrees(mark, other))


def _score(fit: Fit) -> float:
    return fit.score


def agrees(said: Mark, there: Mark) -> bool:
    if said.figure and there.figure:
        return _same_figure(said, there)
    if said.kind in {"who", "sub"} or said.kind.startswith("by:"):
        return same_body(said.value, there.value)
    return said.value == there.value


def same_body(said: str, there: str) -> bool:
    """上级党委 may be called 党委; 党委 may not be called 上级党委."""
    level, _, body = said.partition("/")
    other_level, _, other_body = there.partition("/")
    if body not in KNOWN and other_body not in KNOWN:  # 举办单位 and 举办单位自己
        return len(set(body) & set(other_body)) >= 0.5 * min(len(set(body)), len(set(other_body)))
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
    if one.unit == "count" and not _same_measure(one.text, other.text):
        return False
    return one.bound == other.bound or {one.bound, other.bound} == {"", "per"}


def _same_measure(one: str, other: str) -> bool:
    """三人 = 三名 = 三个; 两人 is not 两种."""
    kinds = [
        next((at for at, words in enumerate(MEASURES) if any(word in text for word in words)), None)
        for text in (one, other)
    ]
    return None in kinds or kinds[0] == kinds[1]


def alike(mark: Mark, other: Mark, place: Place) -> tuple[float, float]:
    """0 to 1 each: how much of what stands around the one stands around the other, near things counting more; and
    how much of what stands right beside it.
    """
    total = got = near = 0.0
    if mark.touch:
        same_side = mark.touch & other.touch
        across = len((mark.touch - same_side) & other.across) if len(same_side) < len(mark.touch) else 0
        touch = (len(same_side) + OPPOSITE * across) / len(mark.touch)
        total, got = TOUCHING, TOUCHING * touch
    rings = ((BESIDE, mark.near), (CLAUSE, mark.clause_rest), (SENTENCE, mark.sentence_rest))
    for weight, ring in rings:
        if ring:
            share = _found(ring, other, place) / len(ring)
            near = share if ring is mark.near else near
            total += weight
            got += weight * share
    return (got / total, near) if total else (1.0, 1.0)


def _found(grams: frozenset[str], other: Mark, place: Place) -> float:
    there = THERE_BODY if other.kind in {"who", "sub"} else THERE
    found = (
        there[0] * len(grams & other.near)
        + there[1] * len(grams & other.clause_rest)
        + there[2] * len(grams & other.sentence_rest)
        + there[3] * len(grams & place.beyond)
        + there[4] * len(grams & place.lead)
    )
    return min(found, len(grams))
