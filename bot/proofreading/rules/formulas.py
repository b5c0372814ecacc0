"""Formulas that are said word for word (formulas.txt), and what is nearly one: 惩前毖后、治病救人人, 个别决定 for 会议决定.

In a long formula one character replaced, or its characters in another order; in a short one that stands in quotation
marks one replaced by a character that sounds or looks like it (alike.txt): “三严三时”. Another slogan is no slip: numerals
never count as replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.proofreading.model import WORDINGS, Finding, Sheet
from bot.proofreading.rules.fixed import alike
from bot.proofreading.sheet import found
from bot.proofreading.tables import lines

_LONG = 7  # characters; what differs from so long a formula in one of them means the formula
_KEY = 2  # characters at the beginning or the end by which a formula is looked for
_MEMBERS = 10  # characters from which members may be changed over
_NUMERALS = frozenset("一二两三四五六七八九十双多几和与及或的之")  # and what only joins words
_QUOTED = re.compile("“(?P<x>[\u4e00-\u9fff]{3,8})”")


def find(sheet: Sheet) -> Iterator[Finding]:
    every, begins, ends = _tables()
    for match in _QUOTED.finditer(sheet.text):
        right = _alike_to(match["x"], every)
        if right is not None:
            yield _told(sheet, *match.span("x"), right)
    last = 0
    for at in range(len(sheet.text) - 1):
        hit = _hit(sheet.text, at, begins, ends) if at >= last else None
        if hit is not None and hit[0] >= last:
            start, last, formula = hit
            if sheet.text[start:last] != formula:
                yield _told(sheet, start, last, formula)


def _hit(
    text: str, at: int, begins: Mapping[str, tuple[str, ...]], ends: Mapping[str, tuple[str, ...]]
) -> tuple[int, int, str] | None:
    """The formula, right or nearly so, that begins at this place, or whose last two characters stand here."""
    key = text[at : at + _KEY]
    for formula in begins.get(key, ()):
        end = at + len(formula)
        if text.startswith(formula, at):
            return at, end + (text[end : end + 1] == formula[-1]), formula
        if _is_near(text[at:end], formula):
            return at, end, formula
    for formula in ends.get(key, ()):
        begin = at + _KEY - len(formula)
        if begin >= 0 and _is_near(text[begin : at + _KEY], formula):
            return begin, at + _KEY, formula
    return None


def _is_near(said: str, formula: str) -> bool:
    if len(said) != len(formula) or len(said) < _LONG or "\n" in said:
        return False
    others = [at for at in range(len(said)) if said[at] != formula[at]]
    if len(others) == 1:
        one, other = said[others[0]], formula[others[0]]
        # At the border it may be a word of the sentence's own: 党的建设要求, 各级党要管党.
        is_border = others[0] in {0, len(said) - 1} and len(said) < _MEMBERS
        return (
            _is_word(one)
            and _is_word(other)
            and not {one, other} & _NUMERALS
            and (not is_border or one in alike().get(other, ""))
        )
    return len(said) >= _MEMBERS and sorted(said) == sorted(formula)


def _is_word(character: str) -> bool:
    """A mark that differs is a matter of punctuation."""
    return "\u4e00" <= character <= "\u9fff"


def _alike_to(said: str, formulas: frozenset[str]) -> str | None:
    if said in formulas:
        return None
    near = alike()
    for formula in formulas:
        if len(formula) != len(said):
            continue
        others = [(one, other) for one, other in zip(said, formula, strict=True) if one != other]
        if len(others) == 1 and others[0][0] in near.get(others[0][1], ""):
            return formula
    return None


def _told(sheet: Sheet, start: int, end: int, right: str) -> Finding:
    return found(sheet, start, end, "names", WORDINGS, right, f"规范表述是“{right}”。")


@cache
def _tables() -> tuple[frozenset[str], Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """All formulas; the long ones by how they begin, and by how they end, the longest first."""
    formulas = sorted(lines("formulas.txt"), key=len, reverse=True)
    begins: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    for one in formulas:
        if len(one) >= _LONG:
            begins.setdefault(one[:_KEY], []).append(one)
            ends.setdefault(one[-_KEY:], []).append(one)
    return (
        frozenset(formulas),
        {key: tuple(some) for key, some in begins.items()},
        {key: tuple(some) for key, some in ends.items()},
    )
