"""What a figure is a figure of: the words beside it, the year it belongs to. Pure.

处分6名 and 发展党员6名 hold the same figure of two things. The words right before a figure name the thing (发展党员6名); where
none are, those right after (6名支部书记), else those of the clause before (…分别为7项、9项). Words that name nothing
(共有, 达到, 其中) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.drafting.figures import Figure, read
from bot.drafting.model import PENDING
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
    (re.compile("多(?=[0-9０-９〔])"), "增加"),
    (re.compile("少(?=[0-9０-９〔])"), "减少"),
)
# 三是7名支部书记: the words that count the facts name nothing.
_BOUND = re.compile(r"[，。；：！？、（）()\n,;:!?]|(?:^|(?<=[。；，：\n]))[一二三四五六七八九十]{1,2}是")
_SENTENCE = re.compile(r"[。！？；\n]")
_BEFORE_THIS = re.compile(r"上年|去年|上一年|前一年")
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
    """A figure with what it is a figure of."""

    figure: Figure
    beside: Beside


@lru_cache(maxsize=4096)
def said(text: str, year: int = 0) -> tuple[Said, ...]:
    """Every figure of a text with its words; `year` holds where the text names none before the figure."""
    figures = read(text)
    marks = [(figure.start, figure.end) for figure in figures if figure.kind != "date"]
    marks += [found.span() for found in _MARK.finditer(text)]
    cuts = sorted([*marks, *(found.span() for found in _BOUND.finditer(text))])
    dates = [figure for figure in figures if figure.kind == "date"]
    stops = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    return tuple(_said(text, figure, cuts, dates, stops, year) for figure in figures)


def named(words: str) -> frozenset[str]:
    """The characters of some words that name a thing, as `Beside` holds them."""
    return frozenset(_content(words, [figure for figure in read(words) if figure.kind == "date"], 0))


def _said(
    text: str,
    figure: Figure,
    cuts: Sequence[tuple[int, int]],
    dates: Sequence[Figure],
    stops: Sequence[int],
    year: int,
) -> Said:
    start = max(stop for stop in stops if stop <= figure.start)
    end = min((stop for stop in stops if stop >= figure.end), default=len(text))
    parts = _segments(start, end, cuts)
    before = [_content(text[a:b], dates, a) for a, b in parts if b <= figure.start]
    after = [_content(text[a:b], dates, a) for a, b in parts if a >= figure.end]
    touching = next((b for _, b in reversed(parts) if b <= figure.start), -1) == figure.start
    own = before[-1] if before and touching else ""
    beginning = after[0] if after else ""
    if own:
        core = own[-_TAIL:]
    elif beginning and _touches(parts, figure.end):
        core = beginning[:_TAIL]
    else:
        core = next((part for part in reversed(before) if part), beginning)[-_TAIL:]
    near = (own or next((part for part in reversed(before) if part), ""))[-_NEAR:] + beginning[:_NEAR]
    whole = _content(text[start:end], dates, start)
    return Said(
        figure,
        Beside(
            frozenset(core), frozenset(near), frozenset(whole), _year(text, figure, dates, start, year), own
        ),
    )


def _touches(parts: Sequence[tuple[int, int]], at: int) -> bool:
    return any(a == at for a, _ in parts)


def _segments(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a sentence between its figures and marks, in order, without the empty ones."""
    found, at = [], start
    for a, b in cuts:
        if start <= a < end:
            if a > at:
                found.append((at, a))
            at = max(at, b)
    return [*found, (at, end)] if at < end else found


def _content(text: str, dates: Sequence[Figure], offset: int) -> str:
    for date in dates:
        if offset <= date.start and date.end <= offset + len(text):
            text = text.replace(date.text, "")
    text = text.replace(PENDING, "")
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return "".join(filter(str.isalpha, _EMPTY.sub("", text)))


def _year(text: str, figure: Figure, dates: Sequence[Figure], start: int, year: int) -> int:
    """Of the nearest year before it in its sentence; 上年 is the one before; else the one that holds for the text."""
    named = year
    for date in dates:
        if date.start < figure.start and date.low >= 10000 and (date.start >= start or not year):
            named, start = int(date.low // 10000), max(start, date.end)
    if _BEFORE_THIS.search(text[start : figure.start]):
        return named - 1 if named else -1
    return named
