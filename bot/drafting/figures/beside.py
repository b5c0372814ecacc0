"""What a figure is a figure of: the words beside it, the year it belongs to. Pure.

处分6名 and 发展党员6名 hold the same figure of two things. The words right before a figure name the thing (发展党员6名); where
none are, those right after (6名支部书记), else those of the clause before (…分别为7项、9项). Words that name nothing
(共有, 达到, 其中) are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.drafting.figures.reading import read
from bot.drafting.figures.stated import Figure
from bot.drafting.figures.units import UNIT
from bot.drafting.figures.wording import acts, named, thing
from bot.drafting.model import PENDING

# 三是7名支部书记: the words that count the facts name nothing.
_BOUND = re.compile(r"[，。；：！？、（）()\n,;:!?]|(?:^|(?<=[。；，：\n]))[一二三四五六七八九十]{1,2}是")
_SENTENCE = re.compile(r"[。！？；\n]")
_BEFORE_THIS = re.compile(r"上年|去年|上一年|前一年")
_AGAINST = frozenset("比较与同")
_CHANGED = re.compile("[增减多少降升缩压]|提高|持平")
_CLAUSE_LENGTH, _DATES = 60, 8  # how far back the clause and the year of a figure are looked for
_TAIL, _HEAD, _DOING, _NEAR = (
    4,
    2,
    6,
    14,
)  # characters that name a thing; those that may hold its name in other words
_OF_WHAT_FOLLOWS = re.compile("[的将把中里内有]$")
_MARK = re.compile(rf"{re.escape(PENDING)}(?:[ ]?(?:{UNIT}))?")


@dataclass(frozen=True, slots=True)
class Beside:
    """`core`: the characters that name the figure's thing; `near`: those around it; `wide`: those of its sentence.

    `acts`: what was done with it. `year`: the year it is said of, 0 where none is, -1 for 上年 of a year not known.
    `name`: the words right before it, "" where none touch it. `short`: the first of the words after
    it, where those name the thing; they may run on (6名党员表现突出).
    """

    core: frozenset[str]
    near: frozenset[str]
    wide: frozenset[str]
    acts: frozenset[str]
    year: int
    name: str = ""
    short: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with what it is a figure of; a `label` is part of the name of something else (第一季度, 35岁以下)."""

    figure: Figure
    beside: Beside
    label: bool = False


@lru_cache(maxsize=4096)
def said(text: str, year: int = 0) -> tuple[Said, ...]:
    """Every figure of a text with its words; `year` holds where the text names none before the figure."""
    figures = read(text)
    dates = [figure for figure in figures if figure.kind == "date"]
    blank = list(text)
    for date in dates:
        blank[date.start : date.end] = " " * (date.end - date.start)
    undated = "".join(blank)
    marks = [(figure.start, figure.end) for figure in figures if not _is_label(figure, text)]
    marks += [found.span() for found in _MARK.finditer(text)]
    cuts = sorted([*marks, *(found.span() for found in _BOUND.finditer(text))])
    stops = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    found: list[Said] = []
    for start, end in pairwise(stops):
        inside = figures[_first(figures, start) : _first(figures, end)]
        if inside:
            parts = _parts(
                undated, start, end, cuts[bisect_left(cuts, (start, 0)) : bisect_left(cuts, (end, 0))]
            )
            wide = frozenset(filter(str.isalpha, thing(undated[start:end])))
            here = dates[_first(dates, start) : _first(dates, end)]
            found += [
                _said(text, figure, parts, wide, _year(text, figure, here, start, year)) for figure in inside
            ]
    return tuple(found)


def _is_label(figure: Figure, text: str) -> bool:
    """A figure that is part of a thing's name: 第一季度10项, 35岁以下4名; dates too, which name the time."""
    aged = figure.unit == "岁" and text[figure.end : figure.end + 1] in {"以", "及", "至"}
    return aged or figure.kind in {"date", "ordinal", "reference"}


def _first(figures: Sequence[Figure], at: int) -> int:
    """The place of the first figure that begins at or after `at`."""
    return bisect_left(figures, at, key=lambda figure: figure.start)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a sentence between its figures and marks: its text, its words, those of the last part that has any."""

    start: int
    end: int
    text: str
    words: str
    last: str


_NO_PART = _Part(-1, -1, "", "", "")


def _parts(text: str, start: int, end: int, cuts: Sequence[tuple[int, int]]) -> list[_Part]:
    found: list[_Part] = []
    at, last = start, ""
    for a, b in (*cuts, (end, end)):
        if a > at:
            words = thing(text[at:a])
            last = words or last
            found.append(_Part(at, a, text[at:a], words, last))
        at = max(at, b)
    return found


def _said(text: str, figure: Figure, parts: Sequence[_Part], wide: frozenset[str], year: int) -> Said:
    if _is_label(figure, text):
        return Said(figure, Beside(frozenset(), frozenset(), wide, frozenset(), year), label=True)
    at = bisect_right(parts, figure.start, key=lambda part: part.end)
    before = parts[at - 1] if at else _NO_PART
    touching = before if before.end == figure.start else _NO_PART
    after = parts[at] if at < len(parts) and parts[at].start == figure.end else _NO_PART
    turned = bool(_OF_WHAT_FOLLOWS.search(touching.text))  # 5家企业的12名党员
    repeated = turned and bool(touching.words) and set(touching.words) <= set(after.words)  # 新发展的六名党员
    before_it = "" if turned and after.words and not repeated else touching.words
    core = before_it[-_TAIL:] or after.words[:_TAIL] or before.last[-_TAIL:]
    short = "" if before_it else after.words[:_HEAD]
    leading = touching.words or ("" if after.words else before.last)
    near = leading[-_NEAR:] + after.words[:_NEAR]
    done = acts(touching.text)
    if turned or not (touching.words or done):
        done |= acts(after.text[:_DOING])
    name = named(touching.text)
    return Said(figure, Beside(frozenset(core), frozenset(near), wide, done, year, name, frozenset(short)))


def _year(text: str, figure: Figure, dates: Sequence[Figure], start: int, year: int) -> int:
    """Of the nearest year before it in its sentence, else the one that holds for the text; 上年 is the one before.

    What is only compared with (比上年增加2名) holds for its own clause, and there not for what was added or lost.
    """
    nearby = text[max(start, figure.start - _CLAUSE_LENGTH) : figure.start]
    clause = nearby[max(nearby.rfind(mark) for mark in "，；,;") + 1 :]
    named_year = year
    for date in reversed(dates[: _first(dates, figure.start)][-_DATES:]):
        compared = text[max(0, date.start - 1) : date.start] in _AGAINST
        beside = date.end > figure.start - len(clause) and not _CHANGED.search(text[date.end : figure.start])
        if date.low >= 10000 and (beside or not compared):
            named_year = int(date.low // 10000)
            break
    last = [found.end() for found in _BEFORE_THIS.finditer(clause)]
    if last and not _CHANGED.search(clause[last[-1] :]):
        return named_year - 1 if named_year else -1
    return named_year
