"""Facts as they follow each other: what the heading or the fact before already says is not said again. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.drafting.model import Fact

TOGETHER = 5  # points that stand in one paragraph; of more each has its own
_PERIOD = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度|[上下]半年|第?[一二三四]季度)?")
_ROW = "表“"  # how `where` begins for the row of a table
_NEXT = re.compile(
    r"(?:下一?步|下一?阶段|接下来|今后)(?:的?工作(?:中|打算|计划)?|打算|计划)?[，,：:]?(?:(?:我们?|本?支部|党支部|党委|全[村镇乡街道社区]{1,3})(?=[将拟要计打准]))?"
    r"(?P<will>将|拟|要|计划|打算|准备)?(?!的)"
)
# 将 means 把 here: 将流动党员纳入管理. It stays, for without it the sentence has no sense.
_TAKES = re.compile(
    r"[^，。；]{1,20}(?:纳入|列入|作为|改为|变为|转为|转化|融入|延伸|摆[在上]|放[在到]|落实到|落到|下沉|交给|建在|建到)"
)
_LEAST = 4  # characters that must be left


def without_next(text: str) -> str:
    """下一步将推行… -> 推行… under 下一步打算, which says so already."""
    found = _NEXT.match(text)
    if not found:
        return text
    at = found.start("will") if found["will"] == "将" and _TAKES.match(text, found.end()) else found.end()
    rest = text[at:].lstrip("，, ")
    return rest if len(rest) >= _LEAST else text


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
