from __future__ import annotations

import threading

from bot.ui.opening import Doorway, Tell
from bot.ui.talk import AnsweringDesk, Opening
from bot.ui.testing import ScriptedDesk
from ingest.errors import HomeError


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
