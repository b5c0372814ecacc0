"""Texts that say the same: copies, and articles that a later version of a law kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from ingest.embedder.texts import Tokens

_SAME = 0.6  # share of the tokens of both together that both have
_RAREST = 16  # tokens by which texts that may say the same are looked up


def alike(texts: Sequence[Tokens], numbers: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each of `numbers` the numbers of the texts that say the same, itself among them."""
    kinds = [np.unique(text) for text in texts]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, kind in enumerate(kinds):
        for token in kind.tolist():
            holders[token].append(number)
    found = {}
    for number in sorted(set(numbers)):
        rarest = sorted(kinds[number].tolist(), key=lambda token: len(holders[token]))[:_RAREST]
        shared = Counter(holder for token in rarest for holder in holders[token])
        near = (other for other, count in shared.items() if count > len(rarest) // 3)
        same = {other for other in near if _overlap(kinds[number], kinds[other]) >= _SAME}
        found[number] = tuple(sorted(same | {number}))
    return found


def _overlap(one: Tokens, other: Tokens) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(1, len(one) + len(other) - both)
