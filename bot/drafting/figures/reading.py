"""Every figure of a text that states something, in reading order, comparable: 十二名 = 12名, 4.347万元 = 43470元. Pure.

Read are numbers with what they count, dates, shares, rates, ranges, ordinals (第一季度), references (第十二条,
〔2024〕12号) and masks (X个, **万元). Not read: numbering (一、 （1） 一是) and names with numerals (`names`). An Arabic
number counts with any unit or none; a Chinese one only with a unit that is known. 一 before 个, 项, 种 … is mostly an article:
it counts after words that count (新建, 只有, 每人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.drafting.figures.counts import counts
from bot.drafting.figures.days import dates
from bot.drafting.figures.names import name_spans, quoted_names
from bot.drafting.figures.ordinals import clocks, ordinals, references, shares
from bot.drafting.figures.stated import Figure
from bot.drafting.model import PENDING

_NUMBERING = re.compile(
    r"(?:^|(?<=[\n。；;：:\t 　]))[ \t\u3000]{0,8}(?:\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|\d{1,2}[)）])|[(（]\d{1,2}[)）]|"
    r"(?:附件|附表|附图|附录|(?<![\u4e00-\u9fff])[表图])[ ]?\d{1,2}(?![\d%])|\[\d{1,3}\]|[①-⑳]",
    re.MULTILINE,
)
_LETTERS = re.compile(
    r"[A-Z]{1,4}(?:/[A-Z]{1,2})? \d{2,6}(?:[-—.]\d{1,6}){0,3}|[A-Za-z]{1,12}-?\d{1,3}(?![\d,.])[A-Za-z]{0,8}|"
    r"(?<!\d)\d{1,3}[A-WYZa-wyz][A-Za-z]{0,8}|(?<![\dNXx×])(?:[\dNXx×]{1,3}[+＋]){1,6}[\dNXx×]{1,3}"
)
_PENDING = re.compile(re.escape(PENDING))
_SAYS = re.compile(r"(?:为|是|少于|多于|超过|达到?|满|共|至少|最多)$")


def figures_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """`(start, end, text)` of every figure, in order; none overlaps another, and `text[start:end]` is the third."""
    return tuple((figure.start, figure.end, figure.text) for figure in read(text))


def read(text: str) -> tuple[Figure, ...]:
    taken = bytearray(len(text))
    for start, end in not_figures(text):
        taken[start:end] = b"\1" * (end - start)
    quoted = bytearray(len(text))
    for start, end in quoted_names(text):
        quoted[start:end] = b"\1" * (end - start)
    found: list[Figure] = []
    for reader in (references, dates, shares, ordinals, clocks, counts):
        # 第十二条-7: no range begins inside a reference.
        whole = _without(text, found) if reader is counts else text
        for figure in reader(whole):
            free = not any(taken[figure.start : figure.end])
            if free and not (quoted[figure.start] and _is_name(figure, text)):
                taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
                found.append(figure)
    return tuple(sorted(found, key=lambda one: one.start))


def _without(text: str, found: list[Figure]) -> str:
    """The text, as long as before, without its references."""
    characters = list(text)
    for one in found:
        if one.kind == "reference":
            characters[one.start : one.end] = chr(0) * (one.end - one.start)
    return "".join(characters)


def not_figures(text: str) -> Iterator[tuple[int, int]]:
    """Numbering, names with numerals, and the mark for what is not known: spans that may overlap."""
    yield from name_spans(text)
    for pattern in (_NUMBERING, _LETTERS, _PENDING):
        for match in pattern.finditer(text):
            yield match.span()


def _is_name(figure: Figure, text: str) -> bool:
    """A figure in a short quotation: a name, unless it is Arabic with a unit, or words lead to it that state (预备期为一年)."""
    number = text[figure.core_start : figure.core_end]
    if figure.masked or not figure.unit:
        return True
    return not any("0" <= character <= "9" for character in number) and not _SAYS.search(
        text[max(0, figure.start - 4) : figure.start]
    )
