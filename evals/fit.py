"""Learns how much each feature of the ranking counts, from questions whose evidence is known.

A linear listwise model: the chance of a piece of evidence is the softmax of the weighted sums over a question's
candidates, all its alternatives together; what is learned makes the evidence likeliest (L-BFGS, a little L2). From
there each weight is moved as long as the figures that count (hit@1, hit@5, recall, MRR, every group the same) rise.
Cross-validated by question, and once more in the same way without each feature, which says what it brings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from bot.model import Query
from bot.retrieval.asked import Key
from bot.retrieval.features import Features
from bot.retrieval.retrieve import candidates
from evals.metrics import evidence_of
from evals.model import Case
from ingest.errors import ConfigError
from ingest.index import Index

FOLDS = 5
_PENALTY = 1e-3  # on squared weights of standardised features
_STEPS = (-0.2, -0.1, -0.05, -0.02, 0.02, 0.05, 0.1, 0.2)
_RISE = 3e-4  # a smaller one is chance
_DENSE = Features._fields.index("dense")
Weights = NDArray[np.float64]
_NO_COUNTS: Mapping[Key, int] = {}


class TooFewQuestions(ConfigError):
    default_hint = "请多给一些题（每组几十道以上），确认 --train 的资料目录和题目对得上。"


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's candidates: `values` (candidates, features); `items`: for each piece of evidence which are it."""

    group: str
    values: NDArray[np.float64]
    items: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fit:
    """`weights` by feature; `figures`: group -> figure -> value, cross-validated; `without`: the same lacking a feature."""

    weights: Features
    figures: Mapping[str, Mapping[str, float]]
    without: Mapping[str, Mapping[str, Mapping[str, float]]]


def judge(index: Index, cases: Sequence[Case], group: str, step: Callable[[int, int], None]) -> list[Judged]:
    """The candidates of every case with gold. What the packaged counts know of them is left out: they were counted in."""
    judged = []
    asked = [case for case in cases if case.gold]
    for done, case in enumerate(asked, 1):
        pool, values = candidates(index, Query(case.question, case.as_of), asked_counts=_NO_COUNTS)
        evidence = [evidence_of(one.hit, case) for one in pool]
        items = np.array([[item in those for those in evidence] for item in range(len(case.gold))], np.bool_)
        judged.append(Judged(group, values, items))
        step(done, len(asked))
    return judged


def fit(judged: Sequence[Judged], seed: int = 0) -> Fit:
    """Weights, `dense` scaled to 1: the mean of those that five times four fifths of the questions give - one climb is
    swayed by single questions. Figures come from weights that did not see the question.
    """
    names = Features._fields
    every = tuple(range(len(names)))
    by_part = list(_by_part(judged, every, seed))
    learned: Weights = np.mean([weights for weights, _ in by_part], axis=0)
    if learned[_DENSE] <= 0:
        raise TooFewQuestions("从这些题里学不出权重：语义一列学成了零或负数。")
    return Fit(
        Features(*(learned / learned[_DENSE]).round(4).tolist()),
        _figures(by_part),
        {
            name: cross_validated(judged, tuple(one for one in every if one != dropped), seed)
            for dropped, name in enumerate(names)
        },
    )


def cross_validated(
    judged: Sequence[Judged], columns: Sequence[int], seed: int
) -> dict[str, dict[str, float]]:
    """Figures by group; each question is ranked by weights learned, and climbed, from the other folds."""
    return _figures(_by_part(judged, columns, seed))


def _by_part(
    judged: Sequence[Judged], columns: Sequence[int], seed: int
) -> Iterator[tuple[Weights, list[Judged]]]:
    """For each fold: weights from the questions of the others, and its own questions."""
    fold = np.random.default_rng(seed).permutation(len(judged)) % FOLDS
    for part in range(FOLDS):
        others = [one for one, at in zip(judged, fold, strict=True) if at != part]
        own = [one for one, at in zip(judged, fold, strict=True) if at == part]
        yield climb(others, learn(others, columns)), own


def _figures(by_part: Iterable[tuple[Weights, list[Judged]]]) -> dict[str, dict[str, float]]:
    rows: dict[str, list[dict[str, float]]] = {}
    for weights, own in by_part:
        for one in own:
            rows.setdefault(one.group, []).append(figures_of(one, weights))
    return {
        group: {name: round(fmean(row[name] for row in some), 4) for name in some[0]}
        for group, some in rows.items()
    }


