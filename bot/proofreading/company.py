"""Words that are taken for one another, each right somewhere: which of them was meant is told by the company it keeps.

What stands beside a word and within six characters of it was weighed on official texts (`python -m evals.typos.company`).
"""

from __future__ import annotations

import json
import lzma
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.proofreading.counted import Floats

NAME = "company.bin"
REACH = 6
_LINE = 20  # characters
STEP = 32.0  # weights are kept as whole numbers of 1 / STEP
_STOP = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Group:
    """`marks`: the hashes of what tells the words apart, sorted; `weights`: a row for each, a column for each word.

    `bars`: how much likelier another word must be before `words[n]` is called wrong.
    """

    words: tuple[str, ...]
    base: Floats
    bars: Floats
    marks: NDArray[np.uint32]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Choice:
    at: int
    wrong: str
    right: str
    margin: float


def company(text: str, start: int, end: int) -> list[int]:
    """Hashes of what stands around the place."""
    left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
    left, right = _STOP.split(left)[-1], _STOP.split(right, maxsplit=1)[0]
    near = [f"l{size}{left[-size:]}" for size in (1, 2, 3) if len(left) >= size or size == 1]
    near += [f"r{size}{right[:size]}" for size in (1, 2, 3) if len(right) >= size or size == 1]
    near += [f"b{left[-1:]}|{right[:1]}", f"c{left[-2:]}|{right[:2]}"]
    near += [f"<{left[at : at + 2]}" for at in range(len(left) - 1)]
    near += [f">{right[at : at + 2]}" for at in range(len(right) - 1)]
    return [zlib.crc32(one.encode("utf-8", "replace")) for one in near]


def choices(groups: Sequence[Group], text: str) -> Iterator[Choice]:
    """Words for which another of their group is far likelier, in reading order."""
    places = _places(tuple(groups))
    if not places:
        return
    known: dict[tuple[str, str, str], Floats] = {}
    for match in _pattern(tuple(groups)).finditer(text):
        word = match[0]
        group = places[word]
        start, end = match.span()
        around = word, text[max(0, start - REACH) : start], text[end : end + REACH]
        if around not in known:  # what stands often in a text is weighed once
            known[around] = score(group, company(text, start, end))
        scores = known[around]
        number = group.words.index(word)
        best = int(np.argmax(scores))
        margin = float(scores[best] - scores[number])
        if margin >= group.bars[number] and best != number and not _both(text, match, group.words[best]):
            yield Choice(match.start(), word, group.words[best], margin)


def _both(text: str, match: re.Match[str], other: str) -> bool:
    """Who writes both words within a line (享有权利，行使权力) tells them apart."""
    around = text[max(0, match.start() - _LINE) : match.end() + _LINE]
    return len(other) > 1 and other in around


def score(group: Group, marks: list[int]) -> Floats:
    seen = np.array(marks, np.uint32)
    at = np.searchsorted(group.marks, seen)
    at[at == len(group.marks)] = 0
    return np.asarray(group.base + group.weights[at[group.marks[at] == seen]].sum(axis=0))


def packed_groups(groups: Sequence[Group]) -> bytes:
    head = [
        {"words": one.words, "base": one.base.tolist(), "bars": one.bars.tolist(), "size": len(one.marks)}
        for one in groups
    ]
    body = [json.dumps(head, ensure_ascii=False).encode(), b"\n"]
    for one in groups:
        body += [one.marks.tobytes(), np.round(one.weights * STEP).astype(np.int8).T.tobytes()]
    return lzma.compress(b"".join(body), lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)


def unpacked_groups(raw: bytes) -> tuple[Group, ...]:
    line, _, body = lzma.decompress(raw).partition(b"\n")
    groups, at = [], 0
    for one in json.loads(line):
        size, words = one["size"], tuple(one["words"])
        marks = np.frombuffer(body, np.uint32, size, at)
        at += size * 4
        weights = np.frombuffer(body, np.int8, size * len(words), at).reshape(len(words), size).T / STEP
        at += size * len(words)
        groups.append(Group(words, np.array(one["base"]), np.array(one["bars"]), marks, weights))
    return tuple(groups)


@cache
def load_groups() -> tuple[Group, ...]:
    return unpacked_groups(files("bot.proofreading.rules").joinpath(NAME).read_bytes())


def _places(groups: tuple[Group, ...]) -> dict[str, Group]:
    return {word: group for group in groups for word in group.words}


def _pattern(groups: tuple[Group, ...]) -> re.Pattern[str]:
    words = sorted(_places(groups), key=lambda word: (-len(word), word))
    return re.compile("|".join(words))
