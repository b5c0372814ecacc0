"""The longest rising run of a sequence: what stands in order when some of it does not. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

_Key = TypeVar("_Key", int, tuple[int, int])


def longest_rising(keys: Sequence[_Key]) -> list[int]:
    """The places of the most keys that grow from one to the next, left to right; of several such runs, one."""
    tails: list[_Key] = []  # the smallest key that a run of each length ends with
    tail_at: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        length = bisect_left(tails, key)
        before.append(tail_at[length - 1] if length else -1)
        if length == len(tails):
            tails.append(key)
            tail_at.append(index)
        else:
            tails[length], tail_at[length] = key, index
    run: list[int] = []
    index = tail_at[-1] if tail_at else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]
