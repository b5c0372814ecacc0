"""Work done in processes that may hang, swell or crash without taking this one with them.

One file is in hand in each; a worker over its time or memory is killed with all it started, one that dies is
replaced, and the caller is told which job was lost and why. Workers that are idle stay for the next call - starting
one takes half a second - and go by themselves after a while, or with this process.
"""

from __future__ import annotations

import atexit
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from queue import Empty, Queue
from threading import Event, Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from ingest.errors import WorkersFailed, os_words
from ingest.worker import Worker

J = TypeVar("J")
R = TypeVar("R")

_TICK = 0.1  # seconds between two looks at the workers' clocks and memory
_MOST_WAITING = 200  # results that nobody has fetched yet; then no new job is given out
_AHEAD = 6  # quick jobs lying ready in a worker's pipe, for when this process holds Python's lock for long
_AHEAD_BYTES = 4_000  # of them: a pipe of Windows takes 8 KB, and who writes more may wait for ever
_BAD_STARTS = 3  # workers that die before they are ready, until we give up
_START_SECONDS = 180.0
_PATIENCE = 2.0  # seconds for an idle worker that was told to go


@dataclass(frozen=True, slots=True)
class Limits:
    """For one job: `seconds` without a sign of life (see `pulse`), `most_seconds` in all, megabytes (10^6) of memory."""

    seconds: float = 120.0
    most_seconds: float = 3_600.0
    memory_mb: int = 2_000


@dataclass(frozen=True, slots=True)
class Task(Generic[J]):
    """`extra` seconds are given on top of the limit; `quick`: it may wait in line behind other quick ones."""

    job: J
    extra: float = 0.0
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """A job that came to nothing. `why`: "silent" (no sign of life), "long" (in all), "memory" or "crash"; `detail`:
    the limit that it went over, or how the worker ended.
    """

    why: str
    detail: str


def in_workers(
    function: Callable[[J], R], tasks: Sequence[Task[J]], limits: Limits, count: int
) -> Iterator[tuple[int, R | Lost]]:
    """`(number of the task, result)` as they come, each task once; at most `count` processes.

    `function`, a job and a result must pickle. What the function raises is raised here. Ending the iteration early
    kills what is in hand. A worker that dies is tried once more with the same job, alone: it may have been
    killed for another's sake. WorkersFailed when no worker can be started.
    """
    run = _Run(function, tasks, limits, count)
    thread = Thread(target=run.drive, name="reading", daemon=True)
    thread.start()
    try:
        for _ in tasks:
            yield run.next(thread)
    finally:
        run.stop.set()
        thread.join()


