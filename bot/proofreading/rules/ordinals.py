"""首先、其次、再次、最后 said twice; a heading numbered like the one just before it; digits as wide as characters; the last mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import LAYOUT, MARKS, NUMERALS, Finding, Line, Sheet
from bot.proofreading.sheet import found

_ORDINAL = re.compile(r"(?:^|(?<=[。；：]))(?P<x>首先|其次|再次|最后)(?=[，,是要])")
_WIDE = re.compile(r"[０-９]+(?:[．.][０-９]+)?(?:[％])?")
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_FIRST = re.compile(r"[（(]一[）)]")
_SECOND = re.compile(r"[（(]二[）)]")
_HABIT = 2  # a text that writes more of them does so throughout and is told once


def find(sheet: Sheet) -> Iterator[Finding]:
    for line in sheet.lines:
        yield from _ordinals(sheet, line)
    yield from _firsts(sheet)
    wide = list(_WIDE.finditer(sheet.text))
    for match in wide if len(wide) <= _HABIT else wide[:1]:
        right = match[0].translate(_NARROW)
        told = f"数字用半角，应为“{right}”。" + (f"全文共有{len(wide)}处。" if len(wide) > _HABIT else "")
        yield found(sheet, *match.span(), "numerals", NUMERALS, right, told)
    if len(sheet.lines) <= 40 and sheet.lines and sheet.lines[-1].text.endswith("；"):
        line = sheet.lines[-1]
        if not re.match(r"[（(]?[\d一二三四五六七八九十①-⑩]", line.text):
            yield found(
                sheet, line.end - 1, line.end, "punctuation", MARKS, "。", "全文最后一句用句号，不用分号。"
            )


def _ordinals(sheet: Sheet, line: Line) -> Iterator[Finding]:
    said: set[str] = set()
    before = ""
    matches = list(_ORDINAL.finditer(line.text))
    further = max((at for at, one in enumerate(matches) if one["x"] in {"其次", "再次"}), default=-1)
    for at, match in enumerate(matches):
        word = match["x"]
        if word == "首先":
            if "其次" in said and at > further:
                start = line.start + match.start("x")
                told = "“首先”说了两次，次序是首先、其次、再次、最后。"
                yield found(sheet, start, start + 2, "numbering", LAYOUT, "最后", told)
            said = set()
        if word == before and "首先" in said:
            right = "最后" if at == len(matches) - 1 and "再次" in said else "再次"
            start = line.start + match.start("x")
            told = f"“{word}”说了两次，次序是首先、其次、再次、最后。"
            yield found(sheet, start, start + 2, "numbering", LAYOUT, right if word == "其次" else None, told)
        said.add(word)
        before = word


def _firsts(sheet: Sheet) -> Iterator[Finding]:
    """（一）… in two paragraphs on end: the second is （二）, unless （二） follows and either may be meant."""
    for at in range(1, len(sheet.lines)):
        before, line = sheet.lines[at - 1], sheet.lines[at]
        match = _FIRST.match(line.text)
        if match is None or not _FIRST.match(before.text):
            continue
        following = sheet.lines[at + 1].text if at + 1 < len(sheet.lines) else ""
        right = None if _SECOND.match(following) else match[0].replace("一", "二")
        told = "序号重复：前一段已是“（一）”。"
        yield found(sheet, line.start, line.start + 3, "numbering", LAYOUT, right, told)
