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

from bot.drafting.figures import read
from bot.drafting.model import PENDING
from bot.drafting.stated import Figure
from bot.drafting.units import UNIT

_EMPTY = re.compile(
    r"截至|截止|目前|全年|今年以来|今年|本年度?|当年|年内|年度|年末|年底|上年末|上年|去年|上一年|同期|同比|其中|分别|合计|共计|总计|累计|总数|数量|人数|共有|现有|已有|设有|拥有|一共|"
    r"达到|不少于|不超过|不足|超过|至少|最多|先后|全部|平均|约为|大约|包括|主要|以上|以下|以内|左右|新发展|"
    r"[的了为有是在共已均各及和与等约近达比较由从到至将把被以对并还也又再只仅则中里内末起止总名个位人年月日“”‘’\"《》\s　]"
)
_SAME = (
    (
        re.compile(
            "接收预备党员|吸收预备党员|吸收党员|新发展的?党员|新发展的|新发展|党员发展(?!对象)|新党员"
        ),
        "发展党员",
    ),
    (re.compile("共产党员"), "党员"),
    (re.compile("党费收缴|交纳党费|缴纳党费|收缴的党费"), "收缴党费"),
    (re.compile("多$"), "增加"),
    (re.compile("少$"), "减少"),
)
# 三是7名支部书记: the words that count the facts name nothing.
_BOUND = re.compile(r"[，。；：！？、（）()\n,;:!?]|(?:^|(?<=[。；，：\n]))[一二三四五六七八九十]{1,2}是")
_SENTENCE = re.compile(r"[。！？；\n]")
_BEFORE_THIS = re.compile(r"上年|去年|上一年|前一年")
_AGAINST = frozenset("比较与同")
_CHANGED = re.compile("[增减多少降升缩压]|提高|持平")
_CLAUSE_LENGTH, _DATES = 60, 8  # how far back the clause and the year of a figure are looked for
_TAIL, _NEAR = 4, 14  # characters that name a thing; those that may hold its name in other words
_MARK = re.compile(rf"{re.escape(PENDING)}(?:[ ]?(?:{UNIT}))?")


@dataclass(frozen=True, slots=True)
class Beside:
    """`core`: the characters that name the figure's thing; `near`: those around it; `wide`: those of its sentence.
    `year`: the year it is said of, 0 where none is. `name`: the words right before it, "" where none touch it.
    """

    core: frozenset[str]
    near: frozenset[str]
    wide: frozenset[str]
    year: int
    name: str = ""


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
            wide = frozenset(filter(str.isalpha, _content(undated[start:end])))
            here = dates[_first(dates, start) : _first(dates, end)]
            found += [
                _said(text, figure, parts, wide, _year(text, figure, here, start, year)) for figure in inside
            ]
    return tuple(found)


def named(words: str) -> frozenset[str]:
    """The characters of some words that name a thing, as `Beside` holds them."""
    return frozenset(_content(words))


def _is_label(figure: Figure, text: str) -> bool:
    """A figure that is part of a thing's name: 第一季度10项, 35岁以下4名; dates too, which name the time."""
    aged = figure.unit == "岁" and text[figure.end : figure.end + 1] in {"以", "及", "至"}
    return aged or figure.kind in {"date", "ordinal", "reference"}


def _first(figures: Sequence[Figure], at: int) -> int:
    """The place of the first figure that begins at or after `at`."""
    return bisect_left(figures, at, key=lambda figure: figure.start)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a sentence between its figures and marks: its words, and those of the last one that has any."""

    start: int
    end: int
    words: str
    last: str


def _parts(text: str, start: int, end: int, cuts: Sequence[tuple[int, int]]) -> list[_Part]:
    found: list[_Part] = []
    at, last = start, ""
    for a, b in (*cuts, (end, end)):
        if a > at:
            words = _content(text[at:a])
            last = words or last
            found.append(_Part(at, a, words, last))
        at = max(at, b)
    return found


def _said(text: str, figure: Figure, parts: Sequence[_Part], wide: frozenset[str], year: int) -> Said:
    if _is_label(figure, text):
        return Said(figure, Beside(frozenset(), frozenset(), wide, year), label=True)
    at = bisect_right(parts, figure.start, key=lambda part: part.end)
    before = parts[at - 1] if at else _Part(0, 0, "", "")
    own = before.words if before.end == figure.start else ""
    after = parts[at].words if at < len(parts) and parts[at].start == figure.end else ""
    core = own[-_TAIL:] or after[:_TAIL] or before.last[-_TAIL:]
    near = (own or before.last)[-_NEAR:] + after[:_NEAR]
    return Said(figure, Beside(frozenset(core), frozenset(near), wide, year, own))


def _content(text: str) -> str:
    text = text.replace(PENDING, "")
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return "".join(filter(str.isalnum, _EMPTY.sub("", text)))


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
