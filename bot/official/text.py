"""Words as a document writes them: days, and text made safe for XML."""

from __future__ import annotations

import re
from datetime import date
from xml.sax.saxutils import escape

# What XML cannot hold: most control characters, halves of a pair, two that are no characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def day(dated: date) -> str:
    """2026年3月5日: the year in full, no noughts in front (7.3.5.4)."""
    return f"{dated.year}年{dated.month}月{dated.day}日"


def escaped(text: str) -> str:
    """The content of a run: tabs and line breaks as Word has them, the rest as text."""
    parts = re.split("([\t\n])", _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    marks = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return "".join(
        marks.get(part) or f"<w:t xml:space='preserve'>{escape(part)}</w:t>" for part in parts if part
    )
