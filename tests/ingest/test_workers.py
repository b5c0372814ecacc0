"""Worker processes: a job that hangs, swells or crashes costs itself and nothing else."""

from __future__ import annotations

import ctypes
import math
import operator
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.error import HTTPError

import psutil
import pytest

from ingest import worker, workers
from ingest.embed import open_embedder
from ingest.errors import ConfigError, WorkersFailed
from ingest.index import Index
from ingest.pipeline import sync
from ingest.workers import Limits, Lost, Task, in_workers

LIMITS = Limits(seconds=120, memory_mb=400)  # no clock decides, however busy the machine is


@pytest.fixture(autouse=True)
def leave_nobody() -> Iterator[None]:
    """Workers of other tests may have been told other things; ours go with the test."""
    workers.close()
    yield
    workers.close()


def offspring() -> list[psutil.Process]:
    return [
        one
        for one in psutil.Process().children(recursive=True)
        if one.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(one.cmdline())
    ]


def test_each_job_comes_back_once() -> None:
    """Quick ones, given ahead, and heavy ones, over two workers."""
    tasks = [Task(number, quick=number % 3 > 0) for number in range(300)]
    found = dict(in_workers(math.factorial, tasks, LIMITS, 2))
    assert found == {number: math.factorial(number) for number in range(300)}


def test_a_job_that_dies_is_lost_and_those_behind_it_are_not() -> None:
    """All stand in one worker's line; the dead one's neighbours are done by the next."""
    tasks = [Task(code, quick=True) for code in (b"a", None, b"c", b"d")]  # string_at(None) reads address 0
    found = dict(in_workers(ctypes.string_at, tasks, LIMITS, 1))
    assert found.pop(1) == Lost(
        "crash", "信号 SIGSEGV" if os.name == "posix" else found.get(1, Lost("", "")).detail
    )
    assert found == {0: b"a", 2: b"c", 3: b"d"}


def test_a_clean_exit_in_the_middle_is_a_crash_too() -> None:
    assert list(in_workers(os._exit, [Task(0)], LIMITS, 1)) == [(0, Lost("crash", "退出码 0"))]


def test_what_hangs_is_killed_with_what_it_started() -> None:
    """A program that a parser starts (LibreOffice) must not go on for ever."""
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    found = list(in_workers(subprocess.check_call, [Task(command)], Limits(seconds=3, memory_mb=400), 1))
    assert found == [(0, Lost("silent", "3"))]
    assert offspring() == []


def test_what_swells_is_ended() -> None:
    """Slowly, seen by the master; and all at once, where the system refuses it."""
    swell = partial(operator.mul, b"x")
    found = dict(in_workers(swell, [Task(600_000_000), Task(10), Task(50_000_000_000)], LIMITS, 1))
    assert (found[0], found[1]) == (Lost("memory", "400"), b"x" * 10)
    assert isinstance(found[2], Lost)
    assert found[2].why == "memory"


def test_what_a_function_raises_is_raised_here() -> None:
    with pytest.raises(TypeError):
        list(in_workers(math.factorial, [Task("three")], LIMITS, 1))


def test_a_worker_that_cannot_be_started_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("ingest.worker.Worker.start", refuse)
    with pytest.raises(WorkersFailed, match="启动不了") as caught:
        list(in_workers(math.factorial, [Task(3)], LIMITS, 1))
    assert "内存" in caught.value.hint


def test_when_no_second_worker_can_be_started_the_first_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    real = worker.Worker.start
    started: list[worker.Worker] = []

    def only_one() -> worker.Worker:
        if started:
            raise OSError(24, "Too many open files")
        started.append(real())
        return started[0]

    monkeypatch.setattr(worker.Worker, "start", only_one)
    found = dict(in_workers(math.factorial, [Task(number) for number in range(30)], LIMITS, 2))
    assert found == {number: math.factorial(number) for number in range(30)}


def test_a_result_that_cannot_be_read_costs_its_job_only() -> None:
    """This error can be pickled but not made again from that."""
    odd = partial(HTTPError, "a", 500, "b", {})
    assert list(in_workers(odd, [Task(None)], LIMITS, 1)) == [
        (0, Lost("crash", "传回的结果读不出来，TypeError"))
    ]


def test_workers_stay_for_the_next_call_and_go_when_the_work_is_broken_off(tmp_path: Path) -> None:
    """An idle one is used again; one in the middle of a job is killed when the caller leaves."""
    assert list(in_workers(operator.neg, [Task(1)], LIMITS, 1)) == [(0, -1)]
    (kept,) = offspring()
    list(in_workers(math.factorial, [Task(3)], LIMITS, 1))
    assert offspring() == [kept]
    begun = tmp_path / "begun"
    forever = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(600)"
    commands = [[sys.executable, "-c", code] for code in ("", forever)]
    run = in_workers(subprocess.check_call, [Task(one) for one in commands], Limits(memory_mb=400), 1)
    next(run)
    wait_until(begun.exists)  # the other is in hand now
    run.close()
    assert offspring() == []


