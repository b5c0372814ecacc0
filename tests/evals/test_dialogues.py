"""Dialogues: how they are read, split and judged, and that ours are true of the regulations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.compose import open_desk
from evals.__main__ import main
from evals.cases import BadCases, read_cases, write_cases
from evals.check import check
from evals.dialogues import half_of, kept, understood
from evals.model import Case
from ingest.compose import sync_folders
from ingest.config import load_settings
from ingest.errors import ConfigError
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

RULES = (
    "见习人员管理办法\n\n第一条 见习期为一年，从批准之日算起。\n\n第二条 见习期可以延长一次，由办公室批准。\n"
)
TALK = {
    "id": "talk-1",
    "turns": [
        {"question": "见习期有多长？", "gold": [[{"source": "办法.txt", "article": "第一条"}]]},
        {"question": "好的"},
        {
            "question": "能延长吗",
            "standalone": "见习期能延长吗",
            "gold": [[{"source": "办法.txt", "article": "第二条"}]],
            "answer_contains": ["延长一次"],
        },
    ],
}


def written(folder: Path, *talks: object) -> Path:
    path = folder / "对话.jsonl"
    path.write_text("\n".join(json.dumps(talk, ensure_ascii=False) for talk in talks), encoding="utf-8")
    return path


@pytest.fixture
def filled(home: Path, tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "办法.txt").write_text(RULES, encoding="utf-8")
    assert sync_folders(load_settings(home), [tmp_path / "docs"]).added == 1
    return home


def test_a_talk_is_a_case_for_each_turn_that_can_be_judged(tmp_path: Path) -> None:
    first, then = read_cases(written(tmp_path, TALK))
    assert (first.id, first.before, first.standalone) == ("talk-1/1", (), None)
    assert (then.id, then.before) == ("talk-1/3", ("见习期有多长？", "好的"))
    assert then.standalone == "见习期能延长吗"
    write_cases([first, then], tmp_path / "again.jsonl")
    assert read_cases(tmp_path / "again.jsonl") == (first, then)


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        ({"turns": []}, "turns 应是不空的列表"),
        ({"turns": ["甲"]}, "turns 应是不空的列表"),
        ({"turns": [{"question": " "}]}, "缺少 question"),
        ({"turns": [{"question": "甲", "standalone": 1}]}, "standalone 应是写全的问句"),
        ({"question": "甲", "before": [1]}, "before 应是文字的列表"),
    ],
)
def test_a_broken_talk_is_told(tmp_path: Path, talk: object, said: str) -> None:
    with pytest.raises(BadCases, match=said):
        read_cases(written(tmp_path, talk))


def test_the_halves_go_by_the_number_of_the_talk(tmp_path: Path) -> None:
    cases = [Case(f"talk-{talk:03}/{turn}", f"{talk}{turn}") for talk in range(1, 5) for turn in (1, 2)]
    assert [case.id for case in half_of(cases, "dev")] == [
        "talk-001/1",
        "talk-001/2",
        "talk-003/1",
        "talk-003/2",
    ]
    assert {*half_of(cases, "dev"), *half_of(cases, "heldout")} == {*cases}
    with pytest.raises(ConfigError, match="没有可归入"):
        half_of([Case("talk-2/1", "甲")], "dev")


def test_a_run_tells_what_understanding_is_worth(filled: Path, tmp_path: Path) -> None:
    """As typed, as understood, as written out by hand."""
    path = written(tmp_path, TALK)
    done = CliRunner().invoke(main, ["run", str(path), "--half", "dev", "--json", "--home", str(filled)])
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["settings"]["half"] == "dev"
    figures = told["metrics"]["dialogue"]
    assert figures["follow_ups"] == 1
    assert figures["right_understood"] == figures["right_by_hand"] == 1.0
    assert {"hit@5_typed", "right_typed", "hit@5_understood", "hit@5_by_hand"} < figures.keys()
    assert told["cases"][1]["case"]["question"] == "见习期能延长吗"
    shown = CliRunner().invoke(main, ["run", str(path), "--search-only", "--home", str(filled)])
    assert "照原话问" in shown.stdout
    assert "right_typed" not in shown.stdout


def test_what_bends_a_full_question_is_listed(filled: Path, tmp_path: Path) -> None:
    desk = open_desk(filled)
    first, then = read_cases(written(tmp_path, TALK))
    full, open_end = replace(first, question="办公室的电话是多少？"), replace(then, before=())
    assert understood([first], desk) == (first,)
    assert kept([full, open_end], [first], desk) == ((open_end, "见习期能延长吗"),)
    desk.close()
    path, after = tmp_path / "题.jsonl", written(tmp_path, TALK)
    write_cases([full, open_end], path)
    done = CliRunner().invoke(
        main, ["kept", str(path), "--after", str(after), "--json", "--home", str(filled)]
    )
    assert done.exit_code == 1
    assert json.loads(done.stdout)["kept"] == 0.5


def ours(root: Path) -> tuple[Case, ...]:
    return read_cases(root / "evals/cases/dialogues.jsonl")


def test_our_dialogues_are_many_and_each_follow_up_is_written_out(root: Path) -> None:
    """At least 60 talks of two or three turns (small talk apart) and 100 follow-ups, each with a place and its quote."""
    cases = ours(root)
    assert len({case.id.split("/")[0] for case in cases}) >= 60
    follow_ups = [case for case in cases if case.before]
    assert len(follow_ups) >= 100
    assert all(case.standalone for case in follow_ups)
    assert all(place.quote for case in follow_ups for item in case.gold for place in item)
    assert all(case.gold for case in follow_ups)
    assert all(len(half_of(cases, half)) >= 90 for half in ("dev", "heldout"))


@pytest.fixture(scope="module")
def regulations(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = Index(tmp_path_factory.mktemp("home"), HashEmbedder())
    sync([shared_data / "regulations"], index)
    yield index
    index.close()


@pytest.mark.shared_data
def test_our_dialogues_are_true_of_the_regulations(root: Path, regulations: Index) -> None:
    """Every place exists, every quote stands in it word for word, every wanted word in some place of its case."""
    checked = check(ours(root), regulations)
    assert checked.faults == ()
    assert checked.quotes == checked.places
