"""Numbers as reports write them. A rate has one decimal, rounded half up; a worked-out amount is exact. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def exact(value: float) -> Decimal:
    """The number as it was written: 0.1 is a tenth."""
    return Decimal(str(value))


def plain(value: Decimal) -> str:
    """2, 4830, 2.5; never 1E+3."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: Decimal, whole: Decimal, places: int = 1) -> tuple[str, bool]:
    """`part` of `whole` in hundredths with that many decimals, and whether nothing was rounded away. `whole` is not 0."""
    value = part * 100 / whole
    shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{shown:f}", shown == value
