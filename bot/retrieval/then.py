"""The time whose rules a question asks for: 2020年时, 2016年10月那会儿, 去年, 2023年5月1日起. Pure.

A date that tells when something happened (2020年入党的党员, 2023年发展党员多少名) asks for no rules of that time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from ingest.text import NUMERAL, parse_number

_MOST = 20  # dates of a question that are looked at
_N = rf"[{NUMERAL}\d]{{1,3}}"
_YEAR = rf"(?P<year>(?<!\d)(?:19|20)\d\d|[一二][{NUMERAL}]{{3}})年(?:(?P<month>{_N})月份?(?:(?P<day>{_N})[日号])?)?"
_ISO = r"(?P<iso>(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
_BACK = rf"(?P<back>大前年|前年|去年|上一年|(?P<ago>{_N})年(?:以)?前)(?:的?(?P<backmonth>{_N})月份?)?"
_PART = r"(?P<part>年?(?:年初|初|年底|底|年末|末|年中|上半年|下半年))?"
# What happened then, and so is no question of the rules of then: 2020年入党的党员, 2024年3月递交申请书。
_EVENT = re.compile(
    r".{0,4}(?:(?:入党|转正|申请|毕业|退休|参加工作|参军|入伍|受[到过]?.{0,6}处分|转入|调入|当选|任职|成为预备党员|批准|接收|发展|通过)"
    r"(?:[的，,了后]|$)|提交|递交|交了|出生|生人)"
)
_ATTRIBUTE = re.compile(  # 2020年时入党的党员; not 2020年时，…
    r"(?![，,])[^，,]{0,4}(?:入党|转正|申请|提交|递交|毕业|退休|参加工作|参军|入伍|受[到过]?.{0,6}处分|转入|调入|当选|任职|批准|接收|发展|通过|出生)的"
)
_DURING = r"(?:的?那(?:时候?|会儿?|阵子?|年|个时候|个月)|的?时候|的?当时|的?时期|期间|前后|时(?![间限效长代候期机常刻])(?:候)?)"
_RULES = r"的(?:时候的|有效的?)?(?=规定|要求|标准|规矩|口径|说法|做法|法规|制度|条文)"
# 2020年8月以前的借款 is a loan of then; 2020年以前的规定 and 以前的党费标准 ask for what held.
_THING = re.compile(
    r"的(?!.{0,8}(?:规定|要求|标准|规矩|口径|说法|做法|法规|制度|条文|细则|条例|办法|章程|版))"
)
_SAID = re.compile(
    rf"(?P<by>截至|截止到?|按照?|依照?|依据|根据|在|从|自)?(?:{_YEAR}|{_ISO}|{_BACK}){_PART}"
    rf"(?:(?P<during>{_DURING})|(?P<rules>{_RULES})|(?P<before>(?:之|以)前)|(?P<since>起(?![草诉点算来止源])))?"
    r"(?P<closed>的?[，,、]?)"
)
_TODAY = re.compile(r"现在|目前|如今|眼下|最新|现行|当前|今年|今天")
# What follows a bare year that is no time of rules: 2024年度…, 2019年以来…, 2021年的积分办法, 2014年版.
_NAMES = re.compile(
    r"\s*(?:[度的版级届第、和与及至到—~-]|以来|以后|之后|后|前|修订|修正|印发|发布|公布|制定|通过|施行|实施|试行|工作|计划|总结|报告|"
    r"要点|党建|述职|我|他|她|某|本|全|共)"
)
# A question about what a unit did is answered from its papers, which say the year.
_OWN = re.compile(
    r"我们|本单位|全[镇县区市校村街]|多少[名人个元次]|[发开收]了|(?!农)[\u4e00-\u9fff](?:村|社区|街道|镇|学院|大学|中学|小学)|工作情况|(?:工作|述职|调研|年度|情况)报告|总结"
)


@dataclass(frozen=True, slots=True)
class Then:
    """From `first` to `last`, as the question says in `said`; `question` is what it asks without saying when, but for
    a question of what a unit did: its papers say when.
    """

    first: date
    last: date
    said: str
    question: str


def time_said(question: str, today: date) -> Then | None:
    """None when no time is said, or two, or only the time of something that happened. 去年 counts from `today`."""
    found = [
        (match, then) for match in islice(_SAID.finditer(question), _MOST) if (then := _then(match, today))
    ]
    if not found or len({one.first for _, one in found}) > 1:
        return None
    for match, then in found:
        if _asks_for_rules(question, match):
            return then
    return None


def _asks_for_rules(question: str, match: re.Match[str]) -> bool:
    rest = question[match.end() :]
    strong = match["during"] or match["rules"] or match["before"] or match["since"]
    if (_ATTRIBUTE if strong else _EVENT).match(match["closed"] + rest):
        return False
    if strong:
        return not ((match["before"] or match["since"]) and _THING.match(match["closed"] + rest))
    if match["by"] in ("截至", "截止", "截止到"):
        return True
    opens = not question[: match.start()].strip("，,。 “\"'") or question[: match.start()].endswith(
        ("，", "。")
    )
    if not opens or _TODAY.search(question) or _OWN.search(question):
        return False
    if match["back"]:
        return not match["ago"] or bool(match["closed"])
    return match["day"] is None and (
        match["closed"] in ("，", ",") or _NAMES.match(match["closed"] + rest) is None
    )


def _then(match: re.Match[str], today: date) -> Then | None:
    span = _span(match, today)
    if span is None:
        return None
    first, last = span
    if match["before"]:
        first = last = first - timedelta(days=1)
    elif match["since"]:
        last = first
    question = match.string
    if not _OWN.search(question):
        question = match.string[: match.start()] + match.string[match.end() :]
    said = match[0].strip("，,、的截至按照依据根止到在从自")
    return Then(first, min(last, today) if first <= today else last, said, question.lstrip("，, 的"))


def _span(match: re.Match[str], today: date) -> tuple[date, date] | None:
    month, day = match["month"] or match["backmonth"], match["day"]
    if match["iso"]:
        year_text, month, day = re.split(r"[-/.]", match["iso"])
        year: int | None = int(year_text)
    elif match["back"]:
        years = {"大前年": 3, "前年": 2, "去年": 1, "上一年": 1}.get(match["back"])
        ago = parse_number(match["ago"]) if match["ago"] else years
        year = today.year - ago if ago else None
    else:
        year = parse_number(match["year"])
    if year is None or not 1900 < year < 2200:
        return None
    if match["back"] and match["ago"]:
        return _one_day(year, today.month, min(today.day, 28))
    if day:
        return _one_day(year, parse_number(month or ""), parse_number(day))
    months = _months(parse_number(month) if month else None, match["part"] or "")
    if not all(1 <= one <= 12 for one in months):
        return None
    return date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])


def _one_day(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    try:
        one = date(year, month or 0, day or 0)
    except ValueError:
        return None
    return one, one


def _months(month: int | None, part: str) -> tuple[int, int]:
    if month is not None:
        return month, month
    if "初" in part:
        return 1, 1
    if "底" in part or "末" in part:
        return 12, 12
    if "中" in part:
        return 6, 6
    if "上半" in part:
        return 1, 6
    return (7, 12) if "下半" in part else (1, 12)
