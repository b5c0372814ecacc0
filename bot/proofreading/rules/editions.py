"""A work cited by the year of an edition that a newer one in the knowledge base has taken the place of (its catalog).

《…》（2017年修改）, 2014年印发的《…》, 党的十九大修订的《中国共产党章程》. An old edition may be meant: every finding is a doubt.
What the knowledge base does not know is looked up in latest.tsv. A text that tells no day but those of editions is of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows

_Y = r"(?P<year>(?:19|20)\d\d)"
_MADE = "印发|发布|公布|颁布|修订|修改|修正|制定|通过|施行|实施|出台|下发"
_NAME = r"《(?P<name>[^《》\n]{2,60})》"
_BEHIND = re.compile(rf"{_NAME}[（(]{_Y}年?[^（）()\n]{{0,12}}[）)]")
_INSIDE = re.compile(
    rf"《(?P<name>[^《》（）()\n]{{2,60}})[（(]{_Y}年?(?:版|本|修订|修正|修改|印发){{0,3}}[）)]》"
)
_BEFORE = re.compile(
    rf"(?<!\d){_Y}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:(?:新|重新)?(?:{_MADE})(?:实施|施行)?的?|版的?|的)?{_NAME}(?!自|颁|印|施|实|出|修|发|公|通|等)"
)
_CONGRESS = re.compile(rf"党的(?P<n>十[六七八九])大(?:部分)?(?:{_MADE})的?{_NAME}")
_YEAR = re.compile(r"(?:19|20)\d\d年|二[〇○]")
_CONGRESSES = {"十六": 2002, "十七": 2007, "十八": 2012, "十九": 2017}
PAST = re.compile(
    r"废止|失效|取代|代替|替代|旧版|老版|原版|修订前|相比|比较|对照表|沿革|历史|历次|当时|曾|自[^，。；]{0,40}以来|之前|以前"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    if not _YEAR.search(sheet.text) and not _CONGRESS.search(sheet.text):
        return
    cited = [
        match for pattern in (_BEHIND, _INSIDE, _BEFORE, _CONGRESS) for match in pattern.finditer(sheet.text)
    ]
    if not cited:
        return
    day = _day(sheet, cited)
    for match in cited:
        groups = match.groupdict()
        year = int(groups["year"]) if groups.get("year") else _CONGRESSES[match["n"]]
        newest = _newest(sheet, match["name"], year, day)
        if newest is None or PAST.search(sentence(sheet.text, match)):
            continue
        title, since, source = newest
        told = f"《{match['name']}》引用的是{year}年的版本，现行的是{since.year}年的《{title}》，请核对引用是否有意。"
        yield found(sheet, *match.span(), "abolished", source, None, told, "doubt")


def _day(sheet: Sheet, cited: list[re.Match[str]]) -> date:
    """The day of the text: of its own, not of the editions it cites; today where it says none."""
    spans = [match.span() for match in cited]
    own = [match for match in _YEAR.finditer(sheet.text) if not any(a <= match.start() < b for a, b in spans)]
    if sheet.written is None or not own:
        return date.today()  # noqa: DTZ011 - the reader's own day
    # Only the year is said: any day of it.
    is_year = (sheet.written.month, sheet.written.day) == (1, 1)
    return date(sheet.written.year, 12, 31) if is_year else sheet.written


def _newest(sheet: Sheet, name: str, year: int, day: date) -> tuple[str, date, str] | None:
    """The newer edition by that day: as the knowledge base knows it, else as latest.tsv does."""
    later = sheet.shelf.later(name, year, day) if sheet.shelf else None
    if later is not None and later.since is not None:
        return later.replaced_by, later.since, "资料库中的文件目录"
    for title in (name, "中国共产党" + name, "中华人民共和国" + name):
        since = _latest().get(title)
        if since is not None and year < since.year and since <= day:
            return title, since, "公开发布的文件"
    return None


@cache
def _latest() -> Mapping[str, date]:
    return {title: date.fromisoformat(day) for title, day, *_ in rows("latest.tsv", 2)}


def sentence(text: str, match: re.Match[str]) -> str:
    begin = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
    return text[begin : match.start()] + re.split("[。；\n]", text[match.end() : match.end() + 60])[0]
