"""Meetings of the Party said to be held in a year or month they were not (plena.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows

_MEETING = r"(?P<name>(?:十[六七八九]|二十)(?:届[一二三四五六七]中全会|大))"
_DAY = r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日)?"
_HELD = "召开|举行|闭幕|开幕|胜利召开|隆重召开|胜利闭幕|在北京召开|在京召开|在北京举行|在京举行|审议通过|通过"
_PATTERNS = (
    re.compile(rf"{_MEETING}(?:已?于|是在|在){_DAY}"),
    re.compile(rf"(?<!\d){_DAY}，?(?:中国共产党|党的)?{_MEETING}(?:{_HELD})(?!后|以来|[的]?精神)"),
    re.compile(
        rf"(?<!\d){_DAY}(?:在北京|在京)?(?:胜利|隆重)?(?:召开|举行|闭幕|开幕)的(?:中国共产党|党的)?{_MEETING}"
    ),
)


def find(sheet: Sheet) -> Iterator[Finding]:
    held = _held()
    for pattern in _PATTERNS:
        for match in pattern.finditer(sheet.text):
            year, month = held.get(match["name"], (0, 0))
            if not year:
                continue
            told = f"党的{match['name']}于{year}年{month}月召开。"
            if int(match["year"]) != year:
                yield found(sheet, *match.span("year"), "dates", "历次全会公报", str(year), told)
            elif match["month"] and int(match["month"]) != month:
                yield found(sheet, *match.span("month"), "dates", "历次全会公报", str(month), told)


@cache
def _held() -> Mapping[str, tuple[int, int]]:
    return {name: (int(year), int(month)) for name, year, month, *_ in rows("plena.tsv", 3)}
