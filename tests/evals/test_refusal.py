"""The calibration finds what tells answerable questions, keeps the share that is to be refused, and writes what the bot reads."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.refusing.strength import Strength
from evals.cases import BadCases, read_cases
from evals.model import Case, Place
from evals.refusal import Lesson, TooFewKinds, calibrate, lessons_of, write_calibration
from evals.unanswerable import unrelated_cases

NOTHING = Strength(*(0,) * 13)


def lessons(count: int) -> list[Lesson]:
    """Answerable ones lie nearer; the rest is noise."""
    noise = np.random.default_rng(2)
    made = []
    for at in range(count):
        answerable = at % 2 == 0
        near, other = noise.normal(0.5 if answerable else 0.2, 0.08), noise.random()
        strength = Strength(float(near), float(other), *(0,) * 11)
        made.append(Lesson("a" if at % 4 < 2 else "b", str(at), answerable, strength))
    return made


def test_what_tells_weighs_and_the_share_is_kept() -> None:
    """With the threshold, at least nine of ten unanswerable ones are refused and most answerable ones are not."""
    learned = lessons(400)
    found = calibrate(learned, 0.9)
    assert found.weights.near > 5 > abs(found.weights.sentence)
    below = [
        (
            one.answerable,
            found.weights.near * one.strength.near + found.weights.sentence * one.strength.sentence
            < found.least,
        )
        for one in learned
        if one.strength
    ]
    assert np.mean([refused for answerable, refused in below if not answerable]) >= 0.88
    assert np.mean([refused for answerable, refused in below if answerable]) <= 0.1


def test_the_curve_rises_and_names_groups_without_an_answer() -> None:
    """A higher threshold refuses no fewer; what was refused before weighing counts as refused."""
    found = calibrate([*lessons(80), Lesson("c", "x", False, None)], 0.9)
    for group in ("a", "b", "a（无答案）", "b（无答案）"):
        shares = [row[group] for _, row in found.curve]
        assert shares == sorted(shares)
    assert all(row["c（无答案）"] == 1.0 for _, row in found.curve)


def test_one_kind_of_question_teaches_nothing() -> None:
    with pytest.raises(TooFewKinds):
        calibrate([one for one in lessons(40) if one.answerable], 0.9)


def test_what_is_written_is_what_the_bot_reads(tmp_path: Path) -> None:
    """Names and figures; the packaged file has the same names."""
    found = calibrate(lessons(80), 0.9)
    write_calibration(found, tmp_path / "refusal.toml")
    read = tomllib.loads((tmp_path / "refusal.toml").read_text(encoding="utf-8"))
    assert Strength(**read["weights"]) == found.weights
    assert read["least"] == found.least


def test_greetings_and_requests_are_refused_without_weighing() -> None:
    """Cases without a known answer are left out; the others only are weighed."""
    asked: list[str] = []

    def strength(question: str, as_of: date | None) -> Strength | None:
        asked.append(question)
        return NOTHING

    cases: Sequence[Case] = (
        Case("1", "你好", unanswerable=True),
        Case("2", "帮我伪造一份谈话记录", unanswerable=True),
        Case("3", "预备期多长", ((Place("a.md"),),)),
        Case("4", "不知道有没有答案"),
    )
    found = lessons_of(strength, cases, "g", lambda *_: None)
    assert [one.strength for one in found] == [None, None, NOTHING]
    assert asked == ["预备期多长"]


def test_unrelated_questions_are_drawn_anew_by_seed(tmp_path: Path) -> None:
    """The same seed gives the same; each question once; too few is told."""
    file = tmp_path / "general.jsonl"
    file.write_text(
        "".join(json.dumps({"question": f"问题{n % 50}？"}) + "\n" for n in range(60)), encoding="utf-8"
    )
    one, same, other = (unrelated_cases(file, 20, seed) for seed in (1, 1, 2))
    assert one == same != other
    assert len({case.question for case in one}) == 20
    assert all(case.unanswerable for case in one)
    with pytest.raises(BadCases, match="不够 51 个"):
        unrelated_cases(file, 51)


@pytest.mark.parametrize(("name", "count"), [("unanswerable-hard", 60), ("unanswerable-second", 83)])
def test_the_near_ones_are_as_many_as_told_and_all_unanswerable(root: Path, name: str, count: int) -> None:
    cases = read_cases(root / "evals" / "cases" / f"{name}.jsonl")
    assert len(cases) == len({case.question for case in cases}) == count
    assert all(case.unanswerable for case in cases)
