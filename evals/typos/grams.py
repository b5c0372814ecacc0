"""Texts -> every string of one to four characters with its count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from bot.proofreading.counted import BITS, FIRST, GAP, MARK, ORDERS, UNKNOWN, Floats, letter_ids
from bot.proofreading.likeness import Ids

_SPLIT = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Grams:
    """Strings of one length: codes (BITS to a character), sorted, and their counts."""

    codes: Ids
    counts: Floats


def count(texts: Iterable[str], size: int, phrases: Mapping[str, float]) -> tuple[str, tuple[Grams, ...]]:
    """The `size` most frequent characters, and all strings of one to four of them. A paragraph that stands twice counts
    thrice at most: laws come in several versions. `phrases`: words of a dictionary, each counted so many times more.
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
    often = np.bincount(points, minlength=0x10000).astype(float)
    for phrase, weight in phrases.items():
        often[[ord(character) for character in phrase]] += weight
    often[:0x4E00] = 0
    often[0xA000:] = 0
    chars = "".join(map(chr, np.argsort(-often, kind="stable")[:size]))
    line = letter_ids(chars)[points]
    line = line[line != GAP]
    keep = np.ones(len(line), bool)
    keep[1:] = (line[1:] != line[:-1]) | (line[1:] >= FIRST) | (line[1:] == UNKNOWN)
    line = line[keep]
    more, weights = _apart(chars, phrases)
    return chars, tuple(
        _sum(_grams(line, np.ones(len(line)), order), _grams(more, weights, order))
        for order in range(1, ORDERS + 1)
    )


def at_codes(grams: Grams, codes: Ids) -> Floats:
    """The count of each code, 0 where it was not seen."""
    at = np.searchsorted(grams.codes, codes)
    at[at == len(grams.codes)] = 0
    return np.where(grams.codes[at] == codes, grams.counts[at], 0.0)


def _apart(chars: str, phrases: Mapping[str, float]) -> tuple[Ids, Floats]:
    """The phrases one behind the other; what stands between two is in no string."""
    weights = np.repeat(list(phrases.values()), [len(phrase) + 1 for phrase in phrases])
    points = np.frombuffer("".join(phrase + "\u4dff" for phrase in phrases).encode("utf-32-le"), np.uint32)
    ids = letter_ids(chars)[points]
    ids[points == 0x4DFF] = UNKNOWN
    return ids, weights.astype(float)


def _grams(line: Ids, weights: Floats, order: int) -> Grams:
    """A mark stands only at the ends of a string, an unknown character nowhere."""
    size = max(0, len(line) - order + 1)
    codes, bad = np.zeros(size, np.int64), np.zeros(size, bool)
    for place in range(order):
        part = line[place : place + size]
        codes = (codes << BITS) | part
        bad |= part == UNKNOWN
        if 0 < place < order - 1:
            bad |= part == MARK
    found, which = np.unique(codes[~bad], return_inverse=True)
    return Grams(found, np.bincount(which, weights[:size][~bad], len(found)).astype(float))


def _sum(one: Grams, other: Grams) -> Grams:
    codes = np.union1d(one.codes, other.codes)
    counts = np.zeros(len(codes))
    for part in (one, other):
        counts[np.searchsorted(codes, part.codes)] += part.counts
    return Grams(codes, counts)
