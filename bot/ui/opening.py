"""Opening the knowledge base beside the page: the page is there at once, the answers follow.

With an empty home the demonstration corpus is synced first, and the page tells how far it is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.ui.talk import AnsweringDesk, Opening
from ingest.errors import KnowledgeBaseError
from ingest.model import Progress, SyncReport

if TYPE_CHECKING:
    from ingest.config import Settings

log = logging.getLogger(__name__)

HOW_TO_ADD = "请在命令行运行 python -m ingest sync 文件夹（放着法规、报告、制度的文件夹），完成后重新运行 python -m bot serve。"
PROBLEMS_SHOWN = 5

Tell = Callable[[Opening], None]
Prepare = Callable[[Tell], AnsweringDesk | None]  # None: there is nothing to ask, and `tell` has said why


class Doorway:
    """The desk once it is open, and how far it is until then. One thread writes, the page's threads read."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._lock = threading.Lock()
        self._opening = Opening()
        self._desk: AnsweringDesk | None = None

    @property
    def opening(self) -> Opening:
        with self._lock:
            return self._opening

    @property
    def desk(self) -> AnsweringDesk | None:
        """The open desk, or None while there is none to ask."""
        with self._lock:
            return self._desk

    def start(self) -> threading.Thread:
        """Open in a thread of its own; it ends when the phase is ready, empty or failed."""
        thread = threading.Thread(target=self.open, name="opening", daemon=True)
        thread.start()
        return thread

    def open(self) -> None:
        """Open the desk. Never raises: the phase tells what went wrong."""
        try:
            desk = self._prepare(self._tell)
        except KnowledgeBaseError as error:
            self._tell(Opening("failed", message=str(error), hint=error.hint))
        except Exception as error:
            log.exception("opening failed")
            message = f"打开资料库时出了意外：{error}"
            self._tell(Opening("failed", message=message, hint=KnowledgeBaseError.default_hint))
        else:
            if desk is not None:
                with self._lock:
                    self._desk = desk
                    self._opening = Opening("ready", problems=self._opening.problems)

    def close(self) -> None:
        """Close the desk; afterwards there is none to ask."""
        with self._lock:
            desk, self._desk, self._opening = self._desk, None, Opening()
        if desk is not None:
            desk.close()

    def _tell(self, opening: Opening) -> None:
        with self._lock:
            self._opening = opening


def aloud(prepare: Prepare, say: Callable[[str], None]) -> Prepare:
    """`prepare` that also says in the console what it does: each tenth of a first sync, and how it ended."""

    def prepared(tell: Tell) -> AnsweringDesk | None:
        last = -1

        def told(opening: Opening) -> None:
            nonlocal last
            tenth = 10 * opening.done // opening.total if opening.total else 0
            if opening.phase != "syncing":
                say(f"{opening.message}{opening.hint}")
            elif last < 0:
                say("第一次使用：正在整理资料，完成后即可提问。")
            if opening.phase == "syncing" and opening.total and tenth > last:
                say(f"整理资料 {opening.done}/{opening.total}：{opening.source}")
            last = max(last, tenth)
            tell(opening)

        try:
            desk = prepare(told)
        except KnowledgeBaseError as error:
            say(f"资料库没有打开：{error}{error.hint}")
            raise
        if desk is not None:
            say(f"资料库已打开：{desk.index.counts().documents} 份资料。")
        return desk

    return prepared


def prepare_home(settings: Settings, tell: Tell) -> AnsweringDesk | None:
    """The desk of `settings.home`; into an empty home the demonstration corpus is synced first."""
    from bot.compose import open_desk
    from ingest.compose import sync_folders

    desk = open_desk(settings.home)
    if desk.index.counts().documents:
        return desk
    desk.close()
    if settings.corpus is None or not settings.corpus.is_dir():
        tell(Opening("empty", message="资料库里还没有资料。", hint=HOW_TO_ADD))
        return None
    tell(Opening("syncing"))
    report = sync_folders(settings, [settings.corpus], lambda progress: tell(_syncing(progress)))
    if not report.added + report.changed + report.unchanged:
        message = f"没有读到可用的资料：{settings.corpus}。"
        tell(Opening("empty", message=message, hint=HOW_TO_ADD, problems=_problems(report)))
        return None
    tell(Opening("syncing", problems=_problems(report)))
    return open_desk(settings.home)


def _syncing(progress: Progress) -> Opening:
    return Opening("syncing", done=progress.done, total=progress.total, source=progress.source)


def _problems(report: SyncReport) -> tuple[str, ...]:
    return tuple(f"{failure.source}：{failure.reason}" for failure in report.failed[:PROBLEMS_SHOWN])
