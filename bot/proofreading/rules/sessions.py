"""Congresses and sessions: 届 and 次, the year of a session of the people's congress or of the discipline commission, what a plenum passed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import HAN, found

_SOURCE = "会议的正式名称和公报"
_N = "[一二三四五六七八九十百]{1,4}"
_DIGITS = "一二三四五六七八"
_FIRST_YEARS = {"十二": 2013, "十三": 2018, "十四": 2023}
_INSPECTION = {
    "十八": (2012, 2013, 2014, 2014, 2015, 2016, 2017, 2017),
    "十九": (2017, 2018, 2019, 2020, 2021, 2022),
    "二十": (2022, 2023, 2024, 2025, 2026),
}
_STATE = re.compile(
    r"(?:第?(?P<t>十[二三四])届全国(?:人大|人民代表大会|政协)|全国(?:人大|政协)第?(?P<t2>十[二三四])届)第?(?P<n>[一二三四五])次会议"
)
_DISCIPLINE = re.compile(
    r"(?:第?(?P<t>十[八九]|二十)届中央(?:纪委|纪律检查委员会)|中央纪委第?(?P<t2>十[八九]|二十)届)第?(?P<n>[一二三四五六七八])次全(?:会|体会议)"
)
_HELD = re.compile(r"(?P<d>于|是?在)?(?P<y>(?:19|20)\d\d)年(?:\d{1,2}月)?")
_YEAR_BEFORE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上旬|中旬|下旬)?(?:至\d{1,2}日)?，?(?:召开|举行)?(?:的|了)?$"
)
_AFTER = re.compile(r"(?:在北京|在京)?(?:胜利|隆重)?(?:召开|举行|开幕|闭幕)(?!后|以来|之后)")
_PASSED = (
    ("进一步全面深化改革", "二十届三中全会"),
    ("党的百年奋斗重大成就和历史经验", "十九届六中全会"),
    ("第三个历史决议", "十九届六中全会"),
    ("坚持和完善中国特色社会主义制度", "十九届四中全会"),
    ("第十四个五年规划", "十九届五中全会"),
    ("“十四五”规划建议", "十九届五中全会"),
    ("第十五个五年规划", "二十届四中全会"),
    ("“十五五”规划建议", "二十届四中全会"),
    ("全面推进依法治国若干重大问题", "十八届四中全会"),
    ("全面推进依法治国的决定", "十八届四中全会"),
    ("全面深化改革若干重大问题", "十八届三中全会"),
    ("第十三个五年规划", "十八届五中全会"),
    ("新形势下党内政治生活的若干准则", "十八届六中全会"),
)
_PASSED_AT = re.compile(
    rf"(?P<x>(?:十[六七八九]|二十)届[一二三四五六七]中全会)上?(?:胜利|隆重)?(?:召开|举行)?，?(?:会议)?(?:审议|讨论)?并?(?:审议)?"
    rf"(?:通过|作出|审议)了?的?[^。；\n]{{0,24}}?(?P<what>{'|'.join(re.escape(what) for what, _ in _PASSED)})"
)
_SIXTH = "第?[一二三四五六]次会议"
_DOUBLE = "全会|座谈会|推进会|动员会|部署会|表彰会|党代会|专题会|调度会|培训会|总结会"
_FORMS = (
    (re.compile(r"(?P<x>(?P<a>十[六七八九]|二十)次(?P<b>[一二三四五六七]中全会))"), r"\g<a>届\g<b>", "全会以中央委员会的届次称呼。"),
    (re.compile(r"党的第?(?P<x>(?P<a>十[六七八九]|二十)届(?P<b>[一二三四五六七])次全(?:会|体会议))"), r"\g<a>届\g<b>中全会", "中央全会的简称是“×届×中全会”。"),
    (re.compile(r"(?P<x>(?P<a>(?:十[六七八九]|二十)届[一二三四五六七]中)全体会议)"), r"\g<a>全会", "简称是“×届×中全会”。"),
    (re.compile(rf"(?:党的|中国共产党)(?P<x>第?(?P<a>{_N})届(?:全国)?代表大会)"), r"第\g<a>次全国代表大会", "党的全国代表大会论“次”，中央委员会论“届”。"),
    (re.compile(rf"(?:中共|中国共产党)[{HAN}]{{2,12}}?第(?:{_N})(?P<x>届)(?=(?:党员)?代表大会)"), "次", "党的代表大会论“次”，委员会论“届”。"),
    (re.compile(rf"[省市县区州旗镇乡道]第(?:{_N})(?P<x>届)(?=党代会|党代表大会)"), "次", "党的代表大会论“次”，委员会论“届”。"),
    (re.compile(rf"(?:中共|中国共产党)[{HAN}]{{2,12}}?第(?:{_N})(?P<x>次)(?=委员会|纪律检查委员会)"), "届", "委员会论“届”，党的代表大会论“次”。"),
    (re.compile(rf"第(?:{_N})(?P<x>次)(?=(?:全国)?(?:人民代表大会|人大){_SIXTH}|(?:全国)?政协{_SIXTH})"), "届", "人民代表大会和政协论“届”。"),
    (re.compile(r"(?P<x>全国(?P<a>十[二三四])届人大)"), r"\g<a>届全国人大", "规范简称是“×届全国人大”。"),
    (re.compile(rf"(?P<x>(?P<a>{_DOUBLE})会议)(?!室|精神)"), r"\g<a>", "“会”与“会议”重复。"),
    (re.compile(r"党的(?P<x>第(?P<a>十[六七八九]|二十)(?:次)?大)(?!会|代|中|众|学|家)"), r"\g<a>大", "简称是“党的×大”。"),
    (re.compile(r"党的(?P<x>第(?P<a>(?:十[六七八九]|二十)届[一二三四五六七]中全会))"), r"\g<a>", "简称是“党的×届×中全会”，不加“第”。"),
)  # fmt: skip


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern, right, told in _FORMS:
        for match in pattern.finditer(sheet.text):
            yield found(sheet, *match.span("x"), "names", _SOURCE, match.expand(right), told)
    yield from _years(sheet)
    meetings = dict(_PASSED)
    for match in _PASSED_AT.finditer(sheet.text):
        right_one = meetings[match["what"]]
        if match["x"] != right_one:
            told = f"这份文件由党的{right_one}审议通过。"
            yield found(sheet, *match.span("x"), "names", _SOURCE, right_one, told)


def _years(sheet: Sheet) -> Iterator[Finding]:
    for pattern in (_STATE, _DISCIPLINE):
        for match in pattern.finditer(sheet.text):
            term, n = match["t"] or match["t2"], _DIGITS.index(match["n"])
            if pattern is _STATE:
                year = _FIRST_YEARS[term] + n
            elif n < len(_INSPECTION[term]):
                year = _INSPECTION[term][n]
            else:
                continue
            said = _said(sheet.text, match)
            if said is not None and int(said[0]) != year:
                told = f"{match[0]}在{year}年召开。"
                yield found(sheet, said[1], said[1] + 4, "dates", _SOURCE, str(year), told)


def _said(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    """The year that is said to be the meeting's: 于2026年3月召开, 2026年3月召开的…."""
    behind = _HELD.match(text, match.end())
    if behind and (behind["d"] or _AFTER.match(text, behind.end())):
        return behind["y"], behind.start("y")
    begin = max(0, match.start() - 30)
    before = _YEAR_BEFORE.search(text[begin : match.start()])
    if before and ("召开" in before[0] or "举行" in before[0] or _AFTER.match(text, match.end())):
        return before["y"], begin + before.start("y")
    return None
