"""How well a place reads as words: the best cut of its surroundings into words, before and after a replacement. Pure."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bot.proofreading.counted import FIRST, ORDERS, Floats, Same, Table, nodes
from bot.proofreading.likeness import Ids
from bot.proofreading.weighed import standing_alone

_REACH = ORDERS - 1  # characters to either side: words that hold the place end or begin no farther off
_NEVER = -1e9
_ODD = -14.0  # logarithm of the share of a character that is never a word by itself


def cut_scores(table: Table, line: Ids, at: Ids, middle: Ids) -> Floats:
    """The logarithm of the likelihood of the best cut into words of the seven characters around each place, with
    `middle` in it; words that reach out of the seven are not looked at.
    """
    columns = [
        middle if step == 0 else line[np.clip(at + step, 0, len(line) - 1)]
        for step in range(-_REACH, _REACH + 1)
    ]
    best: list[Floats] = [np.zeros(len(at))]
    for end in range(1, len(columns) + 1):
        here = best[end - 1] + _alone(Same(table))[columns[end - 1]]
        path = None
        for size in range(2, min(ORDERS, end) + 1):
            path = nodes(table, columns[end - size : end])[-1]
            word = (path >= 0) & table.words[size][np.maximum(path, 0)]
            seen = table.logs[size][np.maximum(path, 0)] - float(table.fit["total"])
            here = np.maximum(here, np.where(word, best[end - size] + seen, _NEVER))
        best.append(here)
    return best[-1]


@lru_cache(maxsize=2)
def _alone(same: Same) -> Floats:
    """The logarithm of the share of each character as a word by itself; marks cost nothing."""
    table = same.table
    share = table.logs[1] + standing_alone(same) - float(table.fit["total"])
    share = np.maximum(share, _ODD)
    share[:FIRST] = 0.0
    return share
