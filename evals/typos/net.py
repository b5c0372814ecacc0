"""Rows of measures and whether each is right -> a net with one hidden layer that scores them."""

from __future__ import annotations

import numpy as np

from bot.proofreading.counted import Floats
from bot.proofreading.weighed import NET

_RIDGE = 1e-5
_HIDDEN = 64
_EPOCHS = 6
_BATCH = 512
_RATE = 3e-3


def net(rows: Floats, truths: Floats, seed: int) -> dict[str, object]:
    """A net with one hidden layer, by Adam on the logistic loss."""
    if not truths.any():  # nothing was found that is right: then nothing is ever told
        return {name: [] for name in NET}
    draw = np.random.default_rng(seed)
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 0.01)
    inputs = (rows - mean) / spread
    width = inputs.shape[1]
    parts = [
        draw.normal(0, np.sqrt(2 / width), (width, _HIDDEN)),
        np.zeros(_HIDDEN),
        draw.normal(0, np.sqrt(1 / _HIDDEN), _HIDDEN),
        np.array(np.log(truths.mean() / max(1 - truths.mean(), 1e-6))),
    ]
    first_moment, second_moment = (
        [np.zeros_like(part) for part in parts],
        [np.zeros_like(part) for part in parts],
    )
    step, steps = 0, _EPOCHS * -(-len(rows) // _BATCH)
    for _ in range(_EPOCHS):
        order = draw.permutation(len(rows))
        for start in range(0, len(rows), _BATCH):
            step += 1
            batch = order[start : start + _BATCH]
            slopes = _slopes(parts, inputs[batch], truths[batch])
            rate = _RATE * (1 - step / (steps + 1))
            for number, slope in enumerate(slopes):
                first_moment[number] = 0.9 * first_moment[number] + 0.1 * slope
                second_moment[number] = 0.999 * second_moment[number] + 0.001 * slope**2
                even = np.sqrt(second_moment[number] / (1 - 0.999**step)) + 1e-8
                parts[number] = parts[number] - rate * (first_moment[number] / (1 - 0.9**step)) / even
    found = (mean, spread, *parts)
    return {name: np.round(part, 4).tolist() for name, part in zip(NET, found, strict=True)}


def _slopes(parts: list[Floats], inputs: Floats, truths: Floats) -> list[Floats]:
    first, shift, last, base = parts
    hidden = np.maximum(inputs @ first + shift, 0)
    wrong = (1 / (1 + np.exp(-np.clip(hidden @ last + base, -30, 30))) - truths) / len(truths)
    back = np.outer(wrong, last) * (hidden > 0)
    return [inputs.T @ back + _RIDGE * first, back.sum(axis=0), hidden.T @ wrong, np.asarray(wrong.sum())]
