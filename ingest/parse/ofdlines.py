"""The lines of a page in reading order, from pieces that may come in any order. Healing wraps is cleaning's work."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence

from ingest.parse.ofdtext import SLANTED, WIDE_GAP, Piece

_SAME_LINE = 0.6  # of the smaller size: baselines this close are one line (a raised note number is)
_SAME_BASE = 0.15  # of the size: no two lines of print stand this close
_FEWEST = 4  # lines on each side of a gutter before a page is called two-columned
_SHORTEST = 8  # characters in the middle line of a column; cells of a table are shorter

Row = list[Piece]


def page_lines(found: Iterable[Piece]) -> list[str]:
    """The direction most text runs in comes first, then what is turned, last what is slanted (stamped across)."""
    turns: dict[int, list[Piece]] = {}
    for piece in found:
        turns.setdefault(piece.turn, []).append(piece)
    slanted = turns.pop(SLANTED, [])
    by_weight = sorted(turns.values(), key=lambda group: -sum(len(piece.text) for piece in group))
    lines = [line for group in by_weight for line in _in_order(_rows(group))]
    return lines + [piece.text for piece in sorted(slanted, key=lambda piece: (piece.y, piece.x0))]


def _rows(group: list[Piece]) -> list[Row]:
    """Pieces by baseline, top to bottom, each row from left to right with its close pieces joined."""
    rows: list[Row] = []
    for piece in sorted(group, key=lambda piece: (piece.y, piece.x0)):
        for row in reversed(rows[-3:]):
            if _fits(piece, row):
                # Bold print is often the same words drawn twice, a hair apart.
                if not any(_is_double(piece, other) for other in row):
                    row.append(piece)
                break
        else:
            rows.append([piece])
    return [list(_joined(sorted(row, key=lambda piece: piece.x0))) for row in rows]


def _fits(piece: Piece, row: Row) -> bool:
    distance, size = piece.y - row[0].y, min(piece.size, row[0].size)
    if distance <= _SAME_BASE * size:
        return True
    return distance <= _SAME_LINE * size and not any(
        min(piece.x1, other.x1) - max(piece.x0, other.x0)
        > 0.5 * min(piece.x1 - piece.x0, other.x1 - other.x0)
        for other in row
    )


def _is_double(piece: Piece, other: Piece) -> bool:
    near = 0.3 * piece.size
    return piece.text == other.text and abs(piece.x0 - other.x0) < near and abs(piece.y - other.y) < near


def _joined(row: Row) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in row:
        if last is None:
            last = piece
            continue
        gap, size = piece.x0 - last.x1, max(last.size, piece.size)
        if gap > WIDE_GAP * size:
            yield last
            last = piece
            continue
        latin = last.text[-1].isascii() and piece.text[0].isascii()
        space = " " if gap > (0.3 if latin else 0.6) * size else ""
        last = Piece(
            f"{last.text}{space}{piece.text}", last.x0, max(last.x1, piece.x1), last.y, size, last.turn
        )
    if last is not None:
        yield last


def _in_order(rows: list[Row]) -> Iterator[str]:
    """Row by row; where rows stand on both sides of a gutter, its left side first."""
    middle = _gutter(rows)
    band: list[Row] = []
    for row in rows:
        if middle is not None and not any(piece.x0 < middle < piece.x1 for piece in row):
            band.append(row)
            continue
        yield from _band(band, middle)
        band = []
        yield _text(row)
    yield from _band(band, middle)


def _text(row: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in row)


def _gutter(rows: list[Row]) -> float | None:
    """The place near the middle that the fewest pieces cross; None on a page too short to have columns."""
    segments = [piece for row in rows for piece in row]
    if len(segments) < 2 * _FEWEST:
        return None
    left, right = min(piece.x0 for piece in segments), max(piece.x1 for piece in segments)
    places = [left + (right - left) * (0.3 + 0.01 * step) for step in range(41)]
    crossed = [sum(piece.x0 < place < piece.x1 for piece in segments) for place in places]
    fewest = min(crossed)
    if fewest > len(segments) - 2 * _FEWEST:
        return None
    best: tuple[int, int] = (0, 0)  # where the longest stretch of such places starts, and how long it is
    start = 0
    for step, count in enumerate([*crossed, fewest + 1]):
        if count > fewest:
            best = max(best, (start, step - start), key=lambda stretch: stretch[1])
            start = step + 1
    return places[best[0] + best[1] // 2]


def _band(band: list[Row], middle: float | None) -> Iterator[str]:
    if middle is None or not _is_columns(band, middle):
        yield from map(_text, band)
        return
    for is_left in (True, False):
        for row in band:
            if side := [piece for piece in row if (piece.x1 <= middle) is is_left]:
                yield _text(side)


def _is_columns(band: list[Row], middle: float) -> bool:
    """Two columns of running text: their lines are long and reach the gutter. Cells of a table do not."""
    left = [piece for row in band for piece in row if piece.x1 <= middle]
    right = [piece for row in band for piece in row if piece.x1 > middle]
    if min(len(left), len(right)) < _FEWEST or sum(len(row) > 2 for row in band) * 5 > len(band):
        return False
    size = statistics.median(piece.size for piece in left + right)
    edge, start = max(piece.x1 for piece in left), min(piece.x0 for piece in right)
    return (
        start - edge >= size
        and min(statistics.median(len(piece.text) for piece in side) for side in (left, right)) >= _SHORTEST
        and sum(piece.x1 >= edge - 2 * size for piece in left) * 2 >= len(left)
        and sum(piece.x0 <= start + 2.5 * size for piece in right) * 5 >= len(right) * 4
    )
