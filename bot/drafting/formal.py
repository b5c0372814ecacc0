"""Everyday words of a sentence as a report says them (formal.toml); figures, quoted words and titles stay. Pure."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_KEPT = re.compile(r"“[^”]{0,200}”|《[^》]{0,100}》|‘[^’]{0,100}’")


@lru_cache(1)
def _pairs() -> tuple[tuple[re.Pattern[str], str], ...]:
    words = tomllib.loads(files(__package__).joinpath("formal.toml").read_text("utf-8"))["words"]
    return tuple((re.compile(pattern), instead) for pattern, instead in words.items())


def formal(text: str) -> str:
    """The same text in written words; as it is where there is nothing to change."""
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_in_writing(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*parts, _in_writing(text[at:])])


def _in_writing(text: str) -> str:
    for pattern, instead in _pairs():
        text = pattern.sub(instead, text)
    return text
