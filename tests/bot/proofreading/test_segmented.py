"""A place that reads as words scores more than one that falls apart."""

from __future__ import annotations

import numpy as np
import pytest

from bot.proofreading.counted import load_table
from bot.proofreading.segmented import cut_scores
from bot.proofreading.suspected import PAD, padded


def _gain(text: str, wrong: str, right: str) -> float:
    table = load_table()
    line, places = padded(table, text)
    at = np.flatnonzero(places == text.index(wrong)) + PAD
    old, new = line[at], table.ids(right)
    return float((cut_scores(table, line, at, new) - cut_scores(table, line, at, old))[0])


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("支部要建全谈心谈话制度", "建", "健"),
        ("县里召开了表杨大会", "杨", "扬"),
        ("要按规距办事", "距", "矩"),
    ],
)
def test_what_makes_words_of_its_surroundings_gains(text: str, wrong: str, right: str) -> None:
    assert _gain(text, wrong, right) > 2


def test_what_breaks_a_word_loses() -> None:
    assert _gain("支部要健全谈心谈话制度", "健", "建") < -2


def test_a_place_at_either_end_is_scored() -> None:
    assert np.isfinite(_gain("建全制度", "建", "健"))
    assert np.isfinite(_gain("制度要建全", "全", "权"))
