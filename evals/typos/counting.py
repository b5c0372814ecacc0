"""Texts -> a table of strings of up to four characters, without those that shorter strings foretell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.proofreading.counted import (
    BACK,
    BITS,
    FIRST,
    ORDERS,
    STEP,
    Floats,
    Table,
)
from bot.proofreading.likeness import Ids, likeness
from evals.typos.alike import sounds_of
from evals.typos.grams import Grams, at_codes
from evals.typos.words import word_codes

_WEIGHT = 0.5  # of a count: were it 1, the common places of the news would push out what is seldom but never written otherwise


@dataclass(frozen=True, slots=True)
class Sizes:
    """`often`: a pair seen so often stays whatever it tells; `rare`: a longer string seen less often goes."""

    chars: int = 6500
    often: int = 5
    rare: int = 2
    pairs: int = 400_000  # of the rarer pairs, the most telling
    triples: int = 900_000
    quads: int = 800_000


def build(chars: str, grams: tuple[Grams, ...], sizes: Sizes) -> Table:
    """The fit is still to be learned: only the logarithm of the size of the texts is in it."""
    total = float(np.log(grams[0].counts.sum()))
    kept: list[Ids] = []
    words = {order: word_codes(chars, grams, order) for order in range(2, ORDERS + 1)}
    limits = {2: sizes.pairs, 3: sizes.triples, 4: sizes.quads}
    for order in range(2, ORDERS + 1):
        here = grams[order - 1]
        telling = _telling(grams, order)
        enough = here.counts >= sizes.rare
        whatever = here.counts >= sizes.often if order == 2 else np.zeros(len(here.codes), bool)
        rest = np.flatnonzero(enough & ~whatever & (telling > 0))
        best = rest[np.argsort(-telling[rest], kind="stable")[: limits[order]]]
        kept.append(np.union1d(np.union1d(here.codes[whatever], here.codes[best]), words[order]))
    kept = [np.intersect1d(codes, grams[order - 1].codes) for order, codes in enumerate(kept, 2)]
    for order in (ORDERS, ORDERS - 1):  # a string is found through its beginning
        kept[order - 3] = np.union1d(kept[order - 3], kept[order - 2] >> BITS)
    single = np.zeros(FIRST + len(chars))
    single[grams[0].codes] = grams[0].counts
    keys = [np.zeros(0, np.int64), np.arange(len(single))]
    logs: list[Floats] = [np.zeros(0), _steps(np.log(single + 1))]
    flags = [np.zeros(0, bool), np.zeros(len(single), bool)]
    parents = np.arange(len(single), dtype=np.int64)
    for order, codes in enumerate(kept, 2):
        here = grams[order - 1]
        keys.append((np.searchsorted(parents, codes >> BITS) << BITS) | (codes & ((1 << BITS) - 1)))
        logs.append(_steps(np.log(here.counts[np.searchsorted(here.codes, codes)])))
        flags.append(np.isin(codes, words[order]))
        parents = codes
    sounds = sounds_of(chars, FIRST)
    fit: dict[str, Any] = {"total": total, "weights": [], "bar": 0.0}
    return Table(chars, tuple(keys), tuple(logs), tuple(flags), sounds, likeness(sounds, len(single)), fit)


def _steps(logs: Floats) -> Floats:
    return np.round(logs / STEP) * STEP


def _telling(grams: tuple[Grams, ...], order: int) -> Floats:
    """Count times how much likelier the last character is than the shorter string would have it."""
    here, head = grams[order - 1], grams[order - 2]
    before = head.counts[np.searchsorted(head.codes, here.codes >> BITS)]
    tail = here.codes & ((1 << (BITS * (order - 1))) - 1)
    back = at_codes(grams[order - 2], tail)
    shorter = grams[0].counts.sum() if order == 2 else np.maximum(at_codes(grams[order - 3], tail >> BITS), 1)
    foretold = np.maximum(back / shorter, 1e-9)
    gained: Floats = here.counts**_WEIGHT * (
        np.log(here.counts / np.maximum(before, here.counts)) - np.log(foretold) - BACK
    )
    return gained
