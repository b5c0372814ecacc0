"""Formulas of several members with a mark between them that is none of theirs, or with none: 党要管党。全面从严治党, 守初心担使命、找差距、抓落实.

The formulas are those of canon.txt and formulas.txt that have 、 in them. ， for 、 is left alone: papers write both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.proofreading.model import MARKS, Finding, Sheet
from bot.proofreading.rules.canon import canon
from bot.proofreading.sheet import found
from bot.proofreading.tables import lines

_LEAST = 8  # characters of a whole formula


def find(sheet: Sheet) -> Iterator[Finding]:
    # Quotation marks are not compared: 增强“四个意识”、坚定“四个自信”.
    places = [at for at, character in enumerate(sheet.text) if character not in "“”"]
    bare = "".join(sheet.text[at] for at in places)
    for members, pattern in _formulas():
        if members[0] not in bare or members[-1] not in bare:
            continue
        for match in pattern.finditer(bare):
            said = [match[f"m{at}"] for at in range(1, len(members))]
            if len(members) > 2 and not any(said):
                continue  # all of them without: a way to write it, as in a heading
            for at, (mark, before) in enumerate(zip(said, members, strict=False), 1):
                if mark not in {"、", "，"}:
                    yield _told(sheet, places, match.start(f"m{at}"), mark, before)


def _told(sheet: Sheet, places: Sequence[int], at: int, mark: str, before: str) -> Finding:
    told = f"规范表述在“{before}”之后用顿号。"
    if mark:
        return found(sheet, places[at], places[at] + 1, "punctuation", MARKS, "、", told)
    # What has no place of its own is told with the character before it.
    start = places[at - 1]
    text = sheet.text[start : places[at]].partition("“")[0]
    return found(sheet, start, start + len(text), "punctuation", MARKS, text + "、", told)


@cache
def _formulas() -> tuple[tuple[list[str], re.Pattern[str]], ...]:
    plain = {re.sub("[“”]", "", one).replace("，", "、") for one in (*canon(), *lines("formulas.txt"))}
    done = []
    for one in sorted(plain, key=len, reverse=True):
        members = one.split("、")
        if len(members) < 2 or len(one) < _LEAST or min(map(len, members)) < 2:
            continue
        joined = re.escape(members[0])
        for at, member in enumerate(members[1:], 1):
            joined += rf"(?P<m{at}>[、，。；：·]?){re.escape(member)}"
        done.append((members, re.compile(joined)))
    return tuple(done)
