"""Text -> sheet: its paragraphs and the day it was written, as far as it says. Pure."""

from __future__ import annotations

import re
from datetime import date

from bot.proofreading.model import Finding, Kind, Line, Sheet, Shelf
from ingest.text import read_day

HAN = "\u4e00-\u9fff"  # for a pattern: [{HAN}]
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_CHINESE_DAY = re.compile(
    r"二[〇○０零][一二三四五六七八九〇○]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_SIGNED = re.compile(r"(?:(?:19|20)\d\d年[\dX×x*]{1,2}月(?:[\dX×x*]{1,2}日)?)")


def read_sheet(text: str, shelf: Shelf | None = None) -> Sheet:
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(at + raw.index(stripped[0]), stripped))
        at += len(raw) + 1
    return Sheet(text, tuple(lines), _written(text, lines), shelf)


def found(
    sheet: Sheet,
    start: int,
    end: int,
    rule: str,
    source: str,
    suggestion: str | None,
    message: str,
    kind: Kind = "slip",
) -> Finding:
    return Finding(start, end, sheet.text[start:end], rule, source, suggestion, message, kind)


def _written(text: str, lines: list[Line]) -> date | None:
    """The day under the text (a year alone where the day is masked); else the latest day or year that it speaks of.

    A year counts at its first day, so that nothing is called out of date too early; years that a plan looks ahead to
    (到2035年, 2035年远景) do not count.
    """
    for line in reversed(lines[-6:]):
        if _SIGNED.fullmatch(line.text) or _CHINESE_DAY.fullmatch(line.text):
            day = read_day(line.text)
            if day is not None:
                return day
            return date(int(line.text[:4]), 1, 1) if line.text[:4].isdigit() else None
    days: list[date] = []
    for match in _DAY.finditer(text):
        if text.startswith(("规划", "远景", "前"), match.end()) or text[
            max(0, match.start() - 1) : match.start()
        ].endswith(("到", "至")):
            continue
        try:
            days.append(date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
        except ValueError:
            continue  # 2月30日: the rule of dates tells
    return max(days, default=None)
