"""How long questions wait while another process fills the same home: one question a second, from first to last file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from bot.compose import Desk, open_desk
from evals.measure import ProgramFailed
from evals.metrics import percentile

# Everyday questions to the party's regulations; none is a case of a test set.
QUESTIONS = (
    "预备党员的预备期是多长？", "党支部委员会一般由几个人组成？", "党费一般多久交一次？", "支部书记多长时间向党员大会述职一次？",
    "党员受处分后可以申诉吗？", "转正时要召开什么会议讨论？", "发展对象的培训不少于几天？", "主题党日多久开展一次？",
    "党组讨论决定干部任免至少要多少成员到会？", "巡视组有哪些权限？", "党员无正当理由多久不交党费算自行脱党？", "干部档案由谁管理？",
)  # fmt: skip
_IDLE = 24  # questions asked before the sync begins
_AFTER = 20.0  # seconds for which questions go on when it is done: the last of it is read then
_PAUSE = 1.0


def bench_during_sync(asked: Path, added: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Milliseconds of each answer of a home of `asked`, idle and while `added` is synced into it."""
    with tempfile.TemporaryDirectory(prefix="dangwu-bench-", ignore_cleanup_errors=True) as room:
        home = Path(room) / "home"
        tell("同步要问的资料")
        _ended(_sync(asked, home))
        desk = open_desk(home)
        try:
            return _measured(desk, added, home, tell)
        finally:
            desk.close()


def _measured(desk: Desk, added: Path, home: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    questions = cycle(QUESTIONS)
    for _ in QUESTIONS:
        desk.ask(next(questions))  # what is read once for all
    tell("空闲时提问")
    idle = [_timed(desk, next(questions)) for _ in range(_IDLE)]
    tell("一边同步一边提问")
    begun = perf_counter()
    sync = _sync(added, home)
    busy: list[dict[str, float]] = []
    try:
        ended: float | None = None
        while ended is None or perf_counter() - ended < _AFTER:
            at = perf_counter() - begun
            busy.append({"at": round(at, 1), "ms": _timed(desk, next(questions))})
            sleep(max(0.0, at + _PAUSE - (perf_counter() - begun)))
            if ended is None and sync.poll() is not None:
                ended = perf_counter()
        seconds = ended - begun
    finally:
        if sync.poll() is None:
            sync.kill()
    _ended(sync)
    during = [one["ms"] for one in busy]
    return {
        "idle": _summary(idle),
        "during": _summary(during),
        "sync_seconds": round(seconds, 1),
        "documents": desk.index.counts().documents,
        "slowest": sorted(busy, key=lambda one: -one["ms"])[:10],
    }


def _timed(desk: Desk, question: str) -> float:
    begun = perf_counter()
    desk.ask(question)
    return round((perf_counter() - begun) * 1000, 1)


def _summary(times: list[float]) -> dict[str, float]:
    return {
        "questions": len(times),
        **{f"p{share}_ms": round(percentile(times, share), 1) for share in (50, 95, 99)},
        "max_ms": max(times),
    }


def _sync(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-X", "utf8", "-m", "ingest", "sync", str(folder), "--home", str(home)]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)


def _ended(sync: subprocess.Popen[bytes]) -> None:
    if sync.wait() not in (0, 1):  # 1: it went on past a file that it could not read
        raise ProgramFailed(f"同步没有做完（退出码 {sync.returncode}）。")


def during_rows(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what, value) in Chinese."""
    for key, name in (("idle", "空闲时提问"), ("during", "同步时提问")):
        one = figures[key]
        told = f"{one['questions']} 题，中位 {one['p50_ms']:.0f} 毫秒，95 分位 {one['p95_ms']:.0f}，99 分位 {one['p99_ms']:.0f}"
        yield name, f"{told}，最长 {one['max_ms']:.0f}"
    yield "同步用时", f"{figures['sync_seconds']:.0f} 秒，同步后共 {figures['documents']} 份"
