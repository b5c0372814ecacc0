"""How characters are read (pypinyin) and which look alike (shapes.txt)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from importlib.resources import files

import numpy as np

from bot.proofreading.likeness import TONES, Sounds

_SYLLABLE = re.compile(r"([a-zü]+)([1-5]?)")


def sounds_of(chars: str, first: int) -> Sounds:
    """Characters are numbered from `first` on."""
    number = {character: at for at, character in enumerate(chars, first)}
    syllables: dict[str, int] = {}
    rows = sorted(
        (number[character], syllables.setdefault(syllable, len(syllables)) * TONES + int(tone or 5))
        for character in chars
        for syllable, tone in _sounds(character)
    )
    near: dict[str, int] = {}
    blurred = [near.setdefault(_blurred(syllable), len(near)) for syllable in syllables]
    pairs = sorted(
        {
            (number[old], number[new])
            for group in shapes()
            for old, new in itertools.permutations(group, 2)
            if old in number and new in number
        }
    )
    table = np.array(rows, np.int64)
    return Sounds(table[:, 0], table[:, 1], np.array(blurred, np.int64), np.array(pairs, np.int64))


def shapes() -> tuple[str, ...]:
    """Groups of characters that look alike: those written down, and the pairs that evals.typos.drawn found."""
    folder = files("evals.typos")
    lines = [
        line
        for name in ("shapes.txt", "drawn.txt")
        for line in folder.joinpath(name).read_text("utf-8").splitlines()
    ]
    return tuple(group for line in lines if not line.startswith("#") for group in line.split())


def _sounds(character: str) -> Iterator[tuple[str, str]]:
    from pypinyin import Style, pinyin

    for reading in pinyin(character, style=Style.TONE3, heteronym=True)[0]:
        if match := _SYLLABLE.fullmatch(reading):
            yield match[1], match[2]


def _blurred(syllable: str) -> str:
    """zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in are one."""
    plain = re.sub(r"^([zcs])h", r"\1", syllable)
    plain = re.sub(r"^n(?=[a-zü])", "l", plain)
    return re.sub(r"(?<=[aei])ng$", "n", plain)
