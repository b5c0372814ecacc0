"""Learns how much each feature of a sentence counts when the one that answers is picked: a listwise softmax over a question's
sentences, cross-validated by question. A sentence is right when it stands in a gold place and has the wanted words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from bot.answering.passage import Unit
from bot.answering.weighing import Features
from evals.metrics import evidence_of
from evals.model import Case
from ingest.text import search_form

FOLDS = 5
# Seen in too few of these questions to be learned.
FIXED = Features(*(0.0,) * len(Features._fields))._replace(
    term=15.0, whole_list=6.0, steps=4.0, says=3.0, focus=2.0, denied=4.0, rival=-5.0
)
_PENALTY = 3e-3  # on squared weights of standardised features
_FREE = [at for at, value in enumerate(FIXED) if not value]
Row = NDArray[np.float64]


Weigh = Callable[[str, date | None], tuple[Sequence[Unit], Sequence[Features]]]  # as `evals.inside.weighed`


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question: a row for each sentence, and which of them are right."""

    group: str
    id: str
    values: Row
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Picked:
    """`first`: share of each group whose first sentence is right, cross-validated; `without`: the same lacking a feature."""

    weights: Features
    first: Mapping[str, float]
    without: Mapping[str, Mapping[str, float]]


def lessons_of(
    weigh: Weigh, cases: Sequence[Case], group: str, step: Callable[[int, int], None]
) -> list[Lesson]:
    """The cases of which some sentence among those found is right."""
    found = []
    known = [case for case in cases if case.gold]
    for done, case in enumerate(known, 1):
        pool, rows = weigh(case.question, case.as_of)
        gains = np.array([_gain(unit, case) for unit in pool])
        if len(gains) and gains.max() > 0:
            found.append(Lesson(group, case.id, np.array(rows, np.float64), gains >= gains.max()))
        step(done, len(known))
    return found


def _gain(unit: Unit, case: Case) -> float:
    """The share of the wanted words, or of a gold quote, that the unit has; 0 outside of the gold places."""
    if not evidence_of(unit.hit, case):
        return 0.0
    text = _bare("".join(unit.texts))
    if case.answer_contains:
        return fmean(float(_bare(word) in text) for word in case.answer_contains)
    quotes = [_bare(place.quote) for item in case.gold for place in item if place.quote]
    return float(not quotes or any(text in quote or quote in text for quote in quotes))


def _bare(text: str) -> str:
    return "".join(search_form(text).split())


def learn_picking(lessons: Sequence[Lesson], seed: int = 0) -> Picked:
    ids = sorted({one.id for one in lessons})
    fold = dict(zip(ids, np.random.default_rng(seed).permutation(len(ids)) % FOLDS, strict=True))
    return Picked(
        Features(*_learn(lessons, _FREE).round(2).tolist()),
        _validated(lessons, fold, _FREE),
        {
            Features._fields[dropped]: _validated(lessons, fold, [at for at in _FREE if at != dropped])
            for dropped in _FREE
        },
    )


def _validated(
    lessons: Sequence[Lesson], fold: Mapping[str, int], columns: Sequence[int]
) -> dict[str, float]:
    rows: dict[str, list[float]] = {}
    for part in range(FOLDS):
        weights = _learn([one for one in lessons if fold[one.id] != part], columns)
        for one in (one for one in lessons if fold[one.id] == part):
            rows.setdefault(one.group, []).append(float(one.right[int(np.argmax(one.values @ weights))]))
    return {group: round(fmean(some), 3) for group, some in sorted(rows.items())}


def _learn(lessons: Sequence[Lesson], columns: Sequence[int]) -> Row:
    """Each group counts by the root of its size."""
    from scipy.optimize import minimize

    chosen = list(columns)
    spread = np.concatenate([one.values[:, chosen] for one in lessons]).std(axis=0)
    spread[spread == 0] = 1.0
    sizes = {group: sum(one.group == group for one in lessons) for group in {one.group for one in lessons}}
    counts = np.array([sizes[one.group] ** -0.5 for one in lessons])
    counts /= counts.sum()
    read = [(one.values[:, chosen] / spread, one.right, one.values @ np.array(FIXED)) for one in lessons]

    def loss(weights: Row) -> tuple[float, Row]:
        total, slope = _PENALTY * float(weights @ weights), 2 * _PENALTY * weights
        for (values, right, given), count in zip(read, counts, strict=True):
            scores = values @ weights + given
            raised = np.exp(scores - scores.max())
            picked = raised * right
            total -= count * float(np.log(picked.sum() / raised.sum()))
            slope = slope - count * (picked / picked.sum() - raised / raised.sum()) @ values
        return total, slope

    found = minimize(loss, np.zeros(len(chosen)), jac=True, method="L-BFGS-B").x / spread
    weights = np.array(FIXED)
    weights[chosen] = found
    return weights


def write_picking(weights: Features, path: Path) -> None:
    """The file that `bot.answering.weighing` reads."""
    lines: Iterable[str] = (f"{name} = {value}\n" for name, value in weights._asdict().items())
    first = "# Learned by `python -m evals picking`; docs/answers.md says from which questions.\n"
    path.write_text("".join((first, *lines)), "utf-8")
