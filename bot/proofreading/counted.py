"""How often characters stand side by side in official Chinese: one packed table, learned by `python -m evals.typos`.

The table is a tree of strings of up to four characters. A node of order n is found under the number of its first n-1
characters and the id of its last one. Of counts only the logarithm is kept, roughly. Strings whose count follows
from shorter ones are left out, so what is not here is rare or no surprise.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from bot.proofreading.likeness import Ids, Likeness, Sounds, likeness

Floats = NDArray[np.float64]

GAP, MARK, UNKNOWN, FIGURE, FIRST = 0, 1, 2, 3, 4  # ids below FIRST are no characters
ORDERS = 4
BITS = 13  # of a character's id
STEP = 0.5  # of the logarithm of a count
_KEY = 4  # bytes of a key
_WORD = 7  # the bit that says: this is a word
BACK = float(np.log(0.4))  # what a step to a shorter context costs, as in “stupid backoff”
NAME = "counted.bin"


@dataclass(frozen=True, slots=True)
class Table:
    """`keys[n]`, sorted: (node of the first n-1 characters << BITS) | last id; `logs[n]`: logarithms of the counts;
    `words[n]`: whether the string is a word by itself. `fit`: what the judge learned (weights and bar).
    """

    chars: str
    keys: tuple[Ids, ...]
    logs: tuple[Floats, ...]
    words: tuple[NDArray[np.bool_], ...]
    sounds: Sounds
    alike: Likeness
    fit: dict[str, Any]

    def ids(self, text: str) -> Ids:
        """One id for each character. Blanks are GAP, what is no Chinese character is MARK or FIGURE."""
        points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        return letter_ids(self.chars)[np.minimum(points, 0xFFFF)]


class Same:
    """A table as a key: the same one is read once."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table.chars)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.table is other.table


def nodes(table: Table, columns: Sequence[Ids]) -> list[Ids]:
    """The node of the first one, two … characters; -1 where the table has none. Columns are as long as each other."""
    found = [np.where(columns[0] >= 0, columns[0], -1)]
    for order, column in enumerate(columns[1:], 2):
        key = (found[-1] << BITS) | column
        at = np.searchsorted(table.keys[order], key)
        at[at == len(table.keys[order])] = 0
        found.append(np.where((found[-1] >= 0) & (table.keys[order][at] == key), at, -1))
    return found


def count_log(table: Table, order: int, node: Ids) -> Floats:
    """The logarithm of the count of each node; -1 where there is none."""
    return np.where(node >= 0, table.logs[order][np.maximum(node, 0)], -1.0)


def likelihood(table: Table, columns: Sequence[Ids]) -> Floats:
    """The logarithm of P(last column | those before), from the longest string the table has."""
    best: Floats = table.logs[1][columns[-1]] - float(table.fit["total"])
    for order in range(2, len(columns) + 1):
        path = nodes(table, columns[-order:])
        here, before = count_log(table, order, path[-1]), count_log(table, order - 1, path[-2])
        best = np.where(path[-1] >= 0, np.minimum(here - before, 0.0), best + BACK)
    return best


def packed(table: Table) -> bytes:
    sounds = table.sounds
    sizes = [len(keys) for keys in table.keys[1:]], len(sounds.who), len(sounds.near), len(sounds.shapes)
    head = {"chars": table.chars, "sizes": sizes, "fit": table.fit}
    body = [json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode(), b"\n"]
    for keys, logs, words in zip(table.keys[1:], table.logs[1:], table.words[1:], strict=True):
        seen = np.round(logs / STEP).astype(np.int64) | (words.astype(np.int64) << _WORD)
        body += [_planes(np.diff(keys, prepend=0), _KEY), _planes(seen, 1)]
    body += [_planes(one, 2) for one in (sounds.who, sounds.sound, sounds.near, sounds.shapes.ravel())]
    return lzma.compress(b"".join(body), lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)


def unpacked(raw: bytes) -> Table:
    line, _, body = lzma.decompress(raw).partition(b"\n")
    head = json.loads(line)
    sizes, read, near, shapes = head["sizes"]
    at = 0

    def take(count: int, planes: int) -> Ids:
        nonlocal at
        flat = np.frombuffer(body, np.uint8, count * planes, at).reshape(planes, count).astype(np.int64)
        at += count * planes
        return cast("Ids", sum(flat[place] << (8 * place) for place in range(planes)))

    keys: list[Ids] = [np.zeros(0, np.int64)]
    logs: list[Floats] = [np.zeros(0)]
    words = [np.zeros(0, bool)]
    for size in sizes:
        keys.append(np.cumsum(take(size, _KEY)))
        seen = take(size, 1)
        logs.append((seen & ((1 << _WORD) - 1)).astype(np.float64) * STEP)
        words.append(seen >> _WORD > 0)
    sounds = Sounds(take(read, 2), take(read, 2), take(near, 2), take(shapes * 2, 2).reshape(-1, 2))
    alike = likeness(sounds, FIRST + len(head["chars"]))
    return Table(head["chars"], tuple(keys), tuple(logs), tuple(words), sounds, alike, head["fit"])


@cache
def load_table() -> Table:
    return unpacked(files("bot.proofreading.rules").joinpath(NAME).read_bytes())


def _planes(numbers: Ids, planes: int) -> bytes:
    """All low bytes, then all second bytes …: that packs better."""
    return b"".join(((numbers >> (8 * place)) & 255).astype(np.uint8).tobytes() for place in range(planes))


@cache
def letter_ids(chars: str) -> Ids:
    found = np.full(0x10000, MARK, np.int64)
    found[0x4E00:0xA000] = UNKNOWN
    for blank in " \u3000\t":
        found[ord(blank)] = GAP
    for start, size in (("0", 10), ("０", 10), ("a", 26), ("A", 26)):
        found[ord(start) : ord(start) + size] = FIGURE
    for number, character in enumerate(chars, FIRST):
        found[ord(character)] = number
    return found
