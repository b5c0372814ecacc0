"""An answer from the version of another day is counted, unless it says so; and the time-travel cases are true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.compose import Desk, open_desk
from bot.model import Answer
from evals.cases import read_cases, write_cases
from evals.check import check
from evals.model import Case
from evals.run import evaluate
from evals.versions import wrong_version
from ingest.compose import sync_folders
from ingest.config import load_settings
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

RULE = """青石镇读书办法
（{day}印发）
第一条　为了做好读书工作，制定本办法。
第二条　党员每月读书不少于{books}本。
第三条　本办法由青石镇党委负责解释。
"""


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "papers"
    folder.mkdir()
    for year, books in ((2018, 2), (2024, 3)):
        text = RULE.format(day=f"{year}年3月1日", books=books)
        (folder / f"青石镇读书办法_{year}.txt").write_text(text, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    opened = open_desk(home)
    yield opened
    opened.close()


def case(question: str, **days: date) -> Case:
    return Case("1", question, answer_contains=("本",), **days)


def test_the_version_of_the_day_is_right_and_another_wrong(desk: Desk) -> None:
    asked = "党员每月读书不少于几本"
    today = desk.ask(asked)
    assert wrong_version(case(asked, as_of=date(2025, 1, 1)), today, desk.index) is False
    assert wrong_version(case(asked, day=date(2020, 1, 1)), today, desk.index) is True
    assert wrong_version(case(asked), today, desk.index) is None
    then = desk.ask(asked, date(2020, 1, 1))
    assert wrong_version(case(asked, as_of=date(2020, 1, 1)), then, desk.index) is False
    assert wrong_version(case(asked, day=date(2026, 1, 1)), replace(then, warnings=()), desk.index) is True


def test_what_is_said_of_the_very_version_counts(desk: Desk) -> None:
    told = desk.ask("2018年的读书办法规定党员每月读书不少于几本")
    asked = case("读书几本", day=date(2026, 1, 1))
    assert {one.source for one in told.citations} == {"青石镇读书办法_2018.txt"}
    assert wrong_version(asked, told, desk.index) is False
    other = replace(told, warnings=("《青石镇读书办法》2012年的版本已被2024年的版本取代",))
    assert wrong_version(asked, other, desk.index) is True
    assert wrong_version(asked, Answer("问", "refused", "extractive"), desk.index) is False


def test_the_share_is_among_the_figures(desk: Desk) -> None:
    cases = [
        replace(case("2020年时党员每月读书不少于几本", day=date(2020, 12, 31)), id="1"),
        replace(case("党员每月读书不少于几本", day=date(2020, 12, 31)), id="2"),
        replace(case("党员每月读书不少于几本？"), id="3"),
    ]
    metrics = evaluate(cases, desk).metrics["answers"]
    assert metrics["wrong_version"] == 0.5


def test_the_day_of_a_case_is_read_and_written(tmp_path: Path) -> None:
    given = (Case("1", "甲", day=date(2020, 12, 31)), Case("2", "乙"))
    write_cases(given, tmp_path / "题.jsonl")
    assert read_cases(tmp_path / "题.jsonl") == given


@pytest.fixture(scope="module")
def regulations(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = Index(tmp_path_factory.mktemp("home"), HashEmbedder())
    sync([shared_data / "regulations"], index)
    yield index
    index.close()


@pytest.mark.shared_data
def test_the_time_travel_cases_are_true_of_the_regulations(root: Path, regulations: Index) -> None:
    """Every quote stands in its place, and every right place is of a version that counted on the day of its case."""
    cases = read_cases(root / "evals/cases/time-travel.jsonl")
    assert len(cases) >= 60
    assert check(cases, regulations).faults == ()
    sources = {row.id: row.source for row in regulations.documents()}
    for one in cases:
        day = one.day or one.as_of
        assert day is not None, one.id
        out = {sources[document] for document in regulations.superseded(day)}
        places = {place.source for item in one.gold for place in item}
        named = any(
            word in one.question for word in ("年版", "旧", "修订前")
        )  # these ask for a version by name
        assert named or not {source.split("/")[-1] for source in out} & places, one.id


@pytest.mark.shared_data
def test_the_cases_on_laws_have_quotes_and_days(root: Path, shared_data: Path) -> None:
    """The laws are too many to be read in a test: each quote is looked for in its own file."""
    cases = read_cases(root / "evals/cases/time-travel-laws.jsonl")
    files: dict[str, Any] = {}
    for one in cases:
        assert one.day or one.as_of, one.id
        for place in (place for item in one.gold for place in item):
            text = files.setdefault(
                place.source, "".join((shared_data / "laws" / place.source).read_text("utf-8").split())
            )
            assert place.quote is not None
            assert "".join(place.quote.split()) in text, one.id
