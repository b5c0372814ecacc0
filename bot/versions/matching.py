"""Which article of an old version became which of the new one: by what they say, whatever their numbers. Pure.

Pairs of characters are counted. Only articles that share rare pairs are held against each other, so 700 articles
take a fraction of a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log

from bot.versions.model import Article, Pair
from ingest.text import search_form

_ALIKE = 0.4  # of the pairs of both; unrelated articles of one work share at most about a quarter
_HELD = 0.6  # of the pairs of the shorter one: an article that was much extended, or went into another
_SHORT = 12  # pairs; of a shorter text 0.6 is chance
_RARE = 12  # articles a pair of characters may stand in to tell one from another
_CANDIDATES = 8  # articles with most rare pairs in common that are compared
_NEAR = 0.03  # what the same place in the order is worth, against equal words elsewhere


def match(old: Sequence[Article], new: Sequence[Article]) -> tuple[Pair, ...]:
    """Each article once, in the order of `new`; what was removed stands behind the article it followed."""
    before, after = [_pairs(one.body) for one in old], [_pairs(one.body) for one in new]
    weights = _weights([*before, *after])
    scored = sorted(_scored(before, after, weights), reverse=True)
    became: dict[int, int] = {}
    taken: set[int] = set()
    for _, minus_i, minus_j in scored:
        i, j = -minus_i, -minus_j
        if i not in became and j not in taken:
            became[i] = j
            taken.add(j)
    came_from = {j: i for i, j in became.items()}
    pairs: list[Pair] = []
    next_old = 0
    for j, article in enumerate(new):
        source = came_from.get(j)
        if source is None:
            pairs.append(Pair(None, article, _most_of(after[j], before, old)))
            continue
        while next_old < source:  # what was removed before this one
            if next_old not in became:
                pairs.append(Pair(old[next_old], None, _most_of(before[next_old], after, new)))
            next_old += 1
        next_old = max(next_old, source + 1)
        pairs.append(Pair(old[source], article))
    rest = (one for one in range(next_old, len(old)) if one not in became)
    return (*pairs, *(Pair(old[one], None, _most_of(before[one], after, new)) for one in rest))


def _weights(texts: Sequence[Counter[str]]) -> dict[str, float]:
    """What a pair of characters counts: little where most articles have it (情节严重的，给予…处分), 1 where one has it."""
    having = Counter(pair for text in texts for pair in text)
    whole = log(1 + len(texts))
    return {pair: log((1 + len(texts)) / count) / whole for pair, count in having.items()}


def _scored(
    before: Sequence[Counter[str]], after: Sequence[Counter[str]], weights: Mapping[str, float]
) -> Iterator[tuple[float, int, int]]:
    """(score, -i, -j) of the articles that may be the same, so that of equal ones the first come first."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for j, pairs in enumerate(after):
        for pair in pairs:
            holding[pair].append(j)
    for i, pairs in enumerate(before):
        shared: Counter[int] = Counter()
        for pair in pairs:
            if len(holding.get(pair, ())) <= _RARE:
                shared.update(holding.get(pair, ()))
        for j, _ in shared.most_common(_CANDIDATES):
            score = likeness(pairs, after[j], weights)
            if score >= _ALIKE:
                place = abs(i / max(1, len(before)) - j / max(1, len(after)))
                yield score - _NEAR * min(1.0, 10 * place), -i, -j


def likeness(one: Counter[str], other: Counter[str], weights: Mapping[str, float]) -> float:
    """0 to 1: the share of the weight in common; of an article within a much longer one at most 0.8."""
    common = _weight(one & other, weights)
    mine, theirs = _weight(one, weights), _weight(other, weights)
    dice = 2 * common / (mine + theirs) if mine + theirs else 0.0
    held = common / min(mine, theirs) if mine and theirs else 0.0
    is_long = min(one.total(), other.total()) >= _SHORT
    return max(dice, 0.8 * held if held >= _HELD and is_long else 0.0)


def _weight(pairs: Counter[str], weights: Mapping[str, float]) -> float:
    return sum(count * weights[pair] for pair, count in pairs.items())


def _most_of(one: Counter[str], others: Sequence[Counter[str]], articles: Sequence[Article]) -> str | None:
    """The label of the article that holds most of `one`; None where none holds enough of it."""
    held = [((one & other).total() / max(1, one.total()), -at) for at, other in enumerate(others)]
    best, at = max(held, default=(0.0, 0))
    return articles[-at].label if best >= _HELD and one.total() >= _SHORT else None


def _pairs(text: str) -> Counter[str]:
    form = "".join(filter(str.isalnum, search_form(text)))
    return Counter(form[at : at + 2] for at in range(len(form) - 1)) or Counter([form])
