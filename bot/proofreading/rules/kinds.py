"""Which parts leave no room for another: kinds that divide a whole (kinds.txt), numbers in a row, ends that are alike. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

from bot.proofreading.tables import lines


class Fit(Enum):
    """WHOLE: together they are everything; APART: none is in another, but there may be more of them."""

    WHOLE = "whole"
    APART = "apart"
    NONE = "none"


_ORDINAL = re.compile(
    r"第?([一二三四五六七八九十]|\d{1,2})(?:季度|期|批|阶段|组|支部|党支部|轮|场|片区|等奖|类|档|站|月|村|社|小组|党小组|网格|班|次)"
)
_YEAR = re.compile(r"20\d\d年")
_TAKES_OVERLAP = re.compile(r"岁|以上|以下|含|学历|文化|党龄|女|少数民族|困难|老|优秀|先进|骨干|书记|委员")
_TAIL = 2


def fit(labels: Sequence[str]) -> Fit:
    for kinds in _partitions():
        places = _places(labels, kinds)
        if places is not None and len(set(places)) == len(places):
            return Fit.WHOLE if len(places) == len(kinds) or _is_closed(labels) else Fit.APART
    ordinals = [_ORDINAL.search(label) for label in labels]
    if all(ordinals) and len({one[1] for one in ordinals if one}) == len(labels):
        return Fit.APART
    years = [_YEAR.search(label) for label in labels]
    if all(years) and len({one[0] for one in years if one}) == len(labels):
        return Fit.APART
    ages = [label for label in labels if "岁" in label]
    if (
        len(ages) == len(labels) > 1
        and re.search("以下|不满", labels[0])
        and "以上" in labels[-1]
        and not any(re.search("以[上下]", one) for one in labels[1:-1])
    ):
        return Fit.APART
    ends = {label[-_TAIL:] for label in labels}
    if (
        len(ends) == 1
        and len(labels[0]) > _TAIL
        and len(set(labels)) == len(labels)
        and not any(map(_TAKES_OVERLAP.search, labels))
    ):
        return Fit.APART
    return Fit.NONE


def _is_closed(labels: Sequence[str]) -> bool:
    return any(re.search("其他|其它|其余", label) for label in labels)


def _places(labels: Sequence[str], kinds: Sequence[re.Pattern[str]]) -> list[int] | None:
    """Which kind each label names; None as soon as one names none."""
    places = []
    for label in labels:
        place = _place(label, kinds)
        if place is None:
            return None
        places.append(place)
    return places


def _place(label: str, kinds: Sequence[re.Pattern[str]]) -> int | None:
    """Which kind the label names; the later alternatives of a row are the longer words and are asked first."""
    for at in range(len(kinds) - 1, -1, -1):
        if kinds[at].search(label):
            return at
    return None


@cache
def _partitions() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(
        tuple(re.compile(one.replace("/", "|")) for one in row.split()) for row in lines("kinds.txt")
    )
