"""Rules that a pattern says whole (patterns.tsv): the width and doubling of marks, words that say a thing twice, leftovers.

variants.tsv has the fixed wordings with what is written for a part of them, posts.tsv the posts that a body does not have,
in fewer columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import WORDINGS, Finding, Kind, Sheet
from bot.proofreading.sheet import HAN, found
from bot.proofreading.tables import rows

_POSTS = "宪法、地方组织法、党章和群团组织章程"
_LEVEL = "(?:省|市|县|区|州|旗)"
_HABIT = 2  # times; what stands more often in one text is how its writer does it: said once


@dataclass(frozen=True, slots=True)
class Pattern:
    rule: str
    source: str
    kind: str  # slip, doubt, or habit: a slip that some offices make throughout
    pattern: re.Pattern[str]
    right: str  # "-" where none is offered
    message: str


def find(sheet: Sheet) -> Iterator[Finding]:
    for one in _patterns():
        matches = list(one.pattern.finditer(sheet.text))
        is_habit = one.kind == "habit" and len(matches) > _HABIT
        for match in matches[: 1 if is_habit else None]:
            right = None if one.right == "-" else match.expand(one.right)
            if right == match["x"]:
                continue
            message = one.message.replace("{x}", match["x"]).replace("{right}", right or "")
            if is_habit:
                message += f"全文共有{len(matches)}处，这里只指出第一处。"
            kind: Kind = "doubt" if one.kind == "doubt" else "slip"
            yield found(sheet, *match.span("x"), one.rule, one.source, right, message, kind)


@cache
def _patterns() -> tuple[Pattern, ...]:
    """In a pattern H stands for a Chinese character: [H], [H“]."""
    return tuple(
        Pattern(rule, source, kind, re.compile(pattern.replace("H", HAN), re.MULTILINE), right, message)
        for table in ("names.tsv", "phrases.tsv", "marks.tsv", "patterns.tsv", "wording.tsv")
        for rule, source, kind, pattern, right, message in rows(table, 6)
    ) + tuple(
        _between(source, *row)
        for table, source in (("variants.tsv", WORDINGS), ("posts.tsv", _POSTS))
        for row in rows(table, 5)
    )


def _between(source: str, right: str, wrong: str, before: str, behind: str, told: str) -> Pattern:
    """What stands before is matched, not looked behind at: it may be of any length."""
    said = rf"(?:{before.replace('{L}', _LEVEL)})(?P<x>{wrong}){behind}"
    pattern = re.compile(said.replace("H", HAN), re.MULTILINE)
    return Pattern("names", source, "slip", pattern, right, told or "规范表述是“{right}”。")
