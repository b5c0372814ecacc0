"""A list said in one order (orders.toml) with one member that is not of it: 道路自信、理论自信、制度自信、文明自信; 和 before the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.rules.order import Order, orders
from bot.proofreading.sheet import found

_LEAST = 3  # members that must be right, all but one of the list
_SHORT = 3  # characters; shorter members are everyday words


def find(sheet: Sheet) -> Iterator[Finding]:
    for order in orders():
        if len(order.members) <= _LEAST or any("、" in one for one in order.members):
            continue
        if max(map(len, order.members)) < _SHORT and not order.whole:
            continue
        if sum(one in sheet.text for one in order.members) < len(order.members) - 1:
            continue
        for pattern, at in _patterns(order):
            for match in pattern.finditer(sheet.text):
                said, right = match["x"], order.members[at]
                # At either end the word must end as the member does, or it may be another's beginning: 全党服从全国|代表大会.
                is_end = at in {0, len(order.members) - 1}
                behind = sheet.text[match.end() : match.end() + 1]
                if is_end and said[-1] != right[-1] and (at == 0 or "\u4e00" <= behind <= "\u9fff"):
                    continue
                if said != right and said not in order.members and _is_like(said, right):
                    told = f"“{order.name}”的这一项应为“{right}”。"
                    yield found(sheet, *match.span("x"), "names", order.source, right, told)


def _is_like(said: str, right: str) -> bool:
    """Of the same make: as long, or nearly, and with half of its characters."""
    shared = sum(one in said for one in right)
    return abs(len(said) - len(right)) <= 1 and shared * 2 >= len(right)


@cache
def _patterns(order: Order) -> tuple[tuple[re.Pattern[str], int], ...]:
    done = []
    for at in range(len(order.members)):
        parts = [re.escape(one) for one in order.members]
        size = len(order.members[at])
        # The last member ends where a word may end; its own length, or one more or less.
        parts[at] = (
            rf"(?P<x>[\u4e00-\u9fff]{{{size}}})"
            if at in {0, len(parts) - 1}
            else rf"(?P<x>[\u4e00-\u9fff]{{{max(1, size - 1)},{size + 1}}})"
        )
        done.append((re.compile("[、，和]".join(parts)), at))
    return tuple(done)
