"""疑似错别字: a character where another one of the same sound or shape makes far more usual words of the neighbours.

What is usual was counted in laws, regulations, party papers and news (counted.bin). Names and words between quotation
marks are how their owners write them, and so is what stands three times in one text: of these nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.counted import load_table
from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.suspected import Suspect, suspects
from ingest.surnames import COMMON, IN_WORDS, RARE

_QUOTED = re.compile(r"“[^“”\n]{1,12}”|‘[^‘’\n]{1,12}’|《[^《》\n]{1,60}》")
_SIGNED = re.compile(r"(?:记者|通讯员|编辑|编审|作者|责编|校对|摄影|供稿)[：: 　/]{0,2}[\u4e00-\u9fff]{2,4}")
_CALLED = re.compile(r"[\u4e00-\u9fff]{1,3}(?=先生|女士|同志|老师|教授|律师)")
_NAMED = re.compile(
    rf"(?<![\u4e00-\u9fff])[{COMMON}{RARE}{IN_WORDS}][\u4e00-\u9fff]{{1,2}}(?:和[\u4e00-\u9fff]{{2,3}})?(?![\u4e00-\u9fff])"
)
_BY_SENSE = tuple(map(frozenset, ("和或与及", "他她它")))  # which of these is meant, neighbours do not tell
_MEANT = 3  # times the same three characters stand in a text that was meant so
_CLEAR = 1.0  # of the score: a second replacement that is nearer leaves the choice to a person


def find(sheet: Sheet) -> Iterator[Finding]:
    table, text = load_table(), sheet.text
    bar = float(table.fit["bar"])
    spared = [
        match.span() for pattern in (_QUOTED, _SIGNED, _CALLED, _NAMED) for match in pattern.finditer(text)
    ]
    for one in suspects(table, text):
        if one.score < bar or any(start <= one.at < end for start, end in spared):
            continue
        if any({text[one.at], one.right} <= words for words in _BY_SENSE) or _is_meant(text, one.at):
            continue
        yield _finding(sheet, one)


def _finding(sheet: Sheet, one: Suspect) -> Finding:
    wrong = sheet.text[one.at]
    clear = one.score - one.second >= _CLEAR
    told = f"疑似错别字：此处“{wrong}”少见，" + (f"似应为“{one.right}”。" if clear else "请核对。")
    return found(sheet, one.at, one.at + 1, "suspected", WORDS, one.right if clear else None, told, "doubt")


def _is_meant(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at + 2]
    return text.count(around) >= _MEANT
