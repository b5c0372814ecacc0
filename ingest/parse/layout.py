"""Reading order of lines found on a picture: turned pages set upright, slant taken out, rows, two columns."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from ingest.parse.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_TALL = 1.5  # height by width from which the engine turns a line before reading it
_COLUMN_ROWS = 3  # fewer rows beside each other are a table or a signature, not columns
_COLUMN_FILL = 0.6  # lines of running text fill their column; cells of a table seldom do


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as read: its text, confidence in 0..1, and corners (4, 2) clockwise from its own upper left."""

    text: str
    confidence: float
    corners: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    left: float
    right: float
    middle: float
    height: float


def upright(boxes: NDArray[np.float64], width: int, height: int, flipped: bool) -> NDArray[np.float64]:
    """The boxes (n, 4, 2) as they lie once the page is turned so that its lines run from left to right.

    Most of the lines standing tall means a page on its side, which the engine turned left to read; `flipped`
    says that lines were upside down after that.
    """
    sides = np.linalg.norm(np.roll(boxes, -1, axis=1) - boxes, axis=2)  # top, right, bottom, left
    across, down = sides[:, [0, 2]].max(axis=1), sides[:, [1, 3]].max(axis=1)
    tall = down >= _TALL * across
    if (across * down)[tall].sum() > 0.5 * (across * down).sum():
        x, y = boxes[:, :, 0], boxes[:, :, 1]
        boxes = np.stack((y, width - x), axis=2)
        # After a quarter turn the corner that was upper right is the upper left.
        boxes = np.roll(boxes, -1, axis=1)
        width, height = height, width
    if flipped:
        boxes = np.roll(np.array((width, height)) - boxes, -2, axis=1)
    return boxes


def in_reading_order(seen: Sequence[Seen], page: int | None) -> list[Line]:
    """One Line per printed row, its pieces joined by a space; of two columns the left one first."""
    places = _places(seen)
    if not places:
        return []
    left, right = min(p.left for p in places), max(p.right for p in places)
    gutter = _gutter(places, left, right)
    texts: list[str] = []
    beside: list[list[_Place]] = []
    for row in _rows(places):
        if any(place.left < gutter < place.right for place in row):
            texts += _in_columns(beside, gutter, (right - left) / 2)
            texts.append(_joined(row))
            beside = []
        else:
            beside.append(row)
    texts += _in_columns(beside, gutter, (right - left) / 2)
    return [Line(text, page=page) for text in texts]


def _places(seen: Sequence[Seen]) -> list[_Place]:
    """Left, right and middle of each line after the page's slant is taken out."""
    edges = [(one.corners[1] - one.corners[0]) for one in seen]
    wide = [edge for edge, one in zip(edges, seen, strict=True) if edge[0] > 0 and len(one.text) > 3]
    slant = float(np.median([np.arctan2(edge[1], edge[0]) for edge in wide])) if wide else 0.0
    cos, sin = np.cos(slant), np.sin(slant)
    places = []
    for one in seen:
        x, y = one.corners[:, 0], one.corners[:, 1]
        along, down = x * cos + y * sin, y * cos - x * sin
        places.append(
            _Place(
                one.text,
                float(along.min()),
                float(along.max()),
                float(down.mean()),
                float(np.ptp(down)),
            )
        )
    return places


def _rows(places: Iterable[_Place]) -> list[list[_Place]]:
    """Lines that stand at one height, each row from left to right, rows from top to bottom."""
    rows: list[list[_Place]] = []
    for place in sorted(places, key=lambda p: p.middle):
        if rows:
            first = rows[-1][0]
            clear = all(place.left > p.right - p.height or place.right < p.left + p.height for p in rows[-1])
            if clear and place.middle - first.middle < 0.5 * min(place.height, first.height):
                rows[-1].append(place)
                continue
        rows.append([place])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _gutter(places: Sequence[_Place], left: float, right: float) -> float:
    """The x in the middle third that the fewest lines cross (the one nearest the centre)."""
    centre = (left + right) / 2
    candidates = np.linspace(left + (right - left) * 0.35, right - (right - left) * 0.35, 61)
    return float(
        min(candidates, key=lambda x: (sum(p.left < x < p.right for p in places), abs(float(x) - centre)))
    )


def _in_columns(rows: Sequence[list[_Place]], gutter: float, half: float) -> list[str]:
    """The texts of rows that leave the gutter free: as two columns if each looks like running text."""
    sides = [[p for row in rows for p in row if (p.left < gutter) is side] for side in (True, False)]
    if all(
        len(side) >= _COLUMN_ROWS and median(p.right - p.left for p in side) > _COLUMN_FILL * half
        for side in sides
    ):
        return [_joined(row) for side in sides for row in _rows(side)]
    return [_joined(row) for row in rows]


def _joined(row: Iterable[_Place]) -> str:
    return " ".join(place.text for place in row)
