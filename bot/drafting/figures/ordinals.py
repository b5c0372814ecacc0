"""Figures that are no plain counts: shares (三分之二), ordinals (第一季度), references (第十二条, 〔2024〕12号), times. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.drafting.figures.stated import Figure, stated
from bot.drafting.figures.units import MASK, MASKED, NUMBER, TO, unit_of, value_of

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
    re.compile(rf"(?P<scale>[百千])分之(?P<core>{NUMBER})(?:{TO}(?:[百千]分之)?(?P<high>{NUMBER}))?"),
    re.compile(
        r"(?P<core>(?P<under>[二三四五六七八九十百\d]{1,4})分之(?P<over>[一二三四五六七八九十\d]{1,4}))"
    ),
    re.compile(
        r"(?P<core>过?半数|一半(?!是)|(?<=[超过])半(?=[，。以]))|(?<![上下])(?P<half>半)(?P<unit>年|天|个?小时|个月)(?!度|来|报)"
    ),
)
_CLOCKS = (
    re.compile(r"(?<![\d:：])(?P<core>(?P<one>\d{1,4})[:：](?P<two>\d{1,4}))(?![\d:：])"),
    re.compile(
        r"(?<![\d.])(?P<core>(?P<one>\d{1,2})(?:时(?!间|期|代|常)|点(?=[\d半整，。、至到前后开]))(?:(?P<two>\d{1,2})分)?)"
    ),
    re.compile(r"(?<![\d.])(?P<core>(?P<one>\d{1,4})比(?P<two>\d{1,4}))(?![\d.])"),
)


def references(text: str) -> Iterator[Figure]:
    for match in _REFERENCES[0].finditer(text):
        value = (
            (value_of(match["core"]) or 0) + (value_of(match["sub"]) or 0) / 1000
            if match["sub"]
            else value_of(match["core"])
        )
        yield stated(match, "reference", f"第{match['unit']}", value or 0, value or 0)
    for match in _REFERENCES[1].finditer(text):
        value = float(match["year"]) * 100000 + float(match["n"])
        yield stated(match, "reference", "号", value, value)


def shares(text: str) -> Iterator[Figure]:
    for match in _SHARES[0].finditer(text):
        scale = 1.0 if match["scale"] == "百" else 0.1
        low, high = value_of(match["core"]), value_of(match["high"] or match["core"])
        masked = bool(MASKED.search(match["core"]))
        if masked or (low is not None and high is not None):
            yield stated(match, "share", "%", (low or 0) * scale, (high or 0) * scale, masked=masked)
    for match in _SHARES[1].finditer(text):
        under, over = value_of(match["under"]), value_of(match["over"])
        if under and over and match["under"] not in {"百", "千"}:
            yield stated(match, "share", "分之", over / under, over / under)
    for match in _SHARES[2].finditer(text):
        if not match["half"]:
            yield stated(match, "share", "分之", 0.5, 0.5, more="过" in match[0])
            continue
        unit, scale = unit_of(match["unit"])
        start, end, value = match.start(), match.end(), round(0.5 * scale, 6)
        yield Figure(start, end, match[0], start, match.end("half"), "quantity", unit, value, value)


def ordinals(text: str) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(text):
        value, masked = value_of(match["core"]), bool(MASKED.search(match["core"]))
        if masked or value is not None:
            yield stated(
                match,
                "ordinal",
                f"第{match['unit'].removeprefix('个') or '个'}",
                value or 0,
                value or 0,
                masked=masked,
            )


def clocks(text: str) -> Iterator[Figure]:
    """Times and ratios: 9:00, 14时30分, 3比1."""
    for pattern in _CLOCKS:
        for match in pattern.finditer(text):
            yield stated(match, "ratio", ":", float(match["one"]), float(match["two"] or 0))
