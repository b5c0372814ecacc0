"""Every figure of a text that states something, in reading order, comparable: 十二名 = 12名, 4.347万元 = 43470元. Pure.

Read are numbers with what they count, dates, shares, rates, ranges, ordinals (第一季度), references (第十二条,
〔2024〕12号) and masks (X个, **万元). Not read: numbering (一、 （1） 一是) and names with numerals (`names`). An Arabic
number counts with any unit or none; a Chinese one only with a unit that is known. 一 before 个, 项, 种 … is mostly an article:
it counts after words that count (新建, 只有, 每人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.drafting.model import PENDING
from bot.drafting.names import name_spans, quoted_names
from bot.drafting.units import ARABIC, CHINESE, MAGNITUDE, MASK, MASKED, UNIT, unit_of, value_of

Kind = Literal["quantity", "date", "share", "ordinal", "reference", "ratio"]


@dataclass(frozen=True, slots=True)
class Figure:
    """`text[start:end]` states something; `text[core_start:core_end]` is the number in it, without the unit.

    `unit` is the compared one; `low` and `high` are in that unit. A date has year*10000 + month*100 + day, 0 for a part
    that is not said. `more`: it says 余, 多, 几. `masked`: its number is masked.
    """

    start: int
    end: int
    text: str
    core_start: int
    core_end: int
    kind: Kind
    unit: str
    low: float
    high: float
    more: bool = False
    masked: bool = False


_ONE = f"(?:{ARABIC}|{CHINESE}|{MASK})"
_SOME = "[余多几]"
_TO = "(?:至|到|-|－|—|–|~|～){1,2}"
_HEAD = rf"(?P<vague>[数几上近成](?=[十百千万亿]))?(?P<low>{_ONE})(?P<more>{_SOME})?(?P<times>{MAGNITUDE})?(?P<more2>{_SOME})?"
_QUANTITY = re.compile(
    rf"{_HEAD}(?:(?P<unit1>{UNIT})?{_TO}(?P<high>{_ONE})(?P<times2>{MAGNITUDE})?(?P<more3>{_SOME})?)?[ \u3000]?(?P<unit>{UNIT})?(?P<half>半(?![数年月天小]))?"
)
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○九一二三四五六七八]{3}|20[Xx×*]{2}|(?<![A-Za-z\d])[Xx×*]{1,4})"
_SMALL = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十|(?<![A-Za-z\d])[Xx×*]{1,2})"
_GAP = r"[ \u3000]?"
_DATE = re.compile(
    rf"(?<![\d第零〇一二三四五六七八九十])(?:(?P<y>{_YEAR}){_GAP}年度?(?:{_GAP}(?P<m>{_SMALL}){_GAP}月份?(?:{_GAP}(?P<d>{_SMALL}){_GAP}[日号])?)?"
    rf"|(?P<m2>{_SMALL}){_GAP}月份?(?:{_GAP}(?P<d2>{_SMALL}){_GAP}[日号])?)"
    rf"(?:{_TO}(?:(?P<y3>{_YEAR})年度?)?(?:(?P<m3>{_SMALL})月份?)?(?:(?P<d3>{_SMALL})[日号])?)?"
)
_SPANS = (
    re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d){_TO}(?P<y3>(?:19|20)\d\d)年度?"),
    re.compile(rf"(?P<y>(?:19|20)\d\d)年(?P<m>\d{{1,2}}){_TO}(?P<m3>\d{{1,2}})月份?"),
    re.compile(rf"(?<!\d)(?P<m>\d{{1,2}}){_TO}(?P<m3>\d{{1,2}})月份?(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>[0-3]?\d)(?!\d)"
    ),
)
_REFERENCES = (
    re.compile(
        r"第(?P<core>\d{1,4}|[零〇一二两三四五六七八九十百千]{1,8})(?P<unit>条|款|章|编)(?:之(?P<sub>[一二三四五六七八九十]{1,3}))?"
    ),
    re.compile(
        r"(?P<core>[〔\[［(（](?P<year>(?:19|20)\d\d)[〕\]］)）][ ]?第?[ ]?(?P<n>\d{1,5})[ ]?)(?P<unit>号)"
    ),
)
_ORDINAL = re.compile(
    rf"第(?P<core>\d{{1,4}}|[一二三四五六七八九十百]{{1,6}}|{MASK})(?P<unit>个?季度|批次?|期|届|次|轮|阶段|名(?!义)|位|个|周|天|年|学期|顺位)"
)
_SHARES = (
    re.compile(rf"(?P<scale>[百千])分之(?P<core>{_ONE})(?:{_TO}(?:[百千]分之)?(?P<high>{_ONE}))?"),
    re.compile(
        r"(?P<core>(?P<under>[二三四五六七八九十百\d]{1,4})分之(?P<over>[一二三四五六七八九十\d]{1,4}))"
    ),
    re.compile(
        r"(?P<core>过?半数|一半(?!是)|(?<=[超过])半(?=[，。以]))|(?<![上下])(?P<half>半)(?P<unit>年|天|个?小时|个月)(?!度|来|报)"
    ),
)
_CLOCK = re.compile(r"(?<![\d:：])(?P<core>(?P<one>\d{1,4})[:：](?P<two>\d{1,4}))(?![\d:：])")
_NUMBERING = re.compile(
    r"(?:^|(?<=[\n。；;：:\t 　]))[ \t\u3000]*(?:\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|\d{1,2}[)）])|[(（]\d{1,2}[)）]|"
    r"(?:附件|附表|附图|附录|(?<![\u4e00-\u9fff])[表图])[ ]?\d{1,2}(?![\d%])|\[\d{1,3}\]|[①-⑳]",
    re.MULTILINE,
)
_LETTERS = re.compile(
    r"[A-Za-z]+-?\d+(?:[.\-]\d+){0,4}[A-Za-z]{0,8}|\d+[A-WYZa-wyz][A-Za-z]{0,8}(?![%])|(?:[\dNXx×]+[+＋]){1,6}[\dNXx×]+"
)
_ARTICLE_UNITS = frozenset(
    [
        *"个项种批张条支套份场件家位处座类组篇本块道片轮对台层期节门所间代回遍面大版只双分号成字队册卷",
        *("大类", "方面", "环节", "步骤", "渠道"),
    ]
)
_COUNTS = re.compile(
    r"(?:新建|组建|成立|设立|下设|建成|建有|增设|新增|增加|减少|增长|撤销|合并|仅|仅有|只有|只|共有|共|共计|合计|总计|至少|不少于|不足|不超过|超过|达到|各|各有|"
    r"每人|每名|每年|每季度|每月|每周|每半年|选派|配备|指定|确定|联系|召开|举办|发展|接收|办结|完成)了?$"
)
_NOT_ONE = re.compile(r"[同这那每某统唯进又再另专第有之任随逐]$")
_BARE_LARGE = re.compile(r"[百千万亿]{1,4}")


def figures_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """`(start, end, text)` of every figure, in order; none overlaps another, and `text[start:end]` is the third."""
    return tuple((figure.start, figure.end, figure.text) for figure in read(text))


def read(text: str) -> tuple[Figure, ...]:
    taken = bytearray(len(text))
    for start, end in not_figures(text):
        taken[start:end] = b"\1" * (end - start)
    quoted = bytearray(len(text))
    for start, end in quoted_names(text):
        quoted[start:end] = b"\1" * (end - start)
    found = []
    for reader in (_references, _dates, _shares, _ordinals, _clocks, _quantities):
        for figure in reader(text):
            free = not any(taken[figure.start : figure.end])
            if free and not (quoted[figure.start] and _is_name(figure, text)):
                taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
                found.append(figure)
    return tuple(sorted(found, key=lambda one: one.start))


def not_figures(text: str) -> Iterator[tuple[int, int]]:
    """Numbering, names with numerals, and the mark for what is not known: spans that may overlap."""
    yield from name_spans(text)
    for pattern in (_NUMBERING, _LETTERS, _PENDING):
        for match in pattern.finditer(text):
            yield match.span()


_PENDING = re.compile(re.escape(PENDING))
_SAYS = re.compile(r"(?:为|是|少于|多于|超过|达到?|满|共|至少|最多)$")


def _is_name(figure: Figure, text: str) -> bool:
    """A figure in a short quotation: a name, unless it is Arabic with a unit, or words lead to it that state (预备期为一年)."""
    number = text[figure.core_start : figure.core_end]
    if figure.masked or not figure.unit:
        return True
    return not any("0" <= character <= "9" for character in number) and not _SAYS.search(
        text[max(0, figure.start - 4) : figure.start]
    )


def _references(text: str) -> Iterator[Figure]:
    for match in _REFERENCES[0].finditer(text):
        value = (
            (value_of(match["core"]) or 0) + (value_of(match["sub"]) or 0) / 1000
            if match["sub"]
            else value_of(match["core"])
        )
        yield _figure(match, "reference", f"第{match['unit']}", value or 0, value or 0)
    for match in _REFERENCES[1].finditer(text):
        value = float(match["year"]) * 100000 + float(match["n"])
        yield _figure(match, "reference", "号", value, value)


def _dates(text: str) -> Iterator[Figure]:
    for pattern in (*_SPANS, _DATE):
        for match in pattern.finditer(text):
            part = {key: value for key, value in match.groupdict().items() if value}
            low = _day(part.get("y"), part.get("m") or part.get("m2"), part.get("d") or part.get("d2"))
            high = _day(part.get("y3"), part.get("m3"), part.get("d3"))
            if low is None or high is None:
                continue
            masked = bool(MASKED.search(match[0]))
            start, end = match.span()
            yield Figure(
                start, end, match[0], start, _core_end(match), "date", "date", low, high, False, masked
            )


def _core_end(match: re.Match[str]) -> int:
    """A date of one part keeps its unit (〔待核实〕月); one of several parts is one number."""
    text = match[0]
    one = re.fullmatch(r"(.{1,6}?)[ \u3000]?(?:年度?|月份?)", text)
    return match.start() + len(one[1]) if one and not re.search("[年月]", one[1]) else match.end()


def _day(year: str | None, month: str | None, day: str | None) -> float | None:
    """year*10000 + month*100 + day; a part that is masked or not said is 0; None: no calendar has it."""
    parts = [
        0 if not part or MASKED.search(part) else value_of(part.replace("○", "〇"))
        for part in (year, month, day)
    ]
    if None in parts:
        return None
    y, m, d = (int(part or 0) for part in parts)
    return None if m > 12 or d > 31 else float(y * 10000 + m * 100 + d)


def _shares(text: str) -> Iterator[Figure]:
    for match in _SHARES[0].finditer(text):
        scale = 1.0 if match["scale"] == "百" else 0.1
        low, high = value_of(match["core"]), value_of(match["high"] or match["core"])
        masked = bool(MASKED.fullmatch(match["core"]))
        if masked or (low is not None and high is not None):
            yield _figure(match, "share", "%", (low or 0) * scale, (high or 0) * scale, masked=masked)
    for match in _SHARES[1].finditer(text):
        under, over = value_of(match["under"]), value_of(match["over"])
        if under and over and match["under"] not in {"百", "千"}:
            yield _figure(match, "share", "分之", over / under, over / under)
    for match in _SHARES[2].finditer(text):
        if not match["half"]:
            yield _figure(match, "share", "分之", 0.5, 0.5, more="过" in match[0])
            continue
        unit, scale = unit_of(match["unit"])
        start, end, value = match.start(), match.end(), round(0.5 * scale, 6)
        yield Figure(start, end, match[0], start, match.end("half"), "quantity", unit, value, value)


def _ordinals(text: str) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(text):
        value, masked = value_of(match["core"]), bool(MASKED.fullmatch(match["core"]))
        if masked or value is not None:
            yield _figure(
                match,
                "ordinal",
                f"第{match['unit'].removeprefix('个') or '个'}",
                value or 0,
                value or 0,
                masked=masked,
            )


def _clocks(text: str) -> Iterator[Figure]:
    for match in _CLOCK.finditer(text):
        yield _figure(match, "ratio", ":", float(match["one"]), float(match["two"]))


def _quantities(text: str) -> Iterator[Figure]:
    for match in _QUANTITY.finditer(text):
        low_text, high_text, unit_text = match["low"], match["high"] or "", match["unit"] or ""
        masked = bool(MASKED.fullmatch(low_text) or MASKED.fullmatch(high_text))
        arabic = low_text[0].isdigit()
        if not arabic and not unit_text and not (masked and match["times"]):
            continue
        if not arabic and not masked and not _counts(text, match):
            continue
        low = None if MASKED.fullmatch(low_text) else value_of(low_text)
        high = None if MASKED.fullmatch(high_text) else value_of(high_text) if high_text else low
        if not masked and (low is None or high is None):
            continue
        unit, scale = unit_of(unit_text)
        times = _times(match["times"]) if match["times"] else 1.0
        last = _times(match["times2"]) if match["times2"] else times
        first = times if match["times"] else last
        half = 0.5 if match["half"] and unit_text else 0.0
        more = bool(match["more"] or match["more2"] or match["more3"] or match["vague"])
        end = match.end() if not (match["half"] and not unit_text) else match.start("half")
        core_end = (
            match.start("times")
            if match["times"] and not high_text
            else match.start("unit")
            if unit_text
            else end
        )
        yield Figure(
            match.start(),
            end,
            text[match.start() : end],
            match.start(),
            core_end,
            "quantity",
            unit,
            round(((low or 0) * first + half) * scale, 6),
            round(((high or 0) * last + half) * scale, 6),
            more,
            masked,
        )


def _times(word: str) -> float:
    return value_of("1" + word) or 1.0


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a Chinese number counts here: not in 第一, 一月一主题, 统一, 一个新水平, 千家."""
    before = text[max(0, match.start() - 6) : match.start()]
    low, unit = match["low"], match["unit"] or ""
    if before.endswith(("第", "初", "周", "星期", "礼拜")):
        return False
    if _BARE_LARGE.fullmatch(low):
        return bool(
            match["vague"]
            or match["more"]
            or match["more2"]
            or before.endswith(("近", "上", "超", "逾", "过", "约"))
        )
    if low != "一" or match["high"]:
        return True
    after = text[match.end("unit") : match.end("unit") + 2]
    if after[:1] == "一" and after[1:] not in {"次", "回", "场"}:
        return False  # 一月一主题, 一人一策
    if after[:1] in {"来", unit[:1]} or _NOT_ONE.search(before) or f"一{unit}" in before:
        return False  # 一年来, 一个个, 成熟一个组建一个
    return unit not in _ARTICLE_UNITS or bool(_COUNTS.search(before))


def _figure(
    match: re.Match[str],
    kind: Kind,
    unit: str,
    low: float,
    high: float,
    *,
    more: bool = False,
    masked: bool = False,
) -> Figure:
    return Figure(
        match.start(),
        match.end(),
        match[0],
        match.start("core"),
        match.end("core"),
        kind,
        unit,
        round(low, 6),
        round(high, 6),
        more,
        masked,
    )
