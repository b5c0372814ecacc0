"""A stream of pieces cut into the sentences of an answer as they come, thoughts left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 600  # characters; what goes on without a stop is no sentence
_OPENING, _CLOSING = "“‘《（【「『(", "”’》）】」』)"
_STOPS = "。！？；!?"
# [1], [1][3], [1,3], 【2】, [依据4]: never four digits, which are a year.
_MARK = re.compile(
    r"[\[［【]\s{0,2}(?:证据|依据|原文|编号)?\s{0,2}(\d{1,3}(?:[,，、;；\s~～-]{1,3}\d{1,3}){0,8})\s{0,2}[\]］】]"
)
_BEGINS_MARK = re.compile(r"\s{0,2}[\[［【][^\]］】\n]{0,24}$")
_LIST = re.compile(r"^\s*(?:[-*•·]\s+|#{1,6}\s+|\d{1,2}(?:[)）、]|[.．](?!\d))\s{0,3})")
_LIGHT = re.compile(r"\*\*|__|`")
_WORD = re.compile(r"\w")
_THINK, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence without its marks, and the numbers that they name. `whole`: it came to an end."""

    text: str
    cited: tuple[int, ...]
    whole: bool


def sentences_in(pieces: Iterable[str]) -> Iterator[Said]:
    """Every sentence as soon as it is certain where it ends. Pieces may be cut anywhere, also inside [12]."""
    buffer = ""
    for piece in spoken(pieces):
        buffer += piece
        while (end := _end(buffer, last=False)) is not None:
            yield from _said(buffer[:end])
            buffer = buffer[end:]
    while buffer:
        end = _end(buffer, last=True) or len(buffer)
        yield from _said(buffer[:end])
        buffer = buffer[end:]


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """Without what stands in <think>…</think>, as some servers send a model's thoughts."""
    thinking, held = False, ""
    for piece in pieces:
        held += piece
        while held:
            mark = _THOUGHT if thinking else _THINK
            at = held.find(mark)
            if at >= 0:
                if not thinking and at:
                    yield held[:at]
                thinking, held = not thinking, held[at + len(mark) :]
                continue
            kept = _tail(held, mark)
            if not thinking and len(held) > kept:
                yield held[: len(held) - kept]
            held = held[len(held) - kept :]
            break
    if held and not thinking:
        yield held


def _tail(text: str, mark: str) -> int:
    """How many of the last characters may be the beginning of `mark`."""
    return next((n for n in range(min(len(mark) - 1, len(text)), 0, -1) if mark.startswith(text[-n:])), 0)


def _end(buffer: str, *, last: bool) -> int | None:
    """One past the first sentence with the marks behind it; None where more may belong to it."""
    depth = 0
    for at, character in enumerate(buffer):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character == "\n":
            return at + 1
        elif character in _STOPS and depth == 0:
            return _past_marks(buffer, at + 1, last=last)
        if at >= LONGEST:
            return at + 1
    return None


def _past_marks(buffer: str, at: int, *, last: bool) -> int | None:
    while at < len(buffer) and buffer[at] in _CLOSING:
        at += 1
    while True:
        gap = at
        while gap < min(len(buffer), at + 2) and buffer[gap] in " 　":
            gap += 1
        mark = _MARK.match(buffer, gap)
        if mark is None:
            break
        at = mark.end()
    undecided = at == len(buffer) or gap == len(buffer) or _BEGINS_MARK.match(buffer, at)
    return None if undecided and not last else at


def _said(passage: str) -> Iterator[Said]:
    line = passage.rstrip()
    text = _LIGHT.sub("", _LIST.sub("", _MARK.sub("", line), count=1)).strip()
    if not _WORD.search(text):
        return  # a mark on a line of its own, a rule
    numbers = [number for mark in _MARK.finditer(line) for number in _numbers(mark[1])]
    stopped = text.rstrip(_CLOSING)[-1:] in _STOPS + "：:"
    ended = stopped or passage.endswith("\n") or line[-1] in "]］】"
    yield Said(text, tuple(dict.fromkeys(numbers)), ended and len(passage) <= LONGEST)


def _numbers(inside: str) -> Iterator[int]:
    """2-4 names three."""
    for first, last in re.findall(r"(\d{1,3})(?:\s?[~～-]\s?(\d{1,3}))?", inside):
        low, high = int(first), int(last or first)
        yield from range(low, min(high, low + 20) + 1)
