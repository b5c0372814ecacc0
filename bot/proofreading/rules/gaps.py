"""缺字、多字: 机关事业位, 深入贯落实; 联系系人. Told where the text becomes far likelier with one character more, or less.

A character that is a word by itself anywhere (的, 和, 各) is left to the writer, and so are names and what stands between
quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from bot.proofreading.counted import Same, Table, load_table
from bot.proofreading.likeness import Ids
from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.rules.homophones import QUOTED, SIGNED, TITLED
from bot.proofreading.sheet import found
from bot.proofreading.slipped import Slipped, extra, lost
from bot.proofreading.weighed import pair, standing_alone

# Of the score; the second where a word of four comes out: 党建领导 lacks no 引.
_LOST, _LOST_WORD = 13.0, 10.0
_EXTRA, _EXTRA_WORD, _EXTRA_ECHO = 14.0, 10.5, 6.5  # the last where the same character stands close by, too
_CLOSE = 2
_ALONE = float(np.log(0.3))  # share of its places in which a character belongs to no word of two
_RARE = 8.0  # logarithm of a count; what is rarer is part of a name
_COUNTING = "一二三四五六七八九十百千万亿两条款项章"
_FREE = "的地得了着过和与或及以者内中外上下里时年月日前后是在也将并对把被向从其该本各有无不人物省市县区镇乡村某们个会"
_NAME = re.compile(r"某.{0,2}$")
_EACH_SIDE = 2


def find(sheet: Sheet) -> Iterator[Finding]:
    table, text = load_table(), sheet.text
    spared = [match.span() for one in (QUOTED, SIGNED, TITLED) for match in one.finditer(text)]
    for one in (*lost(table, text), *extra(table, text)):
        if any(start < one.at < end or start == one.at < end for start, end in spared):
            continue
        if (_is_lost(table, text, one) if one.missing else _is_extra(table, text, one)) and not _is_meant(
            text, one
        ):
            yield _told(sheet, one)


def _is_lost(table: Table, text: str, one: Slipped) -> bool:
    if one.missing in _FREE or one.missing in _COUNTING or "\n" in text[one.at - 1 : one.at + 1]:
        return False
    ids = [
        table.ids(character)[:1] for character in text[one.at - 1] + one.missing + text[one.at : one.at + 1]
    ]
    ties = [float(pair(table, *two)[0]) - float(table.logs[1][two[at]][0]) for two, at in _pairs(ids)]
    partner = ids[0] if len(ties) < 2 or ties[0] >= ties[1] else ids[2]
    if float(standing_alone(Same(table))[partner][0]) > _ALONE:
        return False  # 应 needs no 当
    return one.score >= (_LOST_WORD if one.word else _LOST)


def _pairs(ids: list[Ids]) -> list[tuple[tuple[Ids, Ids], int]]:
    """The missing character with either neighbour, and which of the two the neighbour is."""
    return [((one, other), at) for at, (one, other) in enumerate(pairwise(ids))]


def _is_extra(table: Table, text: str, one: Slipped) -> bool:
    character, at = text[one.at], one.at
    number = int(table.ids(character)[0])
    if text[at - 1 : at] == character:
        return False  # told of the first of the two
    if table.logs[1][number] < _RARE or _NAME.search(text[max(0, at - 3) : at]):
        return False
    echo = character in text[max(0, at - _CLOSE) : at] + text[at + 1 : at + 1 + _CLOSE]
    if echo and character not in _FREE:
        return one.score >= _EXTRA_ECHO
    alone = float(standing_alone(Same(table))[number])
    return (
        character not in _FREE + _COUNTING
        and alone < _ALONE
        and one.score >= (_EXTRA_WORD if one.word else _EXTRA)
    )


def _is_meant(text: str, one: Slipped) -> bool:
    around = text[max(0, one.at - _EACH_SIDE) : one.at + _EACH_SIDE]
    return text.count(around) > 2


def _told(sheet: Sheet, one: Slipped) -> Finding:
    at = one.at
    if not one.missing:
        wrong = sheet.text[max(0, at - 2) : at + 3].replace("\n", "")
        told = f"疑似多字：“{wrong}”里的“{sheet.text[at]}”似应删去。"
        return found(sheet, at, at + 1, "suspected", WORDS, "", told, "doubt")
    start = at - 1
    right = sheet.text[start] + one.missing
    told = f"疑似缺字：“{sheet.text[start]}”后面似缺“{one.missing}”。"
    return found(sheet, start, at, "suspected", WORDS, right, told, "doubt")
