"""What the rules of the Party lay down in numbers (facts.tsv), said with another number: 预备期为两年, 五年 for 三年至五年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.rules.editions import PAST, sentence
from bot.proofreading.rules.figures import COUNT
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows


@dataclass(frozen=True, slots=True)
class _Fact:
    said: re.Pattern[str]
    right: re.Pattern[str] | None
    source: str
    told: str
    near: re.Pattern[str] | None


def find(sheet: Sheet) -> Iterator[Finding]:
    for one in _facts():
        for match in one.said.finditer(sheet.text):
            around = sentence(sheet.text, match)
            if (one.right and one.right.fullmatch(match["x"])) or PAST.search(around):
                continue
            if one.near is None or one.near.search(around):
                yield found(sheet, *match.span("x"), "quotation", one.source, None, one.told + "请核对。")


@cache
def _facts() -> tuple[_Fact, ...]:
    return tuple(
        _Fact(
            re.compile(said.replace("{N}", COUNT)),
            None if right == "-" else re.compile(right),
            source,
            told,
            None if near in {"", "-"} else re.compile(near),
        )
        for said, right, source, told, near, *_ in rows("facts.tsv", 5)
    )
