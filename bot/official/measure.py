"""The arithmetic of the page: millimetres to twips, the grid of 22 lines by 28 characters, widths in 字."""

from __future__ import annotations

import math
import unicodedata

from bot.official.standard import BODY_SIZE, PAGE

_TWIPS = 1440 / 25.4  # a twip is a twentieth of a point


def twips(mm: float) -> int:
    return round(mm * _TWIPS)


def mm(twips: float) -> float:
    return twips / _TWIPS


# Rounded down: with one twip more, the 22nd line or the 28th character no longer fits.
LINE = math.floor(twips(PAGE.text_height) / PAGE.lines)
TEXT_TWIPS = twips(PAGE.width) - twips(PAGE.left) - twips(PAGE.right)
CHARACTER = math.floor(TEXT_TWIPS / PAGE.characters)
# 28 characters of 16 pt are wider than 156 mm: this much (twips, below 0) is put between two. A grid of characters would
# say the same, but LibreOffice 7.4 gives each character two of its cells when they are narrower than the character.
SQUEEZE = CHARACTER - round(BODY_SIZE * 20)


def character(size: float) -> float:
    """The twips that one 字 of this size takes."""
    return size * 20 + SQUEEZE


def width(text: str) -> float:
    """How many 字 wide: what is written half width (figures, Latin letters) counts one half."""
    return sum(
        0 if unicodedata.combining(c) else 1 if unicodedata.east_asian_width(c) in "WFA" else 0.5
        for c in text
    )


def date_and_signature(date: str, signature: str, *, sealed: bool) -> tuple[float, float]:
    """How many 字 stay empty to the right of date and signature (7.3.5.1, 7.3.5.2)."""
    long, short = width(signature), width(date)
    if sealed:
        # Centred over the date, which leaves four empty; a long name moves both left until it leaves two.
        right = max(4.0, 2 + (long - short) / 2)
        return right, right + (short - long) / 2
    # The date begins two to the right of the name, which leaves two empty; a long date leaves two instead.
    right = long - short
    return (right, 2.0) if right >= 2 else (2.0, short + 4 - long)
