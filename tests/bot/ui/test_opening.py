from __future__ import annotations

import threading

import pytest

from bot.ui.opening import Doorway, Tell, aloud
from bot.ui.talk import AnsweringDesk, Opening
from bot.ui.testing import ScriptedDesk
from ingest.errors import HomeError, IndexMismatch


def test_the_desk_is_there_only_when_it_is_ready() -> None:
    desk, go, told = ScriptedDesk({}), threading.Event(), threading.Event()

    def prepare(tell: Tell) -> AnsweringDesk:
        tell(Opening("syncing", done=1, total=4, problems=("坏.docx：打不开",)))
        told.set()
        assert go.wait(10)
        return desk

    doorway = Doorway(prepare)
    assert (doorway.opening.phase, doorway.desk) == ("opening", None)
    thread = doorway.start()
    assert told.wait(10)
    assert (doorway.opening.phase, doorway.opening.done, doorway.desk) == ("syncing", 1, None)
    go.set()
    thread.join(10)
    assert (doorway.opening.phase, doorway.desk) == ("ready", desk)
    assert doorway.opening.problems == ("坏.docx：打不开",)
    doorway.close()
    assert desk.closed
    assert doorway.desk is None


def test_an_error_is_kept_with_its_hint() -> None:
    def prepare(_: Tell) -> AnsweringDesk:
        raise HomeError("不能写入。")

    doorway = Doorway(prepare)
    doorway.open()
    assert (doorway.opening.phase, doorway.opening.message) == ("failed", "不能写入。")
    assert doorway.opening.hint == HomeError.default_hint


def test_an_unforeseen_error_does_not_leave_the_page_waiting() -> None:
    def prepare(_: Tell) -> AnsweringDesk:
        raise ZeroDivisionError

    doorway = Doorway(prepare)
    doorway.open()
    assert doorway.opening.phase == "failed"
    assert doorway.opening.hint


def test_an_empty_knowledge_base_keeps_its_explanation() -> None:
    doorway = Doorway(lambda tell: tell(Opening("empty", message="还没有资料", hint="怎么加")))
    doorway.open()
    assert (doorway.opening.phase, doorway.desk) == ("empty", None)


def test_a_first_sync_is_told_in_the_console_by_tenths() -> None:
    """The page hears every step, the console at most a dozen lines, and how it ended."""
    heard: list[Opening] = []
    said: list[str] = []

    def prepare(tell: Tell) -> ScriptedDesk:
        tell(Opening("syncing"))
        for done in range(1, 201):
            tell(Opening("syncing", done=done, total=200, source=f"{done}.md"))
        return ScriptedDesk({})

    assert aloud(prepare, said.append)(heard.append) is not None
    assert len(heard) == 201
    assert 10 <= len(said) <= 13
    assert "200/200" in said[-2]
    assert "已打开：1 份资料" in said[-1]


def test_what_keeps_the_home_from_opening_is_told_in_the_console() -> None:
    """Reason and hint; the page still hears the error."""
    said: list[str] = []

    def prepare(tell: Tell) -> None:
        raise IndexMismatch("变了。")

    with pytest.raises(IndexMismatch):
        aloud(prepare, said.append)(lambda _: None)
    assert "变了" in said[0]
    assert "reindex" in said[0]
