"""The rows of a table as sentences about one period: 发展党员12名，比上年增加2名，增长20.0%，其中女党员5名，占41.7%. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.drafting.figures.reckon import Piece
from bot.drafting.figures.tables import is_total, part_of
from bot.drafting.model import Cell


def sentences_of(
    cells: Sequence[Cell], pieces: Sequence[Piece], period: str
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """A sentence for each row that has a figure or a mask in that column, with the facts and in it those of its parts.

    Rows 其中 follow in the sentence of their whole. A total is only said by its piece (合计181名).
    """
    said: list[tuple[str, tuple[int, ...]]] = []
    for fact, row in groupby((cell for cell in cells if cell.period == period), key=lambda cell: cell.fact):
        cell = next(row)
        added = [piece.text for piece in pieces if piece.fact == fact and piece.period == period]
        if not cell.text and not added:
            continue
        part = part_of(cell.indicator)
        amount = cell.text if cell.unit and cell.text.endswith(cell.unit) else f"{cell.text}{cell.unit}"
        words = [] if is_total(cell.indicator) and added else [f"{part or cell.indicator}{amount}"]
        clause = "，".join([*words, *added])
        if part and said:
            text, facts = said[-1]
            said[-1] = (f"{text}，其中{clause}", (*facts, fact))
        else:
            said.append((clause, (fact,)))
    return tuple((f"{text}。", facts) for text, facts in said)
