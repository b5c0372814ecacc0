"""What of a question stands in a text, found without taking the text apart. Pure; made once for a question.

The same answer as `bot.answering.question.pairs_in(text) & asked.pairs`, some thirty times as fast: an answer looks at hundreds of texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answering.question import Asked, coverage, pairs_of, plain_weight
from bot.retrieval.lexicon import Lexicon, packaged

_TOKENS = re.compile(r"[a-z0-9%.]+")


@dataclass(frozen=True, slots=True)
class Sight:
    """`short`: asked pairs and characters; `tokens`: longer words of letters and figures; `wordings`: official
    wordings with the asked pairs of the everyday words that they stand for.
    """

    short: tuple[str, ...]
    tokens: frozenset[str]
    wordings: tuple[tuple[str, frozenset[str]], ...]

    def found(self, form: str) -> frozenset[str]:
        """The asked pairs that stand in a text, given in its search form."""
        got = {pair for pair in self.short if pair in form}
        if self.tokens:
            got.update(self.tokens.intersection(_TOKENS.findall(form)))
        for wording, pairs in self.wordings:
            if wording in form:
                got |= pairs
        return frozenset(got)


def sight_of(asked: Asked) -> Sight:
    standing = _standing_for(asked.lexicon or packaged())
    wordings: dict[str, set[str]] = {}
    for pair in asked.pairs:
        for wording in standing.get(pair, ()):
            wordings.setdefault(wording, set()).add(pair)
    return Sight(
        tuple(pair for pair in asked.pairs if len(pair) <= 2),
        frozenset(pair for pair in asked.pairs if len(pair) > 2),
        tuple((wording, frozenset(pairs)) for wording, pairs in wordings.items()),
    )


def weights_of(words: str, sight: Sight) -> dict[str, float]:
    """The pairs of some words of the question with their weights, as far as the question's content has them."""
    return {pair: plain_weight(pair) for pair in pairs_of(words or " ") if pair in sight.short}


def share(weights: Mapping[str, float], sight: Sight, forms: Iterable[str]) -> float:
    """The share of the weight that stands in one or another of these texts."""
    return coverage(weights, frozenset().union(*(sight.found(form) for form in forms)))


def _standing_for(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """By each pair of an everyday word, the official wordings that stand for it. Kept for the lexicon last used: a
    program serves one home.
    """
    kept = _KEPT.get("last")
    if kept is None or kept[0] is not lexicon:
        standing: dict[str, set[str]] = {}
        for known in lexicon.wordings.values():
            for wording, everyday in known:
                for pair in {pair for word in everyday for pair in pairs_of(word)}:
                    standing.setdefault(pair, set()).add(wording)
        kept = lexicon, {pair: frozenset(wordings) for pair, wordings in standing.items()}
        _KEPT["last"] = kept
    return kept[1]


_KEPT: dict[str, tuple[Lexicon, Mapping[str, frozenset[str]]]] = {}
