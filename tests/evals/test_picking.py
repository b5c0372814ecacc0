"""The fit finds the feature that tells the answering sentence, keeps what is set by hand, and writes what the bot reads."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import numpy as np

from bot.answering.passage import Unit, whole
from bot.answering.weighing import Features, learned
from bot.testing import hit
from evals.model import Case, Place
from evals.picking import FIXED, Lesson, learn_picking, lessons_of, write_picking

WIDTH = len(Features._fields)
TELLING = Features._fields.index("own")


def lessons(count: int) -> list[Lesson]:
    noise = np.random.default_rng(1)
    made = []
    for at in range(count):
        values = noise.random((8, WIDTH))
        right = np.zeros(8, np.bool_)
        right[noise.integers(8)] = True
        values[right, TELLING] += 0.8
        values[:, [i for i, value in enumerate(FIXED) if value]] = 0.0
        made.append(Lesson("group", str(at), values, right))
    return made


def test_the_telling_feature_weighs_most_and_its_loss_is_told() -> None:
    found = learn_picking(lessons(80))
    free = [value for value, fixed in zip(found.weights, FIXED, strict=True) if not fixed]
    assert found.weights.own == max(free)
    assert found.first["group"] > 0.8 > found.without["own"]["group"] + 0.2
    assert found.weights.term == FIXED.term


def test_what_is_written_is_what_the_bot_reads(tmp_path: Path) -> None:
    """The packaged file has every feature too."""
    write_picking(FIXED, tmp_path / "weighing.toml")
    assert Features(**tomllib.loads((tmp_path / "weighing.toml").read_text(encoding="utf-8"))) == FIXED
    assert learned().term == FIXED.term


def test_right_is_a_sentence_of_a_gold_place_with_the_wanted_words() -> None:
    """Most of the words will do where none has all; elsewhere the words count for nothing."""
    texts = ("预备期为一年。", "预备期满应当讨论。", "预备期为一年。")
    units: list[Unit] = [
        whole(hit(text, text, document=name), {name: text}.__getitem__)
        for text, name in zip(texts, ("a", "a", "b"), strict=True)
    ]

    def weighed(question: str, as_of: date | None) -> tuple[list[Unit], list[Features]]:
        return units, [FIXED] * 3

    known = Case("1", "预备期多长", ((Place("a.txt"),),), ("一年",))
    (lesson,) = lessons_of(weighed, (known, Case("2", "没有依据")), "g", lambda *_: None)
    assert lesson.right.tolist() == [True, False, False]
