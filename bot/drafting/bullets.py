"""Facts as people type them: one a line, 【问题】 above those that are problems, “发展党员：” before what a fact is about. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from bot.drafting.model import Fact, Purpose

PURPOSES: tuple[str, ...] = tuple(purpose for purpose in get_args(Purpose) if purpose)
_HEADING = re.compile(r"【(?P<words>[^】]{1,30})】")
_MARK = re.compile(
    r"(?:[-*•·]|\d{1,3}[.、．]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、)\s*"
)
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
    purpose = purpose_named(heading)
    topic = _TOPIC.fullmatch(words)
    section = topic["topic"] if topic else "" if purpose else heading
    return Fact(n, (topic["rest"] if topic else words).strip(), f"{where}第{n}条", purpose, section)


def purpose_named(word: str) -> Purpose:
    """The purpose that is called so; "" for any other word."""
    named: Purpose = next((known for known in get_args(Purpose) if known == word), "")
    return named


def renumbered(facts: Sequence[Fact], start: int = 1) -> tuple[Fact, ...]:
    """The same facts, numbered from `start`."""
    return tuple(replace(fact, n=n) for n, fact in enumerate(facts, start))
