"""The row of a table as a report says it: this period's figure, and how it changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.drafting.figures.reckon import Piece
from bot.drafting.figures.tables import part_of
from bot.drafting.model import Cell


def rows_in_words(cells: Sequence[Cell], pieces: Sequence[Piece], year: int) -> Mapping[int, str]:
    """By `Fact.n`: 2026年党员193名，比上年增加12名，增长6.6%。 Only rows with a figure of `year` and a change to tell: what else
    there is stands in the fact's own words.
    """
    words: dict[int, str] = {}
    for n, row in groupby(cells, key=lambda cell: cell.fact):
        for cell in row:
            told = [piece.text for piece in pieces if (piece.fact, piece.period) == (n, cell.period)]
            if told and cell.value is not None and str(year) in cell.period:
                amount = cell.text if cell.text.endswith(cell.unit) else f"{cell.text}{cell.unit}"
                thing = part_of(cell.indicator) or cell.indicator
                words[n] = f"{cell.period}{thing}{amount}，{'，'.join(told)}。"
    return words
