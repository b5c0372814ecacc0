"""那党总支呢, 退休的呢, 一万二的呢: the last question with what is named in the place of what is of its kind. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.conversation.asked import asked_of, topic_of
from bot.conversation.words import ALIKE, Mention, mentions

_NUMBER = re.compile(
    r"[\d零一二两三四五六七八九十百千万半]{1,8}(个月|年|天|岁|元|块|人|名|次)?(?=的|$|[\u3400-\u9fff])"
)
_CONDITION = re.compile(r"[不没还了有被已会想去]|完|过$")
_OWNER = re.compile(r"党?支部(?=党员大会|大会|委员会)")
_TO = re.compile(r"[对给向]")
_COMMON = re.compile(r"(?:普通|一般|全体|所有)的?$")
_MODIFIER = 12  # characters of a modifier that gives way to another one: 月工资四千的


def exchanged(before: str, only: str, named: str | None = None) -> str:
    """`before` is the last question, `only` what the new one names, `named` what that last one named in this way.

    Never None: at worst both are said together.
    """
    if named and before.startswith(f"{named}，"):  # 那亲属呢, and now 那同事呢
        before = before.removeprefix(f"{named}，")
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
    """一万二的呢, 八个月呢: in the place of the first number, of the same unit where it has one."""
    new = _NUMBER.fullmatch(bare)
    known = list(_NUMBER.finditer(topic_of(before))) if new else []
    old = next((one for one in known if new and new[1] in (None, one[1])), None)
    if old is None or new is None:
        return None
    return before.replace(old[0], bare if new[1] or not old[1] else bare + old[1], 1)


def _same_kind(before: str, bare: str) -> str | None:
    own = mentions(bare)
    if not own or own[-1].end != len(bare) or own[-1].kind not in ALIKE:
        return None
    known = mentions(before)
    old = next((one for one in known if one.kind == own[-1].kind), None)
    if old is None and own[-1].kind == "body":
        return _of_body(before, bare, known)
    if old is None and own[-1].kind == "step" and (person := _person(known)):
        return f"{person.word}{bare}有什么规定"  # 预备党员的预备期多长, 那转正呢: no time is asked of it
    if old is None or old.word == own[-1].word:
        return None
    return _COMMON.sub("", before[: old.start]) + bare + before[old.end :]


def _of_body(before: str, bare: str, known: Sequence[Mention]) -> str | None:
    """支部党员大会 held by 党总支 is its 党员大会."""
    for one in known:
        owner = _OWNER.match(one.word) if one.kind == "meeting" else None
        if owner:
            return before[: one.start] + bare + before[one.start + owner.end() :]
    return None


def _person(known: Sequence[Mention]) -> Mention | None:
    return next((one for one in known if one.kind == "person"), None)


def _modified(before: str, only: str) -> str | None:
    """退休的呢: said of the person, and what was said of that person before gives way."""
    person = _person(mentions(before))
    if person is None or not only.endswith("的"):
        return None
    head = before[: person.start]
    kept = "" if head.endswith("的") and len(head) <= _MODIFIER else head
    return f"{kept}{only}{before[person.start :]}"
