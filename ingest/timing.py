"""How long it takes to read a folder's files as text and nothing more: in this process, or in the workers of a sync."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from ingest.errors import WorkersFailed
from ingest.model import Parsed
from ingest.parse.door import parse
from ingest.reading import SMALL
from ingest.workers import Limits, Lost, Task, in_workers


def time_reading(folder: Path, workers: int = 0) -> dict[str, Any]:
    """{"files", "characters", "seconds"}; `workers` processes as in a sync, 0 for one file after the other in this one.

    Imports and the start of workers are left out. Raises DocumentError for a file that cannot be read, WorkersFailed
    for one that a worker was lost over.
    """
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    if workers:
        sum(1 for _ in _by_workers(paths, workers))  # until each of them has its imports
    else:
        gc.disable()  # as in the workers
        _parsed(paths[0])
    try:
        begun = perf_counter()
        read = _by_workers(paths, workers) if workers else map(_parsed, paths)
        characters = sum(len("".join(parsed.text.split())) for parsed in read)
        seconds = round(perf_counter() - begun, 4)
    finally:
        gc.enable()
    return {"files": len(paths), "characters": characters, "seconds": seconds}


def _by_workers(paths: Sequence[Path], workers: int) -> Iterator[Parsed]:
    tasks = [Task(path, quick=path.stat().st_size < SMALL) for path in paths]  # as a sync gives them out
    for number, parsed in in_workers(_parsed, tasks, Limits(), workers):
        if isinstance(parsed, Lost):
            raise WorkersFailed(f"读 {paths[number].name} 的工作进程停了（{parsed.detail}）。")
        yield parsed


def _parsed(path: Path) -> Parsed:
    return parse(path.read_bytes(), path.name)
