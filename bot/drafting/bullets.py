"""Facts as people type them: one a line, 【问题】 above those that are problems, “发展党员：” before what a fact is about. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from bot.drafting.figures.lead import lead_of, points
from bot.drafting.model import Fact, Purpose
from bot.drafting.typed import typed

PURPOSES: tuple[str, ...] = tuple(purpose for purpose in get_args(Purpose) if purpose)
_HEADING = re.compile(r"【(?P<words>[^】]{1,30})】")
_MARK = re.compile(
    r"(?:[-*•·]|\d{1,3}[.、．]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、)\s*"
)
# What people write above or before facts where they mean a purpose; a heading 履职情况 is none of them.
_CALLED: dict[str, Purpose] = {
    **dict.fromkeys(
        (
            "问题",
            "困难",
            "不足",
            "短板",
            "困难和问题",
            "问题和不足",
            "存在问题",
            "存在的问题",
            "存在不足",
            "存在的不足",
        ),
        "问题",
    ),
    **dict.fromkeys(
        ("打算", "下一步", "下步", "下步打算", "下一步打算", "下一步工作", "下步工作", "明年", "计划"), "打算"
    ),
    **dict.fromkeys(
        (
            "建议",
            "对策",
            "对策建议",
            "下一步安排",
            "下步计划",
            "下一步计划",
            "下步安排",
            "努力方向",
            "明年打算",
            "明年计划",
        ),
        "打算",
    ),
    **dict.fromkeys(("成效", "成绩", "亮点", "主要成效", "取得的成效", "取得成效"), "成效"),
    **dict.fromkeys(("原因", "主要原因", "原因分析"), "原因"),
    **dict.fromkeys(("概况", "基本情况", "总体情况"), "概况"),
    **dict.fromkeys(("做法", "主要做法"), "做法"),
}
_TOPIC = re.compile(r"(?P<topic>[^，。；：:、\s\d]{2,12})[：:]\s*(?P<rest>\S.*)")


def read_bullets(text: str, where: str = "事实") -> tuple[Fact, ...]:
    """One fact for each line that holds words, numbered from 1. A line 【…】 alone says what the lines under it are for
    (a purpose: 做法, 成效, 问题 …) or which section they belong to; 【】 alone ends it.
    """
    facts: list[Fact] = []
    heading = ""
    for line in text.splitlines():
        words = _MARK.sub("", line.strip(), count=1) if _MARK.match(line.strip()) else line.strip()
        if words == "【】":
            heading = ""
            continue
        head = _HEADING.match(words)
        if head:
            heading, words = head["words"].strip(), words[head.end() :].strip()
        if words:
            facts.append(read_fact(words, len(facts) + 1, where, heading))
    return tuple(facts)


def read_fact(words: str, n: int, where: str, heading: str = "") -> Fact:
    """`heading` is a purpose or words of a section; “发展党员：…” says of itself what it is about."""
    words, purpose = typed(words), purpose_named(heading)
    lead = lead_of(words)
    if lead and words[lead.end - 1] in "：:" and not points(words):
        words = (
            words[lead.end :].strip() or words
        )  # 存在三个方面的问题：before the first of them names no part
    counts = lead_of(words) is not None  # 主要有两方面原因：一是… counts, and names no part either
    topic = None if counts else _TOPIC.fullmatch(words)
    called = purpose_named(topic["topic"]) if topic else ""
    section = topic["topic"] if topic and not called else "" if purpose else heading
    return Fact(n, (topic["rest"] if topic else words).strip(), f"{where}第{n}条", called or purpose, section)


def purpose_named(word: str) -> Purpose:
    """The purpose that is called so, 困难 and 下步打算 too; "" for any other word."""
    return _CALLED.get(word, "")


def renumbered(facts: Sequence[Fact], start: int = 1) -> tuple[Fact, ...]:
    """The same facts, numbered from `start`."""
    return tuple(replace(fact, n=n) for n, fact in enumerate(facts, start))
