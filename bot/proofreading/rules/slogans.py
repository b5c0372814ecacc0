"""Lists among the standard wordings (canon.txt) with members changed over, or with one that is half another: 以德为先、德才兼备.

Any order but the wording's own is a slip. A member that is as long as the right one and has half of its characters is one
too in the lists that canon.txt marks: those of three or more with =, those of two with ==.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import WORDINGS, Finding, Sheet
from bot.proofreading.rules.canon import canon, offered, seen_rightly, unquoted
from bot.proofreading.sheet import HAN, found

_LIST = re.compile(rf"(?<![{HAN}])[{HAN}]{{2,}}+(?:、[{HAN}]{{2,}}+)+")
_PAIR = 2
_GOES_ON = frozenset("的和等为是之与作要制精原方")  # what may stand right behind a list


@dataclass(frozen=True, slots=True)
class _Slogan:
    said: str
    members: tuple[str, ...]
    is_close: bool  # one member half another is a slip


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    said: str


def find(sheet: Sheet) -> Iterator[Finding]:
    plain, places = unquoted(sheet.text)
    for match in _LIST.finditer(plain):
        items = [_Item(one.start(), one.end(), one[0]) for one in re.finditer("[^、]+", match[0])]
        for start, end, right in _wrong(items):
            said = plain[match.start() + start : match.start() + end]
            if said in seen_rightly() or said in canon():
                continue
            first, last = places[match.start() + start], places[match.start() + end - 1] + 1
            told = f"规范表述是“{right}”，请核对。"
            yield found(sheet, first, last, "names", WORDINGS, offered(right, sheet.text[first:last]), told)


def _wrong(items: Sequence[_Item]) -> Iterator[tuple[int, int, str]]:
    for at, first in enumerate(items):
        for slogan in _candidates(items, at):
            size = len(slogan.members)
            window = items[at : at + size]
            if size > len(window):
                continue
            span = _turned(window, slogan) or _changed(window, slogan)
            if span is not None:
                yield first.start + span[0], window[-1].start + span[1], slogan.said
                break


def _candidates(items: Sequence[_Item], at: int) -> Sequence[_Slogan]:
    """The slogans one of whose members is the end of the first item or the beginning of the second."""
    first = items[at].said
    second = items[at + 1].said if at + 1 < len(items) else ""
    done: dict[str, _Slogan] = {}
    for size in _sizes():
        for key in (first[-size:], second[:size]):
            for one in _by_member().get(key, ()):
                done[one.said] = one
    return sorted(done.values(), key=lambda one: -len(one.said))


def _turned(window: Sequence[_Item], slogan: _Slogan) -> tuple[int, int] | None:
    """Where a list begins in its first item and ends in its last, when its members stand in another order."""
    inner = [one.said for one in window[1:-1]]
    rest = [one for one in slogan.members if one not in inner]
    if len(rest) != _PAIR or len(inner) != len(slogan.members) - _PAIR:
        return None
    for first, last in (rest, rest[::-1]):
        if window[0].said.endswith(first) and window[-1].said.startswith(last):
            is_other = (first, *inner, last) != slogan.members
            return (len(window[0].said) - len(first), len(last)) if is_other else None
    return None


def _changed(window: Sequence[_Item], slogan: _Slogan) -> tuple[int, int] | None:
    if not slogan.is_close:
        return None
    others = 0
    for at, (item, right) in enumerate(zip(window, slogan.members, strict=True)):
        said = item.said
        if at == 0:
            said = said[-len(right) :]
        elif at == len(window) - 1:
            behind = said[len(right) : len(right) + 1]
            if said[: len(right)] != right and behind and behind not in _GOES_ON:
                return None
            said = said[: len(right)]
        if said == right:
            continue
        others += 1
        if others > 1 or len(said) != len(right) or not _is_half(said, right):
            return None
    if others != 1:
        return None
    start = max(0, len(window[0].said) - len(slogan.members[0]))
    return start, min(len(window[-1].said), len(slogan.members[-1]))


def _is_half(said: str, right: str) -> bool:
    return sum(one == other for one, other in zip(said, right, strict=True)) * 2 >= len(right)


@cache
def _by_member() -> Mapping[str, tuple[_Slogan, ...]]:
    table: dict[str, list[_Slogan]] = {}
    for said, mark in canon().items():
        members = tuple(said.split("、"))
        if len(members) < _PAIR or min(map(len, members)) < _PAIR or len(set(members)) < len(members):
            continue
        slogan = _Slogan(said, members, mark == "==" or (mark == "=" and len(members) > _PAIR))
        for one in members:
            table.setdefault(one, []).append(slogan)
    return {key: tuple(some) for key, some in table.items()}


@cache
def _sizes() -> tuple[int, ...]:
    return tuple(sorted({len(one) for one in _by_member()}))
