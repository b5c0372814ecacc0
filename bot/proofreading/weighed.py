"""What speaks for a replacement: how likely its strings are, how fast it is tied to its neighbours, which words it makes.
Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.proofreading.counted import BITS, FIRST, ORDERS, Floats, Same, Table, count_log, nodes
from bot.proofreading.likeness import SAME, SHAPE, TONE, Ids


def measures(
    table: Table,
    line: Ids,
    at: Ids,
    new: Ids,
    old: Ids,
    kind: Ids,
    parts: list[Floats],
    cuts: tuple[Floats, Floats],
) -> Floats:
    """What the judge weighs, a row for each replacement."""
    gain = np.clip(np.sum(parts, axis=0), 0, 30)
    single, alone = table.logs[1], standing_alone(Same(table))
    tie_old, strings_old, word_old = _stands(table, line, at, old)
    tie_new, strings_new, word_new = _stands(table, line, at, new)
    columns = [
        gain,
        np.clip(cuts[1], -15, 15),
        cuts[0],
        *(np.clip(part, -10, 10) for part in parts),
        *((kind == one) * 1.0 for one in (SAME, SHAPE, TONE)),
        *(tie_old, tie_new),
        *strings_old,
        *strings_new,
        *word_old,
        *word_new,
        _beside(table, line, at, -1),
        _beside(table, line, at, 1),
        *(single[old], single[new]),
        *(alone[old], alone[new], alone[line[at - 1]], alone[line[at + 1]]),
        (line[at - 1] >= FIRST) * 1.0,
        (line[at + 1] >= FIRST) * 1.0,
    ]
    return np.stack(columns, axis=1)


def judged(fit: dict[str, Any], rows: Floats) -> Floats:
    """The score of each row: a net with one hidden layer, or no net where nothing could be learned."""
    if not len(rows) or not fit[NET[0]]:
        return np.full(len(rows), -np.inf)
    mean, spread, first, shift, last, base = (np.array(fit[name]) for name in NET)
    hidden = np.maximum((rows - mean) / spread @ first + shift, 0)
    return np.asarray(hidden @ last + base)


NET = ("mean", "spread", "first", "shift", "last", "base")


def pair(table: Table, first: Ids, second: Ids) -> Floats:
    return count_log(table, 2, nodes(table, [first, second])[-1])


@lru_cache(maxsize=2)
def standing_alone(same: Same) -> Floats:
    """How often each character is a word by itself: the logarithm of the share of its places that no word of two covers."""
    table = same.table
    node = np.flatnonzero(table.words[2])
    counts = np.exp(table.logs[2][node])
    size = len(table.logs[1])
    covered = np.bincount(table.keys[2][node] >> BITS, counts, size)
    covered += np.bincount(table.keys[2][node] & ((1 << BITS) - 1), counts, size)
    return np.asarray(np.log(np.maximum(1 - covered / np.exp(table.logs[1]), 0.02)))


def _stands(
    table: Table, line: Ids, at: Ids, middle: Ids
) -> tuple[Floats, tuple[Floats, ...], tuple[Floats, ...]]:
    """How fast the character is tied to a neighbour; for each length how often its strings are seen here; the length of
    the longest word it stands in, how often that is seen, and the length of the longest one to either side.
    """
    single, total = table.logs[1], table.fit["total"]
    left, right = line[at - 1], line[at + 1]
    tie = np.full(len(at), -3.0)
    strings = [np.full(len(at), -1.0) for _ in range(2, ORDERS + 1)]
    longest, often = np.zeros(len(at)), np.zeros(len(at))
    for size in range(2, ORDERS + 1):
        for start in range(-size + 1, 1):
            window = [middle if place == 0 else line[at + place] for place in range(start, start + size)]
            node = nodes(table, window)[-1]
            seen = count_log(table, size, node)
            strings[size - 2] = np.maximum(strings[size - 2], seen)
            word = (node >= 0) & table.words[size][np.maximum(node, 0)]
            better = word & ((size > longest) | (seen > often))
            longest, often = np.where(better, float(size), longest), np.where(better, seen, often)
            if size == 2:
                first, second = (middle, right) if start == 0 else (left, middle)
                known = (seen >= 0) & (first >= FIRST) & (second >= FIRST)
                tie = np.where(known, np.maximum(tie, seen + total - single[first] - single[second]), tie)
    return np.clip(tie, -3, 12), tuple(strings), (longest, often)


def _beside(table: Table, line: Ids, at: Ids, way: int) -> Floats:
    """The length of the longest word that ends in front of the place, or begins behind it."""
    longest = np.zeros(len(at))
    for size in range(2, ORDERS + 1):
        places = range(-size, 0) if way < 0 else range(1, size + 1)
        window = [line[np.minimum(at + place, len(line) - 1)] for place in places]
        node = nodes(table, window)[-1]
        longest = np.where((node >= 0) & table.words[size][np.maximum(node, 0)], float(size), longest)
    return longest


def settled(table: Table, line: Ids) -> NDArray[np.bool_]:
    """Places that stand in the middle of a string of four that the table has: nothing is wrong there."""
    found = np.zeros(len(line), bool)
    if len(line) >= ORDERS:
        path = nodes(table, [line[start : len(line) - ORDERS + 1 + start] for start in range(ORDERS)])[-1]
        known = np.flatnonzero(path >= 0)
        for inner in range(1, ORDERS - 1):
            found[known + inner] = True
    return found