def wait_until(true: Callable[[], object], seconds: float = 120.0) -> None:
    """As long as a machine under load may need; what never happens is an error."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


BEWITCHED = """
    import os, signal, time
    import ingest.parse.door as door
    from ingest import pulse
    real = door.parse
    def parse(data, name):
        if name == "崩溃.docx":
            os._exit(11)
        if name == "停住.docx":
            open(os.environ["HANGS_MARK"], "w").close()
            time.sleep(600)
        while name == "慢慢.docx":
            pulse.beat()
            time.sleep(0.2)
        if name == "膨胀.docx":
            hoard = b"x" * 700_000_000
        if name == "出错.docx":
            raise KeyError("绝不外传")
        return real(data, name)
    door.parse = parse
"""


def bewitched(tmp_path: Path, *names: str) -> tuple[Path, dict[str, str]]:
    """A folder of pages by these names, and an environment in which the parser does what some names say: in it stands
    the file that appears when one hangs.
    """
    spell, folder = tmp_path / "spell", tmp_path / "资料"
    spell.mkdir()
    folder.mkdir()
    (spell / "sitecustomize.py").write_text(textwrap.dedent(BEWITCHED), encoding="utf-8")
    for name in names:
        page = f"<html><body><p>{name}：每年评议一次，结果公布。</p></body></html>"
        (folder / name).write_text(page, encoding="utf-8")
    return folder, {
        "PYTHONPATH": os.pathsep.join([str(spell), *sys.path]),
        "HANGS_MARK": str(spell / "hangs"),
    }


@pytest.mark.parametrize(
    ("good", "limits", "told"),
    [
        pytest.param(
            "好的.html",
            LIMITS,
            {
                "崩溃.docx": ("崩溃了（退出码 11）", ""),
                "膨胀.docx": ("内存超过上限（400 MB）", ""),
                "出错.docx": ("KeyError", ""),
            },
            id="dies, swells, has a bug",
        ),
        pytest.param(
            None,  # nothing that could be slow on a busy machine: these two never end, so that the clocks decide
            Limits(seconds=4, most_seconds=6, memory_mb=400),
            {
                "停住.docx": ("用时太长（4 秒没有读完一页）", "里调大 seconds"),
                "慢慢.docx": ("用时太长（6 秒没有全部读完）", "里调大 most_seconds"),
            },
            id="hangs",
        ),
    ],
)
def test_a_sync_goes_on_past_whatever_one_file_does(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    good: str | None,
    limits: Limits,
    told: dict[str, tuple[str, str]],
) -> None:
    """A parser that dies, hangs, swells or has a bug: each is one failure that says why, and leaves nothing behind."""
    folder, environment = bewitched(tmp_path, *([good] if good else []), *told)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    index = Index(home, open_embedder())
    report = sync([folder], index, limits=limits)
    failed = {failure.source: failure for failure in report.failed}
    assert sorted(failed) == sorted(told)
    for name, (reason, hint) in told.items():
        assert reason in failed[name].reason
        assert hint in failed[name].hint
    assert not any("绝不外传" in failure.reason + failure.hint for failure in report.failed)
    assert [row.source for row in index.documents()] == ([good] if good else [])
    assert set(index.store_counts().values()) == {report.chunks}
    index.close()


def test_ctrl_c_ends_a_sync_and_leaves_no_process(home: Path, tmp_path: Path) -> None:
    """Pressed while a worker is in the middle of a file that takes for ever."""
    folder, spell = bewitched(tmp_path, "停住.docx")
    environment = {**os.environ, **spell}
    command = [sys.executable, "-m", "ingest", "sync", str(folder), "--home", str(home)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    family = _family_at_work(process, spell)
    process.send_signal(2)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "已中断" in said
    assert psutil.wait_procs(family, timeout=60)[1] == []


def test_a_master_that_is_killed_takes_its_workers_along(home: Path, tmp_path: Path) -> None:
    folder, spell = bewitched(tmp_path, "停住.docx")
    environment = {**os.environ, **spell}
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "sync", str(folder), "--home", str(home)],
        env=environment,
        text=True,
    )
    family = _family_at_work(process, spell)
    process.kill()
    process.wait()
    assert psutil.wait_procs(family, timeout=60)[1] == []


def _family_at_work(process: subprocess.Popen[str], spell: dict[str, str]) -> list[psutil.Process]:
    """Its worker, once that is in the middle of the file that hangs, with all it has started."""
    wait_until(lambda: process.poll() is not None or Path(spell["HANGS_MARK"]).exists())
    family = psutil.Process(process.pid).children(recursive=True)
    assert family
    return family


def test_limits_are_settings(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.compose import sync_folders
    from ingest.config import load_settings

    given: list[Limits] = []
    monkeypatch.setattr("ingest.pipeline.sync", lambda *_, limits, **__: given.append(limits))
    written = "[reading]\nseconds = 30\nmost_seconds = 7200\nmemory_mb = 900\n"
    (home / "config.toml").write_text(written, encoding="utf-8")
    sync_folders(load_settings(home), [tmp_path])
    assert given == [Limits(seconds=30.0, most_seconds=7200.0, memory_mb=900)]
    (home / "config.toml").write_text("[reading]\nmemory_mb = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="应不小于 300"):
        load_settings(home)
