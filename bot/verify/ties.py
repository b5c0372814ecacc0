"""Every figure, body and step of the sentence, tied to the same thing as in the evidence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.verify.binding import KNOWN, Bound, agrees, bind
from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Mark, Reading, read
from bot.verify.words import CONTRAST_NAMES


@dataclass(frozen=True, slots=True)
class Limits:
    """By how much another mark has to fit better (`margin`), how well it has to fit to count where the sentence's own
    is known (`rival`) and where it is not (`unknown`). Calibrated on the development pairs.
    """

    margin: float
    rival: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Tie:
    """One mark of the sentence, what it was found bound to, and where."""

    mark: Mark
    found: Bound
    said: Reading
    places: Sequence[Place]
    titles: Sequence[str]


LIMITS = {
    "n": Limits(0.03, 0.3, 0.3),
    "who": Limits(
        9.0, 9.0, 0.7
    ),  # only a body that the evidence does not know: 由谁, 向谁 are looked at by themselves
    "sub": Limits(0.2, 0.55, 0.45),
    "by": Limits(0.1, 0.35, 0.25),
    "of": Limits(0.1, 0.35, 0.3),
    "c": Limits(0.1, 0.35, 0.3),
}
TOGETHER = 0.05  # more of a margin, where both stand in one sentence
SURE = 0.6  # how well another name must fit where the sentence uses a general one
# Names so general that a text about them need not name them.
GENERAL = frozenset(
    {"/党员", "/党组织", "/支部", "/群众", "/领导干部", "各级/党组织", "基层/党组织", "所在/党组织"}
)
COMMON = GENERAL | {"/党委", "基层/党委", "上级/党组织", "上级/党委", "/组织部门", "上级/组织部门", "/负责人"}
OF_A_BODY = frozenset({"n:month", "n:day", "n:age", "c:step", "c:punishment"})
PERSONS = frozenset({"stage", "helper", "rank", "level", "member", "place"})


def check_ties(said: Reading, places: Sequence[Place], titles: Sequence[str]) -> Verdict | None:
    for mark in said.marks:
        if mark.kind.startswith("n:第") and mark.kind[3:] in {"条", "款", "项", "章", "节", "编"}:
            continue  # `names.check_articles` looks at these
        family = mark.kind.split(":")[0]
        verdict = _CHECKS[family](Tie(mark, bind(mark, said, places), said, places, titles))
        if verdict is not None:
            return verdict
    return None


def check_bodies(said: Reading, places: Sequence[Place]) -> Verdict | None:
    """What the evidence says of a body it does not say otherwise: 委员 are put on file, not approved."""
    for kind, mark, bodies in _said_of(said):
        there = [
            (other, named)
            for place in places
            for other_kind, other, named in _said_of(place.reading, anywhere=True)
            if other_kind == kind
        ]
        for body in bodies:
            of_it = [other for other, named in there if body in named]
            if of_it and not any(agrees(mark, other) for other in of_it):
                name = body.partition("/")[2]
                return Verdict(
                    False,
                    "number" if kind[0] == "n" else "term",
                    f"依据对{name}说的不是“{mark.text}”，而是“{of_it[0].text}”",
                )
    return None


def _said_of(reading: Reading, anywhere: bool = False) -> list[tuple[str, Mark, frozenset[str]]]:
    """Each figure or step with the bodies that its clause names before it, or else the clause before; `anywhere`:
    all that its sentence names before it.
    """
    found = []
    for mark in reading.marks:
        if mark.kind not in OF_A_BODY:
            continue
        named = [
            other
            for other in reading.marks
            if other.kind == "who" and other.start < mark.start and other.value not in COMMON
        ]
        if not anywhere:
            own = [other for other in named if other.clause == mark.clause]
            comma = mark.clause and reading.clauses[mark.clause - 1].stop == ","
            named = own or [other for other in named if comma and other.clause == mark.clause - 1]
        if named:
            found.append((mark.kind, mark, frozenset(other.value for other in named)))
    return found


def _outdone(family: str, found: Bound) -> bool:
    limits = LIMITS[family]
    if found.same is None:
        return found.rival.score > limits.unknown
    more = limits.margin + (TOGETHER if found.together else 0.0)
    return found.rival.score > limits.rival and found.rival.score > found.same.score + more


def _number(tie: Tie) -> Verdict | None:
    mark, found = tie.mark, tie.found
    if found.same is None:
        like = found.rival.score > SURE and found.rival.text[-1:] == mark.text[-1:]
        if _elsewhere(mark, tie.said, tie.titles) or (_is_article(mark) and not like):
            return None
        return Verdict(False, "number", f"依据中没有与“{mark.text}”一致的说法")
    if _outdone("n", found):
        return Verdict(False, "number", f"“{mark.text}”在依据中说的是另一件事，此处应看“{found.rival.text}”")
    return None


def _contrast(tie: Tie) -> Verdict | None:
    mark, found = tie.mark, tie.found
    if not _outdone("c", found):
        return None
    group = mark.kind[2:]
    name = CONTRAST_NAMES.get(group, "说法")
    reason = f"{name}不一致：句中“{mark.text}”，依据“{found.rival.text}”"
    return Verdict(False, "subject" if group in PERSONS else "term", reason)


def _body(tie: Tie) -> Verdict | None:
    mark, found = tie.mark, tie.found
    if found.same is not None:
        return None
    if mark.value.partition("/")[2] not in KNOWN and _in_two_places(mark, tie.places):
        return None
    if _outdone("who", found) and not _part_of(mark.text, found.rival.text, tie.said):
        return Verdict(False, "subject", f"依据说的不是“{mark.text}”，而是“{found.rival.text}”")
    if mark.value in GENERAL or _named(mark, tie.places, tie.titles):
        return None
    return Verdict(False, "subject", f"依据中没有提到“{mark.text}”")


def _subject(tie: Tie) -> Verdict | None:
    mark, found = tie.mark, tie.found
    unknown = found.same is None and mark.value.partition("/")[2] not in KNOWN
    if unknown and _in_two_places(mark, tie.places):
        return None
    if not _outdone("sub", found) or _part_of(mark.text, found.rival.text, tie.said):
        return None
    return Verdict(False, "subject", f"依据说的不是“{mark.text}”，而是“{found.rival.text}”")


def _doer(tie: Tie) -> Verdict | None:
    mark, found = tie.mark, tie.found
    return Verdict(False, "subject", f"由谁{mark.kind[3:]}与依据不一致") if _outdone("by", found) else None


def _counted(tie: Tie) -> Verdict | None:
    if not _outdone("of", tie.found):
        return None
    return Verdict(False, "subject", f"依据中的这个数说的是“{tie.found.rival.text}”")


_Check = Callable[[Tie], Verdict | None]
_CHECKS: dict[str, _Check] = {
    "n": _number,
    "c": _contrast,
    "who": _body,
    "sub": _subject,
    "by": _doer,
    "of": _counted,
}


def _part_of(said_text: str, rival: str, said: Reading) -> bool:
    """临时党支部的书记 for 临时党支部书记: the name is there, in two pieces."""
    return rival.startswith(said_text) and rival.removeprefix(said_text) in said.text


def _is_article(mark: Mark) -> bool:
    """一次, 一个: as often an article as a figure."""
    figure = mark.figure
    return bool(
        figure
        and figure.text[0] == "一"
        and figure.low == figure.high == 1
        and not figure.bound
        and figure.unit in {"count", "time"}
    )


def _elsewhere(mark: Mark, said: Reading, titles: Sequence[str]) -> bool:
    """The same value said once more with its bound (3人及3人以上), or one that a title holds."""
    figure = mark.figure
    assert figure
    for other in said.marks:
        twin = other.figure
        if (
            twin
            and twin is not figure
            and twin.unit == figure.unit
            and twin.text[:1] == figure.text[:1]
            and twin.low == figure.low
            and twin.bound
            and not figure.bound
            and figure.text in twin.text
        ):
            return True
    return any(
        other.kind == mark.kind and other.value == mark.value
        for title in titles
        for other in read(title).marks
    )


def _in_two_places(mark: Mark, places: Sequence[Place]) -> bool:
    """监管部门 for 监管或者主管部门, 市级主管部门 for 市级公务员主管部门: both ends stand there."""
    return len(mark.text) > 3 and any(
        mark.text[:2] in place.reading.text and mark.text[-2:] in place.reading.text for place in places
    )


def _named(mark: Mark, places: Sequence[Place], titles: Sequence[str]) -> bool:
    """The title names it, or the evidence names the body with a level that the sentence leaves out."""
    level, _, body = mark.value.partition("/")
    if any(mark.text in title for title in titles):
        return True
    if _in_two_places(mark, places):
        return True
    return not level and any(
        other.kind == "who" and other.value.partition("/")[2] == body
        for place in places
        for other in place.reading.marks
    )
