"""《…》规定，…六十日内…: what a text says in its own words that a document lays down, number by number against that document.

A number is told only where the document has the very words round it, with another number: six characters before and behind
together. Numbers that the document says in these words anywhere, in any edition that is here, are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.rules.figures import whole_number
from bot.proofreading.sheet import HAN, found

_CITED = re.compile(
    r"(?:《(?P<name>[^《》\n]{4,60})》(?:[（(][^（）()\n]{1,20}[）)])?|(?P<short>党章|宪法|民法典))"
    r"(?P<said>(?:第[^，。；：“”《》\n]{1,16}[条款项])?(?:中|也|还|就|已|已经)?(?:明确)?(?:规定|要求|明确|指出)[^。\n“”《》]{6,160})"
)
_ACCORDING = re.compile(
    r"(?:根据|按照|依据|依照|遵照)(?:《(?P<name>[^《》\n]{4,60})》(?:[（(][^（）()\n]{1,20}[）)])?|(?P<short>党章|宪法|民法典))"
    r"(?P<said>(?:第[^，。；：“”《》\n]{1,16}[条款项])?(?:的)?(?:有关|相关)?(?:规定|要求)?，[^。\n“”《》]{6,160})"
)
_TOKEN = re.compile(
    r"(?<![第\d一二三四五六七八九十百])(?P<n>\d{1,4}|[一二三四五六七八九十两百]{1,4})(?P<u>个?工作日|个月|年半|学时|小时|周岁|日|天|年|次|名|人|岁|％|%|倍)"
    r"|每(?P<p>半年|季度|个?月|两年|年|周)"
)
_LEFT = re.compile(rf"[{HAN}]{{0,8}}$")
_RIGHT = re.compile(rf"[{HAN}]{{0,8}}")
_SPACE = re.compile("[ \u3000\u00a0]+")  # 每届任期 5 年, as some copies have it
_LEAST = 6  # characters that must be the same on both sides together
_SAME = {"天": "日", "人": "名", "%": "％", "周岁": "岁", "工作日": "个工作日", "个月": "月"}


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    value: str  # number and unit, or how often: 60日, 每季度
    kind: str
    left: str
    right: str


def find(sheet: Sheet) -> Iterator[Finding]:
    if sheet.shelf is None:
        return
    for pattern in (_CITED, _ACCORDING):
        for match in pattern.finditer(sheet.text):
            tokens = _tokens(match["said"])
            if not tokens:
                continue
            name = match["name"] or match["short"]
            source = [one for text in sheet.shelf.article(name, "") for one in _tokens(_SPACE.sub("", text))]
            for one in tokens:
                right = _right(one, source)
                if right is not None:
                    start = match.start("said")
                    told = f"《{name}》中是“{right.left[-6:]}{right.value}{right.right[:6]}”，请核对。"
                    yield found(
                        sheet, start + one.start, start + one.end, "quotation", f"《{name}》", None, told
                    )


def _right(said: _Token, source: Sequence[_Token]) -> _Token | None:
    """What the document has in the place of the number; None where it has the number itself or is not meant."""
    near = [(_alike(said, one), one) for one in source if one.kind == said.kind]
    best = max((score for score, _ in near), default=0)
    if best < _LEAST or any(score >= _LEAST and one.value == said.value for score, one in near):
        return None
    values = {one.value for score, one in near if score == best}
    return next(one for score, one in near if score == best) if len(values) == 1 else None


def _alike(one: _Token, other: _Token) -> int:
    """Characters in a row that are the same just before and just behind."""
    return _common(one.left[::-1], other.left[::-1]) + _common(one.right, other.right)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[_Token, ...]:
    done = []
    for match in _TOKEN.finditer(text):
        left = _LEFT.search(text[max(0, match.start() - 8) : match.start()])
        right = _RIGHT.match(text, match.end())
        value = _value(match)
        if value is not None:
            kind = "每" if match["p"] else _unit(match)
            done.append(
                _Token(
                    match.start(),
                    match.end(),
                    value,
                    kind,
                    left[0] if left else "",
                    right[0] if right else "",
                )
            )
    return tuple(done)


def _unit(match: re.Match[str]) -> str:
    unit = match["u"]
    return "年" if unit == "年半" else _SAME.get(unit, unit)


def _value(match: re.Match[str]) -> str | None:
    if match["p"]:
        return "每" + match["p"].removeprefix("个")
    number = whole_number(match["n"])
    if number is None:
        return None
    return f"{number}{'年半' if match['u'] == '年半' else _SAME.get(match['u'], match['u'])}"
