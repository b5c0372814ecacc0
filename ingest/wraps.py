"""Lines that were broken only because they were full: which follow on to which. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.text import COUNTING, ORDINAL

STRUCTURE_START = re.compile(
    rf"[ \t\u3000]*(?:第[{ORDINAL}\d]+[编章节]|第[{ORDINAL}\d]+条(?![的、和或及至到款项规所中之]|以[外及上下])"
    rf"|[{COUNTING}]+、|[（(][{COUNTING}\d]+[）)]|\d{{1,2}}[.．、](?!\d))"
)
_FINISHED = "。！？；：…”）》】.!?;:"
_STOPS = "。！？；："
_PAUSES = re.compile("[，。；、：,;]")
_DATE_LINE = re.compile(
    rf"[\s（(]*[\d零〇○{COUNTING}]{{4}}\s*年\s*[\d{COUNTING}]{{1,3}}\s*月(?:\s*[\d{COUNTING}]{{1,3}}\s*日)?[\s）)]*"
)
_LABEL = re.compile(r"\s*(?:附件|附表|附录|抄送|抄报|主送|联系人|联系电话|印发|此件|注)\s*[：:\d]")
_NUMBER_CUT = re.compile(r"\d[.．]?$")  # a number, or one whose decimals may be on the next line
_DIGIT = re.compile(r"\d")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_CELL_GAP = re.compile(r"[^\S\n]+")
_MOST_CELLS = 3  # pieces apart from each other from which a line is a row of a table or a list of names
_LEAST_LINES = 12  # of a text that may be wrapped
_LEAST_FULL = 3  # full lines on printed pages, which are wrapped as a rule
_INDENT = 8  # half-width columns that a full printed line may lack: an indent of two letters, and two letters of kinsoku


def columns(line: str) -> int:
    """The printed width in half-width columns."""
    return len(line.encode("gbk", "replace"))  # one byte for what is half as wide; faster than counting


def is_date_line(line: str) -> bool:
    """Whether the line is a date, or the blank for one."""
    return _DATE_LINE.fullmatch(line) is not None or "".join(line.split()) == "年月日"


def is_cells(line: str) -> bool:
    """Whether spaces cut the line into pieces as in a table or a list of names."""
    pieces = _CELL_GAP.split(line.strip())
    if 2 * sum(piece[:1].isascii() and piece[:1].isalpha() for piece in pieces) > len(pieces):
        return False  # Latin words
    return len(pieces) >= _MOST_CELLS and sum(len(piece) <= 8 for piece in pieces) >= 0.7 * len(pieces)


def wrap_width(lines: Sequence[str], *, printed: bool) -> int | None:
    """The width in half-width columns at which most full lines break off without a stop; None if they do not."""
    if printed:
        return _printed_width(lines)
    lengths = sorted(map(columns, lines))
    if len(lengths) < _LEAST_LINES:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    full = [line for line in lines if 0.85 * width <= columns(line) <= 1.1 * width]
    unfinished = sum(line[-1] not in _FINISHED for line in full)
    if 24 <= width <= 240 and len(full) >= 0.4 * len(lengths) and unfinished >= 0.6 * len(full):
        return width
    return None


def _printed_width(lines: Sequence[str]) -> int | None:
    """Pages are printed in full lines of one width, few of which end with a stop, and which hold commas."""
    widths = sorted(map(columns, lines), reverse=True)
    least = max(_LEAST_FULL, len(widths) // 4)
    widest = next(
        (w for at, w in enumerate(widths) if sum(w - _INDENT <= v <= w for v in widths[at:]) >= least), 0
    )
    full = [line for line in lines if widest - _INDENT <= columns(line) <= widest]
    unfinished = sum(line[-1] not in _FINISHED for line in full)
    running = sum(_PAUSES.search(line) is not None for line in full)
    if not 24 <= widest <= 240 or 2 * unfinished < len(full) or 2 * running < len(full):
        return None
    # The most common one: marks that may not start a line hang over the edge of the widest.
    return max(Counter(map(columns, full)).items(), key=lambda one: (one[1], one[0]))[0]


def cuts_number(line: str, following: str) -> bool:
    """Whether a number goes on over the break: 63|4名, 12.|5万. English text breaks between words, never in a number."""
    if not (_DIGIT.match(following) and _NUMBER_CUT.search(line)):
        return False
    return _IDEOGRAPH.search(line) is not None or _IDEOGRAPH.search(following) is not None


def follows_on(line: str, following: str, width: int, *, printed: bool) -> bool:
    """Whether `following` goes on with the sentence of `line`, which was broken only because it was full."""
    if STRUCTURE_START.match(following) or following.startswith(("\u3000\u3000", "    ")):
        return False
    wide, finished = columns(line), line[-1] in _FINISHED and not cuts_number(line, following)
    if not printed:
        return wide >= 0.8 * width and (not finished or (wide >= 0.97 * width and line[-1] not in _STOPS))
    if is_date_line(line) or is_date_line(following) or _LABEL.match(following):
        return False
    if is_cells(line) or is_cells(following):
        return False
    if line[-1] in "，、":
        return True
    full = width - _INDENT <= wide <= 1.1 * width
    # A stop at the very edge ends a sentence there or a paragraph: nothing tells; points that end with ； are numbered.
    stops = finished and (line[-1] in "。！？：.!?:" or wide < width - _INDENT // 2)
    return full and not stops and (_PAUSES.search(line) or _PAUSES.search(following)) is not None
