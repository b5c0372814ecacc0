"""错别字: words that are always wrong, and pairs that only their neighbours tell apart (confused.tsv, contexts.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows


@dataclass(frozen=True, slots=True)
class Pair:
    """`wrong` is to be `right`, unless one of `before` stands in front of it or one of `behind` follows."""

    wrong: str
    right: str
    before: str
    behind: str


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _always(sheet)
    yield from _in_context(sheet)


def _always(sheet: Sheet) -> Iterator[Finding]:
    text, at = sheet.text, 0
    pairs = _pairs()
    while at < len(text) - 1:
        one = next((pair for pair in pairs.get(text[at : at + 2], ()) if _stands(text, at, pair)), None)
        if one is None:
            at += 1
            continue
        end = at + len(one.wrong)
        yield found(sheet, at, end, "confused", WORDS, one.right, f"“{one.wrong}”应为“{one.right}”。")
        at = end


def _stands(text: str, at: int, pair: Pair) -> bool:
    if not text.startswith(pair.wrong, at):
        return False
    end = at + len(pair.wrong)
    return not (at and text[at - 1] in pair.before) and not (end < len(text) and text[end] in pair.behind)


def _in_context(sheet: Sheet) -> Iterator[Finding]:
    for pattern, right, message in _contexts():
        for match in pattern.finditer(sheet.text):
            start, end = match.span("x")
            yield found(
                sheet,
                start,
                end,
                "confused",
                WORDS,
                match.expand(right),
                message or f"此处“{match['x']}”应为“{match.expand(right)}”。",
            )


@cache
def _pairs() -> Mapping[str, tuple[Pair, ...]]:
    """The pairs by the first two characters of what is wrong, the longest first."""
    table: dict[str, list[Pair]] = {}
    for wrong, right, before, behind, *_ in rows("confused.tsv", 4):
        table.setdefault(wrong[:2], []).append(Pair(wrong, right, before, behind))
    return {key: tuple(sorted(pairs, key=lambda one: -len(one.wrong))) for key, pairs in table.items()}


@cache
def _contexts() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Pattern with a group x, the replacement, the message (empty: the usual one)."""
    return tuple(
        (re.compile(pattern), right, message) for pattern, right, message, *_ in rows("contexts.tsv", 3)
    )
