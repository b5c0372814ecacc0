"""Where each page of a document begins in its text, which page a place stands on, how pages are spoken of. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ingest.model import Block

PageStarts = tuple[tuple[int, int], ...]  # (start, page), starts ascending; () for a document without pages


def page_starts(blocks: Sequence[Block]) -> PageStarts:
    """A block without a page stands on that of the block before it."""
    starts: list[tuple[int, int]] = []
    for block in blocks:
        if block.page is not None and (not starts or starts[-1][1] != block.page):
            starts.append((block.start, block.page))
    return tuple(starts)


def page_at(starts: PageStarts, position: int) -> int | None:
    """The page of the character at `position`; what stands before the first page's text counts as on it."""
    if not starts:
        return None
    return starts[max(0, bisect_right(starts, position, key=lambda one: one[0]) - 1)][1]


def named(pages: Sequence[int], most: int) -> str:
    """第 1、2 页; of more than `most` the rest is only counted."""
    listed = "、".join(map(str, pages[:most]))
    return f"第 {listed} 页" if len(pages) <= most else f"第 {listed} 等 {len(pages)} 页"
