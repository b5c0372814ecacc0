"""Learns when to refuse: a logistic regression on what speaks for and against an answer, cross-validated by question.

Questions that have an answer and questions that have none are given by group; every group counts the same, whatever
its size. The curve says, for each threshold, which share of each group would be refused by weights that did not see
the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.refusing.declined import declined
from bot.refusing.smalltalk import not_for_documents
from bot.refusing.strength import Strength
from evals.model import Case
from ingest.errors import ConfigError

FOLDS = 5
NAMES = tuple(field.name for field in fields(Strength))
FIXED = {"term": 4.0, "unsaid": -4.0}  # seen in hardly any question: kept by hand
STEP = 0.25  # between the thresholds of the curve
_PENALTY = 1e-3  # on squared weights of standardised features
Row = NDArray[np.float64]


class TooFewKinds(ConfigError):
    default_hint = "请同时给有答案的题和没有答案的题（unanswerable 为 true）。"


Weigh = Callable[[str, date | None], Strength | None]  # as `evals.inside.strength`


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question of a group. `strength`: None where it is refused before anything is weighed."""

    group: str
    id: str
    answerable: bool
    strength: Strength | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """`weights`, `least`: for refusal.toml. `curve`: threshold, then the share of each group that is refused; `margin` is
    where on the curve `least` lies.
    """

    weights: Strength
    least: float
    margin: float
    curve: tuple[tuple[float, Mapping[str, float]], ...]


def lessons_of(
    weigh: Weigh, cases: Sequence[Case], group: str, step: Callable[[int, int], None]
) -> list[Lesson]:
    """The cases known to be answerable or not."""
    known = [case for case in cases if case.unanswerable or case.answerable]
    found = []
    for done, case in enumerate(known, 1):
        aside = (not_for_documents(case.question) or declined(case.question)) is not None
        strength = None if aside else weigh(case.question, case.as_of)
        found.append(Lesson(group, case.id, not case.unanswerable, strength))
        step(done, len(known))
    return found


def calibrate(lessons: Sequence[Lesson], refused: float, seed: int = 0) -> Calibration:
    """The threshold is the lowest at which, cross-validated, at least `refused` of the questions without an answer
    are refused, all of them together.
    """
    weighed = [one for one in lessons if one.strength is not None]
    if len({one.answerable for one in weighed}) < 2:
        raise TooFewKinds("题目只有一类，学不出什么时候该拒答。")
    ids = sorted({one.id for one in weighed})  # a question asked in two ways is in one fold
    fold = dict(zip(ids, np.random.default_rng(seed).permutation(len(ids)) % FOLDS, strict=True))
    # Each fold has a bias of its own: what is compared is how far a sum lies from its fold's even odds.
    sums: dict[int, float] = {}
    for part in range(FOLDS):
        weights, bias = _learn([one for one in weighed if fold[one.id] != part])
        for at, one in enumerate(weighed):
            if fold[one.id] == part:
                sums[at] = float(_row(one) @ weights) + bias
    margins = np.array([sums[at] for at in range(len(weighed))])
    curve = []
    for threshold in np.arange(-3.0, 3.0 + STEP, STEP):
        shares = _shares(lessons, dict(zip(map(id, weighed), margins < threshold, strict=True)))
        curve.append((float(threshold), shares))
    without = np.array([not one.answerable for one in weighed])
    early = sum(one.strength is None and not one.answerable for one in lessons)
    total = early + int(without.sum())
    kept = np.sort(margins[without])  # those below the threshold are refused
    needed = max(0, int(np.ceil(refused * total)) - early)
    cut = float(kept[needed]) if needed < len(kept) else float(kept[-1]) + 0.01
    weights, bias = _learn(weighed)
    least = cut - bias
    return Calibration(Strength(*weights.round(2).tolist()), round(least, 2), round(cut, 2), tuple(curve))


def _shares(lessons: Sequence[Lesson], below: Mapping[int, bool]) -> dict[str, float]:
    groups: dict[str, list[bool]] = {}
    for one in lessons:
        name = one.group if one.answerable else f"{one.group}（无答案）"
        groups.setdefault(name, []).append(one.strength is None or bool(below[id(one)]))
    return {name: round(sum(some) / len(some), 3) for name, some in groups.items()}


def _row(lesson: Lesson) -> Row:
    assert lesson.strength is not None
    return np.array(astuple(lesson.strength), np.float64)


def _learn(lessons: Sequence[Lesson]) -> tuple[Row, float]:
    """Weights and bias; every group of a label counts the same, and both labels do."""
    from scipy.optimize import minimize

    values = np.stack([_row(one) for one in lessons])
    target = np.array([float(one.answerable) for one in lessons])
    sizes: dict[tuple[str, bool], int] = {}
    for one in lessons:
        sizes[one.group, one.answerable] = sizes.get((one.group, one.answerable), 0) + 1
    kinds = {label: sum(known == label for _, known in sizes) for label in (True, False)}
    counts = np.array([1 / sizes[one.group, one.answerable] / kinds[one.answerable] for one in lessons])
    counts /= counts.sum()
    fixed = np.array([FIXED.get(name, 0.0) for name in NAMES])
    free = np.array([name not in FIXED for name in NAMES])
    spread = values.std(axis=0)
    spread[spread == 0] = 1.0
    scaled, given = (values / spread)[:, free], values @ fixed

    def loss(learned: Row) -> tuple[float, Row]:
        sums = scaled @ learned[:-1] + learned[-1] + given
        chance = 1 / (1 + np.exp(-sums))
        likely = np.where(target == 1, chance, 1 - chance)
        off = counts * (chance - target)
        slope = np.append(scaled.T @ off + 2 * _PENALTY * learned[:-1], off.sum())
        return float(
            -(counts * np.log(likely + 1e-12)).sum() + _PENALTY * (learned[:-1] @ learned[:-1])
        ), slope

    found = minimize(loss, np.zeros(int(free.sum()) + 1), jac=True, method="L-BFGS-B").x
    weights = fixed.copy()
    weights[free] = found[:-1] / spread[free]
    return weights, float(found[-1])


def write_calibration(found: Calibration, path: Path) -> None:
    """The file that `bot.refusing.refusal` reads."""
    lines = ["# Learned by `python -m evals refusal`; docs/answers.md says from which questions.\n"]
    lines += [f"least = {found.least}\n", "\n", "[weights]\n"]
    lines += [f"{name} = {value}\n" for name, value in zip(NAMES, astuple(found.weights), strict=True)]
    path.write_text("".join(lines), "utf-8")
