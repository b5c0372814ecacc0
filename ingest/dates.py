"""Days in Chinese documents: when one was issued, when it came into force, when it was amended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.text import COUNTING, ORDINAL, parse_number

_YEAR = r"(?:[12１２]\s*[9０0９]\s*[\d０-９]\s*[\d０-９]|[二一][〇○零\uff2fOo0一二三四五六七八九]{3})"
_PART = rf"(?:[\d０-９]\s*[\d０-９]?|[{COUNTING}]{{1,3}})"
DAY = re.compile(rf"({_YEAR})\s*年\s*({_PART})\s*月\s*({_PART})\s*日")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})[-.](\d{1,2})[-.](\d{1,2})(?!\d)")
_FILED = re.compile(r"[(（]((?:19|20)\d{2})-(\d{2})-(\d{2})[)）]$")  # how collections of laws name a version
STRUCTURE = re.compile(
    rf"\s*(?:第\s*[{ORDINAL}\d]+\s*(?:[编章节]|条(?!的|第|规定))|总\s*[则纲]|目\s*录|[{COUNTING}]+、)"
)
_IN_FORCE = r"(?:正式)?(?:施行|实施|执行|生效|试行)"
_FORCE_AFTER = re.compile(rf"\s*(?:起|开始)?，?\s*{_IN_FORCE}")
_FROM_ISSUE = re.compile(
    rf"自(?:公布|发布|印发|颁布|下发|通过|批准|公告)之日(?:起)?(?:公布|发布)?{_IN_FORCE}"
)
_ISSUED = re.compile(r"通过|公布|发布|印发|颁布|批准|公告|修[正订改]|起草|签署")
_AMENDED = re.compile(r"修[正订改]")
_SHORT = 160  # characters: the line of a head that tells a date; running text is longer
_READ = 2000  # characters at either end of a line that are read: a day stands near one of them


@dataclass(frozen=True, slots=True)
class Dates:
    """`effective` is of the version issued on `issued`: None where the text only tells it of an earlier version."""

    issued: date | None = None
    effective: date | None = None


def read_dates(lines: Sequence[str], stem: str, *, rule: bool) -> Dates:
    """Dates from the head before the first article, the signature, the last article and the name of the file.

    A day in brackets at the end of the name is the version's own and wins: heads often stop at the first version.
    `rule`: the text is a regulation, whose head tells when it was passed and published. A report's opening sentence
    may hold any date, so only a line of its own or its signature dates it.
    """
    lines = [line if len(line) < 2 * _READ else f"{line[:_READ]} {line[-_READ:]}" for line in lines]
    head = head_lines(lines)
    issued, forced, amended = _of_head(head, rule=rule)
    issued = issued or signed_day(head) or signed_day(lines[-12:])
    filed = _FILED.search(stem)
    named = filed or _ISO.search(stem)
    if named and (filed or issued is None):
        issued = real_date(*(int(part) for part in named.groups())) or issued
    forced = forced or _of_close(lines, issued, rule=rule, amended=amended)
    if forced and issued and forced < issued and (amended or filed):
        forced = None
    return Dates(issued, forced)


def head_lines(lines: Sequence[str]) -> list[str]:
    """The lines before the first article, chapter or 一、 heading; at most 60."""
    head: list[str] = []
    for line in lines[:60]:
        if STRUCTURE.match(line) and not re.match(r"\s*目\s*录\s*$", line):
            break
        head.append(line)
    return head


def days(line: str) -> list[tuple[date, int, int]]:
    """The real days a line tells, each with where it starts and ends."""
    found = ((_day(match), match.start(), match.end()) for match in DAY.finditer(line))
    return [(day, start, end) for day, start, end in found if day]


def only_day(line: str) -> date | None:
    """The day if the line holds nothing else (brackets and 印发 aside)."""
    match = DAY.fullmatch(re.sub(r"^[\s（(]+|(?:印发|发布|公布)?[\s）)]+$|印发$", "", line))
    return _day(match) if match else None


def signed_day(lines: Sequence[str]) -> date | None:
    """The last line that is a day and nothing else, or 某某办公室 2015年10月22日印发 (which counts only without one)."""
    alone = [day for line in lines if (day := only_day(line))]
    printed = [found[-1][0] for line in lines if re.search(r"日\s*印发\s*$", line) and (found := days(line))]
    return next(iter((alone or printed)[-1:]), None)


def real_date(year: int, month: int, day: int) -> date | None:
    """None for a day that no calendar has."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_head(head: Sequence[str], *, rule: bool) -> tuple[date | None, date | None, bool]:
    issued: list[date] = []
    forced: list[date] = []
    amended = False
    for line in head:
        told = days(line)
        for index, (day, start, end) in enumerate(told):
            after = line[end : told[index + 1][1] if index + 1 < len(told) else len(line)]
            if _FORCE_AFTER.match(after):
                forced.append(day)
            elif rule and _tells_issue(line, start, after):
                issued.append(day)
                amended = amended or bool(_AMENDED.search(after))
                if re.search(r"(?:公布|发布|公告)施行|自(?:公布|发布|颁布)之日起?施行", after):
                    forced.append(day)
    return max(issued, default=None), max(forced, default=None), amended or len(set(issued)) > 2


def _tells_issue(line: str, start: int, after: str) -> bool:
    """A line of a head that tells a day: the day opens it or its bracket, or what follows is an act of issue."""
    opens = not line[:start].strip(" \u3000（(")
    preamble = line.startswith("为") or line.endswith(("：", ":"))  # 为正确适用…，现就…规定如下：
    return (
        not preamble
        and len(line) < _SHORT * 6
        and ((opens and len(line) < _SHORT) or bool(_ISSUED.search(re.split(r"[。；]", after)[0])))
    )


def _of_close(lines: Sequence[str], issued: date | None, *, rule: bool, amended: bool) -> date | None:
    """自2026年5月1日起施行, 自发布之日起施行 of the last articles (the day of issue, unless later amended)."""
    for line in reversed(lines[-40:] if rule else lines[-12:]):
        for day, start, end in reversed(days(line)):
            if re.search(r"[自从]\s*$", line[:start]) and _FORCE_AFTER.match(line[end:]):
                return day
        if rule and _FROM_ISSUE.search(line):
            return None if amended else issued
    return None


def _day(match: re.Match[str]) -> date | None:
    numbers = [parse_number(re.sub(r"\s", "", part).translate(_ZEROS)) for part in match.groups()]
    return real_date(*numbers) if all(numbers) else None  # type: ignore[arg-type]


_ZEROS = str.maketrans(dict.fromkeys("\uff2fOo", "〇"))
