"""Figures of a finished text that come from nowhere. Pure.

It is run on the paragraphs of the exported file and trusts nothing that the draft says of its own figures
(`DraftSentence.figures`): it reads the text again, and beside the reader of figures it looks at every Arabic digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.drafting.figures.reading import not_figures, read
from bot.drafting.figures.stated import Figure
from bot.drafting.model import PENDING, Draft
from bot.verify.daywords import days_in_words

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_STOPS = "。；！？\n"


@dataclass(frozen=True, slots=True)
class Stray:
    """A figure of `paragraphs[paragraph][start:end]` that no fact, calculation, source or mark accounts for, and why."""

    paragraph: int
    start: int
    end: int
    text: str
    reason: str


def audit(paragraphs: Sequence[str], draft: Draft) -> tuple[Stray, ...]:
    """Every stray figure of the paragraphs, in order; none: each figure is accounted for."""
    materials = _materials(draft)
    verbatim = "\n".join(materials)
    figures = [(figure, material) for material in materials for figure in read(material) if not figure.masked]
    return tuple(
        stray
        for n, paragraph in enumerate(paragraphs)
        for stray in sorted(_strays(n, paragraph, figures, verbatim), key=lambda one: one.start)
    )


def _materials(draft: Draft) -> list[str]:
    """All that the figures of this draft may be taken from, as text, days in words as the draft writes them."""
    request = draft.request
    day = request.dated
    texts = [request.title, request.unit, request.period, request.audience, request.signer, *request.headings]
    texts += [f"{day.year}年{day.month}月{day.day}日"] if day else []
    texts += [fact.text for fact in request.facts]
    texts += [
        f"{cell.period}{cell.indicator}{cell.text}{cell.unit}"
        for cell in request.cells
        if cell.value is not None
    ]
    for calculation in draft.calculations:
        texts += [calculation.text, calculation.text.partition("：")[0] + calculation.result]
    for citation in draft.citations:
        texts += [
            citation.quote,
            citation.title,
            citation.article or "",
            citation.source,
            *citation.heading_path,
        ]
        texts += [f"第{citation.page}页"] if citation.page else []
    return [days_in_words(text) for text in texts if text]


def _strays(n: int, paragraph: str, figures: Sequence[tuple[Figure, str]], verbatim: str) -> Iterator[Stray]:
    seen = bytearray(len(paragraph))
    for start, end in not_figures(paragraph):
        seen[start:end] = b"\1" * (end - start)
    for figure in read(paragraph):
        seen[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
        reason = "" if figure.masked else _why_stray(figure, paragraph, figures)
        if reason:
            yield Stray(n, figure.start, figure.end, figure.text, reason)
    for digits in _DIGITS.finditer(paragraph):
        if not all(seen[digits.start() : digits.end()]) and digits[0] not in verbatim:
            yield Stray(n, digits.start(), digits.end(), digits[0], "材料中没有这个数字")


def _why_stray(figure: Figure, paragraph: str, figures: Sequence[tuple[Figure, str]]) -> str:
    """Nothing where a material says the same figure of something that this sentence speaks of."""
    same = [material for other, material in figures if _says_same(figure, other)]
    if not same:
        return "材料中没有这个数"
    if figure.kind in {"date", "reference"}:
        return ""
    words = _pairs(_sentence(paragraph, figure).replace(PENDING, " "))
    if not words or any(words & _pairs(material) or not _pairs(material) for material in same):
        return ""
    return "材料中有这个数，说的不是同一件事"


def _says_same(figure: Figure, other: Figure) -> bool:
    if figure.kind == "date":
        return (
            other.kind == "date"
            and _covers(other.low, figure.low)
            and (not figure.high or other.high == figure.high)
        )
    units = {figure.unit, other.unit}
    if len(units) > 1 and not ("" in units and not units & {"%", "百分点", "元", "天"}):
        return False
    return (round(figure.low, 4), round(figure.high, 4), figure.more) == (
        round(other.low, 4),
        round(other.high, 4),
        other.more,
    )


def _covers(whole: float, part: float) -> bool:
    """2025年12月31日 covers 12月31日 and 2025年."""
    return all(not p or p == w for w, p in zip(_split(whole), _split(part), strict=True))


def _split(day: float) -> tuple[int, int, int]:
    number = int(day)
    return number // 10000, number // 100 % 100, number % 100


def _sentence(paragraph: str, figure: Figure) -> str:
    start = max(paragraph.rfind(stop, 0, figure.start) for stop in _STOPS) + 1
    ends = (paragraph.find(stop, figure.end) for stop in _STOPS)
    return paragraph[start : min((end for end in ends if end >= 0), default=len(paragraph))]


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    """Neighbouring Chinese characters, two and two."""
    return frozenset(pair for pair in map("".join, pairwise(text)) if _HAN.fullmatch(pair))
