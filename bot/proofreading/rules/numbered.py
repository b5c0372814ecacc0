"""Formulas that say a number (counts.tsv), said with another one: “三个自信” beside 道路自信, “三会两课”, “六个必由之路”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import WORDINGS, Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows

_BEFORE = re.compile(
    "[第十百几多各]$|[一二三四五六][\u4e00-\u9fff]$"
)  # 一征三议两公开 is a formula of its own
_NUMERAL = "[一二两三四五六七八九十]"
# Right as it stands, though a row here would match it.
_RIGHT = frozenset(
    [
        "一国两制",
        "两个务必",
        "三个务必",
        "四大危险",
        "四种考验",
        "三大纪律",
        "八个明确",
        "四个合格",
        "四个自律",
        "两学一做",
        "一会一课",
        "三个自信",
    ]
)


@dataclass(frozen=True, slots=True)
class _Count:
    right: str
    said: re.Pattern[str]
    near: re.Pattern[str] | None


def find(sheet: Sheet) -> Iterator[Finding]:
    for one in _counts():
        bare = one.right.translate({ord("“"): None, ord("”"): None})
        for match in one.said.finditer(sheet.text):
            said = match["x"]
            if said.translate({ord("“"): None, ord("”"): None}) in {bare, *_others()} or _BEFORE.search(
                sheet.text[max(0, match.start() - 2) : match.start()]
            ):
                continue
            if said in _RIGHT - {"三个自信"} or (
                said == "三个自信" and "文化自信" not in _sentence(sheet.text, match)
            ):
                continue
            if one.near is not None and not one.near.search(_sentence(sheet.text, match)):
                continue
            right = _quoted(one.right, said)
            yield found(sheet, *match.span("x"), "names", WORDINGS, right, f"规范表述是“{bare}”，数目不符。")


def _quoted(right: str, said: str) -> str | None:
    """The formula with the marks that the text puts round it."""
    bare = right.translate({ord("“"): None, ord("”"): None})
    if right != bare:
        return None
    return f"“{bare}”" if said[0] == "“" and said[-1] == "”" else f"“{bare}" if said[0] == "“" else bare


def _sentence(text: str, match: re.Match[str]) -> str:
    begin = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
    end = text.find("。", match.end())
    return text[max(begin, match.start() - 120) : min(len(text) if end < 0 else end, match.end() + 120)]


@cache
def _others() -> frozenset[str]:
    return frozenset(one.right for one in _counts())


@cache
def _counts() -> tuple[_Count, ...]:
    return tuple(
        _Count(
            right,
            re.compile(rf"(?P<x>{said.replace('Z', _NUMERAL)})"),
            None if near in {"", "-"} else re.compile(near),
        )
        for right, said, near, *_ in rows("counts.tsv", 3)
    )
