"""The workers' door, through a small real home with the builtin model."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.batch import QUESTION_LENGTH
from ingest.compose import sync_folders
from ingest.config import load_settings

RULES = """甲支部工作细则

第一条　党员应当按月交纳党费。
第二条　预备党员的预备期为一年。
第三条　党支部委员会会议一般每月召开一次。
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one document."""
    folder, filled = tmp_path_factory.mktemp("shelf"), tmp_path_factory.mktemp("home")
    (folder / "甲支部工作细则.txt").write_text(RULES, encoding="utf-8")
    assert sync_folders(load_settings(filled), [folder]).added == 1
    return filled


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_ask_gives_one_json_document_and_every_quote_is_verbatim(filled: Path) -> None:
    """Nothing else stands on stdout; exit code 0."""
    result = call("ask", "预备党员的预备期是多长？", "--json", "--home", str(filled))
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["sentences"][0] == {"text": "预备党员的预备期为一年。", "citations": [1]}
    assert (told["citations"][0]["article"], told["citations"][0]["source"]) == (
        "第二条",
        "甲支部工作细则.txt",
    )


def test_the_home_may_stand_before_or_behind_the_command(filled: Path) -> None:
    """`--home H search` is `search --home H`."""
    for arguments in (["--home", str(filled), "search", "党费"], ["search", "党费", "--home", str(filled)]):
        assert "第一条" in call(*arguments).stdout


def test_search_gives_k_hits(filled: Path) -> None:
    """-k limits; the contract's keys are there."""
    told = json.loads(call("search", "党费怎么交", "-k", "1", "--json", "--home", str(filled)).stdout)
    assert [hit["rank"] for hit in told["hits"]] == [1]
    assert told["ms"] > 0


@pytest.mark.parametrize(("command", "key"), [("search", "hits"), ("ask", "sentences")])
def test_a_batch_answers_line_by_line_and_reports_broken_lines(
    filled: Path, tmp_path: Path, command: str, key: str
) -> None:
    """One JSON line for each good one, in order; the bad line is named on stderr; exit code 1."""
    file = tmp_path / "batch.jsonl"
    file.write_text(
        '{"id": "a", "question": "预备期多长？"}\n{broken\n{"id": "b", "question": "党费？", "as_of": "2024-01-01"}\n',
        encoding="utf-8",
    )
    result = call(command, "--batch", str(file), "--home", str(filled))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert all(key in line and line["ms"] > 0 for line in lines)
    assert result.exit_code == 1
    assert "第 2 行" in result.stderr


def test_an_empty_home_says_how_to_fill_it(tmp_path: Path) -> None:
    """Exit code 2, two Chinese lines, no traceback."""
    result = call("ask", "预备期多长？", "--home", str(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "错误：资料库里还没有文件。" in result.stderr
    assert "python -m ingest sync 文件夹" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "  "],
        ["search"],
        ["ask", "--batch", "no-such-file.jsonl"],
        ["ask", "问", "--as-of", "去年"],
        ["ask", "问" * (QUESTION_LENGTH + 1)],
        ["card", "问" * (QUESTION_LENGTH + 1)],
    ],
)
def test_a_user_s_mistake_is_exit_code_2(filled: Path, arguments: list[str]) -> None:
    """No question, no such file, no such day: a message, never a traceback."""
    result = call(*arguments, "--home", str(filled))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "问"],
        ["search", "问"],
        ["chat"],
        ["changes"],
        ["card", "怎么转正"],
        ["ask", "--batch", "{file}"],
    ],
)
def test_a_slip_in_the_home_leaves_nothing_behind(tmp_path: Path, arguments: list[str]) -> None:
    """Commands that only read make no home; the hint says what may be wrong."""
    file, wrong = tmp_path / "batch.jsonl", tmp_path / "打错" / "home"
    file.write_text('{"question": "问"}\n', encoding="utf-8")
    result = call(*(one.format(file=file) for one in arguments), "--home", str(wrong))
    assert result.exit_code == 2
    assert f"没有这个资料目录：{wrong}" in result.stderr
    assert "--home" in result.stderr.split("怎么办：")[1]
    assert not wrong.parent.exists()


def test_one_question_too_long_ends_no_talk_and_no_batch(filled: Path, tmp_path: Path) -> None:
    long = "问" * (QUESTION_LENGTH + 1)
    talk = CliRunner().invoke(main, ["chat", "--home", str(filled)], input=f"{long}\n预备期多长？\n")
    assert "问题太长（1001 字），最多 1000 字" in talk.stderr
    assert (talk.exit_code, "一年" in talk.stdout) == (0, True)
    file = tmp_path / "batch.jsonl"
    file.write_text(f'{{"question": "{long}"}}\n{{"question": "预备期多长？"}}\n', encoding="utf-8")
    batch = call("ask", "--batch", str(file), "--home", str(filled))
    assert "第 1 行：问题太长" in batch.stderr
    assert (batch.exit_code, len(batch.stdout.splitlines())) == (1, 1)


def test_a_busy_port_is_a_clear_error(filled: Path) -> None:
    """Told before the page is built, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = call("serve", "--port", str(taken.getsockname()[1]), "--home", str(filled))
    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_without_json_the_answer_is_readable(filled: Path) -> None:
    """Sentence with [1], then where it stands."""
    shown = call("ask", "支委会多久开一次？", "--home", str(filled)).stdout
    assert shown.startswith("党支部委员会会议一般每月召开一次。[1]")
    assert "《甲支部工作细则》 第三条" in shown
