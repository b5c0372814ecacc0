"""Where two texts differ, character by character, whatever their width, marks, spaces and line breaks. Pure functions.

Anchored on passages that occur once in each text, as a patience diff is, so that a law of 100,000 characters takes
a tenth of a second; what stands before the first anchor and behind the last one is head and foot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from ingest.rising import longest_rising
from ingest.text import narrow

_ANCHOR = 6  # characters of a passage that must be the same to be held for the same place
_RIM = 40  # characters before the first anchor or behind the last that may be the same with slips
_CHANCE = 2
_START = 20  # characters that two texts begin with alike not by chance (中共…)
_FINE = 400  # characters of a gap that is compared one by one
_PAGE_LINE = re.compile(r"\W*(?:第?\s*\d{1,4}\s*页?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?)\W*")
_REPEATED = 3  # a short line that stands so often in a text is a header or footer of its pages
_HEADER = 40  # characters
_STOP = re.compile(r"[。！？；：!?;:]")
HIDDEN = "\U000f0000"  # characters from here on stand for masked ones; `fold` leaves no others of them
_OTHER = re.compile(r"[^\w\n]|_")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text's letters, digits and Chinese characters alone; `cuts` are the places in it where a line or sentence begins,
    `twice` the short lines that stand in it more than once.
    """

    text: str
    cuts: frozenset[int]
    twice: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hunk:
    """`left[a:b]` stands where `right[c:d]` does; one of the two may be empty."""

    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two texts share, from `start` to `end` of each `(left, right)`, and the hunks between. Outside: head and foot."""

    start: tuple[int, int]
    end: tuple[int, int]
    shared: int  # characters
    hunks: tuple[Hunk, ...]


def fold(text: str, hidden: str = "") -> Folded:
    """Without page numbers and the lines that repeat on every page.

    `hidden` takes the place of each star, where stars mask what a person may not read: a character that no other text
    has, so that what was masked is never taken for the same.
    """
    lines = narrow(text).replace("*", hidden).splitlines()
    often = Counter(line.strip() for line in lines if len(line) <= _HEADER)
    kept = (
        line
        for line in lines
        if len(line) > _HEADER or (often[line.strip()] < _REPEATED and not _PAGE_LINE.fullmatch(line))
    )
    other = re.compile(rf"[^\w\n{hidden}]|_") if hidden else _OTHER
    parts = other.sub("", _STOP.sub("\n", "\n".join(kept))).split("\n")
    twice = frozenset(other.sub("", line) for line, count in often.items() if count > 1)
    return Folded("".join(parts), frozenset(accumulate(map(len, parts), initial=0)), twice)


def align(one: Folded, other: Folded) -> Alignment | None:
    """None when the two share no passage that occurs once in each."""
    left, right = one.text, other.text
    front = _common(left, right)
    front = front if front >= _START else 0
    back = _common(left[front:][::-1], right[front:][::-1])
    back = back if back >= _START else 0
    middle_left, middle_right = left[front : len(left) - back], right[front : len(right) - back]
    blocks = [(front + i, front + j, length) for i, j, length in _blocks(middle_left, middle_right)]
    if front:
        blocks.insert(0, (0, 0, front))
    if back:
        blocks.append((len(left) - back, len(right) - back, back))
    if not blocks:
        return None
    hunks: list[Hunk] = []
    for (i, j, length), (k, m, _) in pairwise(blocks):
        hunks += _refined(left, right, Hunk(i + length, k, j + length, m))
    (i, j, _), (k, m, length) = blocks[0], blocks[-1]
    k, m = k + length, m + length
    more = _common(left[:i][::-1], right[:j][::-1])
    i, j = _at_a_cut(one, other, i - more, j - more, 1)
    more = _common(left[k:], right[m:])
    k, m = _at_a_cut(one, other, k + more, m + more, -1)
    head, foot = Hunk(0, i, 0, j), Hunk(k, len(left), m, len(right))
    if _misread(left, right, head):
        hunks, head = [*_refined(left, right, head), *hunks], Hunk(0, 0, 0, 0)
    if _misread(left, right, foot):
        hunks, foot = [*hunks, *_refined(left, right, foot)], Hunk(foot.b, foot.b, foot.d, foot.d)
    changed = sum(hunk.b - hunk.a for hunk in hunks)
    return Alignment((head.b, head.d), (foot.a, foot.c), foot.a - head.b - changed, tuple(hunks))


def _at_a_cut(one: Folded, other: Folded, i: int, j: int, step: int) -> tuple[int, int]:
    """The place where a sentence begins in both, at most two characters inwards: two feet may begin alike by chance."""
    for moved in range(_CHANCE + 1):
        if i + step * moved in one.cuts and j + step * moved in other.cuts:
            return i + step * moved, j + step * moved
    return i, j


def _misread(left: str, right: str, rim: Hunk) -> bool:
    """Whether the two begin or end at the same place, with a slip too near the rim for an anchor."""
    a, b = left[rim.a : rim.b], right[rim.c : rim.d]
    if not a or not b or max(len(a), len(b)) > _RIM or abs(len(a) - len(b)) > 1:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.5


def _common(left: str, right: str) -> int:
    """How many characters the two begin with alike."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _blocks(left: str, right: str) -> list[tuple[int, int, int]]:
    """Passages alike `(place in left, place in right, length)`, in order in both, none overlapping another."""
    there = _once(right)
    pairs = [(i, there[gram]) for gram, i in _once(left).items() if gram in there]
    pairs.sort()
    blocks: list[tuple[int, int, int]] = []
    for first, second in _rising(pairs):
        i, j, length = first, second, _ANCHOR
        if blocks:
            last = blocks[-1]
            covered = max(last[0] + last[2] - i, last[1] + last[2] - j, 0)
            if covered >= length:
                continue
            i, j, length = i + covered, j + covered, length - covered
            if (i, j) == (last[0] + last[2], last[1] + last[2]):
                blocks[-1] = (last[0], last[1], last[2] + length)
                continue
        blocks.append((i, j, length))
    return blocks


def _once(text: str) -> dict[str, int]:
    """The passages that occur once in `text`, and where."""
    places: dict[str, int] = {}
    for at in range(len(text) - _ANCHOR + 1):
        gram = text[at : at + _ANCHOR]
        places[gram] = -1 if gram in places else at
    return {gram: at for gram, at in places.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both places grow; `pairs` come in order of the first."""
    return [pairs[index] for index in longest_rising([place for _, place in pairs])]


def _refined(left: str, right: str, gap: Hunk) -> Iterator[Hunk]:
    """The characters of a gap that really differ."""
    ours, theirs = left[gap.a : gap.b], right[gap.c : gap.d]
    front = _common(ours, theirs)
    back = _common(ours[front:][::-1], theirs[front:][::-1])
    a, b, c, d = gap.a + front, gap.b - back, gap.c + front, gap.d - back
    if a == b and c == d:
        return
    if max(b - a, d - c) > _FINE or a == b or c == d:
        yield Hunk(a, b, c, d)
        return
    for tag, i, k, j, m in SequenceMatcher(None, left[a:b], right[c:d], autojunk=False).get_opcodes():
        if tag != "equal":
            yield Hunk(a + i, a + k, c + j, c + m)
