"""How alike words are: shared pairs of characters, those that tell the candidates apart counting more. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from ingest.text import search_form

_NOT_JOINING = re.compile(r"(?<=[投纳融列植嵌写])入(?=党)")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
# Stand in every report, and tell nothing.
_COMMON = frozenset(
    re.findall(
        "..",
        "基层工作情况开展进行有关相关主要进一一步加强落实推进全面认真坚持组织党员支部建设做好通过以及全年今年年度我们积极不断有效存在问题不够有的方面上年比上提高百分分点其中全部共有完成达到",
    )
)


def worded(text: str) -> str:
    """Without what only looks like a word: 投入党建经费 says nothing of 入党."""
    return _NOT_JOINING.sub("", text)


def pairs(text: str) -> frozenset[str]:
    """Every two neighbouring Chinese characters, without those that stand everywhere."""
    found = {
        run[at : at + 2] for run in _WORDS.findall(worded(search_form(text))) for at in range(len(run) - 1)
    }
    return frozenset(found - _COMMON)


def likeness(text: str, candidates: Sequence[str]) -> list[float]:
    """For each candidate, how much of `text` it says, 0 to 1: pairs that few candidates have weigh more."""
    said = [pairs(one) for one in candidates]
    spread = Counter(pair for one in said for pair in one)
    weights = {pair: log(1 + len(said) / spread.get(pair, 1)) for pair in pairs(text)}
    whole = sum(weights.values())
    return [sum(weights[pair] for pair in one & weights.keys()) / whole if whole else 0.0 for one in said]


def alike(first: str, second: str) -> float:
    """How much of the shorter one the other says, 0 to 1."""
    one, other = pairs(first), pairs(second)
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else float(first.strip() == second.strip())
