"""What happens to a home before the first question, with real stores."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.ui.opening import HOW_TO_ADD, prepare_home
from bot.ui.talk import Opening
from ingest.config import Settings, load_settings

RULES = "见习办法\n\n第一条　为了测试，制定本办法。\n\n第二条　见习人员的见习期为一年，从开会通过之日算起。\n"


def settings_of(home: Path, corpus: Path) -> Settings:
    return load_settings(home).model_copy(update={"corpus": corpus})


def test_an_empty_home_takes_in_the_corpus_and_a_second_start_does_not(home: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "办法.txt").write_text(RULES, encoding="utf-8")
    (corpus / "空.txt").touch()
    told: list[Opening] = []
    desk = prepare_home(settings_of(home, corpus), told.append)
    assert desk is not None
    with closing(desk):
        assert [row.source for row in desk.index.documents()] == ["办法.txt"]
    assert {state.phase for state in told} == {"syncing"}
    assert any(0 < state.done <= state.total == 2 for state in told)
    assert [problem.split("：")[0] for problem in told[-1].problems] == ["空.txt"]

    (corpus / "新.txt").write_text(RULES, encoding="utf-8")
    told.clear()
    again = prepare_home(settings_of(home, corpus), told.append)
    assert again is not None
    with closing(again):
        assert again.index.counts().documents == 1
    assert told == []


def test_without_a_corpus_the_page_says_how_to_add_documents(home: Path, tmp_path: Path) -> None:
    told: list[Opening] = []
    assert prepare_home(settings_of(home, tmp_path / "none"), told.append) is None
    assert [(state.phase, state.hint) for state in told] == [("empty", HOW_TO_ADD)]


def test_a_corpus_without_one_readable_file_is_told_with_its_problems(home: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "空.txt").touch()
    told: list[Opening] = []
    assert prepare_home(settings_of(home, tmp_path / "corpus"), told.append) is None
    assert told[-1].phase == "empty"
    assert "空.txt" in told[-1].problems[0]
