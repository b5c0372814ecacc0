"""Text -> words of two characters where another word that sounds the same is far likelier (述职 typed as 数值). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.proofreading.counted import BITS, FIRST, ORDERS, Floats, Same, Table, count_log, likelihood, nodes
from bot.proofreading.likeness import TONES, Ids

_SYLLABLES = 1 << 10
_COMMON = 3.0  # exp(3) times: a word that is seen less often is not what was meant
_LAST = (1 << BITS) - 1
_HOPE = 1.0  # likelihood gained; below it nothing is worth a closer look
_CROWD = 60  # words of one sound: more are not tried


@dataclass(frozen=True, slots=True)
class Sounding:
    """Words sorted by their sound: `keys`, and the two characters of each. `begins` of each character in `syllables`."""

    keys: Ids
    first: Ids
    second: Ids
    begins: Ids
    syllables: Ids


def sounding(table: Table) -> Sounding:
    return _sounding(Same(table))


def try_words(table: Table, line: Ids) -> tuple[Ids, Ids, Ids, Floats]:
    """Places of words, the two ids put there, and the measures of each replacement."""
    words = sounding(table)
    where = np.flatnonzero((line[:-1] >= FIRST) & (line[1:] >= FIRST))
    at, key = read(words, line[where], line[where + 1])
    at = where[at]
    low, high = np.searchsorted(words.keys, key), np.searchsorted(words.keys, key, "right")
    sizes = np.minimum(high - low, _CROWD)
    offset = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    word, at = np.repeat(low, sizes) + offset, np.repeat(at, sizes)
    first, second = words.first[word], words.second[word]
    old_first, old_second = line[at], line[at + 1]
    other = (first != old_first) & (second != old_second)
    at, first, second = at[other], first[other], second[other]
    sides = [_triple(table, line, at, first, second), _triple(table, line, at, line[at], line[at + 1])]
    hope = np.any([(new >= 1.0) & (new > old) for new, old in zip(*sides, strict=True)], axis=0)
    at, first, second = at[hope], first[hope], second[hope]
    one = np.unique((at * _SYLLABLES * 8 + first) * _SYLLABLES * 8 + second, return_index=True)[1]
    at, first, second = at[one], first[one], second[one]
    parts = _gain(table, line, at, first, second)
    kept = np.sum(parts, axis=0) > _HOPE
    at, first, second, parts = at[kept], first[kept], second[kept], [part[kept] for part in parts]
    return at, first, second, _measures(table, line, at, first, second, parts)


def read(words: Sounding, first: Ids, second: Ids) -> tuple[Ids, Ids]:
    """The number of each pair, and its sound: once for each way to read it."""
    one = words.begins[first + 1] - words.begins[first]
    two = words.begins[second + 1] - words.begins[second]
    sizes = one * two
    pair = np.repeat(np.arange(len(first)), sizes)
    offset = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = words.begins[first[pair]] + offset // np.maximum(two[pair], 1)
    behind = words.begins[second[pair]] + offset % np.maximum(two[pair], 1)
    return pair, words.syllables[place] * _SYLLABLES + words.syllables[behind]


@lru_cache(maxsize=2)
def _sounding(same: Same) -> Sounding:
    table = same.table
    pairs = np.unique(np.stack([table.sounds.who, table.sounds.sound // TONES], 1), axis=0)
    begins = np.searchsorted(pairs[:, 0], np.arange(FIRST + len(table.chars) + 1))
    bare = Sounding(np.zeros(0, np.int64), begins, begins, begins, pairs[:, 1])
    node = np.flatnonzero(table.words[2] & (table.logs[2] >= _COMMON))
    first, second = table.keys[2][node] >> BITS, table.keys[2][node] & _LAST
    word, keys = read(bare, first, second)
    order = np.argsort(keys, kind="stable")
    return Sounding(keys[order], first[word][order], second[word][order], begins, pairs[:, 1])


def _triple(table: Table, line: Ids, at: Ids, first: Ids, second: Ids) -> list[Floats]:
    return [
        count_log(table, 3, nodes(table, [line[at - 1], first, second])[-1]),
        count_log(table, 3, nodes(table, [first, second, line[at + 2]])[-1]),
    ]


def _gain(table: Table, line: Ids, at: Ids, first: Ids, second: Ids) -> list[Floats]:
    """How much likelier the five strings around the word become, one by one."""
    parts = []
    for ahead in range(ORDERS + 1):
        with_old = [line[np.minimum(at + ahead - back, len(line) - 1)] for back in range(ORDERS - 1, -1, -1)]
        with_new = list(with_old)
        for place, back in enumerate(range(ORDERS - 1, -1, -1)):
            if ahead - back in (0, 1):
                with_new[place] = second if ahead - back else first
        parts.append(likelihood(table, with_new) - likelihood(table, with_old))
    return parts


def _measures(table: Table, line: Ids, at: Ids, first: Ids, second: Ids, parts: list[Floats]) -> Floats:
    columns = [np.clip(np.sum(parts, axis=0), -10, 30), *(np.clip(part, -10, 10) for part in parts)]
    for one, other in ((first, second), (line[at], line[at + 1])):
        node = nodes(table, [one, other])[-1]
        seen = count_log(table, 2, node)
        word = (node >= 0) & table.words[2][np.maximum(node, 0)]
        single = table.logs[1]
        tie = np.where(seen >= 0, seen + table.fit["total"] - single[one] - single[other], -3.0)
        before = [line[at - 1], one, other]
        around = [line[at - 1], one, other, line[at + 2]]
        behind = [one, other, line[at + 2]]
        columns += [seen, word * 1.0, np.clip(tie, -3, 12), single[one], single[other]]
        columns += [count_log(table, 3, nodes(table, strings)[-1]) for strings in (before, behind)]
        wide = [[line[at - 2], *before], around, [*behind, line[np.minimum(at + 3, len(line) - 1)]]]
        columns += [count_log(table, 4, nodes(table, strings)[-1]) for strings in wide]
    columns += [(line[at - 1] >= FIRST) * 1.0, (line[at + 2] >= FIRST) * 1.0]
    return np.stack(columns, axis=1)


def best_words(at: Ids, scores: Floats) -> Iterator[tuple[int, float]]:
    """For each place the row that scores best, and the score of the next."""
    for place in np.unique(at):
        here = np.flatnonzero(at == place)
        ranked = here[np.argsort(-scores[here], kind="stable")]
        yield int(ranked[0]), float(scores[ranked[1]]) if len(ranked) > 1 else -np.inf
