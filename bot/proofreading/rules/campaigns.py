"""Campaigns of education called by another kind (党纪主题教育 for 党纪学习教育) or put into a year before they began (campaigns.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows

_LASTING = 2018  # campaigns up to this year were carried on by name in later ones
_SOURCE = "党中央开展集中教育的通知"
_KINDS = (
    "学习教育",
    "主题教育",
    "专题教育",
    "教育实践活动",
    "学习主题教育",
    "主题学习教育",
    "专项教育",
    "实践教育活动",
    "教育学习",
    "学习实践教育",
    "教育活动",
    "主题教育活动",
    "学习教育活动",
    "专题学习教育",
    "主题实践活动",
)


@dataclass(frozen=True, slots=True)
class _Campaign:
    kind: str
    first: int
    last: int
    wrong: re.Pattern[str]
    held: re.Pattern[str]
    dated: re.Pattern[str]


def find(sheet: Sheet) -> Iterator[Finding]:
    for one in _campaigns():
        for match in one.wrong.finditer(sheet.text):
            told = f"这次集中教育的名称是“{match['name']}{one.kind}”。"
            yield found(sheet, *match.span("x"), "names", _SOURCE, match["name"] + one.kind, told)
        for match in one.held.finditer(sheet.text):
            year = int(match["y"])
            if year < one.first or (match["all"] and year > one.last):
                told = (
                    f"这次集中教育在{one.first}年开展。"
                    if one.first == one.last
                    else f"这次集中教育从{one.first}年开始。"
                )
                yield found(sheet, *match.span("y"), "dates", _SOURCE, str(one.first), told)
        for match in one.dated.finditer(sheet.text):
            # “两学一做” went on for years after it began.
            if one.last > _LASTING and not one.first <= int(match["y"]) <= one.last:
                told = f"这次集中教育在{one.first}年开展，请核对年份。"
                yield found(sheet, *match.span("y"), "dates", _SOURCE, str(one.first), told, "doubt")


@cache
def _campaigns() -> tuple[_Campaign, ...]:
    done = []
    for name, kind, first, last, *_ in rows("campaigns.tsv", 4):
        others = "|".join(
            sorted((one for one in _KINDS if one not in {kind, kind + "活动"}), key=len, reverse=True)
        )
        wrong = re.compile(rf"(?P<x>(?P<name>{name})(?:{others}))(?![基中资专])")
        held = re.compile(
            rf"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:\d{{1,2}}月)?[^。；\n《》]{{0,12}}?(?P<all>在?全党[^，。；\n《》]{{0,8}}?)?(?:集中|深入|扎实|组织|部署|启动|统一)*(?:开展|启动|部署|进行)了?[^，。；\n《》\d]{{0,6}}?(?:{name}){kind}(?!常态化|成果)"
        )
        dated = re.compile(
            rf"(?<![\d至到—-])(?P<y>20\d\d)年(?:度|的)?(?:{name}){kind}(?!常态化|成果|总结|经验|工作条例|走深)"
        )
        done.append(_Campaign(kind, int(first), int(last), wrong, held, dated))
    return tuple(done)
