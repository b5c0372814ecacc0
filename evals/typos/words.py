"""The words of official Chinese: those that a dictionary has, those written down here, and those that the texts show.

A string is a word when its characters stand together far more often than chance has it, and when what stands in front
of it and behind it varies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

import numpy as np

from bot.proofreading.counted import BITS, FIRST, Floats
from bot.proofreading.likeness import Ids
from evals.typos.grams import Grams, at_codes
from evals.typos.listed import frequencies, phrases

_LAST = (1 << BITS) - 1
_SHOWN = {2: (20, 2.0, 0.7), 3: (20, 4.0, 1.0)}  # length: seen so often, so fast together, so varied around
_ATTESTED = 8  # times a pair of the dictionary is to be seen; rare ones are archaic and look like slips
_USUAL = 10  # likewise, times jieba's makers saw a pair


def written() -> tuple[str, ...]:
    folder = files("evals.typos")
    lines = [
        line
        for name in ("phrases.txt", "more.txt")
        for line in folder.joinpath(name).read_text("utf-8").splitlines()
    ]
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def word_codes(chars: str, grams: tuple[Grams, ...], order: int) -> Ids:
    """Sorted codes of the words of `order` characters."""
    number = {character: at for at, character in enumerate(chars, FIRST)}
    usual = [word for word, often in frequencies().items() if len(word) > 2 or often >= _USUAL]
    listed = np.unique(np.array(list(_coded((*phrases(), *usual, *written()), number, order)), np.int64))
    if order == 2:
        common = at_codes(grams[1], listed) >= _ATTESTED
        own = np.array(sorted(_coded(written(), number, order)), np.int64)
        listed = np.union1d(listed[common], own)
    return np.union1d(listed, _shown(grams, order)) if order in _SHOWN else listed


def _coded(words: Sequence[str], number: dict[str, int], order: int) -> Iterator[int]:
    for word in words:
        if len(word) == order and all(character in number for character in word):
            code = 0
            for character in word:
                code = (code << BITS) | number[character]
            yield code


def _shown(grams: tuple[Grams, ...], order: int) -> Ids:
    least, together, varied = _SHOWN[order]
    here, longer = grams[order - 1], grams[order]
    parts = [(here.codes >> (BITS * (order - 1 - place))) & _LAST for place in range(order)]
    enough = (here.counts >= least) & np.all([part >= FIRST for part in parts], axis=0)
    codes, counts = here.codes[enough], here.counts[enough]
    tails = (1 << (BITS * order)) - 1
    free = np.minimum(
        _variety(codes, longer.codes >> BITS, longer.counts),
        _variety(codes, longer.codes & tails, longer.counts),
    )
    least_of = (1 << (BITS * (order - 1))) - 1
    fast = np.minimum(
        _tie(grams, counts, codes >> BITS, codes & _LAST, order),
        _tie(grams, counts, codes & least_of, codes >> (BITS * (order - 1)), order),
    )
    kept: Ids = codes[(fast >= together) & (free >= varied)]
    return kept


def _tie(grams: tuple[Grams, ...], counts: Floats, most: Ids, one: Ids, order: int) -> Floats:
    total = grams[0].counts.sum()
    parts = at_codes(grams[order - 2], most) * at_codes(grams[0], one)
    return np.asarray(np.log(counts * total / np.maximum(parts, 1)))


def _variety(codes: Ids, inner: Ids, counts: Floats) -> Floats:
    """The entropy of what stands beside each code, of which `inner` are the occurrences."""
    if not len(codes):
        return np.zeros(0)
    place = np.searchsorted(codes, inner)
    place[place == len(codes)] = 0
    same = codes[place] == inner
    place, counts = place[same], counts[same]
    total = np.bincount(place, counts, len(codes))
    spread = np.bincount(place, counts * np.log(counts), len(codes))
    return np.asarray(np.log(np.maximum(total, 1)) - spread / np.maximum(total, 1))
