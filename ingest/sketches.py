"""Sketches (MinHash) of texts, and which of them are alike: what `copies` has to compare, and no more."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from ingest.alignment import fold

SKETCH_RULES = 1  # raise it when `alignment.fold` or a figure below makes other sketches of the same text
_SHINGLE = 5  # characters
_PLACES = 128  # of a sketch
_BAND = 2  # places that must agree for two documents to be compared: 93 % of pairs sharing a fifth of all shingles are
_SHARED = 0.15  # of the shingles of both, estimated: below, the texts are not compared
_CROWD = 60  # documents with one band in common share boilerplate, or are nearly the same
_LONGEST_BAND = 16  # places that agree by chance only where nearly everything does


def sketch(text: str) -> str | None:
    """128 figures as text, from which the share of common shingles is estimated; None for a text without words.

    It says by which rules it was made.
    """
    folded = fold(text).text
    if not folded:
        return None
    shingles = {folded[at : at + _SHINGLE] for at in range(max(1, len(folded) - _SHINGLE + 1))}
    minima = RMinHash(num_perm=_PLACES, seed=1)
    minima.update(sorted(shingles))
    figures = base64.b64encode(np.array(minima.digest(), dtype="<u4").tobytes()).decode("ascii")
    return f"{SKETCH_RULES}:{figures}"


def is_of_today(stored: str | None) -> bool:
    """Whether a sketch was made by today's rules; others say nothing, and the next reading makes a new one."""
    return stored is not None and stored.startswith(f"{SKETCH_RULES}:")


def alike(sketches: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places of sketches that are alike, each once, the most alike first. Of a crowd not all: each with one of it
    at the least.
    """
    if len(sketches) < 2:
        return
    figures = np.stack([_figures(one) for one in sketches])
    met: set[tuple[int, int]] = set()
    for place in range(0, _PLACES, _BAND):
        for together in _buckets(figures, range(len(sketches)), place, _BAND):
            met.update(_pairs(figures, together, place, _BAND))
    pairs = np.array(sorted(met), dtype=np.int64).reshape(-1, 2)
    shared = (figures[pairs[:, 0]] == figures[pairs[:, 1]]).mean(axis=1)
    order = np.argsort(-shared, kind="stable")
    yield from ((one, other) for one, other in pairs[order[shared[order] >= _SHARED]].tolist())


def _pairs(
    figures: NDArray[np.uint32], together: Sequence[int], place: int, width: int
) -> Iterator[tuple[int, int]]:
    """All pairs of a few. A crowd is told apart by longer and longer bands; who stays together is nearly the same, and
    is compared with the first alone: whoever is no copy of that one may be found in another band.
    """
    if len(together) <= _CROWD:
        yield from combinations(together, 2)
        return
    first = together[0]
    yield from ((first, other) for other in together[1:])
    if width < _LONGEST_BAND:
        for closer in _buckets(figures, together, place, 2 * width):
            yield from _pairs(figures, closer, place, 2 * width)


def _buckets(
    figures: NDArray[np.uint32], among: Sequence[int], place: int, width: int
) -> Iterator[list[int]]:
    """Those that agree in `width` places from `place` on, two or more of them; behind the last comes the first."""
    columns = [(place + step) % _PLACES for step in range(width)]
    buckets: dict[bytes, list[int]] = defaultdict(list)
    for at, band in zip(among, figures[np.ix_(list(among), columns)], strict=True):
        buckets[band.tobytes()].append(at)
    return (together for together in buckets.values() if len(together) > 1)


def _figures(stored: str) -> NDArray[np.uint32]:
    return np.frombuffer(base64.b64decode(stored.partition(":")[2]), dtype="<u4")
