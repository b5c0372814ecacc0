"""Facts as they follow each other: what the heading or the fact before already says is not said again. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.drafting.model import Fact

TOGETHER = 5  # points that stand in one paragraph; of more each has its own
_PERIOD = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度|[上下]半年|第?[一二三四]季度)?")
_ROW = "表“"  # how `where` begins for the row of a table


def without_repeated_years(facts: Sequence[Fact], said: Sequence[str], year: int) -> list[str]:
    """The rows of a table one after the other: only the first names the period that the draft is about.

    A row that names another year besides keeps its own.
    """
    told: list[str] = []
    before = ""
    for fact, words in zip(facts, said, strict=True):
        found = _PERIOD.match(words) if fact.where.startswith(_ROW) else None
        alone = found is not None and int(found["year"]) == year and not _PERIOD.search(words, found.end())
        period = found[0] if found and alone else ""
        told.append(words[len(period) :] if period and period == before else words)
        before = period
    return told
