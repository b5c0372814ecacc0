"""One worker process: its side of the line, and the handle that its master holds."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

import psutil

from ingest import pulse, scratch

_IDLE_SECONDS = 300.0  # a worker without work goes after this long
_BEAT_SECONDS = 1.0  # signs of life that come faster are not sent
_LOOK_FOR_CHILDREN = 1.0  # seconds; looking through all processes of a machine takes some milliseconds
_TIDY_SECONDS = 0.5  # after a job that took longer, reference cycles are looked for
_NICENESS = 5
_SLACK_MB = 1_000  # above the limit: memory that is claimed but not used, as threads and models do
_LONGEST_TICK = (
    1.0  # seconds; what lies between two looks beyond this is a machine that slept or a busy master
)


class Worker:
    """A worker as its master sees it. `outstanding` are the numbers of its jobs, the one in hand first."""

    def __init__(self, process: BaseProcess, connection: Connection, folder: Path) -> None:
        self.connection = connection
        self.outstanding: deque[int] = deque()
        self.ready = self.left = self.gone = False
        self.silent = self.busy = 0.0  # seconds since the last sign of life, and with the job in hand
        self.only_quick = True
        self.bytes = 0
        self._process, self._folder = process, folder
        self._pid = process.pid or 0
        self._ticked = self._looked = monotonic()
        self._family: list[psutil.Process] = []
        self._unheard = ""

    @classmethod
    def start(cls) -> Worker:
        # "spawn": forking a process that already runs threads (Chroma, tokenizers, Gradio) can hang.
        context = multiprocessing.get_context("spawn")
        scratch.sweep()
        folder = scratch.make()
        ours, theirs = context.Pipe()
        try:
            process = context.Process(target=serve, args=(theirs, folder), daemon=True)
            process.start()
        except BaseException:
            scratch.remove(folder)
            raise
        theirs.close()  # or its end would not be seen here
        return cls(process, ours, folder)

    def give(
        self, number: int, function: Callable[[Any], Any], job: Any, memory_mb: int, quick: bool
    ) -> bool:
        """False when the worker is gone."""
        message = bytes(ForkingPickler.dumps((function, job, memory_mb)))
        if not self.outstanding:
            self.silent = self.busy = 0.0
            self.bytes, self.only_quick = 0, True
        try:
            self.connection.send_bytes(message)
        except OSError:
            return False
        self.outstanding.append(number)
        self.bytes += len(message)
        self.only_quick &= quick
        return True

    def hear(self) -> Iterator[tuple[Any, ...]]:
        """What it has said since; sets `gone` when its line is closed, `left` when it took its leave."""
        try:
            while self.connection.poll():
                said = self.connection.recv()
                self.silent = 0.0
                if said == ("ready",):
                    self.ready = True
                if said == ("leaving",):
                    self.left = True
                yield said
        except (EOFError, OSError):
            self.gone = True
        except Exception as error:  # noqa: BLE001 - unpickling raises anything; it costs the job in hand
            self._unheard = type(error).__name__
            self._process.kill()
            self.gone = True

    def finished(self) -> int:
        """The number of the job in hand, which it is no more."""
        self.silent = self.busy = 0.0
        self._family = []
        return self.outstanding.popleft()

    def tick(self) -> None:
        now = monotonic()
        passed = min(now - self._ticked, _LONGEST_TICK)
        self._ticked = now
        self.silent += passed
        self.busy += passed

    def memory_mb(self) -> float:
        """Resident memory of the worker and, once a job takes long, of what it started."""
        now = monotonic()
        try:
            mine = psutil.Process(self._pid)
            if self.busy > _LOOK_FOR_CHILDREN and now - self._looked > _LOOK_FOR_CHILDREN:
                self._family, self._looked = mine.children(recursive=True), now
        except psutil.Error:
            return 0.0
        return sum(map(_resident, (mine, *self._family))) / 1e6

    def alive(self) -> bool:
        """Whether an idle worker can still be given work; one that took its leave cannot."""
        return self._process.is_alive() and not self.connection.poll()

    def dismiss(self) -> None:
        """Tells an idle worker that it may go, which it does by itself; `kill` waits for nothing."""
        self.connection.close()

    def kill(self, patience: float = 0.0) -> None:
        """Ends it and all that it started, and waits until it is gone; nothing it wrote stays. One that was dismissed
        has `patience` seconds to go by itself.
        """
        self._process.join(patience)
        if self._process.is_alive():  # else its number may be another's by now
            with contextlib.suppress(psutil.Error):
                self._family += psutil.Process(self._pid).children(recursive=True)
            self._process.kill()
        for one in self._family:
            with contextlib.suppress(psutil.Error):
                one.kill()
        psutil.wait_procs(self._family, timeout=5)  # who dies may still write
        self._process.join(10)
        self.connection.close()
        scratch.remove(self._folder)

    def ending(self) -> str:
        """How the process ended, in Chinese."""
        if self._unheard:
            return f"传回的结果读不出来，{self._unheard}"
        self._process.join(5)
        code = self._process.exitcode
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                return f"信号 {signal.Signals(-code).name}"
        return f"退出码 {code}"


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def serve(connection: Connection, folder: Path) -> None:
    """The worker's whole life. Ends when its master's end of the line is closed, or it has been idle for long.

    What it and the programs that it starts write for a moment goes to `folder`, which is the master's to remove.
    """
    tempfile.tempdir = str(folder)
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)))
    stand_back()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the main process's to answer
    # The workers are the parallelism: threads of the tokenizer inside each would only fight over the cores.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    gc.disable()  # readings hold few reference cycles; those are looked for after long jobs
    beaten = [0.0]

    def beat() -> None:
        if monotonic() - beaten[0] >= _BEAT_SECONDS:
            beaten[0] = monotonic()
            connection.send(("beat",))

    pulse.listen(beat)
    Thread(target=_end_with_master, args=(folder,), daemon=True).start()
    with contextlib.suppress(EOFError, OSError):  # the master has gone: nobody is left to tell
        connection.send(("ready",))
        while connection.poll(_IDLE_SECONDS):
            began = monotonic()
            function, job, memory_mb = ForkingPickler.loads(connection.recv_bytes())
            _limit_memory(memory_mb + _SLACK_MB)
            connection.send_bytes(_answer(function, job))
            function = job = None
            if monotonic() - began > _TIDY_SECONDS:
                gc.collect()
            if _resident(psutil.Process()) > memory_mb * 1e6 / 2:
                break  # what is left over from one file must not be held against the next
        connection.send(("leaving",))
    scratch.remove(folder)


def stand_back() -> None:
    """From now on this process gets the processor when others leave it: a sync can wait, who asks a question cannot."""
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            os.nice(max(0, _NICENESS - os.nice(0)))


def _answer(function: Callable[[Any], Any], job: Any) -> bytes:
    try:
        return bytes(ForkingPickler.dumps(("done", function(job))))
    except MemoryError:
        return bytes(ForkingPickler.dumps(("memory",)))
    except Exception as error:  # noqa: BLE001 - raised again by the master
        try:
            return bytes(ForkingPickler.dumps(("raised", error)))
        except Exception:  # noqa: BLE001 - an error may hold what cannot be sent
            return bytes(ForkingPickler.dumps(("raised", RuntimeError(type(error).__name__))))


def _end_with_master(folder: Path) -> None:
    """Whatever a parser is doing for a master that was killed, nobody waits for it, and nobody else removes its folder."""
    master = multiprocessing.parent_process()
    if master is not None:
        master.join()
        family = psutil.Process().children(recursive=True)
        for child in family:
            with contextlib.suppress(psutil.Error):
                child.kill()
        psutil.wait_procs(family, timeout=5)
        scratch.remove(folder)
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Where the system can: an allocation that would go beyond fails at once, faster than the master could see it."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (int(megabytes * 1e6), hard))
