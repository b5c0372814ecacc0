"""What rules of figures share: a number with its unit, read, compared and written again."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from ingest.text import parse_number

UNIT = (
    r"(?:万元|亿元|万人次|人次|万人|万名|个|名|人|项|条|件|家|户|次|场次|场|篇|份|期|支|批|所|处|台|亩|元|吨"
    r"|公里|平方米|天|小时|例|起|只|套|册|篇次|对|间|辆|课时|学时)"
)
NUMBER = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d{1,12}(?:\.\d{1,4})?"
COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"  # what `whole_number` reads
CHINESE = "[一二三四五六七八九十]{1,3}"  # of headings and labels
VALUE = re.compile(rf"(?<![\d.])(?P<n>{NUMBER})(?P<u>{UNIT})")


def number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:  # cannot be: the patterns let only numbers through
        return Decimal(0)


def whole_number(text: str) -> int | None:
    """12, 十二, 两: as things are counted; None if it is none."""
    return parse_number(text.replace("两", "二"))


def differs(right: Decimal, said: str) -> bool:
    """Whether the figure is another one, however it was rounded or cut."""
    places = len(said.partition(".")[2])
    return abs(right - number(said)) >= Decimal(1).scaleb(-places)


def like(value: Decimal, said: str) -> str:
    """A figure with as many places as the one it replaces."""
    places = len(said.partition(".")[2])
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}" if "," in said else f"{rounded:f}"
