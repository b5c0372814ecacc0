"""Text -> places where a character is missing (机关事业位) or one too many stands (高度统一致), each with a score. Pure.

Tried is what makes a usual string of four characters of what stands there; the score is how much likelier that makes the
text. A character that is taken away always makes the rest likelier: it must do so by more than a character costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.proofreading.counted import (
    BITS,
    FIRST,
    ORDERS,
    Floats,
    Same,
    Table,
    count_log,
    likelihood,
    nodes,
)
from bot.proofreading.likeness import Ids
from bot.proofreading.suspected import PAD, padded

_USUAL = 3.0  # logarithm of the times that a string of four is seen, below which it speaks for nothing
_WORD = 1.5  # the same for a word of four
_COST = 8.8  # of a character that anyone could have put in: log 6,500
_LAST = (1 << BITS) - 1
_AHEAD = ORDERS - 1


@dataclass(frozen=True, slots=True)
class Slipped:
    """At `at`: `missing` stands there too little, or (where it is empty) the character there is one too many."""

    at: int
    missing: str
    score: float
    word: bool  # whether that makes a word of four


@dataclass(frozen=True, slots=True)
class _Gaps:
    """For each place that may be left out: codes of the three characters that stay, sorted, and the one that goes."""

    keys: tuple[Ids, ...]
    whole: tuple[Ids, ...]


def lost(table: Table, text: str) -> Iterator[Slipped]:
    """Characters that are missing in front of the place, in reading order."""
    line, places = padded(table, text)
    at, new = _candidates(table, line)
    if not len(at):
        return
    before, behind = (
        [line[at - back] for back in range(_AHEAD, 0, -1)],
        [line[at + on] for on in range(_AHEAD)],
    )
    scores = _ahead(table, [*before, new, *behind]) - _ahead(table, [*before, *behind])
    word = _is_word(table, [*before, new, *behind], range(ORDERS))
    for place in np.unique(at):
        here = np.flatnonzero(at == place)
        best = here[np.argmax(scores[here])]
        start = int(places[place - PAD]) if place - PAD < len(places) else len(text)
        yield Slipped(start, table.chars[int(new[best]) - FIRST], float(scores[best]), bool(word[best]))


def extra(table: Table, text: str) -> Iterator[Slipped]:
    """Characters that stand there besides, in reading order."""
    line, places = padded(table, text)
    at = np.flatnonzero(line >= FIRST)
    at = at[(at >= PAD) & (at < len(line) - PAD)]
    at = at[nodes(table, [line[at - 1], line[at], line[at + 1]])[-1] < 0]
    if not len(at):
        return
    before, behind = (
        [line[at - back] for back in range(_AHEAD, 0, -1)],
        [line[at + on] for on in range(1, PAD)],
    )
    usual = np.zeros(len(at), bool)
    whole = [*before, *behind]
    for start in range(_AHEAD):
        usual |= _is_usual(table, whole[start : start + ORDERS])
    at = at[usual]
    before, behind = [part[usual] for part in before], [part[usual] for part in behind]
    gain = _ahead(table, [*before, *behind]) - _ahead(table, [*before, line[at], *behind]) - _COST
    word = _is_word(table, [*before, *behind], range(_AHEAD))
    for place, score, is_word in zip(at, gain, word, strict=True):
        yield Slipped(int(places[place - PAD]), "", float(score), bool(is_word))


def _ahead(table: Table, columns: list[Ids]) -> Floats:
    """The likelihood of all columns behind the first three."""
    ends = range(ORDERS, len(columns) + 1)
    return np.asarray(sum(likelihood(table, columns[end - ORDERS : end]) for end in ends))


def _is_word(table: Table, columns: list[Ids], starts: Iterable[int]) -> NDArray[np.bool_]:
    """Whether a word of four begins at one of these columns."""
    found = np.zeros(len(columns[0]), bool)
    for start in starts:
        node = nodes(table, columns[start : start + ORDERS])[-1]
        found |= (node >= 0) & table.words[ORDERS][np.maximum(node, 0)]
    return found


def _is_usual(table: Table, columns: list[Ids]) -> NDArray[np.bool_]:
    node = nodes(table, columns)[-1]
    seen = count_log(table, ORDERS, node)
    word = (node >= 0) & table.words[ORDERS][np.maximum(node, 0)]
    known = np.all([column >= FIRST for column in columns], axis=0)
    return np.asarray(known & ((seen >= _USUAL) | (word & (seen >= _WORD))))


def _candidates(table: Table, line: Ids) -> tuple[Ids, Ids]:
    """Places in the line in front of which a character would make a usual string of four; and that character."""
    gaps = _gaps(Same(table))
    starts = np.arange(PAD - 2, len(line) - PAD)
    three = [line[starts + on] for on in range(_AHEAD)]
    key = _code(three)
    known = np.all([part >= FIRST for part in three], axis=0)
    places, found = [], []
    for gap in range(ORDERS):
        keys = gaps.keys[gap]
        where = np.searchsorted(keys, key)
        where[where == len(keys)] = 0
        hit = np.flatnonzero((keys[where] == key) & known)
        places.append(starts[hit] + gap)
        found.append(gaps.whole[gap][where[hit]])
    at, new = np.concatenate(places), np.concatenate(found)
    at, new = at[at >= PAD], new[at >= PAD]
    # Whether the two sides of the gap are used to each other.
    left, right = at - 1, at
    tied = (nodes(table, [line[left - 1], line[left], line[right]])[-1] >= 0) & (line[left] >= FIRST)
    tied |= (nodes(table, [line[left], line[right], line[right + 1]])[-1] >= 0) & (line[right] >= FIRST)
    codes = np.unique((at[~tied] << BITS) | new[~tied])
    return codes >> BITS, codes & _LAST


@lru_cache(maxsize=2)
def _gaps(same: Same) -> _Gaps:
    table = same.table
    node = np.flatnonzero(
        (table.logs[ORDERS] >= _USUAL) | (table.words[ORDERS] & (table.logs[ORDERS] >= _WORD))
    )
    often = table.logs[ORDERS][node]
    parts: list[Ids] = []
    for order in range(ORDERS, 1, -1):
        key = table.keys[order][node]
        parts.append(key & _LAST)
        node = key >> BITS
    parts = [node, *reversed(parts)]
    inside = np.all([part >= FIRST for part in parts], axis=0)
    parts, often = [part[inside] for part in parts], often[inside]
    keys, whole = [], []
    for gap in range(ORDERS):
        codes = _code([part for place, part in enumerate(parts) if place != gap])
        order_of = np.lexsort((-often, codes))  # of several the one that is more usual
        codes, gone = codes[order_of], parts[gap][order_of]
        first = np.ones(len(codes), bool)
        first[1:] = codes[1:] != codes[:-1]
        keys.append(codes[first])
        whole.append(gone[first])
    return _Gaps(tuple(keys), tuple(whole))


def _code(parts: list[Ids]) -> Ids:
    code = np.zeros_like(parts[0])
    for part in parts:
        code = (code << BITS) | part
    return code
