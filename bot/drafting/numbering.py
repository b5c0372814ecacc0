"""The numbers of headings: 一、 and （一）, as GB/T 9704-2012 (7.3.3) orders them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.drafting.model import Planned
from ingest.text import chinese_number


def labels(outline: Iterable[Planned]) -> list[str]:
    """The number in front of each heading; "" where a section has none."""
    made: list[str] = []
    first = second = 0
    for planned in outline:
        if planned.level == 1:
            first, second = first + 1, 0
            made.append(f"{chinese_number(first)}、")
        elif planned.level == 2:
            second += 1
            made.append(f"（{chinese_number(second)}）")
        else:
            made.append("")
    return made
