"""What a reader types about dates: a start, steps that are done. Pure; what is wrong is told in Chinese."""

from __future__ import annotations

import re
from datetime import date

from bot.card.model import Card
from ingest.text import read_day

_KNOWN = re.compile(r"(?:第\s*)?(\d{1,3})\s*步?\s*[=＝：:](.+)")
_APART = re.compile(r"(?<![,，;；、\s])[,，;；、\s]++(?=第?\s*\d{1,3}\s*步?\s*[=＝：:])")


class NotUnderstood(ValueError):
    """Something typed that is no date or no step of the card; `str(error)` is a Chinese sentence."""


def known_days(text: str) -> dict[int, date]:
    """12=2026-08-01，13=2026-08-10 as days by step; empty where nothing is typed."""
    return dict(_known(one) for one in _APART.split(text.strip()) if one)


def _known(words: str) -> tuple[int, date]:
    found = _KNOWN.fullmatch(words.strip())
    day = read_day(found[2]) if found else None
    if found and day:
        return int(found[1]), day
    raise NotUnderstood(f"不认识“{words}”。请写成 步骤=日期 的样子，如 12=2026-08-01，并确认有这一天。")


def check_steps(card: Card, *numbers: int | None) -> None:
    """NotUnderstood for a step that the card does not have."""
    for number in numbers:
        if number is not None and not 1 <= number <= len(card.steps):
            raise NotUnderstood(f"这张卡只有 {len(card.steps)} 步，没有第 {number} 步。")
