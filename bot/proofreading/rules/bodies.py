"""The leading bodies of one place in another order than 党委、人大、政府、政协 (each with or without 常委会), two or more of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found

_LEVEL = "自治区|省|市|县|区|州|旗|镇|乡"
_BODY = r"(?:党?委(?![员办组宣统政书会托])|人大(?:常委会)?(?!代)|政府(?![办部采工])|政协(?!委员))"
_LIST = re.compile(rf"(?P<x>(?:{_LEVEL}){_BODY}(?:[、，和](?:{_LEVEL})?{_BODY}){{1,3}})")
_ONE = re.compile(rf"(?P<level>{_LEVEL})?(?P<body>党?委|人大(?:常委会)?|政府|政协)")
_RANKS = {"委": 0, "人": 1, "政府": 2, "政协": 3}


def find(sheet: Sheet) -> Iterator[Finding]:
    for match in _LIST.finditer(sheet.text):
        said = [one[0] for one in _ONE.finditer(match["x"])]
        levels = {one["level"] for one in _ONE.finditer(match["x"]) if one["level"]}
        ranks = [_rank(one) for one in said]
        if len(levels) > 1 or len(set(ranks)) != len(ranks) or ranks == sorted(ranks):
            continue
        marks = re.findall("[、，和]", match["x"])
        right = [one for _, one in sorted(zip(ranks, said, strict=True))]
        joined = right[0] + "".join(mark + one for mark, one in zip(marks, right[1:], strict=True))
        told = "排列次序是党委、人大、政府、政协。"
        yield found(sheet, *match.span("x"), "order", "规范称谓", joined, told)


def _rank(said: str) -> int:
    if said.endswith("委"):
        return _RANKS["委"]
    return next(rank for name, rank in _RANKS.items() if name in said)
