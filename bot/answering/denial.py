"""A question about who has not done a thing: the rule for who has done it does not answer it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answering.question import coverage, pairs_of, plain_weight
from bot.answering.sight import Sight

_HAN = r"[\u4e00-\u9fff]"
# 有没有 and 能不能 ask; 不得 and 不少于 deny nothing that was done.
_NOT = re.compile(rf"(?<!有)(?:还没有?|尚未|没有?|未(?!来|成年))(?=({_HAN}{{2,4}}))")
_NOT_SAID = re.compile(rf"(?:还没有|尚未|没有|未(?!来|成年))(?=({_HAN}{{2,12}}))")
_DONE = re.compile(rf"已经?(?=({_HAN}{{2,12}}))")
_SPOKEN_OF = 0.3  # share of the denied words that must stand behind 没有 or 已


def denied_by(form: str, sight: Sight) -> Callable[[str], float]:
    """1 for a sentence that says 没有, 尚未 of what the question says was not done, -1 for one that says 已 of it."""
    found = _NOT.search(form)
    words = found[1] if found else ""
    weights = {pair: plain_weight(pair) for pair in pairs_of(words or " ") if pair in sight.short}
    if not weights:
        return lambda _: 0.0

    def says(one: str) -> float:
        if any(coverage(weights, sight.found(said[1])) >= _SPOKEN_OF for said in _NOT_SAID.finditer(one)):
            return 1.0
        done = any(coverage(weights, sight.found(said[1])) >= _SPOKEN_OF for said in _DONE.finditer(one))
        return -1.0 if done else 0.0

    return says
