"""Dates that no calendar has, weekdays that do not fit, periods that end before they begin, anniversaries miscounted."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from bot.proofreading.model import NUMERALS, SUMS, Finding, Sheet
from bot.proofreading.sheet import found
from ingest.text import NUMERAL, parse_number

_DAY = re.compile(
    r"(?:(?<!\d)(?P<y>(?:19|20)\d\d)年)?(?<![\d.])(?P<m>\d{1,2})月(?P<d>\d{1,3})[日号](?!线|楼|文|令)"
)
_MONTH = re.compile(r"(?:19|20)\d\d年(?P<m>\d{1,2})月")
_WEEKDAY = re.compile(r"\s*[，（(]?\s*(?P<name>星期|周|礼拜)(?P<n>[一二三四五六日天])(?![年月岁期报刊])")
_WEEK = "一二三四五六日"
_TO = r"\s*(?:至|到|—+|-|－|～|~)\s*"
_YEARS = re.compile(rf"(?<![\d.])(?P<a>(?:19|20)\d\d)年?{_TO}(?P<b>(?:19|20)\d\d)(?=年)")
_MONTHS = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>\d{{1,2}})月(?:(?P<d>\d{{1,2}})日)?{_TO}"
    rf"(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{{1,2}})月(?:(?P<d2>\d{{1,2}})日)?"
)
_DAYS = re.compile(
    rf"(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日?{_TO}(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})日"
)
_NOON = re.compile(
    r"(?P<x>(?:上午|早上|早晨|凌晨)(?:1[3-9]|2[0-4])|(?:下午|晚上)(?:0?[1-9]|1[0-2])(?=时|点|:|：)(?<=晚上[12])(?!\d))[时点:：]"
)
_MINUTES = re.compile(
    r"(?:上午|下午|晚上|[日号]|晨)\s?(?P<x>\d{1,2}[:：](?:[6-9]\d)|(?:2[5-9]|[3-9]\d)[:：]\d\d)(?!\d)"
)
_SINCE = (
    (
        re.compile(rf"(?:建党|中国共产党成立|党的生日)(?P<n>\d{{2,3}}|[{NUMERAL}]{{2,6}})周年"),
        1921,
        "中国共产党成立",
    ),
    (
        re.compile(rf"(?:新中国成立|中华人民共和国成立|建国|国庆)(?P<n>\d{{2,3}}|[{NUMERAL}]{{2,6}})周年"),
        1949,
        "新中国成立",
    ),
    (
        re.compile(rf"(?:建军|中国人民解放军建军)(?P<n>\d{{2,3}}|[{NUMERAL}]{{2,6}})周年"),
        1927,
        "中国人民解放军建军",
    ),
    (re.compile(rf"改革开放(?P<n>\d{{2}}|[{NUMERAL}]{{2,4}})周年"), 1978, "改革开放"),
    (re.compile(rf"(?:红军)?长征胜利(?P<n>\d{{2,3}}|[{NUMERAL}]{{2,6}})周年"), 1936, "长征胜利"),
    (re.compile(rf"五四运动(?P<n>\d{{2,3}}|[{NUMERAL}]{{2,6}})周年"), 1919, "五四运动"),
    (re.compile(rf"抗日战争胜利(?P<n>\d{{2,3}}|[{NUMERAL}]{{2,6}})周年"), 1945, "抗日战争胜利"),
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!代)")
_PLANS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
_PLAN = re.compile(
    rf"“?(?P<plan>十[二三四五]五)”?(?:时期|期间|规划)?[（(](?P<x>(?P<a>\d{{4}})年?{_TO}(?P<b>\d{{4}}))年?[）)]"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _calendar(sheet)
    yield from _periods(sheet)
    yield from _anniversaries(sheet)
    for match in _PLAN.finditer(sheet.text):
        first, last = _PLANS[match["plan"]]
        if (int(match["a"]), int(match["b"])) != (first, last):
            told = f"“{match['plan']}”时期是{first}—{last}年。"
            yield found(sheet, *match.span("x"), "dates", SUMS, f"{first}—{last}", told)
    for pattern in (_NOON, _MINUTES):
        for match in pattern.finditer(sheet.text):
            yield found(sheet, *match.span("x"), "dates", SUMS, None, f"没有“{match['x']}”这个时间。")


def _calendar(sheet: Sheet) -> Iterator[Finding]:
    years = {int(year) for year in _YEAR.findall(sheet.text)}
    only = years.pop() if len(years) == 1 else None
    for match in _DAY.finditer(sheet.text):
        month, day = int(match["m"]), int(match["d"])
        year = int(match["y"]) if match["y"] else _year_before(sheet.text, match.start()) or only
        last = monthrange(year or 2024, month)[1] if 1 <= month <= 12 else 0
        if not 1 <= day <= last:
            start = match.start("m")
            told = f"没有{f'{year}年' if year and month == 2 else ''}{month}月{day}日这一天。"
            yield found(sheet, start, match.end(), "dates", SUMS, None, told)
            continue
        weekday = _WEEKDAY.match(sheet.text, match.end())
        if weekday and year:
            right = _WEEK[date(year, month, day).weekday()]
            if right != weekday["n"].replace("天", "日"):
                told = f"{year}年{month}月{day}日是星期{right}。"
                yield found(sheet, *weekday.span("n"), "dates", SUMS, right, told)
    for match in _MONTH.finditer(sheet.text):
        if not 1 <= int(match["m"]) <= 12:
            yield found(sheet, *match.span("m"), "dates", SUMS, None, f"没有{match['m']}月。")


def _year_before(text: str, at: int) -> int | None:
    """The year that the same sentence has said before."""
    begin = max(text.rfind(mark, 0, at) for mark in "。\n") + 1
    said = _YEAR.findall(text[begin:at])
    return int(said[-1]) if said else None


def _periods(sheet: Sheet) -> Iterator[Finding]:
    for match in _YEARS.finditer(sheet.text):
        if int(match["b"]) < int(match["a"]):
            yield _backwards(sheet, match)
    for match in _MONTHS.finditer(sheet.text):
        first = (int(match["y"]), int(match["m"]), int(match["d"] or 1))
        second = (int(match["y2"] or match["y"]), int(match["m2"]), int(match["d2"] or 31))
        if second < first and (match["y2"] or match["d2"]):
            yield _backwards(sheet, match)
    for match in _DAYS.finditer(sheet.text):
        month, other = int(match["m"]), int(match["m2"] or match["m"])
        if month == other and int(match["d2"]) < int(match["d"]) and "年" not in match[0]:
            yield _backwards(sheet, match)


def _backwards(sheet: Sheet, match: re.Match[str]) -> Finding:
    return found(sheet, *match.span(), "dates", SUMS, None, "结束的时间早于开始的时间。")


def _anniversaries(sheet: Sheet) -> Iterator[Finding]:
    for pattern, begun, name in _SINCE:
        for match in pattern.finditer(sheet.text):
            year = _year_before(sheet.text, match.start()) or _own_year(sheet)
            said = parse_number(match["n"])
            if year is None or said is None or said == year - begun or _ahead(sheet.text, match.start()):
                continue
            right = str(year - begun) if match["n"].isascii() else None
            told = f"{year}年是{name}{year - begun}周年。"
            yield found(sheet, *match.span("n"), "dates", NUMERALS if right is None else SUMS, right, told)


def _own_year(sheet: Sheet) -> int | None:
    """The year of the text, where it speaks of no other."""
    years = set(_YEAR.findall(sheet.text))
    return sheet.written.year if sheet.written and len(years) == 1 else None


def _ahead(text: str, at: int) -> bool:
    """到建党100周年时, 迎接建党100周年: of a year to come."""
    return (
        re.search(r"(?:到|迎接|迎|喜迎|在|为|即将|献礼)[^，。；\n]{0,4}$", text[max(0, at - 8) : at])
        is not None
    )
