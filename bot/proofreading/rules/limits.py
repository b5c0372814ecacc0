"""Figures that cannot be: a fifth quarter, 25时, 105% of what was mended, 翻两番 for twice as much, 提高9% from 86% to 95%.

Also a rank that rises to a greater number, a probation that is not a year, days of notice that do not fit its dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.sheet import found
from ingest.text import parse_number

_HOUR = re.compile(r"(?<!\d)(?P<x>(?:2[5-9]|[3-9]\d)时)(?:准时|整(?!改)|正(?!式)|\d{1,2}分)")
_QUARTER = re.compile(r"(?P<x>第(?:[五六七八九]|[5-9])季度)")
_WHOLE = re.compile(  # rates (整改率) are told by the rule of ratios
    r"(?:整改|办结|销号|走访|覆盖|到会|参会|出席|投票|回收|达标|入户|缴纳|收缴)(?:完成|到位)?(?:[已均]?(?:达到?|为|是|完成)了?|，)?(?P<x>(?P<n>1\d\d(?:\.\d+)?)[%％])(?!以上|左右)"
)
_N = r"\d{1,9}(?:\.\d{1,4})?"
_TIMES = re.compile(
    rf"(?P<a>{_N})(?P<s>[万亿]?)(?P<u>元|人|名|户|吨|亩|个|家|公斤)[^。；\n\d]{{0,12}}?(?:增至|增加到|增长到|增加至|增长至|提高到|提升到|达到|上升到|跃升至|升至|发展到)"
    rf"[^。；，\n\d]{{0,6}}(?:(?:19|20)\d\d年的?)?(?P<b>{_N})(?P=s)(?P=u)，[^。；，\n\d]{{0,6}}?(?P<x>翻了?(?P<n>[一两二三四五])番)"
)
_DOUBLINGS = {"一": 2, "两": 4, "二": 4, "三": 8, "四": 16, "五": 32}
_SHARES = re.compile(
    rf"(?P<a>{_N})[%％](?:，)?(?:提高|上升|增长|提升|增加|下降|降低|减少|下调|降|升|增|减)?(?:了)?(?:到|至|为)[^。；，\n\d]{{0,6}}(?P<b>{_N})[%％]，[^。；，\n\d]{{0,6}}?"
    rf"(?P<way>提高|上升|增长|提升|增加|下降|降低|减少)了?(?P<x>(?P<n>{_N})[%％])"
)
_POINTS = re.compile(
    rf"(?:增加|减少|增长|下降|增收|多收|减收)了?{_N}(?:万|亿)?(?:元|人|名|户|吨|亩|件|个|次)，(?:同比|比上年|较上年)?(?:增长|下降|增幅为?|降幅为?|增加|减少)了?(?P<x>(?P<n>{_N})个百分点)"
)
_RANK = re.compile(
    r"(?:由|从)[^。；，\n\d]{0,10}第(?P<a>\d{1,3}|[一二三四五六七八九十]{1,3})[位名](?P<way>上升|提升|跃升|前进|升|进|下降|下滑|后退|降|跌)[^。；，\n\d]{0,3}?(?:到|至)[^。；，\n\d]{0,6}(?P<x>第(?P<b>\d{1,3}|[一二三四五六七八九十]{1,3})[位名])"
)
_DAY = r"(?P<y{0}>20\d\d)年(?P<m{0}>\d{{1,2}})月(?P<d{0}>\d{{1,2}})日"
_SHORT_DAY = r"(?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
_PROBATION = re.compile(
    rf"预备期(?:限|为|是|：|从|自|时间){{0,2}}{_DAY.format('')}起?(?:至|到|—+|-|～){_DAY.format('2')}"
)
_NOTICE = re.compile(
    r"公示(?:期限?|时间)?(?:为|共|是|：)?(?P<n>\d{1,2}|[三五七十]|十五)个?(?P<u>工作日|天|日)[，（(：]?(?:公示时间)?(?:自|从|即|为)?"
    rf"{_DAY.format('')}(?:起)?(?:至|到|—+|-|～){_SHORT_DAY}"
)
_COMPARED = re.compile(
    rf"(?P<a>{_N})(?P<s>[万亿])元?，(?:比|较)(?:上年|去年|上一年|20\d\d年)的?(?P<b>{_N})(?P=s)元(?P<way>增加|增长|多|减少|下降|少)了?(?P<x>(?P<n>{_N})(?P=s)元)"
)
_MOST = re.compile(
    rf"最[大高多长年](?:长|轻)?(?P<kind>的|者|年龄|得分|分值)?[^。；，\n\d]{{0,6}}(?P<a>{_N})(?P<u>岁|分|人|名|元|万元|天|年|户)[^。；\n\d]{{0,8}}最[小低少短](?:的|者|年龄|得分)?[^。；，\n\d]{{0,6}}(?P<x>(?P<b>{_N})(?P=u))"
)
_ALL = re.compile(
    rf"(?:全(?:村|镇|乡|社区|县|区|街道|支部)|共有|现有|辖区)[^，。；\n\d]{{0,4}}(?P<a>{_N})(?P<u>户|名|人|家|个)[^，。；\n\d]{{0,6}}，[^，。；\n\d]{{0,6}}(?:走访|入户|慰问|排查|覆盖|参学|参加学习|评议|谈心)[^，。；\n\d]{{0,6}}(?P<x>(?P<b>{_N})(?P=u))[^，。；\n\d]{{0,6}}，[^，。；\n\d]{{0,8}}(?:全覆盖|无遗漏|不漏|全部|率)"
)
_BALANCE = re.compile(
    rf"收入(?:为|共|共计|合计)?(?P<a>{_N})(?P<s>万?)元，[^。；，\n\d]{{0,4}}支出(?:为|共|共计|合计)?(?P<b>{_N})(?P=s)元，[^。；，\n\d]{{0,4}}(?:结余|节余|余额|结存|剩余)(?:为|共)?(?P<x>(?P<n>{_N})(?P=s)元)"
)
_CARRIED = re.compile("结转|上年|年初|期初|累计")
_AHEAD_OF = re.compile(
    rf"(?:比|较)[^。；，\n\d]{{0,6}}(?P<way>增加|增长|多|减少|下降|少)了?(?P<n>{_N})(?P<u>名|人|户|个|件|亩|万元|元)，由(?P<a>{_N})(?P=u)[^。；，\n\d]{{0,3}}[至到](?P<x>(?P<b>{_N})(?P=u))"
)
_DOWN = frozenset({"下降", "降低", "减少", "下滑", "后退", "降", "跌", "少"})
_YEAR = 365


def find(sheet: Sheet) -> Iterator[Finding]:
    for match in _HOUR.finditer(sheet.text):
        yield _told(sheet, match, "dates", None, "一天只有24时。")
    for match in _QUARTER.finditer(sheet.text):
        yield _told(sheet, match, "dates", None, "一年只有四个季度。")
    for match in _WHOLE.finditer(sheet.text):
        if Decimal(match["n"]) > 100:
            yield _told(sheet, match, "sums", None, "部分不会超过总数的100%。")
    for match in _MOST.finditer(sheet.text):
        if Decimal(match["b"]) > Decimal(match["a"]):
            told = f"最小的{match['b']}{match['u']}大于最大的{match['a']}{match['u']}。"
            yield _told(sheet, match, "sums", None, told)
    for match in _ALL.finditer(sheet.text):
        if Decimal(match["b"]) > Decimal(match["a"]):
            yield _told(sheet, match, "sums", None, f"一共只有{match['a']}{match['u']}。")
    yield from _differences(sheet)
    yield from _growth(sheet)
    yield from _ranks(sheet)
    yield from _days(sheet)


def _differences(sheet: Sheet) -> Iterator[Finding]:
    for match in _BALANCE.finditer(sheet.text):
        right = Decimal(match["a"]) - Decimal(match["b"])
        begin = max(sheet.text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
        if right != Decimal(match["n"]) and not _CARRIED.search(sheet.text[begin : match.end()]):
            told = f"收入减去支出是{right}{match['s']}元，文中写{match['x']}。"
            yield _told(sheet, match, "sums", f"{right}{match['s']}元" if right > 0 else None, told)
    for match in _AHEAD_OF.finditer(sheet.text):
        change = Decimal(match["n"]) * (-1 if match["way"] in _DOWN else 1)
        right = Decimal(match["a"]) + change
        if right != Decimal(match["b"]):
            told = f"由{match['a']}{match['way']}{match['n']}是{right}，文中写{match['x']}。"
            yield _told(sheet, match, "sums", f"{right}{match['u']}" if right > 0 else None, told)


def _growth(sheet: Sheet) -> Iterator[Finding]:
    for match in _TIMES.finditer(sheet.text):
        old, new, times = Decimal(match["a"]), Decimal(match["b"]), _DOUBLINGS[match["n"]]
        if old and not Decimal("0.8") * times <= new / old < Decimal("1.7") * times:
            told = f"{match['b']}是{match['a']}的{(new / old).quantize(Decimal('0.1'))}倍，翻{match['n']}番是{times}倍。"
            yield _told(sheet, match, "sums", None, told)
    for match in _SHARES.finditer(sheet.text):
        change = abs(Decimal(match["b"]) - Decimal(match["a"]))
        if change == Decimal(match["n"]):
            told = "两个百分数相减，差用“个百分点”。"
            yield _told(sheet, match, "sums", f"{match['n']}个百分点", told)
    for match in _POINTS.finditer(sheet.text):
        yield _told(sheet, match, "sums", f"{match['n']}%", "数量的增减用百分数，百分数之差才用“个百分点”。")
    for match in _COMPARED.finditer(sheet.text):
        now, before, said = (Decimal(match[one]) for one in "abn")
        change = before - now if match["way"] in _DOWN else now - before
        if change != said:
            unit = f"{match['s']}元"
            right = f"{change.normalize():f}{unit}" if change > 0 else None
            told = f"{match['a']}{unit}与{match['b']}{unit}相差{abs(change).normalize():f}{unit}。"
            yield _told(sheet, match, "sums", right, told)


def _ranks(sheet: Sheet) -> Iterator[Finding]:
    for match in _RANK.finditer(sheet.text):
        old, new = parse_number(match["a"]), parse_number(match["b"])
        if old and new and old != new and (new > old) != (match["way"] in _DOWN):
            told = f"由第{match['a']}位到第{match['b']}位，与“{match['way']}”不符。"
            yield _told(sheet, match, "sums", None, told)


def _days(sheet: Sheet) -> Iterator[Finding]:
    for match in _PROBATION.finditer(sheet.text):
        first, last = _date(match, ""), _date(match, "2")
        behind = sheet.text[max(0, match.start() - 40) : match.end() + 40]
        if first and last and "延长" not in behind and not abs((last - first).days - _YEAR) <= 2:
            told = "预备党员的预备期为一年。"
            yield found(sheet, *match.span(), "dates", "中国共产党章程", None, told)
    for match in _NOTICE.finditer(sheet.text):
        first, last = _date(match, ""), _date(match, "2", match["y"], match["m"])
        said = parse_number(match["n"])
        if not first or not last or not said or last < first:
            continue
        days = (last - first).days + 1
        if days < said or (match["u"] != "工作日" and days > said + 1):
            told = f"这几天一共{days}天，公示期写{said}个{match['u']}。"
            yield found(sheet, *match.span(), "dates", SUMS, None, told)


def _date(match: re.Match[str], which: str, year: str = "", month: str = "") -> date | None:
    try:
        said = (match[f"y{which}"] or year, match[f"m{which}"] or month, match[f"d{which}"])
        return date(*map(int, said))
    except ValueError:
        return None  # 2月30日: the rule of dates tells


def _told(sheet: Sheet, match: re.Match[str], rule: str, right: str | None, told: str) -> Finding:
    return found(sheet, *match.span("x"), rule, SUMS, right, told)
