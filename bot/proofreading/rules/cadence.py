"""How often and how many in all: 召开支委会13次，每月一次; 每季度上一次党课，全年共5次; 上半年8次，每月1次.

Told only where the number stands beside its rate, of the same thing, and 不少于 or 以上 do not leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.figures import COUNT, whole_number
from bot.proofreading.sheet import found

_TIMES = "次|场|期|堂|节|回|轮|例"
_RATE = rf"每个?(?P<every>月|季度|季|半年|周|星期|两个?月|双月|旬)(?:都|坚持|固定|均|各)?(?P<what2>[^，。；、\d每]{{0,10}}?)(?P<k>{COUNT})(?:{_TIMES})"
_SPAN = r"(?P<span>全年|一年来|一年|年内|上半年|下半年|半年来|半年|[一二三四]季度|本季度|(?:19|20)\d\d年)"
_COUNTED = re.compile(
    rf"(?:{_SPAN}[^。；\n\d每]{{0,12}}?)?(?P<what>[^，。；：、\n\d每]{{0,12}}?)(?<![第\d])(?P<x>(?P<n>{COUNT})(?:{_TIMES}))(?P<what3>[^，。；、\n\d每]{{0,10}})[，（(]{_RATE}(?P<more>以上)?"
)
_SUMMED = re.compile(
    rf"{_RATE}(?P<what>[^，。；、\n\d每]{{0,10}})[，；][^。；\n\d每]{{0,6}}?{_SPAN}(?P<what3>[^。；，、\n\d每]{{0,14}}?)(?P<x>(?P<n>{COUNT})(?:{_TIMES}))(?P<more>以上)?"
)
_IN_A_YEAR = {
    "月": 12,
    "季度": 4,
    "季": 4,
    "半年": 2,
    "周": 52,
    "星期": 52,
    "两月": 6,
    "两个月": 6,
    "双月": 6,
    "旬": 36,
}
_WEEKLY = frozenset({"周", "星期"})
_FILLING = re.compile(
    "共计|合计|累计|总共|共|开展|召开|组织|举办|举行|完成|进行|上|了|学习|已|实际|达到?|为|集中"
)
_LOOSE = re.compile("不少于|至少|不低于|以上|左右|约|近|超过|余|多次|原则上")


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern in (_COUNTED, _SUMMED):
        for match in pattern.finditer(sheet.text):
            count, times = whole_number(match["n"]), whole_number(match["k"])
            whole = _whole(match)
            if not count or not times or not whole or _LOOSE.search(match[0]):
                continue
            if pattern is _SUMMED and not _is_same(match):
                continue
            right = whole * times
            slack = 2 * times if match["every"] in _WEEKLY else 0
            too_few = match["span"] is not None and count < right - slack
            if count > right + slack or too_few:
                told = f"{match['span'] or '一年'}里每{match['every']}{match['k']}次是{right}次，文中写“{match['x']}”，请核对。"
                yield found(sheet, *match.span("x"), "sums", SUMS, None, told)


def _whole(match: re.Match[str]) -> int:
    """How often in the time that is spoken of; a year where none is."""
    year = _IN_A_YEAR[match["every"]]
    span = match["span"] or ""
    if "半年" in span:
        return year // 2
    return year // 4 if "季度" in span else year


def _is_same(match: re.Match[str]) -> bool:
    """每月一次党课，全年志愿服务20次 counts another thing: what is counted must have been named before."""
    rest = _FILLING.sub("", match["what3"])
    named = f"{match['what2']}{match['what']}"
    before = match.string[max(0, match.start() - 16) : match.start()]
    return not rest or rest in named or rest in before
