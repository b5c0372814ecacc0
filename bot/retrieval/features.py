"""What speaks for a chunk: the figures that the ranking weighs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.pairs import pairs_of, standing
from ingest.model import RULE_KINDS, Hit

_AUTHORITY: Final = dict.fromkeys(RULE_KINDS, 0.8) | {"党章": 1.0, "准则": 0.9, "条例": 0.9, "行政法规": 0.9}
_NEAREST: Final = 5  # hits whose cosine says how sure the search by meaning is


class Features(NamedTuple):
    """0 to 1 each, but for `dense` (-1 to 1) and `asked` (0 upwards); docs/retrieval.md says what each brings."""

    dense: float  # cosine of question and chunk
    lexical: float  # BM25 over character pairs, over the best of this query, less where meaning is sure
    title: (
        float  # share of the question's pairs that stand in title and headings only, rare ones counting more
    )
    text: float  # share of the question's pairs that stand in the chunk itself
    official: float  # share of the official words for what was said that stand in the chunk
    authority: (
        float  # 党章 1, 准则, 条例 and 行政法规 0.9, other rules 0.8, reports that may only mention a rule 0
    )
    called: float  # 1 when the question calls the document by name
    replaced: float  # 1 when a later version has taken its place
    asked: float  # log(1 + how often people were seen to ask about this article)


class Found(NamedTuple):
    """A chunk and what was known of it before its words were looked at."""

    hit: Hit
    dense: float
    lexical: float  # BM25 over character pairs as it was found; 0 where the words did not find it
    called: bool
    replaced: bool
    asked: float
    said: float = 0.0  # cosine with the question in official words; 0 where it has none, or others are nearer


def features(question: str, official: Sequence[str], pool: Sequence[Found]) -> NDArray[np.float64]:
    """One row of `Features` for each of `pool`, all candidates of one question: shape (len(pool), features).

    How rare a pair of the question is, is counted in the pool: what all candidates have tells none from another.
    """
    if not pool:
        return np.zeros((0, len(Features._fields)))
    pairs = pairs_of(question)
    in_text = standing(pairs, [one.hit.text for one in pool]).astype(np.float64)
    places = [(one.hit.title, *one.hit.heading_path) for one in pool]
    at = {place: number for number, place in enumerate(dict.fromkeys(places))}  # many share a chapter
    in_place = standing(pairs, ["".join(place) for place in at], blanks=False)[[at[one] for one in places]]
    shared = _share(in_text)
    best = max(one.lexical for one in pool) or 1.0
    dense = np.array([one.dense for one in pool])
    unsure = 1 - np.sort(dense)[-_NEAREST:].mean()
    columns: dict[str, Sequence[float] | NDArray[np.float64]] = {
        "dense": dense,
        "lexical": np.array([one.lexical for one in pool]) / best * unsure,
        "title": _share(np.maximum(in_place, in_text)) - shared,
        "text": shared,
        "official": [_share_of(official, one.hit.text) for one in pool] if official else np.zeros(len(pool)),
        "authority": [_AUTHORITY.get(one.hit.kind, 0.0) for one in pool],
        "called": [one.called for one in pool],
        "replaced": [one.replaced for one in pool],
        "asked": [one.asked for one in pool],
    }
    table = np.empty((len(pool), len(columns)))
    for column, name in enumerate(Features._fields):
        table[:, column] = columns[name]
    return table


def _share_of(official: Sequence[str], text: str) -> float:
    """Text taken from a PDF reads 每月召开 1 次, and breaks off at each line's end."""
    form = text.lower().replace(" ", "").replace("\n", "").replace("\u3000", "")
    return sum([word in form for word in official]) / len(official)


def _share(there: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, pairs) of 0 and 1 -> (n,): weighted by ln(1 + n / (1 + rows with the pair))."""
    weights = np.log1p(len(there) / (1 + there.sum(axis=0)))
    share: NDArray[np.float64] = there @ weights / max(float(weights.sum()), 1e-9)
    return share
