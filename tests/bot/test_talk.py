"""Follow-ups through the doors: chat, ask --batch with turns, and the desk itself, over a small real home."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.compose import Desk, open_desk
from bot.conversation.rewrite import told
from bot.llm.guarded import Guarded
from bot.llm.prompt import Prompt
from ingest.compose import sync_folders
from ingest.config import load_settings

RULES = """甲支部工作细则

第一条　党员应当按月交纳党费。学生党员每月交纳党费0.2元。
第二条　预备党员的预备期为一年。需要继续考察的，预备期可以延长一次。
第三条　党支部委员会会议一般每月召开一次，由书记主持。党小组会一般每季度召开一次，由党小组组长主持。
"""
FIRST, NEXT = "预备党员的预备期是多长？", "能延长吗"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, filled = tmp_path_factory.mktemp("shelf"), tmp_path_factory.mktemp("home")
    (folder / "甲支部工作细则.txt").write_text(RULES, encoding="utf-8")
    assert sync_folders(load_settings(filled), [folder]).added == 1
    return filled


@pytest.fixture
def desk(filled: Path) -> Iterator[Desk]:
    opened = open_desk(filled)
    yield opened
    opened.close()


def call(*arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=said)


def test_a_follow_up_is_answered_as_it_is_understood(desk: Desk) -> None:
    first, then = told(desk.ask, [FIRST, NEXT])
    assert (first.question, first.standalone) == (FIRST, "")
    assert (then.question, then.standalone) == (NEXT, "预备党员的预备期能延长吗")
    assert any("可以延长一次" in sentence.text for sentence in then.sentences)
    alone = desk.ask(then.standalone)
    assert (alone.sentences, alone.standalone) == (then.sentences, "")


def test_the_model_that_is_given_is_asked(desk: Desk) -> None:
    asked: list[str] = []

    def say(prompt: Prompt) -> Generator[str, None, None]:
        asked.append(prompt.user)
        yield from ("学生党员每月", "交纳党费多少")

    with_model = Desk(desk.settings, desk.index, language_model=Guarded(say, lambda _: False, lambda: None))
    assert with_model.understood("学生呢", told(with_model.ask, ["党费怎么交"])) == "学生党员每月交纳党费多少"
    assert len(asked) == 1


def test_chat_goes_on_and_an_empty_line_begins_anew(filled: Path) -> None:
    done = call("chat", "--json", "--home", str(filled), said=f"{FIRST}\n谢谢\n{NEXT}\n\n{NEXT}\n")
    assert done.exit_code == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["question"] for one in answers] == [FIRST, "谢谢", NEXT, NEXT]
    assert [one["standalone"] for one in answers] == [None, None, "预备党员的预备期能延长吗", None]


def test_chat_shows_how_it_understood(filled: Path) -> None:
    shown = call("chat", "--home", str(filled), said="党支部委员会会议谁主持\n党小组会呢\n").stdout
    assert "理解为：党小组会谁主持" in shown


def test_a_batch_line_brings_the_turns_before_it(filled: Path, tmp_path: Path) -> None:
    lines = tmp_path / "问.jsonl"
    written = [
        {"id": "a", "question": NEXT, "turns": [FIRST]},
        {"id": "b", "question": NEXT},
        {"id": "c", "question": NEXT, "turns": FIRST},
        {"id": "d", "question": NEXT, "turns": [" "]},
    ]
    lines.write_text("\n".join(json.dumps(one) for one in written), encoding="utf-8")
    done = call("ask", "--batch", str(lines), "--home", str(filled))
    assert done.exit_code == 1
    assert "第 3 行：turns 应是此前各问的列表" in done.stderr
    assert "第 4 行：问题是空的" in done.stderr
    understood = [json.loads(line)["standalone"] for line in done.stdout.splitlines()]
    assert understood == ["预备党员的预备期能延长吗", None]
    hits = json.loads(
        call("search", "--batch", str(lines), "-k", "1", "--home", str(filled)).stdout.splitlines()[0]
    )
    assert hits["hits"][0]["article"] == "第二条"
