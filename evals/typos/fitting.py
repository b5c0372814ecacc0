"""Slips planted in texts that were not counted -> the weights of the measures, and the score from which one is told.

A slip is one character put in the place of another that is alike. The bar is set by what would be told of the same kind
of texts without any slip: it is as high as it must be for so few findings.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.proofreading.counted import FIRST, Floats, Table
from bot.proofreading.suspected import suspects, try_all

_EVERY = 25  # characters from one planted slip to the next
_LIKE = (
    0.55,
    0.15,
    0.2,
    0.1,
)  # how a planted character is alike: sound, shape, sound without tone, near sound
_RIDGE = 1.0
_ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Planted:
    text: str
    right: dict[int, str]  # place -> what stood there


def plant(table: Table, text: str, draw: random.Random) -> Planted:
    ids, alike = table.ids(text), table.alike
    letters, right = list(text), {}
    at = draw.randrange(_EVERY)
    while at < len(text):
        meant = int(ids[at])
        if meant >= FIRST:
            span = slice(int(alike.begins[meant]), int(alike.begins[meant + 1]))
            others, kinds = alike.others[span], alike.kinds[span]
            wanted = draw.choices(range(4), _LIKE)[0]
            fitting = others[kinds == wanted]
            if len(fitting):
                weights = np.exp(table.logs[1][fitting] / 2)
                put = draw.choices(fitting.tolist(), weights.tolist())[0]
                letters[at], right[at] = table.chars[put - FIRST], text[at]
        at += draw.randrange(_EVERY // 2, _EVERY * 3 // 2)
    return Planted("".join(letters), right)


def fit(table: Table, texts: Sequence[str], seed: int) -> Table:
    """Logistic regression on every replacement that was tried; a planted place counts only with its right character."""
    draw = random.Random(seed)
    rows, truths = [], []
    for text in texts:
        planted = plant(table, text, draw)
        tried = try_all(table, planted.text)
        for number, (at, new) in enumerate(zip(tried.at.tolist(), tried.new.tolist(), strict=True)):
            meant = planted.right.get(at)
            if meant is not None and meant != table.chars[new - FIRST]:
                continue
            if meant is None and any(abs(at - slip) < 4 for slip in planted.right if abs(at - slip) < 4):
                continue
            rows.append(tried.measures[number])
            truths.append(meant is not None)
    return _with(table, weights=_regression(np.array(rows), np.array(truths, float)).round(4).tolist())


def set_bar(table: Table, texts: Iterable[str], every: float) -> Table:
    """The lowest bar at which texts without planted slips have one finding in `every` characters."""
    scores: list[float] = []
    size = 0
    for text in texts:
        size += len(text)
        scores += [one.score for one in suspects(table, text)]
    scores.sort(reverse=True)
    allowed = int(size / every)
    return _with(table, bar=round(scores[allowed], 3) if allowed < len(scores) else 0.0)


def _with(table: Table, **learned: object) -> Table:
    return replace(table, fit={**table.fit, **learned})


def _regression(rows: Floats, truths: Floats) -> Floats:
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (truths - chance) - _RIDGE * weights
        bend = (rows.T * (chance * (1 - chance))) @ rows + _RIDGE * np.eye(rows.shape[1])
        weights = weights + np.linalg.solve(bend, slope)
    return weights
