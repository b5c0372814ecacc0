"""Text -> places where another character of the same sound or shape is far likelier, each with a score. Pure.

A replacement is scored by how much likelier it makes the four strings around the place, by what the old and the new
neighbours are to each other, and by how alike the two characters are. The weights were fitted on slips planted in
official texts, never on the case file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.proofreading.counted import (
    BITS,
    FIRST,
    GAP,
    ORDERS,
    UNKNOWN,
    Floats,
    Table,
    likelihood,
)
from bot.proofreading.idioms import gapped_places
from bot.proofreading.likeness import Ids
from bot.proofreading.reworded import best_words, try_words
from bot.proofreading.segmented import cut_scores
from bot.proofreading.weighed import judged, measures, pair, settled

PAD = 4
UNLIKE = 4  # a kind behind those of likeness
_SEEN = 2.0  # exp(2) times: a neighbour that stands there less often recommends nobody
_READS = 3.0  # likelihood of the best cut into words gained: likewise
_HOPE = 1.0  # likelihood gained; below it nothing is worth a closer look


@dataclass(frozen=True, slots=True)
class Suspect:
    """The character at `at` (or the word: as many as in `right`) is probably `right`; `second` is the score of the next
    best replacement.
    """

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
    scores = judged(table.fit["characters"], tried.measures)
    for place in np.unique(tried.at):
        here = np.flatnonzero(tried.at == place)
        ranked = here[np.argsort(-scores[here], kind="stable")]
        second = float(scores[ranked[1]]) if len(ranked) > 1 else -np.inf
        best = ranked[0]
        yield Suspect(int(place), table.chars[int(tried.new[best]) - FIRST], float(scores[best]), second)


def try_all(table: Table, text: str) -> Tried:
    line, places = padded(table, text)
    where = np.flatnonzero((line >= FIRST) & ~settled(table, line))
    alike = table.alike
    sizes = alike.begins[line[where] + 1] - alike.begins[line[where]]
    at = np.repeat(where, sizes)
    offset = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    entry = alike.begins[line[at]] + offset
    new, kind, old = alike.others[entry], alike.kinds[entry], line[at]
    left, right = line[at - 1], line[at + 1]
    sides = [
        pair(table, left, new),
        pair(table, new, right),
        pair(table, left, old),
        pair(table, old, right),
    ]
    hope = ((sides[0] >= _SEEN) & (left >= FIRST) & (sides[0] > sides[2])) | (
        (sides[1] >= _SEEN) & (right >= FIRST) & (sides[1] > sides[3])
    )
    at, new, kind = at[hope], new[hope], kind[hope]
    at, new, kind = _with_idioms(table, line, at, new, kind)
    old = line[at]
    gain, parts = _gain(table, line, at, new, old)
    cut_old = cut_scores(table, line, at, old)
    cut_gain = cut_scores(table, line, at, new) - cut_old
    kept = (gain > _HOPE) | (cut_gain > _READS)
    at, new, kind, old = at[kept], new[kept], kind[kept], old[kept]
    cuts = cut_old[kept], cut_gain[kept]
    rows = measures(table, line, at, new, old, kind, [part[kept] for part in parts], cuts)
    return Tried(places[at - PAD], new, rows)


def suspected_words(table: Table, text: str) -> Iterator[Suspect]:
    """The same for words of two characters, in reading order."""
    line, places = padded(table, text)
    at, first, second, rows = try_words(table, line)
    scores = judged(table.fit["words"], rows)
    for best, next_score in best_words(at, scores):
        start, end = int(places[at[best] - PAD]), int(places[at[best] - PAD + 1])
        if end == start + 1:
            right = table.chars[int(first[best]) - FIRST] + table.chars[int(second[best]) - FIRST]
            yield Suspect(start, right, float(scores[best]), next_score)


def _with_idioms(table: Table, line: Ids, at: Ids, new: Ids, kind: Ids) -> tuple[Ids, Ids, Ids]:
    """Also the replacements that make a word of four characters, however unlike."""
    where, made = gapped_places(table, line)
    codes, more = at << BITS | new, where << BITS | made
    fresh = np.unique(more[~np.isin(more, codes)])
    at = np.concatenate([at, fresh >> BITS])
    new = np.concatenate([new, fresh & ((1 << BITS) - 1)])
    return at, new, np.concatenate([kind, np.full(len(fresh), UNLIKE)])


def padded(table: Table, text: str) -> tuple[Ids, Ids]:
    """Ids without blanks, runs of marks and of figures as one, padded with marks; and the place of each in the text."""
    ids = table.ids(text)
    places = np.flatnonzero(ids != GAP)
    ids = ids[places]
    keep = np.ones(len(ids), bool)
    keep[1:] = (ids[1:] != ids[:-1]) | (ids[1:] >= FIRST) | (ids[1:] == UNKNOWN)
    edge = np.ones(PAD, np.int64)
    return np.concatenate([edge, ids[keep], edge]), places[keep]


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
