"""Texts -> a table of strings of up to four characters, without those that shorter strings foretell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.proofreading.counted import (
    BACK,
    BITS,
    FIRST,
    GAP,
    MARK,
    ORDERS,
    STEP,
    UNKNOWN,
    Floats,
    Table,
    letter_ids,
)
from bot.proofreading.likeness import Ids, likeness
from evals.typos.alike import sounds_of

_SPLIT = re.compile(r"\n+")
_WEIGHT = 0.5  # of a count: were it 1, the common places of the news would push out what is seldom but never written otherwise


@dataclass(frozen=True, slots=True)
class Sizes:
    """`often`: a pair seen so often stays whatever it tells; `rare`: a longer string seen less often goes."""

    chars: int = 5500
    often: int = 40
    rare: int = 4
    pairs: int = 75_000  # of the rarer pairs, the most telling
    triples: int = 75_000
    quads: int = 50_000


@dataclass(frozen=True, slots=True)
class Grams:
    """Strings of one length: codes (BITS to a character), sorted, and their counts."""

    codes: Ids
    counts: Floats


def count(texts: Iterable[str], sizes: Sizes) -> tuple[str, tuple[Grams, ...]]:
    """The most frequent characters, and all strings of one to four of them. A paragraph that stands twice counts thrice at
    most: laws come in several versions.
    """
    times: dict[str, int] = {}
    paragraphs = []
    for text in texts:
        for paragraph in _SPLIT.split(text):
            if (seen := times.get(paragraph, 0)) < 3:
                times[paragraph] = seen + 1
                paragraphs.append(paragraph)
    points = np.frombuffer("\n".join(paragraphs).encode("utf-32-le", "replace"), np.uint32)
    points = np.minimum(points, 0xFFFF)
    often = np.bincount(points, minlength=0x10000)
    often[:0x4E00] = 0
    often[0xA000:] = 0
    chars = "".join(map(chr, np.argsort(-often, kind="stable")[: sizes.chars]))
    line = letter_ids(chars)[points]
    line = line[line != GAP]
    keep = np.ones(len(line), bool)
    keep[1:] = (line[1:] != line[:-1]) | (line[1:] >= FIRST) | (line[1:] == UNKNOWN)
    line = line[keep]
    return chars, tuple(_grams(line, order) for order in range(1, ORDERS + 1))


def _grams(line: Ids, order: int) -> Grams:
    """A mark stands only at the ends of a string, an unknown character nowhere."""
    size = len(line) - order + 1
    codes, bad = np.zeros(size, np.int64), np.zeros(size, bool)
    for place in range(order):
        part = line[place : place + size]
        codes = (codes << BITS) | part
        bad |= part == UNKNOWN
        if 0 < place < order - 1:
            bad |= part == MARK
    codes, counts = np.unique(codes[~bad], return_counts=True)
    return Grams(codes, counts.astype(float))


def build(chars: str, grams: tuple[Grams, ...], sizes: Sizes) -> Table:
    """The fit is still to be learned: only the logarithm of the size of the texts is in it."""
    total = float(np.log(grams[0].counts.sum()))
    kept: list[Ids] = []
    limits = {2: sizes.pairs, 3: sizes.triples, 4: sizes.quads}
    for order in range(2, ORDERS + 1):
        here = grams[order - 1]
        telling = _telling(grams, order)
        enough = here.counts >= sizes.rare
        whatever = here.counts >= sizes.often if order == 2 else np.zeros(len(here.codes), bool)
        rest = np.flatnonzero(enough & ~whatever & (telling > 0))
        best = rest[np.argsort(-telling[rest], kind="stable")[: limits[order]]]
        kept.append(np.union1d(here.codes[whatever], here.codes[best]))
    for order in (ORDERS, ORDERS - 1):  # a string is found through its beginning
        kept[order - 3] = np.union1d(kept[order - 3], kept[order - 2] >> BITS)
    single = np.zeros(FIRST + len(chars))
    single[grams[0].codes] = grams[0].counts
    keys = [np.zeros(0, np.int64), np.arange(len(single))]
    logs: list[Floats] = [np.zeros(0), _steps(np.log(single + 1))]
    parents = np.arange(len(single), dtype=np.int64)
    for order, codes in enumerate(kept, 2):
        here = grams[order - 1]
        keys.append((np.searchsorted(parents, codes >> BITS) << BITS) | (codes & ((1 << BITS) - 1)))
        logs.append(_steps(np.log(here.counts[np.searchsorted(here.codes, codes)])))
        parents = codes
    sounds = sounds_of(chars, FIRST)
    fit: dict[str, Any] = {"total": total, "weights": [], "bar": 0.0}
    return Table(chars, tuple(keys), tuple(logs), sounds, likeness(sounds, len(single)), fit)


def _steps(logs: Floats) -> Floats:
    return np.round(logs / STEP) * STEP


def _telling(grams: tuple[Grams, ...], order: int) -> Floats:
    """Count times how much likelier the last character is than the shorter string would have it."""
    here, head = grams[order - 1], grams[order - 2]
    before = head.counts[np.searchsorted(head.codes, here.codes >> BITS)]
    tail = here.codes & ((1 << (BITS * (order - 1))) - 1)
    back = _at(grams[order - 2], tail)
    shorter = grams[0].counts.sum() if order == 2 else np.maximum(_at(grams[order - 3], tail >> BITS), 1)
    foretold = np.maximum(back / shorter, 1e-9)
    gained: Floats = here.counts**_WEIGHT * (
        np.log(here.counts / np.maximum(before, here.counts)) - np.log(foretold) - BACK
    )
    return gained


def _at(grams: Grams, codes: Ids) -> Floats:
    at = np.searchsorted(grams.codes, codes)
    at[at == len(grams.codes)] = 0
    return np.where(grams.codes[at] == codes, grams.counts[at], 0.0)
