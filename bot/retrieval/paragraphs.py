"""An article cut into its 款 and 项, as they are counted in 第二款第三项. Pure: spans of the text that is given."""

from __future__ import annotations

import re

from ingest.text import NUMERAL

_LABEL = re.compile(
    rf"\s*(?:#+\s*)?(?:\*\*)?第\s*[{NUMERAL}\d]+\s*条(?:\s*之\s*[{NUMERAL}\d]+)?(?:\*\*)?(?:\s*【[^】\n]*】)?\s*"
)
_ITEM = re.compile(rf"\s*[（(][{NUMERAL}\d]+[）)]")
_BELOW_ITEM = re.compile(r"\s*(?:\d+[.．、]|[①-⑳])")
_ENDED = re.compile(r"[。！？：；][”’）)》]*\s*$")
_STOPPED = re.compile(r"[。！？][”’）)》]*\s*$")


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The 款 of the article `text[start:end]`, without its label 第X条; a 项 belongs to the 款 above it.

    A 款 begins with a new line after a full stop. A line after none goes on with what is above: a hard line break.
    """
    label = _LABEL.match(text, start, end)
    found: list[tuple[int, int]] = []
    for line_start, line_end in _lines(text, label.end() if label else start, end):
        below = _ITEM.match(text, line_start, line_end) or _BELOW_ITEM.match(text, line_start, line_end)
        if found and (below or not _STOPPED.search(text, found[-1][0], found[-1][1])):
            found[-1] = (found[-1][0], line_end)
        else:
            found.append((line_start, line_end))
    return found


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The 项 （一）（二）… of the 款 `text[start:end]`; empty when it has none."""
    found: list[tuple[int, int]] = []
    for line_start, line_end in _lines(text, start, end):
        if _ITEM.match(text, line_start, line_end):
            found.append((line_start, line_end))
        elif found and (_BELOW_ITEM.match(text, line_start, line_end) or not _ENDED.search(text, *found[-1])):
            found[-1] = (found[-1][0], line_end)
    return found


def place(text: str, start: int, end: int, paragraph: int | None, item: int | None) -> tuple[int, int] | None:
    """Where the 款 or 项 of the article `text[start:end]` stands; None when it has no such one."""
    spans = paragraphs(text, start, end)
    if paragraph:
        if paragraph > len(spans):
            return None
        spans = spans[paragraph - 1 : paragraph]
    if not item:
        return (spans[0][0], spans[-1][1]) if spans else None
    points = [point for span in spans for point in items(text, *span)]
    return points[item - 1] if item <= len(points) else None


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the lines that hold anything, without white space around them."""
    spans = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        words = text[at:stop]
        if words.strip():
            spans.append((at + len(words) - len(words.lstrip()), at + len(words.rstrip())))
        at = stop + 1
    return spans
