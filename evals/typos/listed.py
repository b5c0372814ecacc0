"""The words that dictionaries have: pypinyin's phrases, and jieba's words with how often they were seen.

Dictionaries also list slips that became usual (死灰复然, 走头无路). What is hardly ever seen and differs in one
character from what is seen far more often is taken for one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PHRASE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_SEEN = 5  # times; what jieba has with less was never counted, but taken over from other lists
_NAME, _KNOWN = "nr", 200  # a person's name is a word for everybody when it is seen so often
_FOUR = 4
_RATHER = 5  # times as often is the other one seen


@cache
def phrases() -> tuple[str, ...]:
    """The words, idioms and phrases of pypinyin's dictionary, without the slips among those of four characters."""
    from pypinyin.phrases_dict import phrases_dict

    seen = {word: often for word, (often, _) in _jieba().items()}
    better = _best_of_pattern(seen)
    return tuple(
        phrase
        for phrase in sorted(filter(_PHRASE.fullmatch, phrases_dict))
        if not _is_slip(phrase, seen, better)
    )


@cache
def frequencies() -> Mapping[str, int]:
    """Word -> how often jieba's makers saw it; without persons and without what they never counted."""
    return {
        word: often
        for word, (often, part) in _jieba().items()
        if often >= _SEEN and _WORD.fullmatch(word) and (not part.startswith(_NAME) or often >= _KNOWN)
    }


@cache
def _jieba() -> Mapping[str, tuple[int, str]]:
    """Word -> (how often seen, part of speech)."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {word: (int(often), part) for word, often, part in rows}


def _best_of_pattern(seen: Mapping[str, int]) -> Mapping[str, int]:
    """走*无路 -> how often the most usual word of that pattern is seen."""
    best: defaultdict[str, int] = defaultdict(int)
    for word, often in seen.items():
        if len(word) == _FOUR:
            for pattern in _patterns(word):
                best[pattern] = max(best[pattern], often)
    return best


def _patterns(word: str) -> list[str]:
    return [f"{word[:at]}*{word[at + 1 :]}" for at in range(len(word))]


def _is_slip(phrase: str, seen: Mapping[str, int], better: Mapping[str, int]) -> bool:
    often = seen.get(phrase, 0)
    if len(phrase) != _FOUR or often >= _SEEN:
        return False
    return max(better.get(pattern, 0) for pattern in _patterns(phrase)) > _RATHER * max(often, 1)
