"""Word's automatic numbers (一、 第一条 1.1), which stand in no paragraph's text and must be counted out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.parse.wordnames import qn
from ingest.text import chinese_number

_PLACE = re.compile(r"%([1-9])")
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str  # "第%1条"
    arabic: bool  # every number in it is written 1 2 3


class Numbering:
    """Counts through a document's lists in reading order; `label` must be called once per numbered paragraph.

    `read` gives the part that defines them, and is asked for it when the first numbered paragraph comes.
    """

    def __init__(self, read: Callable[[], Any | None] | None = None) -> None:
        self._definitions = read
        self._counts: dict[str, dict[int, int]] = {}

    @cached_property
    def _lists(self) -> dict[str, tuple[str, dict[int, _Level]]]:
        definitions = self._definitions() if self._definitions else None
        return {} if definitions is None else _read(definitions)

    def label(self, list_id: str, depth: int) -> str:
        """The number as Word shows it, "" for bullets and unknown lists."""
        abstract, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            its = levels.get(place, level)
            return _written(counts.setdefault(place, its.start), "decimal" if level.arabic else its.form)

        return _PLACE.sub(number, level.pattern).strip()


def _read(definitions: Any) -> dict[str, tuple[str, dict[int, _Level]]]:
    lists: dict[str, tuple[str, dict[int, _Level]]] = {}
    abstracts = {
        _value(abstract, "abstractNumId"): {
            depth: _level(item)
            for item in abstract.findall(qn("w:lvl"))
            if (depth := _integer(_value(item, "ilvl"), -1)) >= 0
        }
        for abstract in definitions.findall(qn("w:abstractNum"))
    }
    for item in definitions.findall(qn("w:num")):
        list_id, abstract = _value(item, "numId"), _child(item, "abstractNumId")
        levels = dict(abstracts.get(abstract, {}))
        key = abstract
        for override in item.findall(qn("w:lvlOverride")):
            depth = _integer(_value(override, "ilvl"), 0)
            start = _integer(_child(override, "startOverride"), 1)
            if depth in levels:
                old = levels[depth]
                levels[depth] = _Level(start, old.form, old.pattern, old.arabic)
                key = f"{abstract}/{list_id}"  # it counts for itself
        lists[list_id] = (key, levels)
    return lists


def _level(item: Any) -> _Level:
    return _Level(
        _integer(_child(item, "start"), 1),
        _child(item, "numFmt") or "decimal",
        _child(item, "lvlText"),
        item.find(qn("w:isLgl")) is not None,
    )


def _written(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < 10000:
        return chinese_number(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr((97 if form == "lowerLetter" else 65) + (number - 1) % 26)
        return letter * ((number - 1) // 26 + 1)
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        written += sign * (number // value)
        number %= value
    return written


def _value(item: Any, name: str) -> str:
    return item.get(qn(f"w:{name}")) or ""


def _child(item: Any, name: str) -> str:
    found = item.find(qn(f"w:{name}"))
    return "" if found is None else _value(found, "val")


def _integer(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
