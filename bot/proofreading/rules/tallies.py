"""Figures counted again: rates of what was done, halves of a year, what came and went, lists beside their number.

Only what the text says outright is counted; where it may mean something else nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.proofreading.model import SUMS, Finding, Line, Sheet
from bot.proofreading.rules.figures import NUMBER, UNIT, VALUE, differs, like, number, whole_number
from bot.proofreading.sheet import found
from ingest.text import chinese_number, parse_number

_PERCENT = r"(?P<x>\d{1,3}(?:\.\d{1,3})?)[%％]"
_GAP = r"[^。；\d\n]{0,14}?"
# 计划走访120户，已走访90户，完成率80%: nothing stands between the rate and the figure it is of.
_RATE = re.compile(
    rf"(?<![\d.])(?P<b>{NUMBER})(?P<u>{UNIT})[^。；\d\n]{{0,10}}[，、](?P<done>[^。；，\d\n]{{1,12}}?)(?P<a>{NUMBER})(?P<u2>{UNIT})"
    rf"[^。；，\d\n]{{0,6}}[，（(](?P<rate>[\u4e00-\u9fff]{{2,3}})率(?:为|达到?|是)?{_PERCENT}"
)
_DONE = re.compile("完成|已|实际|办结|化解|销号|兑现|落实|解决")
_HALVES = re.compile(
    rf"上半年{_GAP}(?<![\d.])(?P<a>{NUMBER})(?P<u>{UNIT})[，、；]?下半年{_GAP}(?<![\d.])(?P<b>{NUMBER})(?P<u2>{UNIT})"
    rf"[，；](?:全年|年度|合计|共计|总计)(?!累计|平均|计划|预计|目标|应)[^。；，\d\n]{{0,10}}?(?P<x>{NUMBER})(?P<u3>{UNIT})"
)
_OF_THEM = re.compile(
    rf"(?<![\d.])(?P<b>{NUMBER})(?P<u>[名个户件项家人])(?P<what>[\u4e00-\u9fff]{{2,6}})中，?(?:\d{{1,2}}岁(?:及|含)?以[上下])?[^。；，、\d\n]{{0,8}}?"
    rf"(?<![\d.])(?P<a>{NUMBER})(?P<u2>[名个户件项家人])，占(?:比|总数的?|全部的?)?{_PERCENT}"
)
_NET = re.compile(
    rf"(?P<parts>(?:[^。；，、\d\n]{{2,14}}(?:{NUMBER})[名人][、，]){{2,8}})(?P<way>净增加?|净减少?)(?P<x>{NUMBER})(?P<u>[名人])"
)
_CAME = re.compile("接收|转入|新增|新发展|发展|吸收|调入|迁入|恢复")
_WENT = re.compile("转出|去世|死亡|调出|出党|除名|开除|迁出|退党|停止党籍|注销")
# Two kinds beside which there is no third.
_KINDS = (
    ("男", "女"),
    ("正式党员", "预备党员"),
    ("在职", "离?退休"),
    ("新建", "续建"),
    ("城市", "农村"),
    ("到会", "缺席"),
    ("参加", "请假"),
    ("转入", "转出"),
    ("接入", "转出"),
    ("线上", "线下"),
    ("合格", "不合格"),
    ("已办结", "未办结"),
    ("已完成", "未完成"),
    ("已整改", "未整改"),
)
_BOTH = tuple(
    re.compile(
        rf"(?<![\d.])(?P<x>{NUMBER})(?P<u>{UNIT})[^。；\d\n]{{0,12}}[，：（(]其中[：，]?{first}[^，。；、\d\n]{{0,6}}(?P<a>{NUMBER})(?P=u)"
        rf"[、，]{second}[^，。；、\d\n]{{0,6}}(?P<b>{NUMBER})(?P=u)(?=[。；，）)\n]|$)"
    )
    for first, second in _KINDS
)
_MONTHS = re.compile(
    r"(?<![\d第])(?P<x>\d{1,2})(?=[次场期批])(?P<u>.)[^。；、，\d\n]{0,6}，(?:分别)(?:在|于|安排在|定于)(?P<list>\d{1,2}月(?:\d{1,2}日)?(?:[、和及](?:\d{1,2}月)?(?:\d{1,2}[月日])){1,11})"
)
_SPANS = {
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
}
_SPAN = re.compile(
    r"(?P<name>[一二三四]季度|[上下]半年)[（(](?P<x>(?P<a>\d{1,2})月?(?:至|到|-|—|～|~)(?P<b>\d{1,2})月)(?:份)?[）)]"
)
_ANNOUNCED = re.compile(
    r"(?P<x>[两三四五六七八九])(?P<u>件事|项|个|点|条|件|步|方面)(?!一|百)[^。；：，、\n“”]{0,10}：(?=一是)"
)
_ITEM = re.compile(r"(?:^|(?<=[：；，。、]))(?P<n>[一二三四五六七八九十])是")


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _rates(sheet)
    yield from _sums(sheet)
    for match in _MONTHS.finditer(sheet.text):
        listed = len(re.split("[、和及]", match["list"]))
        if listed != int(match["x"]):
            told = f"前面说{match['x']}{match['u']}，后面列了{listed}个时间。"
            yield found(sheet, *match.span("x"), "sums", SUMS, str(listed), told, "doubt")
    for match in _SPAN.finditer(sheet.text):
        first, last = _SPANS[match["name"]]
        if (int(match["a"]), int(match["b"])) != (first, last):
            told = f"{match['name']}是{first}月至{last}月。"
            yield found(sheet, *match.span("x"), "dates", SUMS, f"{first}月至{last}月", told)
    for at, line in enumerate(sheet.lines):
        following = sheet.lines[at + 1].text if at + 1 < len(sheet.lines) else ""
        yield from _announced(sheet, line, following)


def _rates(sheet: Sheet) -> Iterator[Finding]:
    for match in _RATE.finditer(sheet.text):
        named = match["rate"] in match["done"] or (match["rate"] == "完成" and _DONE.search(match["done"]))
        if named and match["u"] == match["u2"]:
            yield from _share(sheet, match)
    for match in _OF_THEM.finditer(sheet.text):
        if {match["u"], match["u2"]} <= {"名", "人"} or match["u"] == match["u2"]:
            yield from _share(sheet, match)


def _share(sheet: Sheet, match: re.Match[str]) -> Iterator[Finding]:
    part, whole = number(match["a"]), number(match["b"])
    if whole and part <= whole and differs(part / whole * 100, match["x"]):
        right = like(part / whole * 100, match["x"])
        told = f"比率不符：{part}÷{whole}＝{right}%，文中写{match['x']}%。"
        yield found(sheet, *match.span("x"), "sums", SUMS, right, told)


def _sums(sheet: Sheet) -> Iterator[Finding]:
    for match in _HALVES.finditer(sheet.text):
        if match["u"] == match["u2"] == match["u3"]:
            first, second = number(match["a"]), number(match["b"])
            yield from _unless(sheet, match, first + second, f"{first}＋{second}")
    for pattern in _BOTH:
        for match in pattern.finditer(sheet.text):
            first, second = number(match["a"]), number(match["b"])
            if first + second != number(match["x"]):
                told = f"合计不符：{first}＋{second}＝{first + second}，文中总数是{match['x']}，请核对是哪一个有误。"
                yield found(sheet, match.start("x"), match.end("b"), "sums", SUMS, None, told)
    for match in _NET.finditer(sheet.text):
        change = _net(match["parts"])
        if change is not None:
            right = change if match["way"].startswith("净增") else -change
            yield from _unless(sheet, match, right, "增加的减去减少的")


def _net(parts: str) -> Decimal | None:
    """What came less what went; None when a part says neither or both."""
    total = Decimal(0)
    for part in re.split("[、，]", parts.rstrip("、，")):
        value = VALUE.search(part)
        if value is None:
            return None
        came, went = _CAME.search(part), _WENT.search(part)
        if (came is None) == (went is None):
            return None
        total += number(value["n"]) if came else -number(value["n"])
    return total


def _unless(sheet: Sheet, match: re.Match[str], right: Decimal, how: str) -> Iterator[Finding]:
    if right >= 0 and right != number(match["x"]):
        told = f"合计不符：{how}＝{right}，文中写{match['x']}。"
        yield found(sheet, *match.span("x"), "sums", SUMS, like(right, match["x"]), told)


def _announced(sheet: Sheet, line: Line, following: str) -> Iterator[Finding]:
    """抓了四件事：一是…二是…三是…。: the list must be whole in its paragraph and count without a gap."""
    for match in _ANNOUNCED.finditer(line.text):
        items = [parse_number(one["n"]) or 0 for one in _ITEM.finditer(line.text, match.end())]
        again = next((at for at, n in enumerate(items) if at and n == 1), len(items))
        items = items[:again]
        said = whole_number(match["x"])
        if len(items) < 2 or items != list(range(1, len(items) + 1)) or len(items) == said:
            continue
        if re.match(f"{chinese_number(len(items) + 1)}(?:是|、)", following):
            continue
        right = "两" if len(items) == 2 else chinese_number(len(items))
        told = f"前面说{match['x']}{match['u']}，后面列了{len(items)}项。"
        start, end = (line.start + place for place in match.span("x"))
        yield found(sheet, start, end, "sums", SUMS, right, told, "doubt")
