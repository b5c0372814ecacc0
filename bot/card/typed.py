"""What a reader types about dates: a start, steps that are done. Pure; what is wrong is told in Chinese."""

from __future__ import annotations

import re
from datetime import date

from bot.card.model import Card

_KNOWN = re.compile(r"(?:第\s*)?(\d{1,3})\s*步?\s*[=＝：:]\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_APART = re.compile(r"[,，;；、\s]+(?=第?\s*\d{1,3}\s*步?\s*[=＝：:])")


class NotUnderstood(ValueError):
    """Something typed that is no date or no step of the card; `str(error)` is a Chinese sentence."""


def known_days(text: str) -> dict[int, date]:
    """12=2026-08-01，13=2026-08-10 as days by step; empty where nothing is typed."""
    return dict(_known(one) for one in _APART.split(text.strip()) if one)


def _known(words: str) -> tuple[int, date]:
    found = _KNOWN.fullmatch(words.strip())
    try:
        if found:
            return int(found[1]), date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:  # 18=2026-02-30
        found = None
    raise NotUnderstood(f"不认识“{words}”。请写成 步骤=日期 的样子，如 12=2026-08-01，并确认有这一天。")


def check_steps(card: Card, *numbers: int | None) -> None:
    """NotUnderstood for a step that the card does not have."""
    for number in numbers:
        if number is not None and not 1 <= number <= len(card.steps):
            raise NotUnderstood(f"这张卡只有 {len(card.steps)} 步，没有第 {number} 步。")