class _Run(Generic[J, R]):
    """One call of `in_workers`. `drive` runs in a thread of its own, so that workers go on while the caller writes."""

    def __init__(
        self, function: Callable[[J], R], tasks: Sequence[Task[J]], limits: Limits, count: int
    ) -> None:
        self.stop = Event()
        self._function, self._tasks, self._limits, self._count = function, tasks, limits, count
        self._done: Queue[tuple[int, R | Lost] | BaseException] = Queue()
        self._waiting = deque(range(len(tasks)))
        self._again: set[int] = set()  # lost one worker already
        self._workers: list[Worker] = []
        self._bad_starts = 0

    def next(self, thread: Thread) -> tuple[int, R | Lost]:
        while True:
            try:
                # Never without a limit: on Windows a thread that waits so does not hear Ctrl+C.
                outcome = self._done.get(timeout=0.2)
            except Empty:
                if not thread.is_alive() and self._done.empty():
                    raise WorkersFailed("读文件的工作进程停了。") from None
                continue
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

    def drive(self) -> None:
        try:
            self._began = monotonic()
            while (
                self._waiting or any(worker.outstanding for worker in self._workers)
            ) and not self.stop.is_set():
                self._hire()
                self._give_out()
                ready = wait([worker.connection for worker in self._workers], _TICK) if self._workers else []
                for worker in [one for one in self._workers if one.connection in ready]:
                    self._hear(worker)
                self._watch()
        except BaseException as error:  # noqa: BLE001 - raised again where the results are fetched
            self._done.put(error)
        finally:
            for worker in self._workers:
                if worker.outstanding or not worker.ready:
                    worker.kill()
                else:
                    _keep(worker)

    def _hire(self) -> None:
        """A second worker where it pays: many jobs, or one that takes long while others wait."""
        while self._waiting and len(self._workers) < self._count:
            if self._workers and len(self._waiting) < 4 and monotonic() - self._began < 0.5:
                return
            if (worker := _kept() or self._started()) is None:
                return
            self._workers.append(worker)

    def _started(self) -> Worker | None:
        """A new one; None when the system gives none but others are at work."""
        try:
            return Worker.start()
        except OSError as error:
            if self._workers:
                return None
            reason = f"读文件的工作进程启动不了（{os_words(error)}）。"
            hint = "请检查磁盘空间、内存和临时文件夹的权限，关掉不用的程序，再试一次。"
            raise WorkersFailed(reason, hint=hint) from error

    def _give_out(self) -> None:
        for worker in self._workers:
            while self._waiting and worker.ready and self._done.qsize() < _MOST_WAITING:
                number = self._waiting[0]
                task = self._tasks[number]
                free = not worker.outstanding
                in_line = (
                    task.quick
                    and worker.only_quick
                    and number not in self._again
                    and worker.bytes < _AHEAD_BYTES
                )
                if not free and not (in_line and len(worker.outstanding) < _AHEAD):
                    break
                self._waiting.popleft()
                alone = number in self._again
                if not worker.give(
                    number, self._function, task.job, self._limits.memory_mb, task.quick and not alone
                ):
                    self._waiting.appendleft(number)  # it is gone; that is heard next
                    break

    def _hear(self, worker: Worker) -> None:
        """All that one worker has said; a closed line is its end."""
        for said in worker.hear():
            match said:
                case ("ready",):
                    self._bad_starts = 0
                case ("done", result):
                    self._done.put((worker.finished(), result))
                case ("raised", BaseException() as error):
                    raise error
                case ("memory",):
                    self._done.put((worker.finished(), self._over_memory()))
        if worker.left:
            self._give_back(worker)
        elif worker.gone:
            self._bury(worker)

    def _bury(self, worker: Worker) -> None:
        if not worker.ready:
            self._bad_starts += 1
            if self._bad_starts >= _BAD_STARTS:
                raise WorkersFailed(f"读文件的工作进程启动不了（{worker.ending()}）。")
        if not worker.outstanding:
            self._replace(worker)
            return
        number = worker.finished()
        if number in self._again:
            self._done.put((number, Lost("crash", worker.ending())))
        else:
            self._again.add(number)
            self._waiting.appendleft(number)
        self._give_back(worker)

    def _watch(self) -> None:
        for worker in list(self._workers):
            worker.tick()
            if not worker.ready:
                if worker.silent > _START_SECONDS:
                    worker.kill()
                    self._bury(worker)
                continue
            if not worker.outstanding:
                continue
            allowed = self._limits.seconds + self._tasks[worker.outstanding[0]].extra
            if worker.memory_mb() > self._limits.memory_mb:
                self._end(worker, self._over_memory())
            elif worker.silent > allowed:
                self._end(worker, Lost("silent", f"{allowed:.0f}"))
            elif worker.busy > self._limits.most_seconds:
                self._end(worker, Lost("long", f"{self._limits.most_seconds:.0f}"))

    def _end(self, worker: Worker, lost: Lost) -> None:
        worker.kill()
        self._done.put((worker.finished(), lost))
        self._give_back(worker)

    def _over_memory(self) -> Lost:
        return Lost("memory", str(self._limits.memory_mb))

    def _give_back(self, worker: Worker) -> None:
        """The jobs behind the one in hand go back to the head of the line."""
        self._waiting.extendleft(reversed(worker.outstanding))
        worker.outstanding.clear()
        self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        worker.kill()
        self._workers.remove(worker)


_idle: list[Worker] = []
_lock = Lock()


def _keep(worker: Worker) -> None:
    with _lock:
        _idle.append(worker)


def _kept() -> Worker | None:
    """An idle worker of an earlier call that is still there."""
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.alive():
                return worker
            worker.kill()
    return None


@atexit.register
def close() -> None:
    """Ends the idle workers now, in good order: each has a moment to go by itself."""
    with _lock:
        for worker in _idle:
            worker.dismiss()
        while _idle:
            _idle.pop().kill(_PATIENCE)
