"""What is different in two wordings, character by character, whatever their spaces and the width of their marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.versions.model import Segment
from ingest.text import search_form_with_map

_ISLAND = 3  # characters that are the same between two changes; fewer tell the reader nothing
_WHOLE = (
    1500  # characters of changed clauses that are compared one by one; of more nobody reads the single ones
)
_MOST = 250_000  # pairs of clauses that are compared
_CLAUSE = re.compile(r"[^，。；：、,;:]*[，。；：、,;:]|[^，。；：、,;:]+")


def marked(old: str, new: str) -> tuple[Segment, ...]:
    """The segments of both texts in reading order; what stands in both is given in the words of `new`."""
    left, left_at = search_form_with_map(old)
    right, right_at = search_form_with_map(new)
    if left == right:
        return (Segment("same", new),) if new else ()
    left_at, right_at = [*left_at, len(old)], [*right_at, len(new)]
    segments: list[Segment] = []
    for kind, a, b, c, d in _joined(_blocks(left, right)):
        if kind == "same":
            segments.append(Segment("same", new[right_at[c] : right_at[d]]))
            continue
        if a < b:
            segments.append(Segment("removed", old[left_at[a] : left_at[b]]))
        if c < d:
            segments.append(Segment("added", new[right_at[c] : right_at[d]]))
    return tuple(segments)


_Block = tuple[str, int, int, int, int]


def _blocks(left: str, right: str) -> Iterator[_Block]:
    """Clause by clause first: it is quicker than all characters at once, and nearer to how a person compares."""
    one, other = _CLAUSE.findall(left), _CLAUSE.findall(right)
    starts, others = _starts(one), _starts(other)
    for tag, i, j, k, n in _matched(one, other):
        a, b, c, d = starts[i], starts[j], others[k], others[n]
        if tag == "equal":
            yield "same", a, b, c, d
        elif max(b - a, d - c) > _WHOLE:
            yield "changed", a, b, c, d
        else:
            for inner, e, f, g, h in SequenceMatcher(
                None, left[a:b], right[c:d], autojunk=False
            ).get_opcodes():
                yield ("same" if inner == "equal" else "changed"), a + e, a + f, c + g, c + h


def _matched(one: list[str], other: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As SequenceMatcher's opcodes: what the two begin and end with alike is taken off first, and of very many clauses
    that repeat (a table without lines) the rest is one change.
    """
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
    left, right = one[head : len(one) - tail], other[head : len(other) - tail]
    yield "equal", 0, head, 0, head
    if len(left) * len(right) > _MOST:
        yield "replace", head, len(one) - tail, head, len(other) - tail
    else:
        for tag, i, j, k, n in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            yield tag, head + i, head + j, head + k, head + n
    yield "equal", len(one) - tail, len(one), len(other) - tail, len(other)


def _starts(pieces: list[str]) -> list[int]:
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts


def _merged(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Blocks of one kind that follow one another as one, the empty ones left out."""
    held: _Block | None = None
    for one in blocks:
        if one[1] == one[2] and one[3] == one[4]:
            continue
        if held and held[0] == one[0]:
            held = (held[0], held[1], one[2], held[3], one[4])
        else:
            if held:
                yield held
            held = one
    if held:
        yield held


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Changes that only a few same characters part are one change: 应当 and 可以 are read, not 应 and 以."""
    listed = list(_merged(blocks))
    held: _Block | None = None
    for at, (kind, a, b, c, d) in enumerate(listed):
        island = kind == "same" and b - a < _ISLAND and 0 < at < len(listed) - 1
        if kind == "same" and not island:
            if held:
                yield held
            held = None
            yield kind, a, b, c, d
        else:
            held = ("changed", held[1], b, held[3], d) if held else ("changed", a, b, c, d)
    if held:
        yield held
