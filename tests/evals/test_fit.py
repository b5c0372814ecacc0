"""The fit finds the feature that tells the evidence, leaves the others alone, and writes what the bot reads."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import numpy as np

from bot.retrieval.asked import Key
from bot.retrieval.features import Features
from evals.fit import Judged, climb, figures_of, fit, learn, write_counts, write_weights

WIDTH = len(Features._fields)
TELLING = Features._fields.index("text")


def judged(count: int, seed: int = 1) -> list[Judged]:
    """`count` questions of 12 candidates of noise; the evidence has more of `text` and a little more of `dense`."""
    noise = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        values = noise.random((12, WIDTH))
        right = np.zeros((1, 12), np.bool_)
        right[0, noise.integers(12)] = True
        values[right[0], TELLING] += 0.8
        values[right[0], 0] += 0.3
        made.append(Judged("group", values, right))
    return made


def test_the_telling_feature_weighs_most() -> None:
    weights = learn(judged(80), range(WIDTH))
    assert weights.argmax() == TELLING
    assert weights[0] > 0


def test_a_feature_left_out_weighs_nothing() -> None:
    weights = learn(judged(40), [0, 1])
    assert not weights[2:].any()


def test_climbing_finds_what_spoiled_weights_have_lost() -> None:
    """All the same and the telling feature counted against the evidence: the figures rise by a tenth at least."""
    some = judged(40)
    spoiled = np.ones(WIDTH)
    spoiled[TELLING] = -0.5
    before, after = (
        np.mean([list(figures_of(one, weights).values()) for one in some])
        for weights in (spoiled, climb(some, spoiled.copy()))
    )
    assert after >= before + 0.1


def test_fit_tells_what_a_feature_brings() -> None:
    found = fit(judged(60))
    assert found.weights.dense == 1.0
    assert found.figures["group"]["hit@1"] > 0.7
    assert found.without["text"]["group"]["hit@1"] < found.figures["group"]["hit@1"] - 0.2
    # One of noise takes nothing away; without it a fit of so few questions may even be better.
    assert found.without["called"]["group"]["hit@1"] > found.figures["group"]["hit@1"] - 0.05


def test_evidence_that_was_not_found_counts_as_missed() -> None:
    one = Judged("group", np.ones((3, WIDTH)), np.array([[False, False, False], [True, False, False]]))
    assert figures_of(one, np.ones(WIDTH))["recall@10"] == 0.5


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    weights = Features(*(float(number) for number in range(WIDTH)))
    write_weights(weights, tmp_path / "ranking.toml")
    assert Features(**tomllib.loads((tmp_path / "ranking.toml").read_text("utf-8"))) == weights
    counts: Counter[Key] = Counter({("某办法", "第二条"): 3})
    write_counts(counts, tmp_path / "asked.tsv")
    assert "某办法\t第二条\t3\n" in (tmp_path / "asked.tsv").read_text("utf-8")
