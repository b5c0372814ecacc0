"""Words of four characters of which a text has three, each at its place: the fourth is wrong, however unlike it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.proofreading.counted import BITS, FIRST, ORDERS, Same, Table, nodes
from bot.proofreading.likeness import Ids

_LAST = (1 << BITS) - 1


@dataclass(frozen=True, slots=True)
class Gapped:
    """`keys`: the code of a word with one character left out (0), sorted; `whole`: the character that was left out."""

    keys: Ids
    whole: Ids


def gapped_places(table: Table, line: Ids) -> tuple[Ids, Ids]:
    """Places in the line, and the character that would make a word of four of the string there."""
    gapped = _gapped_words(Same(table))
    size = len(line) - ORDERS + 1
    if size <= 0 or not len(gapped.keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    parts = [line[start : start + size] for start in range(ORDERS)]
    right = nodes(table, parts)[-1] >= 0
    places, found = [], []
    for gap in range(ORDERS):
        key = _code([np.zeros_like(part) if place == gap else part for place, part in enumerate(parts)])
        at = np.searchsorted(gapped.keys, key)
        at[at == len(gapped.keys)] = 0
        hit = np.flatnonzero((gapped.keys[at] == key) & ~right & (parts[gap] >= FIRST))
        places.append(hit + gap)
        found.append(gapped.whole[at[hit]])
    return np.concatenate(places), np.concatenate(found)


@lru_cache(maxsize=2)
def _gapped_words(same: Same) -> Gapped:
    table = same.table
    node = np.flatnonzero(table.words[ORDERS])
    parts: list[Ids] = []
    for order in range(ORDERS, 1, -1):
        key = table.keys[order][node]
        parts.append(key & _LAST)
        node = key >> BITS
    parts = [node, *reversed(parts)]
    keys = np.concatenate(
        [
            _code([np.zeros_like(part) if place == gap else part for place, part in enumerate(parts)])
            for gap in range(ORDERS)
        ]
    )
    often = np.tile(table.logs[ORDERS][np.flatnonzero(table.words[ORDERS])], ORDERS)
    order_of = np.lexsort((-often, keys))  # of 刻不容缓 and 刻不容松 the one that is more usual
    keys, whole = keys[order_of], np.concatenate(parts)[order_of]
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    return Gapped(keys[first], whole[first])


def _code(parts: list[Ids]) -> Ids:
    code = np.zeros_like(parts[0])
    for part in parts:
        code = (code << BITS) | part
    return code
