"""那党总支呢, 退休的呢, 一万二的呢: the last question with what is named in the place of what is of its kind. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.asked import asked_of, topic_of
from bot.conversation.words import mentions

_NUMBER = re.compile(r"[\d零一二两三四五六七八九十百千万半]{1,8}(?=块|元|万|千|$|的|岁|人|名|个|年|天)")
_CONDITION = re.compile(r"[不没还了有被已会想去]|完|过$")
_TO = re.compile(r"[对给向]")
_COMMON = re.compile(r"(?:普通|一般|全体|所有)的?$")
_MODIFIER = 12  # characters of a modifier that gives way to another one: 月工资四千的


def exchanged(before: str, only: str) -> str:
    """`before` is the last question, `only` what the new one names. Never None: at worst both are said together."""
    found = next((standalone for standalone in _ways(before, only) if standalone), None)
    if found is not None:
        return found
    asked = asked_of(before)
    return f"{topic_of(before)}，{only}{asked}" if asked else f"{only}，{before}"


def _ways(before: str, only: str) -> Iterator[str | None]:
    bare = only.removesuffix("的")
    yield _facing(before, only)
    yield _number(before, bare)
    yield _same_kind(before, bare)
    yield _modified(before, only)
    yield f"{topic_of(before)}，{only}怎么办" if _CONDITION.search(only) and len(only) > 2 else None


def _facing(before: str, only: str) -> str | None:
    """对党组织呢: whatever stands behind the same 对."""
    to = _TO.match(only)
    at = before.find(to[0]) + 1 if to else 0
    first = next((one for one in mentions(before) if at and one.start >= at), None)
    return None if first is None else before[: first.start] + only[1:] + before[first.end :]


def _number(before: str, bare: str) -> str | None:
    old = _NUMBER.search(topic_of(before)) if _NUMBER.fullmatch(bare) else None
    return before.replace(old[0], bare, 1) if old else None


def _same_kind(before: str, bare: str) -> str | None:
    own = mentions(bare)
    if not own or own[-1].end != len(bare):
        return None
    old = next((one for one in mentions(before) if one.kind == own[-1].kind), None)
    if old is None or old.word == own[-1].word:
        return None
    return _COMMON.sub("", before[: old.start]) + bare + before[old.end :]


def _modified(before: str, only: str) -> str | None:
    """退休的呢: said of the person, and what was said of that person before gives way."""
    person = next((one for one in mentions(before) if one.kind == "person"), None)
    if person is None or not only.endswith("的"):
        return None
    head = before[: person.start]
    kept = "" if head.endswith("的") and len(head) <= _MODIFIER else head
    return f"{kept}{only}{before[person.start :]}"
