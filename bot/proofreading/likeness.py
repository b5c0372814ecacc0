"""Which characters may be taken for each other: by their readings and their shapes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

SAME, SHAPE, TONE, NEAR = range(
    4
)  # sounds the same, looks alike, but for the tone, nearly; the closest likeness counts
TONES = 8
_PLACES = 1 << 13  # more than there are characters in a table


@dataclass(frozen=True, slots=True)
class Sounds:
    """Character `who[i]` is read `sound[i]`: syllable * TONES + tone. Syllables with the same `near` are easily confused.

    `shapes`: pairs of characters that look alike, one row each.
    """

    who: Ids
    sound: Ids
    near: Ids
    shapes: Ids


@dataclass(frozen=True, slots=True)
class Likeness:
    """What character n may have been meant to be: `others` from begins[n] to begins[n + 1], and how they are alike."""

    begins: Ids
    others: Ids
    kinds: Ids


def likeness(sounds: Sounds, size: int) -> Likeness:
    syllable = sounds.sound // TONES
    found = [(one * _PLACES + other) * 4 + SAME for one, other in _together(sounds.who, sounds.sound)]
    found += [(one * _PLACES + other) * 4 + TONE for one, other in _together(sounds.who, syllable)]
    found += [
        (one * _PLACES + other) * 4 + NEAR for one, other in _together(sounds.who, sounds.near[syllable])
    ]
    found.append((sounds.shapes[:, 0] * _PLACES + sounds.shapes[:, 1]) * 4 + SHAPE)
    codes = np.sort(np.concatenate(found).astype(np.int32)).astype(np.int64)
    pairs = codes // 4
    first = np.ones(len(codes), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    first &= pairs // _PLACES != pairs % _PLACES
    pairs, kinds = pairs[first], codes[first] % 4
    begins = np.searchsorted(pairs // _PLACES, np.arange(size + 1))
    return Likeness(begins, pairs % _PLACES, kinds)


def _together(who: Ids, group: Ids) -> Iterator[tuple[Ids, Ids]]:
    """Every character of a group with every one of it."""
    order = np.argsort(group, kind="stable")
    members = who[order]
    ends = np.flatnonzero(np.diff(group[order])) + 1
    for same in np.split(members, ends):
        if len(same) > 1:
            yield np.repeat(same, len(same)), np.tile(same, len(same))
