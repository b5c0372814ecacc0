"""Nothing stays in the system's folder for temporary files: what lies there was screened by nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ingest import scratch, workers
from ingest.embed import open_embedder
from ingest.index import Index
from ingest.parse import soffice
from ingest.pipeline import sync

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
SECRET = rb"{\rtf1\ansi Operation Cedar}"


@pytest.fixture(autouse=True)
def only_our_workers() -> Iterator[None]:
    workers.close()
    yield
    workers.close()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this process and those it starts take for the system's folder."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def papers(folder: Path) -> Path:
    (folder / "行动.rtf").write_bytes(SECRET)
    return folder


def play(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Puts a program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv(soffice.PROGRAM, str(program))


def started(home: Path, papers: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ingest", "sync", str(papers), "--home", str(home)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def converting(temporary: Path) -> None:
    """Waits until an original lies where it should not stay."""
    for _ in range(300):
        if any(path.suffix == ".rtf" for path in temporary.rglob("*")):
            return
        time.sleep(0.1)
    raise AssertionError("no conversion was begun")


def empty_soon(folder: Path) -> bool:
    for _ in range(100):
        if not list(folder.iterdir()):
            return True
        time.sleep(0.1)
    return False


def test_an_ordinary_sync_leaves_nothing(
    home: Path, tmp_path: Path, papers: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(tmp_path, monkeypatch, "touch $TMPDIR/left-by-the-program; exit 1")
    assert started(home, papers).wait() == 1
    assert list(temporary.iterdir()) == []


def test_a_worker_that_is_ended_leaves_nothing(
    home: Path, tmp_path: Path, papers: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its master, for its memory, with an original in its hands; and one that is idle."""
    play(
        tmp_path,
        monkeypatch,
        f"sleep 1; head -c 900000000 /dev/zero | {sys.executable} -c 'import sys; x = sys.stdin.buffer.read(); import time; time.sleep(60)'",
    )
    index = Index(home, open_embedder())
    (failure,) = sync([papers], index, limits=workers.Limits(seconds=60, memory_mb=600)).failed
    assert "内存" in failure.reason
    assert list(temporary.iterdir()) == []
    play(tmp_path, monkeypatch, "exit 1")
    sync([papers], index)
    assert len(list(temporary.iterdir())) == 1
    workers.close()
    assert list(temporary.iterdir()) == []
    index.close()


def test_a_master_that_is_killed_leaves_nothing(
    home: Path, tmp_path: Path, papers: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(tmp_path, monkeypatch, "sleep 60")
    master = started(home, papers)
    converting(temporary)
    master.kill()
    master.wait()
    assert empty_soon(temporary)


def test_what_a_killed_family_leaves_the_next_sync_sweeps(
    home: Path, tmp_path: Path, papers: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a power cut would: nobody had a moment to tidy up."""
    play(tmp_path, monkeypatch, "sleep 60")
    master = started(home, papers)
    converting(temporary)
    family = [psutil.Process(master.pid), *psutil.Process(master.pid).children(recursive=True)]
    for one in family:
        one.suspend()
    for one in reversed(family):
        one.kill()
    master.wait()
    assert list(temporary.rglob("*.rtf")) != []
    play(tmp_path, monkeypatch, "exit 1")
    assert started(home, papers).wait() == 1
    assert list(temporary.iterdir()) == []


def test_only_what_belongs_to_nobody_is_swept(temporary: Path) -> None:
    """The number of a process may have been given to another since; former versions wrote none."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    others = temporary / f"dangwu-{gone.pid}-abcdefgh"
    reused, ours = scratch.make(), scratch.make()
    former, recent, foreign = (
        temporary / "dangwu-office-abc",
        temporary / "dangwu-office-xyz",
        temporary / "x",
    )
    for folder in (others, former, recent, foreign):
        folder.mkdir()
    os.utime(reused, (0, 0))
    os.utime(former, (0, 0))
    os.utime(foreign, (0, 0))
    scratch.sweep()
    assert sorted(temporary.iterdir()) == sorted([ours, recent, foreign])