def figures_of(one: Judged, weights: Weights) -> dict[str, float]:
    """hit@1, hit@5, recall@10, recall@100, MRR@10 of one question, as `evals run` counts them."""
    order = np.argsort(-(one.values @ weights), kind="stable")
    firsts = [_first(item[order]) for item in one.items]
    best = min(firsts)
    return {
        "hit@1": float(best <= 1),
        "hit@5": float(best <= 5),
        "recall@10": fmean(first <= 10 for first in firsts),
        "recall@100": fmean(first <= 100 for first in firsts),
        "MRR@10": 1 / best if best <= 10 else 0.0,
    }


def _first(there: NDArray[np.bool_]) -> int:
    return int(there.argmax()) + 1 if there.any() else 10**6


def learn(judged: Sequence[Judged], columns: Sequence[int]) -> Weights:
    """One weight a feature, 0 for those not in `columns`. Each group counts by the root of its size."""
    from scipy.optimize import minimize

    chosen = list(columns)
    seen = np.concatenate([one.values[:, chosen] for one in judged])
    spread = seen.std(axis=0)
    spread[spread == 0] = 1.0
    sizes = {one.group: sum(other.group == one.group for other in judged) for one in judged}
    lessons = [
        (one.values[:, chosen] / spread, item, sizes[one.group] ** -0.5 / len(one.items))
        for one in judged
        for item in one.items
        if item.any()
    ]

    def loss(weights: Weights) -> tuple[float, Weights]:
        total, slope = _PENALTY * float(weights @ weights), 2 * _PENALTY * weights
        share = sum(weight for *_, weight in lessons)
        for values, item, weight in lessons:
            scores = values @ weights
            raised = np.exp(scores - scores.max())
            right = raised * item
            total -= weight / share * float(np.log(right.sum() / raised.sum()))
            slope -= weight / share * (right / right.sum() - raised / raised.sum()) @ values
        return total, slope

    start = np.zeros(len(chosen))
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    weights = np.zeros(len(Features._fields))
    weights[chosen] = found.x / spread
    return weights


def climb(judged: Sequence[Judged], weights: Weights) -> Weights:
    """Moves one weight after the other while the figures rise; a weight of 0 stays 0.

    Only their proportions rank, so that one stays as it is: of `dense`, or where that was left out, the largest.
    """
    fixed = _DENSE if weights[_DENSE] > 0 else int(np.abs(weights).argmax())
    weights = weights / abs(weights[fixed])
    best = _worth(judged, weights)
    for _ in range(2):
        for at in range(len(weights)):
            for step in _STEPS if at != fixed and weights[at] else ():
                moved = weights.copy()
                moved[at] += step * max(1.0, 2 * abs(weights[at]))
                worth = _worth(judged, moved)
                if worth > best + _RISE:
                    weights, best = moved, worth
    return weights


def _worth(judged: Sequence[Judged], weights: Weights) -> float:
    """The mean figure of every group, averaged over the groups."""
    groups: dict[str, list[float]] = {}
    for one in judged:
        groups.setdefault(one.group, []).append(fmean(figures_of(one, weights).values()))
    return fmean(fmean(values) for values in groups.values())


def count_asked(index: Index, cases: Sequence[Case]) -> Counter[Key]:
    """How many questions ask about each article of a work."""
    works = {row.source: row.work_key for row in index.documents()}
    return Counter(
        key
        for case in cases
        for key in {
            (works[place.source], place.article)
            for places in case.gold
            for place in places
            if place.article and place.source in works
        }
    )


def write_weights(weights: Features, path: Path) -> None:
    """The file that `bot.retrieval.ranking` reads."""
    lines = ["# Learned by `python -m evals fit`; docs/retrieval.md says from which questions.\n"]
    path.write_text(
        "".join((*lines, *(f"{name} = {value}\n" for name, value in weights._asdict().items()))), "utf-8"
    )


def write_counts(counts: Counter[Key], path: Path) -> None:
    """The file that `bot.retrieval.asked` reads."""
    lines = ["# work\tarticle\thow many training questions ask about it\n"]
    lines += (f"{work}\t{article}\t{times}\n" for (work, article), times in sorted(counts.items()))
    path.write_text("".join(lines), "utf-8")
