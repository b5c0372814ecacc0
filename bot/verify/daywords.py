"""Days written with dots, 2026.6.30, in the words of a report: 2026年6月30日 (GB/T 9704-2012, 7.3.5.4: in full, no 06月). Pure."""

from __future__ import annotations

import re
from datetime import date

# 2026.6.30, 2026-06-30, 2026/6/30, also to a day of the same year: 2026.6.30-7.5
_DAY = re.compile(
    r"(?<![\dA-Za-z./-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])"
    r"(?:[-—–~～至](?P<m2>0?[1-9]|1[0-2])(?P=sep)(?P<d2>0?[1-9]|[12]\d|3[01]))?(?:日(?!期))?(?![\dA-Za-z/-]|\.\d)"
)


def days_in_words(text: str) -> str:
    """The same text with its days written out; what is no day of any calendar stays as it is."""
    return _DAY.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    year = int(found["y"])
    days = [(int(found["m"]), int(found["d"]))]
    days += [(int(found["m2"]), int(found["d2"]))] if found["m2"] else []
    try:
        words = [f"{day.month}月{day.day}日" for day in (date(year, *one) for one in days)]
    except ValueError:
        return found[0]
    return f"{year}年{'至'.join(words)}"
