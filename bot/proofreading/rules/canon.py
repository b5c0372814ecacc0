"""The standard wordings (canon.txt), and how a text is compared with them. Pure.

Quotation marks and the choice between 、 and ， are not compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.proofreading.tables import lines

_QUOTES = "“”‘’\u3000 "
_SAME = str.maketrans("，", "、")


@cache
def canon() -> Mapping[str, str]:
    """The wordings, each with the mark that stands before it in canon.txt ("", = or ==)."""
    said = [line.translate(_SAME) for line in lines("canon.txt")]
    return {one.lstrip("="): one[: len(one) - len(one.lstrip("="))] for one in said}


@cache
def seen_rightly() -> frozenset[str]:
    """What is near a wording and right."""
    return frozenset(one.translate(_SAME) for one in lines("canon-right.txt"))


def unquoted(text: str) -> tuple[str, list[int]]:
    """The text without quotation marks, and where each of its characters stood."""
    places = [at for at, one in enumerate(text) if one not in _QUOTES]
    return "".join(text[at] for at in places).translate(_SAME), places


def offered(right: str, said: str) -> str | None:
    """The wording with the marks between its members that the text uses; None where quotation marks would be lost."""
    if any(mark in _QUOTES for mark in said):
        return None
    return right.replace("、", "，") if "，" in said and "、" not in said else right
