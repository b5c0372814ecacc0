"""A work cited by the year of an edition that a newer one in the knowledge base has taken the place of (its catalog).

《…》（2017年修改）, 2014年印发的《…》, 党的十九大修订的《中国共产党章程》. An old edition may be meant: every finding is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found

_Y = r"(?P<year>(?:19|20)\d\d)"
_MADE = "印发|发布|公布|颁布|修订|修改|修正|制定|通过|施行|实施|出台|下发"
_NAME = r"《(?P<name>[^《》\n]{2,60})》"
_BEHIND = re.compile(rf"{_NAME}[（(]{_Y}年?[^（）()\n]{{0,12}}[）)]")
_INSIDE = re.compile(
    rf"《(?P<name>[^《》（）()\n]{{2,60}})[（(]{_Y}年?(?:版|本|修订|修正|修改|印发){{0,3}}[）)]》"
)
_BEFORE = re.compile(
    rf"(?<!\d){_Y}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:(?:新|重新)?(?:{_MADE})(?:实施|施行)?的?|版的?|的){_NAME}"
)
_CONGRESS = re.compile(rf"党的(?P<n>十[六七八九])大(?:部分)?(?:{_MADE})的?{_NAME}")
_CONGRESSES = {"十六": 2002, "十七": 2007, "十八": 2012, "十九": 2017}
_PAST = re.compile(
    r"废止|失效|取代|代替|替代|旧版|老版|原版|修订前|相比|比较|对照表|沿革|历史|历次|当时|曾|自[^，。；]{0,40}以来|之前|以前"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    if sheet.shelf is None or sheet.written is None:
        return
    day = sheet.written
    if (day.month, day.day) == (1, 1):  # only the year is said: any day of it
        day = date(day.year, 12, 31)
    for pattern in (_BEHIND, _INSIDE, _BEFORE, _CONGRESS):
        for match in pattern.finditer(sheet.text):
            groups = match.groupdict()
            year = int(groups["year"]) if groups.get("year") else _CONGRESSES[match["n"]]
            later = sheet.shelf.later(match["name"], year, day)
            if later is None or later.since is None or _PAST.search(_sentence(sheet.text, match)):
                continue
            told = (
                f"《{match['name']}》引用的是{year}年的版本，资料库里有"
                f"{later.since.year}年的《{later.replaced_by}》，请核对引用是否有意。"
            )
            yield found(sheet, *match.span(), "abolished", "资料库中的文件目录", None, told, "doubt")


def _sentence(text: str, match: re.Match[str]) -> str:
    begin = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
    return text[begin : match.start()] + re.split("[。；\n]", text[match.end() : match.end() + 60])[0]
