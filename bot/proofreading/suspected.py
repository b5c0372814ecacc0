"""Text -> places where another character of the same sound or shape is far likelier, each with a score. Pure.

A replacement is scored by how much likelier it makes the four strings around the place, by what the old and the new
neighbours are to each other, and by how alike the two characters are. The weights were fitted on slips planted in
official texts, never on the case file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.proofreading.counted import (
    FIRST,
    GAP,
    ORDERS,
    UNKNOWN,
    Floats,
    Table,
    count_log,
    likelihood,
    nodes,
)
from bot.proofreading.likeness import SAME, SHAPE, TONE, Ids

_PAD = 4
_SEEN = 2.0  # exp(2) times: a neighbour that stands there less often recommends nobody
_HOPE = 1.0  # likelihood gained; below it nothing is worth a closer look


@dataclass(frozen=True, slots=True)
class Suspect:
    """The character at `at` is probably `right`; `second` is the score of the next best replacement."""

    at: int
    right: str
    score: float
    second: float


@dataclass(frozen=True, slots=True)
class Tried:
    """Replacements worth judging: the place in the text, the id put there, and the measures of each."""

    at: Ids
    new: Ids
    measures: Floats


def suspects(table: Table, text: str) -> Iterator[Suspect]:
    """The best replacement of each place that is likelier than not, in reading order."""
    tried = try_all(table, text)
    scores = tried.measures @ np.array(table.fit["weights"])
    for place in np.unique(tried.at):
        here = np.flatnonzero(tried.at == place)
        ranked = here[np.argsort(-scores[here], kind="stable")]
        second = float(scores[ranked[1]]) if len(ranked) > 1 else -np.inf
        best = ranked[0]
        yield Suspect(int(place), table.chars[int(tried.new[best]) - FIRST], float(scores[best]), second)


def try_all(table: Table, text: str) -> Tried:
    line, places = _line(table, text)
    where = np.flatnonzero((line >= FIRST) & ~_settled(table, line))
    alike = table.alike
    sizes = alike.begins[line[where] + 1] - alike.begins[line[where]]
    at = np.repeat(where, sizes)
    offset = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    entry = alike.begins[line[at]] + offset
    new, kind, old = alike.others[entry], alike.kinds[entry], line[at]
    left, right = line[at - 1], line[at + 1]
    sides = [
        _pair(table, left, new),
        _pair(table, new, right),
        _pair(table, left, old),
        _pair(table, old, right),
    ]
    hope = ((sides[0] >= _SEEN) & (left >= FIRST) & (sides[0] > sides[2])) | (
        (sides[1] >= _SEEN) & (right >= FIRST) & (sides[1] > sides[3])
    )
    at, new, kind, old = at[hope], new[hope], kind[hope], old[hope]
    gain, parts = _gain(table, line, at, new, old)
    kept = gain > _HOPE
    at, new, kind, old = at[kept], new[kept], kind[kept], old[kept]
    measures = _measures(table, line, at, new, old, kind, [part[kept] for part in parts])
    return Tried(places[at - _PAD], new, measures)


def _line(table: Table, text: str) -> tuple[Ids, Ids]:
    """Ids without blanks, runs of marks and of figures as one, padded with marks; and the place of each in the text."""
    ids = table.ids(text)
    places = np.flatnonzero(ids != GAP)
    ids = ids[places]
    keep = np.ones(len(ids), bool)
    keep[1:] = (ids[1:] != ids[:-1]) | (ids[1:] >= FIRST) | (ids[1:] == UNKNOWN)
    edge = np.ones(_PAD, np.int64)
    return np.concatenate([edge, ids[keep], edge]), places[keep]


def _pair(table: Table, first: Ids, second: Ids) -> Floats:
    return count_log(table, 2, nodes(table, [first, second])[-1])


def _settled(table: Table, line: Ids) -> NDArray[np.bool_]:
    """Places that stand in the middle of a string of four that the table has: nothing is wrong there."""
    found = np.zeros(len(line), bool)
    if len(line) >= ORDERS:
        path = nodes(table, [line[start : len(line) - ORDERS + 1 + start] for start in range(ORDERS)])[-1]
        known = np.flatnonzero(path >= 0)
        for inner in range(1, ORDERS - 1):
            found[known + inner] = True
    return found


def _gain(table: Table, line: Ids, at: Ids, new: Ids, old: Ids) -> tuple[Floats, list[Floats]]:
    """How much likelier the four strings around the place become: in all, and one by one."""
    parts = []
    for ahead in range(ORDERS):
        around = [
            (line[np.minimum(at + ahead - back, len(line) - 1)], ahead - back)
            for back in range(ORDERS - 1, -1, -1)
        ]
        with_new = [new if place == 0 else ids for ids, place in around]
        with_old = [old if place == 0 else ids for ids, place in around]
        parts.append(likelihood(table, with_new) - likelihood(table, with_old))
    return np.sum(parts, axis=0), parts


def _measures(table: Table, line: Ids, at: Ids, new: Ids, old: Ids, kind: Ids, parts: list[Floats]) -> Floats:
    """What the judge weighs; the first one is always 1."""
    gain = np.clip(np.sum(parts, axis=0), 0, 30)
    single = table.logs[1]
    tie_old, long_old, often_old = _ties(table, line, at, old)
    tie_new, long_new, often_new = _ties(table, line, at, new)
    columns = [
        np.ones(len(at)),
        gain,
        np.maximum(gain - 12, 0),
        np.clip(parts[0], -10, 10),
        np.clip(parts[1], -10, 10),
        *((kind == one) * 1.0 for one in (SAME, SHAPE, TONE)),
        *(tie_old, tie_new, long_old, long_new, often_old, often_new),
        *(single[old], single[new]),
    ]
    return np.stack(columns, axis=1)


def _ties(table: Table, line: Ids, at: Ids, middle: Ids) -> tuple[Floats, Floats, Floats]:
    """How fast the character is tied to a neighbour; the longest string it stands in here; how often that one is seen."""
    single, total = table.logs[1], table.fit["total"]
    left, right = line[at - 1], line[at + 1]
    tie = np.full(len(at), -3.0)
    for first, second in ((left, middle), (middle, right)):
        both = _pair(table, first, second)
        known = (both >= 0) & (first >= FIRST) & (second >= FIRST)
        tie = np.where(known, np.maximum(tie, both + total - single[first] - single[second]), tie)
    longest, often = np.zeros(len(at)), np.zeros(len(at))
    for size in range(2, ORDERS + 1):
        for start in range(-size + 1, 1):
            window = [middle if place == 0 else line[at + place] for place in range(start, start + size)]
            count = count_log(table, size, nodes(table, window)[-1])
            better = (count >= 0) & ((size > longest) | (count > often))
            longest, often = np.where(better, float(size), longest), np.where(better, count, often)
    return np.clip(tie, -3, 12), longest, often
