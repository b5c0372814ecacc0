"""A figure of a text: where it stands, what it says in a comparable form. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

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


def stated(
    match: re.Match[str],
    kind: Kind,
    unit: str,
    low: float,
    high: float,
    *,
    more: bool = False,
    masked: bool = False,
) -> Figure:
    """The whole match as a figure, whose number is its group `core`."""
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
