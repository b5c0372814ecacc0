"""Times that do not fit each other: 从…至…为期N天, terms of office, hours, ages and years in the Party, a probation under a year.

Days are counted with or without the first one, and in working days: only what fits none of them is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.figures import COUNT, whole_number
from bot.proofreading.sheet import found

_D = r"(?:(?P<y{0}>(?:19|20)\d\d)年)?(?P<m{0}>\d{{1,2}})月(?P<d{0}>\d{{1,2}})日"
_FROM_TO = re.compile(
    _D.format("")
    + r"[^，。；\n\d]{0,8}[，]?(?:至|到|—+|-|－|～|~)[^，。；\n\d]{0,3}(?:(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{1,2})月)?"
    + r"(?P<d2>\d{1,2})日(?P<gap>[^。；\n\d]{0,24}?)"
    rf"(?:为期|历时|共计|共|用时|持续|时间为|公示期为?|公示期限为?)(?P<x>(?P<n>{COUNT})个?(?P<u>工作日|天|日|周|月|半月))"
)
_MONTHS = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>\d{1,2})月(?!\d)(?:[^，。；\n\d]{0,6}(?:至|到|—+|-|－|～|~)[^，。；\n\d]{0,2}|份?(?:启动|开始|开展)，)(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{1,2})月(?!\d)(?P<gap>[^。；\n\d]{0,20}?)"
    rf"(?:为期|历时|共|用时|持续)(?P<x>(?P<n>{COUNT})个(?P<half>半)?月)"
)
_YEARS = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d)年?[^，。；\n\d]{{0,4}}(?:至|到|—+|-|－|～|~)[^，。；\n\d]{{0,2}}(?P<y2>(?:19|20)\d\d)年?[^。；\n\d]{{0,8}}(?:为期|历时|共|任期|实施期)(?P<x>(?P<n>{COUNT})年)"
)
_AHEAD = re.compile(
    rf"(?:为期|历时|用时|持续)(?P<x>(?P<n>{COUNT})个月)[^。；\n\d]{{0,10}}(?:从|自|，)?[^。；\n\d]{{0,4}}?(?:(?P<y>(?:19|20)\d\d)年)?(?P<m>\d{{1,2}})月(?!\d)[^，。；\n\d]{{0,6}}(?:至|到|—+|-|～|~)(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{{1,2}})月(?P<end>底|末|份|结束)?(?!\d)"
)
_LASTING = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)年?(?:至|到|—+|-|－|～|~)(?P<y2>(?:19|20)\d\d)年，?[^，。；\n\d]{0,6}?(?P<x>(?P<n>[两三四五六七八九十])年(?:来|间))"
)
_TURNED = re.compile(
    r"(?:从|自|于)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^，。；\n\d]{0,4}(?:开始|起|启动|开班)，?[^，。；\n\d]{0,3}(?:至|到|，)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日[^，。；\n\d]{0,6}(?:结束|结业|止|闭幕|完成)"
)
_TERM = re.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[^。；\n\d]{0,16}?(?:换届|选举产生|当选|成立|产生|选举)[^。；\n\d]{0,16}?任期(?:为|是)?(?P<n>[三四五345])年[^。；\n\d]{0,14}?(?P<x>(?P<y2>20\d\d)年)(?:\d{1,2}月)?(?:\d{1,2}日)?[^，。；\n\d]{0,4}?(?:任期)?(?:届满|期满|到期|到届|任满)"
)
_DAYED = r"(?P<y{0}>20\d\d)年(?:(?P<m{0}>\d{{1,2}})月)?(?:\d{{1,2}}日)?"
_IN_OFFICE = re.compile(
    r"(?:(?P<n2>[三五35])年(?:的)?任期|(?:任期|届期)(?:为|是|均为|一般为)?(?P<n>[三五35])年)[^。；\n\d]{0,12}?"
    + _DAYED.format("")
    + r"[^。；\n\d]{0,8}?(?P<x>"
    + _DAYED.format(2)
    + r")"
)
_HELD = re.compile(
    _DAYED.format("")
    + r"[^。；\n\d]{0,16}?(?:换届|选举产生|当选|成立|产生|选举|任职|上任)[^。；\n\d]{0,12}?任期(?:为|是)?(?P<n>[三五35])年[^。；\n\d]{0,14}?(?P<x>"
    + _DAYED.format(2)
    + r")[^，。；\n\d]{0,6}?(?:换届|改选|届满|期满|到期|到届|任满|届中)"
)
_HOURS = re.compile(
    r"(?P<h>\d{1,2})[时点:：](?P<min>\d{2}|半)?分?[^。；\n\d]{0,10}(?:至|到|—+|-|～|结束于|开始，|开会，)(?:上午|下午|晚上|当日|当天)?(?P<h2>\d{1,2})[时点:：](?P<min2>\d{2}|半)?分?[^。；\n\d]{0,12}?(?:历时|用时|持续|共|时长|为时)(?P<x>(?P<n>\d{1,2}(?:\.\d)?|[一二三四五六七八两]|半)个?(?P<half>半)?(?:小时|钟头))"
)
_CLOCK = re.compile(
    r"(?:[日号晨天午晚上里间前后]|时间[：为]?)\s?(?P<x>(?:2[5-9]|[3-9]\d)(?:[时点](?!候|间|代|以)|[:：]\d\d)|(?:[01]?\d|2[0-4])[时点:：][6-9]\d分?)(?!\d)"
)
_MONTH = re.compile(r"(?<![\d.第])(?P<x>(?:1[3-9]|[2-9]\d|0)月份?)(?=[^\d]|\d{1,2}日)(?![相球光饼刊])")
_BORN = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:(?P<m>\d{1,2})月)?(?:\d{1,2}日)?(?:出生|生)[^。；\n]{0,40}?(?P<x>(?P<y2>(?:19|20)\d\d)年(?:(?P<m2>\d{1,2})月)?(?:\d{1,2}日)?(?:加入(?:了)?(?:中国共产党|党组织)|入党))"
)
_BORN_OLD = 18
_PROBATION = re.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?[^。；\n\d]{0,24}?(?:接收|吸收|发展|成为|批准|确定|列)[^。；\n\d]{0,12}?预备党员[^。；\n\d]{0,20}?(?P<x>(?P<y2>20\d\d)年(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日)?)[^。；\n\d]{0,16}?(?:转正|转为(?:中共)?正式党员|转为中共党员|按期转正)"
)
_JOINED = re.compile(
    r"(?<!\d)(?P<y>19\d\d|20\d\d)年(?:(?P<m>\d{1,2})月)?(?:\d{1,2}日)?(?:入党|加入中国共产党|出生|参加工作|任教)[^。；\n]{0,6}?[，、]?[^。；\n\d]{0,10}?(?:(?:至|到|截至|截止)?(?P<y2>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[^。；\n\d]{0,6}?)(?:党龄|年龄|年满|工龄|教龄|已满|现年)(?:已有|已|达|为|有|满)?(?P<x>(?P<n>\d{1,2})[年岁])"
)
_SENIOR = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:光荣)?(?:入党|加入中国共产党|参加工作|入伍)(?:光荣在党50年|[^。；\n\d]){0,20}?"
    r"(?P<y2>20\d\d)年(?:\d{1,2}月)?(?:光荣在党50年|[^。；\n\d]){0,24}?(?:党龄|工龄|军龄)(?:已有|已达|已满|已|达到?|有|为|满)?(?P<x>(?P<n>\d{1,2})年)"
)
_AGED = re.compile(
    r"(?:出生于|生于|入党于|入党时间为?|出生日期为?|参加工作时间为?)(?P<y>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[^。；\n\d]{0,8}(?:至|到|截至)?(?P<y2>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[^。；\n\d]{0,8}?(?P<x>(?P<n>\d{1,2})(?:周岁|岁|年))(?![\d月])"
)
_PLAN_YEAR = re.compile(
    r"(?P<a>(?<!\d)(?P<y>20\d\d)年[^。；\n\d]{0,8}“?(?P<p>十[二三四五]五)”?(?:规划|时期)?的?(?P<w>开局之年|起步之年|开局年|收官之年|收官年|最后一年))|(?P<b>“?(?P<p2>十[二三四五]五)”?(?:规划|时期)?的?(?P<w2>开局之年|起步之年|开局年|收官之年|收官年)[^。；\n\d]{0,4}(?P<y2>20\d\d)年)"
)
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_LATER = re.compile(
    r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^。；\n\d]{0,14}?(?:启动|开始|开班|开幕|动工|开工|部署)[^。；\n\d]{0,6}，[^。；\n\d]{0,6}?(?P<x>(?:(?P<y2>20\d\d)年)?(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日|底)?)[^。；\n\d]{0,10}?(?:结束|结业|闭幕|完成|竣工|完工)"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _days(sheet)
    yield from _spans(sheet)
    yield from _lasting(sheet)
    yield from _ended(sheet)
    yield from _hours(sheet)
    yield from _lives(sheet)
    for match in _PLAN_YEAR.finditer(sheet.text):
        name, year, word = (
            (match["p"], match["y"], match["w"]) if match["a"] else (match["p2"], match["y2"], match["w2"])
        )
        right = _PLANS[name] + (4 if word[0] in "收最" else 0)
        if int(year) != right:
            start = match.start("y") if match["a"] else match.start("y2")
            told = f"“{name}”的{word}是{right}年。"
            yield found(sheet, start, start + 4, "dates", SUMS, str(right), told)


def _days(sheet: Sheet) -> Iterator[Finding]:
    for match in _FROM_TO.finditer(sheet.text):
        first = _date(match["y"], match["m"], match["d"])
        last = _date(match["y2"] or match["y"], match["m2"] or match["m"], match["d2"])
        said = whole_number(match["n"])
        if (
            first is None
            or last is None
            or said is None
            or last < first
            or "其中" in match["gap"]
            or "、" in match["gap"]
        ):
            continue
        between = (last - first).days
        if match["u"] in {"天", "日", "工作日"}:
            right = {between, between + 1, _working(first, last)}
            fits = said in right or (
                match["u"] == "工作日" and said <= between + 1 and said >= _working(first, last) - 9
            )
        elif match["u"] == "周":
            fits = abs(between + 1 - said * 7) <= 3
        elif match["u"] == "月":
            fits = abs(between + 1 - said * 30.4) <= 16
        else:
            continue
        if not fits:
            told = f"从{match['m']}月{match['d']}日起共{between + 1}天，文中写“{match['x']}”。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told)


def _spans(sheet: Sheet) -> Iterator[Finding]:
    for match in _MONTHS.finditer(sheet.text):
        said = whole_number(match["n"])
        year, other = int(match["y"] or 0), int(match["y2"] or match["y"] or 0)
        months = (other - year) * 12 + int(match["m2"]) - int(match["m"]) + 1
        if (
            said is not None
            and months > 0
            and said not in {months, months - 1}
            and "其中" not in match["gap"]
        ):
            told = f"{match['m']}月至{match['m2']}月是{months}个月。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told)
    for match in _YEARS.finditer(sheet.text):
        said = whole_number(match["n"])
        years = int(match["y2"]) - int(match["y"])
        if said is not None and years > 0 and said not in {years, years + 1}:
            told = f"{match['y']}年至{match['y2']}年是{years}年。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told)
    for match in (*_IN_OFFICE.finditer(sheet.text), *_HELD.finditer(sheet.text)):
        yield from _office(sheet, match)
    for match in _TERM.finditer(sheet.text):
        right = int(match["y"]) + (whole_number(match["n"]) or 0)
        if int(match["y2"]) != right:
            told = f"{match['y']}年起任期{match['n']}年，应在{right}年届满。"
            yield found(sheet, *match.span("x"), "dates", SUMS, f"{right}年", told)


def _office(sheet: Sheet, match: re.Match[str]) -> Iterator[Finding]:
    """任期五年，2021年4月至2027年4月: it may also end in the month before (2026年3月)."""
    said = whole_number(match["n"] or match.groupdict().get("n2") or "") or 0
    years = int(match["y2"]) - int(match["y"])
    months = years * 12 + int(match["m2"]) - int(match["m"]) if match["m"] and match["m2"] else None
    if (months is None and years in {said, said - 1}) or (
        months is not None and abs(months - said * 12) <= 1
    ):
        return
    told = f"从{match['y']}年起任期{said}年，应到{int(match['y']) + said}年，请核对。"
    yield found(sheet, *match.span("x"), "dates", SUMS, None, told)


def _lasting(sheet: Sheet) -> Iterator[Finding]:
    for match in _TURNED.finditer(sheet.text):
        if (int(match["m2"]), int(match["d2"])) < (int(match["m"]), int(match["d"])) and int(
            match["m"]
        ) - int(match["m2"]) < 6:
            yield found(sheet, *match.span(), "dates", SUMS, None, "结束的时间早于开始的时间。")
    for match in _AHEAD.finditer(sheet.text):
        months = (int(match["y2"] or match["y"] or 0) - int(match["y"] or match["y2"] or 0)) * 12
        months += int(match["m2"]) - int(match["m"]) + 1
        if months > 0 and (whole_number(match["n"]) or months) not in (
            {months} if match["end"] else {months, months - 1}
        ):
            told = f"{match['m']}月至{match['m2']}月是{months}个月，文中写“{match['x']}”。"
            yield found(sheet, *match.span(), "dates", SUMS, None, told)
    for match in _LASTING.finditer(sheet.text):
        years = int(match["y2"]) - int(match["y"]) + 1
        if years > 0 and (whole_number(match["n"]) or years) != years:
            told = f"{match['y']}年至{match['y2']}年是{years}年。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told, "doubt")


def _ended(sheet: Sheet) -> Iterator[Finding]:
    for match in _LATER.finditer(sheet.text):
        first = (int(match["y"]), int(match["m"]), int(match["d"]))
        last = (int(match["y2"] or match["y"]), int(match["m2"]), int(match["d2"] or 31))
        if last < first and (match["y2"] or "次年" not in match[0]):
            yield found(sheet, *match.span("x"), "dates", SUMS, None, "结束的时间早于开始的时间。")


def _hours(sheet: Sheet) -> Iterator[Finding]:
    for match in _HOURS.finditer(sheet.text):
        first = int(match["h"]) * 60 + _minutes(match["min"])
        last = int(match["h2"]) * 60 + _minutes(match["min2"])
        said = (
            0.5
            if match["n"] == "半"
            else float(match["n"])
            if match["n"][0].isdigit()
            else float(whole_number(match["n"]) or 0)
        )
        said += 0.5 if match["half"] else 0
        if not any(abs((last + more - first) - said * 60) <= 20 for more in (0, 12 * 60)):
            told = f"前面的起止时间相隔{(last - first) % 720 / 60:g}小时，文中写“{match['x']}”。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told)
    for match in _CLOCK.finditer(sheet.text):
        yield found(sheet, *match.span("x"), "dates", SUMS, None, f"没有“{match['x']}”这个时间。")
    for match in _MONTH.finditer(sheet.text):
        yield found(sheet, *match.span("x"), "dates", SUMS, None, f"没有“{match['x']}”。")


def _lives(sheet: Sheet) -> Iterator[Finding]:
    for match in _BORN.finditer(sheet.text):
        years = int(match["y2"]) - int(match["y"])
        months = int(match["m2"] or 12) - int(match["m"] or 1)
        if years < _BORN_OLD or (years == _BORN_OLD and months < 0):
            told = f"{match['y']}年出生，入党时不满十八岁，请核对。"
            yield found(sheet, *match.span("x"), "dates", "《中国共产党章程》", None, told)
    for match in _PROBATION.finditer(sheet.text):
        first = (int(match["y"]) + 1, int(match["m"]), int(match["d"] or 1))
        last = (int(match["y2"]), int(match["m2"]), int(match["d2"] or 31))
        if last < first:
            yield found(
                sheet, *match.span("x"), "dates", "《中国共产党章程》", None, "预备期为一年，转正的时间早了。"
            )
    for match in (
        *_JOINED.finditer(sheet.text),
        *_SENIOR.finditer(sheet.text),
        *_AGED.finditer(sheet.text),
    ):
        years = int(match["y2"]) - int(match["y"])
        if int(match["n"]) not in {years - 1, years, years + 1}:
            told = f"从{match['y']}年到{match['y2']}年是{years}年，文中写“{match['x']}”。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told)


def _date(year: str | None, month: str, day: str) -> date | None:
    """A day without its year lies in a common one."""
    try:
        return date(int(year or 2001), int(month), int(day))
    except ValueError:
        return None  # 2月30日: the rule of dates tells


def _working(first: date, last: date) -> int:
    return sum(1 for day in range((last - first).days + 1) if (first + timedelta(day)).weekday() < 5)


def _minutes(said: str | None) -> int:
    return 30 if said == "半" else int(said or 0)
