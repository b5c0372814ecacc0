"""Set phrases (fixed.txt) with one character replaced by one that sounds or looks alike (alike.txt): 民主集中置, 问题导象."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import lines

_LEFT_OUT = frozenset("的地得他她它")  # which of these is meant, a phrase does not tell


def find(sheet: Sheet) -> Iterator[Finding]:
    variants, lengths = _variants()
    end = 0
    for at in range(len(sheet.text) - 2):
        if at < end:
            continue
        for length in lengths:
            wrong = sheet.text[at : at + length]
            right = variants.get(wrong)
            if right is not None and len(wrong) == length:
                end = at + length
                yield found(sheet, at, end, "confused", WORDS, right, f"“{wrong}”应为“{right}”。")
                break


@cache
def _variants() -> tuple[Mapping[str, str], tuple[int, ...]]:
    """Every phrase with each of its characters replaced; what is a phrase itself, or two of them could be, is left out."""
    phrases = [one for line in lines("fixed.txt") for one in line.split() if len(one) > 2]
    allowed = set(phrases) | set(_seen_rightly())
    others = alike()
    table: dict[str, str] = {}
    twice: set[str] = set()
    for phrase in phrases:
        for at, character in enumerate(phrase):
            for other in others.get(character, ""):
                wrong = phrase[:at] + other + phrase[at + 1 :]
                if wrong in table and table[wrong] != phrase:
                    twice.add(wrong)
                if wrong not in allowed:
                    table[wrong] = phrase
    kept = {wrong: right for wrong, right in table.items() if wrong not in twice}
    return kept, tuple(sorted({len(wrong) for wrong in kept}, reverse=True))


@cache
def _seen_rightly() -> tuple[str, ...]:
    """What stands so in clean texts: 工作目标 is one character off 工作木标, and 责任落实 off none."""
    return tuple(lines("fixed-right.txt"))


@cache
def alike() -> Mapping[str, str]:
    others: dict[str, set[str]] = {}
    for line in lines("alike.txt"):
        for character in line:
            others.setdefault(character, set()).update(line)
    return {
        one: "".join(sorted(group - {one} - _LEFT_OUT))
        for one, group in others.items()
        if one not in _LEFT_OUT
    }
