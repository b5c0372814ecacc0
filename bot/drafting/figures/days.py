"""Dates, months, years and spans of them in a text: 2025年12月31日, 8月至9月, 2023—2025年, X月X日. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.drafting.figures.stated import Figure
from bot.drafting.figures.units import MASKED, TO, value_of

_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○九一二三四五六七八]{3}|20[Xx×*]{2}|(?<![A-Za-z\d])[Xx×*]{1,4})"
_SMALL = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十|(?<![A-Za-z\d])[Xx×*]{1,2})"
_GAP = r"[ \u3000]?"
_DATE = re.compile(
    rf"(?<![\d第零〇一二三四五六七八九十])(?:(?P<y>{_YEAR}){_GAP}年度?(?:{_GAP}(?P<m>{_SMALL}){_GAP}月份?(?:{_GAP}(?P<d>{_SMALL}){_GAP}[日号])?)?"
    rf"|(?P<m2>{_SMALL}){_GAP}月份?(?:{_GAP}(?P<d2>{_SMALL}){_GAP}[日号])?)"
    rf"(?:{TO}(?:(?P<y3>{_YEAR})年度?)?(?:(?P<m3>{_SMALL})月份?)?(?:(?P<d3>{_SMALL})[日号])?)?"
)
_SPANS = (
    re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d){TO}(?P<y3>(?:19|20)\d\d)年度?"),
    re.compile(rf"(?P<y>(?:19|20)\d\d)年(?P<m>\d{{1,2}}){TO}(?P<m3>\d{{1,2}})月份?"),
    re.compile(rf"(?<!\d)(?P<m>\d{{1,2}}){TO}(?P<m3>\d{{1,2}})月份?(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>[0-3]?\d)(?!\d)"
    ),
)


def dates(text: str) -> Iterator[Figure]:
    for pattern in (*_SPANS, _DATE):
        for match in pattern.finditer(text):
            part = {key: value for key, value in match.groupdict().items() if value}
            low = _day(part.get("y"), part.get("m") or part.get("m2"), part.get("d") or part.get("d2"))
            high = _day(part.get("y3"), part.get("m3"), part.get("d3"))
            if low is None or high is None:
                continue
            masked = bool(MASKED.search(match[0]))
            start, end = match.span()
            yield Figure(
                start, end, match[0], start, _core_end(match), "date", "date", low, high, False, masked
            )


def _core_end(match: re.Match[str]) -> int:
    """A date of one part keeps its unit (〔待核实〕月); one of several parts is one number."""
    text = match[0]
    one = re.fullmatch(r"(.{1,6}?)[ \u3000]?(?:年度?|月份?)", text)
    return match.start() + len(one[1]) if one and not re.search("[年月]", one[1]) else match.end()


def _day(year: str | None, month: str | None, day: str | None) -> float | None:
    """year*10000 + month*100 + day; a part that is masked or not said is 0; None: no calendar has it."""
    parts = [
        0 if not part or MASKED.search(part) else value_of(part.replace("○", "〇"))
        for part in (year, month, day)
    ]
    if None in parts:
        return None
    y, m, d = (int(part or 0) for part in parts)
    return None if m > 12 or d > 31 else float(y * 10000 + m * 100 + d)
