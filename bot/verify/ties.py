"""Every figure, body and step of the sentence, tied to the same thing as in the evidence. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.verify.binding import Fit, bind
from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Mark, Reading, read
from bot.verify.words import CONTRAST_NAMES, NEAR_ACTS

# How much better another mark may fit before the sentence counts as wrong, and how well it must fit to count at all.
MARGIN = {"n": 0.06, "who": 0.2, "sub": 0.2, "by": 0.1, "of": 0.1, "c": 0.1}
UNKNOWN = {"n": 0.3, "who": 0.5, "sub": 0.5, "by": 0.25, "of": 0.3, "c": 0.35}
RIVAL = {"n": 0.3, "who": 0.5, "sub": 0.5, "by": 0.35, "of": 0.35, "c": 0.35}
# Names so general that a text about them need not name them.
SURE = 0.6  # how well another name must fit where the sentence uses a general one
ALIKE, TIE = 0.75, 0.02  # both stand in the same words, and nothing decides between them
TOGETHER = 0.05  # more of it, where both stand in one sentence
GENERAL = frozenset(
    {"/党员", "/党组织", "/支部", "/群众", "/领导干部", "各级/党组织", "基层/党组织", "所在/党组织"}
)


def check_ties(said: Reading, places: Sequence[Place], titles: Sequence[str]) -> Verdict | None:
    for mark in said.marks:
        family = mark.kind.split(":")[0]
        if mark.kind in {"n:第条", "n:第款", "n:第项", "n:第章", "n:第节"}:
            continue
        found = bind(mark, said, places)
        best = found.same.score if found.same else None
        needed = RIVAL[family] if best is not None else UNKNOWN[family]
        more = MARGIN[family] + (TOGETHER if found.together else 0.0)
        fault = found.rival.score > needed and (best is None or found.rival.score > best + more)
        if family == "n":
            if found.same is None and not _elsewhere(mark, said, titles):
                if not _is_article(mark) or (
                    found.rival.score > SURE and found.rival.text[-1:] == mark.text[-1:]
                ):
                    return Verdict(False, "number", f"依据中没有与“{mark.text}”一致的说法")
            elif found.same and found.together and _unscoped(found.same, found.rival, mark):
                return Verdict(False, "scope", f"“{mark.text}”在依据中只对其中一种情况说，句中没有说是哪一种")
            elif fault and found.same is not None:
                return Verdict(
                    False, "number", f"“{mark.text}”在依据中说的是另一件事，此处应看“{found.rival.text}”"
                )
        elif not fault:
            if (
                family == "who"
                and found.same is None
                and mark.value not in GENERAL
                and not _named(mark, places, titles)
            ):
                return Verdict(False, "subject", f"依据中没有提到“{mark.text}”")
        elif family == "c":
            group = mark.kind[2:]
            return Verdict(
                False,
                "subject" if group in {"stage", "helper", "rank", "level", "member", "place"} else "term",
                f"{CONTRAST_NAMES.get(group, '说法')}不一致：句中“{mark.text}”，依据“{found.rival.text}”",
            )
        elif family == "of":
            return Verdict(False, "subject", f"依据中的这个数说的是“{found.rival.text}”")
        elif family == "by":
            return Verdict(False, "subject", f"由谁{mark.kind[3:]}与依据不一致")
        elif not _part_of(mark.text, found.rival.text, said) and (
            found.same is not None or mark.value not in GENERAL or found.rival.score > SURE
        ):
            return Verdict(False, "subject", f"依据说的不是“{mark.text}”，而是“{found.rival.text}”")
    return None


def _unscoped(same: Fit, rival: Fit, mark: Mark) -> bool:
    """Two figures fit alike because the sentence leaves out what tells them apart: 村、社区的五年，其他的三年."""
    return bool(mark.near) and min(same.near, rival.near) > ALIKE and abs(same.score - rival.score) < TIE


def _part_of(said_text: str, rival: str, said: Reading) -> bool:
    """临时党支部的书记 for 临时党支部书记: the name is there, in two pieces."""
    return rival.startswith(said_text) and rival.removeprefix(said_text) in said.text


def _is_article(mark: Mark) -> bool:
    """一次, 一个: as often an article as a figure."""
    figure = mark.figure
    return bool(
        figure and figure.low == figure.high == 1 and not figure.bound and figure.unit in {"count", "time"}
    )


def _elsewhere(mark: Mark, said: Reading, titles: Sequence[str]) -> bool:
    """The same value said once more with its bound (3人及3人以上), a bare figure, or one that a title holds."""
    figure = mark.figure
    assert figure
    for other in said.marks:
        twin = other.figure
        if (
            twin
            and twin is not figure
            and twin.unit == figure.unit
            and twin.low == figure.low
            and twin.bound
            and not figure.bound
        ):
            return True
    return any(
        other.kind == mark.kind and other.value == mark.value
        for title in titles
        for other in read(title).marks
    )


def _named(mark: Mark, places: Sequence[Place], titles: Sequence[str]) -> bool:
    body = mark.value.partition("/")[2]
    if any(mark.text in title for title in titles):
        return True
    return any(
        other.kind == "who" and other.value.partition("/")[2] == body and not mark.value.partition("/")[0]
        for place in places
        for other in place.reading.marks
    )
