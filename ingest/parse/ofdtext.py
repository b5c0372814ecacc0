"""From OFD text objects to pieces: neighbouring characters with their place on the page."""

from __future__ import annotations

import math
import re
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.parse.decode import without_controls
from ingest.parse.ofdpackage import number, numbers

SLANTED = -1
WIDE_GAP = 1.2  # of the size: beyond it, what stands right of a gap may belong to another column or cell
_WORD_GAP = 0.6  # of the size: beyond it, a reader sees a space
_USUAL_SIZE = 3.7  # mm, 小四 … 三号; only where the file gives none
_TURNS = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
_SLOPE = 8  # degrees off the axis that still count as upright
_LINE_FEED = re.compile(r"\s*[\r\n]\s*")  # only pretty-printing puts one into a TextCode
_NARROWEST, _BROADEST = frozenset("iljtfrI.,;:'!|()[] "), frozenset("MWmw@%")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters on one baseline, in mm after turning the page so that they run to the right (y grows downward).

    `turn` is the direction they run on the page itself: 0, 90 (down), 180, 270 (up) or SLANTED (not turned).
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int = 0


def natural_width(character: str) -> float:
    """Advance of a character as a share of the size, where no font is at hand to tell."""
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROWEST:
        return 0.3
    return 0.85 if character in _BROADEST else 0.65 if character.isupper() else 0.5


def pieces(element: Any) -> Iterator[Piece]:
    """The pieces of a TextObject; none if it is invisible."""
    if element.get("Visible", "true").strip().lower() in ("false", "0"):
        return
    origin_x, origin_y, *_ = numbers(element.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
    a, b, c, d, e, f = numbers(element.get("CTM"), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    size = abs(number(element.get("Size"), 0.0)) or _USUAL_SIZE
    reading = int(number(element.get("ReadDirection"), 0.0)) % 360
    x = y = 0.0
    for code in element.iterchildren("{*}TextCode"):
        # A TextCode without a place of its own starts where the last one did.
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = without_controls(_LINE_FEED.sub("", "".join(code.itertext())))
        if not text.strip():
            continue
        steps, heading = _steps(code, text, size * abs(number(element.get("HScale"), 1.0) or 1.0), reading)
        turn = _turn(a * heading[0] + c * heading[1], b * heading[0] + d * heading[1])
        places, local_x, local_y = [], x, y
        for step_x, step_y in (*steps, (0.0, 0.0)):
            places.append(
                (a * local_x + c * local_y + e + origin_x, b * local_x + d * local_y + f + origin_y)
            )
            local_x, local_y = local_x + step_x, local_y + step_y
        shown = size * (math.sqrt(abs(a * d - b * c)) or 1.0)
        if turn == SLANTED:
            yield Piece(text.strip(), *places[0][:1], places[-1][0], places[0][1], shown, turn)
        else:
            yield from _cut(text, [_upright(place, turn) for place in places], shown, turn)


def _steps(
    code: Any, text: str, size: float, reading: int
) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """The way from each character to the next, and the direction of most of it, before the CTM."""
    heading = _TURNS.get(reading, (1.0, 0.0))
    count = len(text) - 1
    across, down = _deltas(code.get("DeltaX"), count), _deltas(code.get("DeltaY"), count)
    if across is None and down is None:
        return [
            (natural_width(one) * size * heading[0], natural_width(one) * size * heading[1])
            for one in text[:-1]
        ], heading
    if down is None and across is not None and heading[0] == 0:
        down, across = [step * heading[1] for step in across], None
    steps = list(zip(across or [0.0] * count, down or [0.0] * count, strict=True))
    upward = [step_y for step_x, step_y in steps if abs(step_y) > abs(step_x)]
    if len(upward) * 2 > count:
        return steps, (0.0, math.copysign(1.0, sum(upward)))
    return steps, heading if heading[0] else (1.0, 0.0)


def _deltas(text: str | None, count: int) -> list[float] | None:
    """`count` offsets of a DeltaX or DeltaY, where `g n d` stands for n times d; the last goes on if there are too few."""
    parts = (text or "").replace(",", " ").split()
    found: list[float] = []
    place = 0
    while place < len(parts) and len(found) < count:
        if parts[place] == "g":
            times, step = parts[place + 1 : place + 2], parts[place + 2 : place + 3]
            if times and step:
                most = int(min(max(number(times[0], 0.0), 0.0), count - len(found)))
                found += [number(step[0], 0.0)] * most
            place += 3
        else:
            found.append(number(parts[place], 0.0))
            place += 1
    if not found:
        return None
    return found + found[-1:] * (count - len(found))


def _turn(x: float, y: float) -> int:
    angle = math.degrees(math.atan2(y, x))
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= _SLOPE else SLANTED


def _upright(place: tuple[float, float], turn: int) -> tuple[float, float]:
    """A place after turning the page so that text of this direction runs to the right."""
    x, y = place
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


def _cut(text: str, places: list[tuple[float, float]], size: float, turn: int) -> Iterator[Piece]:
    """Cuts a run where its baseline changes, where it goes back, and at wide gaps: a form leaves them for its entries."""
    loose = _looseness(text, places, size)
    kept, start, end, base, spaces = "", 0.0, 0.0, 0.0, 0
    for place, (character, (x, y)) in enumerate(zip(text, places, strict=True)):
        if character.isspace():
            spaces += 1
            continue
        gap = x - end - loose
        if kept and (spaces > 1 or abs(y - base) > 0.3 * size or gap > WIDE_GAP * size or x < end - size):
            yield Piece(kept, start, end, base, size, turn)
            kept = ""
        if not kept:
            start, base = x, y
        elif spaces or gap > _WORD_GAP * size:
            kept += " "
        kept += character
        spaces = 0
        end = x + natural_width(character) * size
        if (
            place + 1 < len(places)
            and abs(places[place + 1][1] - y) < 0.3 * size
            and places[place + 1][0] > x
        ):
            end = min(end, places[place + 1][0])
    if kept:
        yield Piece(kept, start, end, base, size, turn)


def _looseness(text: str, places: list[tuple[float, float]], size: float) -> float:
    """How far apart the characters of a spread-out run stand as a rule (a 红头, for one): that is no space."""
    gaps = [
        after[0] - before[0] - natural_width(character) * size
        for character, before, after in zip(text, places, places[1:], strict=False)
    ]
    return max(0.0, statistics.median(gaps)) if len(gaps) >= 3 and " " not in text else 0.0
