"""Numbers with what they count: 12名, 十二名, 20余万元, 3至5家, X个; Arabic ones with any unit or none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.drafting.figures.stated import Figure
from bot.drafting.figures.units import MAGNITUDE, MASKED, NUMBER, TO, UNIT, unit_of, value_of

_SOME = "[余多几]"
_HEAD = rf"(?P<vague>[数几上近成](?=[十百千万亿]))?(?P<low>{NUMBER})(?P<more>{_SOME})?(?P<times>{MAGNITUDE})?(?P<more2>{_SOME})?"
_QUANTITY = re.compile(
    rf"{_HEAD}(?:(?P<unit1>{UNIT})?{TO}(?P<high>{NUMBER})(?P<times2>{MAGNITUDE})?(?P<more3>{_SOME})?)?[ \u3000]?(?P<unit>{UNIT})?(?P<half>半(?![数年月天小]))?"
)
_ARTICLE_UNITS = frozenset(
    [
        *"个项种批张条支套份场件家位处座类组篇本块道片轮对台层期节门所间代回遍面番大版只双分号成字队册卷",
        *("大类", "方面", "环节", "步骤", "渠道"),
    ]
)
_COUNTS = re.compile(
    r"(?:新建|组建|成立|设立|下设|建成|建有|增设|新增|增加|减少|增长|撤销|合并|仅|仅有|只有|只|共有|共|共计|合计|总计|至少|不少于|不足|不超过|超过|达到|各|各有|"
    r"每人|每名|每年|每季度|每月|每周|每半年|选派|配备|指定|确定|联系|召开|举办|发展|接收|办结|完成)了?$"
)
_NOT_ONE = re.compile(
    r"(?:[同这那每某统唯进又再另专第有之任随逐新键上下]|过去|作为|身为|成为|是|做|当|当好)$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HOW_OFTEN = re.compile(r"[每各共仅只]|至少|不少于|不超过|全年|半年|人均")
_ARABIC_ONLY = frozenset("分字角")  # 十分, 红十字, 长三角
_BARE_LARGE = re.compile(r"[百千万亿]{1,4}")


def counts(text: str) -> Iterator[Figure]:
    for match in _QUANTITY.finditer(text):
        low_text, high_text, unit_text = match["low"], match["high"] or "", match["unit"] or ""
        masked = bool(MASKED.search(low_text) or MASKED.search(high_text))
        arabic = low_text[0].isdigit() and not masked
        half_masked = masked and low_text[0].isdigit()  # 7X
        if not arabic and not unit_text and not half_masked and not (masked and match["times"]):
            continue
        if not arabic and not masked and not _counts(text, match):
            continue
        low = None if MASKED.search(low_text) else value_of(low_text)
        high = None if MASKED.search(high_text) else value_of(high_text) if high_text else low
        if not masked and (low is None or high is None):
            continue
        unit, scale = ("第季度", 1.0) if unit_text == "季度" else unit_of(unit_text)
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
    """Whether a Chinese number counts here: not in 第一, 周二, 十分, 千家."""
    before = text[max(0, match.start() - 6) : match.start()]
    low, unit = match["low"], match["unit"] or ""
    if before.endswith(("第", "初", "周", "星期", "礼拜")) or unit in _ARABIC_ONLY:
        return False
    if _BARE_LARGE.fullmatch(low):
        near = before.endswith(("近", "上", "超", "逾", "过", "约"))
        return near or any(match[group] for group in ("vague", "more", "more2"))
    return low != "一" or bool(match["high"]) or _one_counts(text, match, before, unit)


def _one_counts(text: str, match: re.Match[str], before: str, unit: str) -> bool:
    """一 is an article as often as a number: 一月一主题, 一年来, 统一, 一个新水平, 完成了一次谈话 count nothing."""
    after = text[match.end("unit") : match.end("unit") + 2]
    repeated = after[:1] == "一" and after[1:] not in {"次", "回", "场"}
    if repeated or after[:1] in {"来", unit[:1]} or _NOT_ONE.search(before):
        return False
    if unit == "次" and _HAN.match(after):
        return bool(_HOW_OFTEN.search(text[max(0, match.start() - 12) : match.start()]))
    return unit not in _ARTICLE_UNITS or (f"一{unit}" not in before and bool(_COUNTS.search(before)))
