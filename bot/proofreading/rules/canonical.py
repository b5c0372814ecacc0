"""Standard wordings (canon.txt) and what is one word off them: 紧紧围绕在以习近平同志为核心的党中央周围, 双层组织生活.

One stretch of one or two characters may differ (two stretches in a long wording), with the wording on both sides of it;
what is a standard wording itself is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import WORDINGS, Finding, Sheet
from bot.proofreading.rules.canon import canon, offered, seen_rightly, unquoted
from bot.proofreading.sheet import found

_KEY = 3  # characters at either end that stand as they should
_LONG = 14  # characters from which two stretches may differ
_WORD = 9  # characters from which a word of two may differ
_FIXED = 7  # the same in a wording any word of which is fixed
_LISTED = 2  # marks between the members of a list, which are words of their own
_SHUFFLED = 8  # characters from which the order of the members may differ
_AGAIN = 2  # characters behind a difference that must agree again
_SHAPES = ((1, 1), (1, 0), (0, 1), (2, 2), (2, 1), (1, 2))
# Words that a sentence of its own puts in, leaves out or chooses between, and numerals: another slogan is no slip.
_FREE = frozenset(
    "的地得了和与及或以要并也更将向把在对为是、。；：（）()《》一二两三四五六七八九十双多全新党各我开过做再又已能可让"
)
_MEANT = frozenset("全新党")  # put in or left out freely, but not put for another character
_LAST = 2  # characters of the last word
_PAUSED = re.compile("(?P<x>[\u4e00-\u9fff]{1,2}?)(?=[，。；、！和的\n]|$)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Near:
    start: int
    end: int
    right: str


def find(sheet: Sheet) -> Iterator[Finding]:
    plain, places = unquoted(sheet.text)
    covered = bytearray(len(plain) + 1)
    near = [*_scan(plain, _table(), covered), *_mirrored(plain), *_shuffled(plain)]
    taken = bytearray(len(plain) + 1)
    for one in sorted(near, key=lambda one: (one.start - one.end, one.start)):
        if any(taken[one.start : one.end]) or all(covered[one.start : one.end]):
            continue
        if plain[one.start : one.end] in seen_rightly():
            continue
        taken[one.start : one.end] = b"\x01" * (one.end - one.start)
        start, end = places[one.start], places[one.end - 1] + 1
        right = offered(one.right, sheet.text[start:end])
        yield found(sheet, start, end, "names", WORDINGS, right, f"规范表述是“{one.right}”，请核对。")


def _scan(plain: str, formulas: Mapping[str, Sequence[str]], covered: bytearray) -> Iterator[_Near]:
    for at in range(len(plain) - _KEY):
        for formula in formulas.get(plain[at : at + _KEY], ()):
            if plain.startswith(formula, at):
                covered[at : at + len(formula)] = b"\x01" * len(formula)
                break
            end = _reach(plain, at, formula)
            if end is not None:
                yield _Near(at, end, formula)


def _mirrored(plain: str) -> Iterator[_Near]:
    """The same from behind, for a difference near the beginning."""
    size = len(plain)
    for one in _scan(plain[::-1], _backwards(), bytearray(size + 1)):
        yield _Near(size - one.end, size - one.start, one.right[::-1])


def _reach(plain: str, at: int, formula: str) -> int | None:
    """Where the wording ends that begins here and is nearly the formula."""
    allowed = left = 2 if len(formula) >= _LONG else 1
    place, done = at + _KEY, _KEY
    while True:
        while done < len(formula) and place < len(plain) and plain[place] == formula[done]:
            place += 1
            done += 1
        if done == len(formula):
            return place
        if formula[done:] == plain[place : place + 2][::-1] and len(formula) - done == _AGAIN:
            return place + _AGAIN  # 组织线路 for 组织路线
        if left == allowed and (end := _ended(plain, place, formula, done)) is not None:
            return end
        if not left:
            return None
        left -= 1
        step = _step(plain, place, formula, done)
        if step is None:
            return None
        place, done = place + step[1], done + step[0]


def _ended(plain: str, place: int, formula: str, done: int) -> int | None:
    """新时代党的建设总布局 for 总要求: the last word put for another, where the sentence pauses behind it."""
    if not canon().get(formula) or not 1 <= len(formula) - done <= _LAST:
        return None
    match = _PAUSED.match(plain, place)
    if match is None or set(match["x"] + formula[done:]) & _FREE:
        return None
    return match.end("x")


def _step(plain: str, place: int, formula: str, done: int) -> tuple[int, int] | None:
    for lost, put in _SHAPES:
        if max(lost, put) > 1 and len(formula) < (_FIXED if formula in _rigid() else _WORD):
            continue
        behind = formula[done + lost : done + lost + _AGAIN]
        is_end = lost == put == 1 and len(behind) == 1  # 国家安保观
        if (len(behind) < _AGAIN and not is_end) or not plain.startswith(behind, place + put):
            continue
        gone, new = formula[done : done + lost], plain[place : place + put]
        if max(lost, put) > 1 and not (
            set(gone) & set(new) or formula.count("、") >= _LISTED or formula in _rigid()
        ):
            return None  # 大抓项目 for 大抓基层: another word, not a slip of this one
        free = _FREE - _MEANT if lost == put == 1 else _FREE
        if set(gone + new) & free or not all(map(_HAN.match, gone + new)):
            return None
        return lost, put
    return None


def _shuffled(plain: str) -> Iterator[_Near]:
    """为党育才、为国育人: the same characters in another order."""
    for at in range(len(plain) - _SHUFFLED):
        for formula, letters in _lists().get(plain[at : at + 2], ()):
            said = plain[at : at + len(formula)]
            if said != formula and said[-1] != "、" and sorted(said) == letters:
                yield _Near(at, at + len(formula), formula)


@cache
def _lists() -> Mapping[str, tuple[tuple[str, list[str]], ...]]:
    table: dict[str, list[tuple[str, list[str]]]] = {}
    for one in _all():
        if "、" in one and len(one) >= _SHUFFLED:
            table.setdefault(one[:2], []).append((one, sorted(one)))
    return {key: tuple(some) for key, some in table.items()}


@cache
def _rigid() -> frozenset[str]:
    """Wordings in which any word put for another is a slip; each also from behind."""
    rigid = [one for one, mark in canon().items() if mark]
    return frozenset([*rigid, *(one[::-1] for one in rigid)])


@cache
def _all() -> tuple[str, ...]:
    return tuple(sorted(canon(), key=len, reverse=True))


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    return _by_key(_all())


@cache
def _backwards() -> Mapping[str, tuple[str, ...]]:
    return _by_key([one[::-1] for one in _all()])


def _by_key(formulas: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for one in formulas:
        table.setdefault(one[:_KEY], []).append(one)
    return {key: tuple(some) for key, some in table.items()}
