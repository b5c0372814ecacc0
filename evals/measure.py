"""Runs a program and says how long it took and how much memory it and its children held."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, sleep

from ingest.errors import KnowledgeBaseError

_SAMPLE_SECONDS = 0.05


class ProgramFailed(KnowledgeBaseError):
    default_hint = "请单独运行这条命令，看它的错误信息。"


@dataclass(frozen=True, slots=True)
class Measured:
    """One finished program. `peak_mb` is the largest sum of resident memory over the process and all its children, in
    MB (10^6 bytes), sampled 20 times a second; pages that processes share are counted once for each.
    """

    seconds: float
    peak_mb: float
    stdout: str
    code: int


def measure(command: Sequence[str], good_codes: Sequence[int] = (0,)) -> Measured:
    """Runs `command` to its end; ProgramFailed, with the end of what it said, when its exit code is not a good one."""
    import psutil

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        peak = 0
        try:
            watched = psutil.Process(process.pid)
            while process.poll() is None:
                peak = max(peak, _resident(watched))
                sleep(_SAMPLE_SECONDS)
            seconds = perf_counter() - begun
        finally:
            if process.poll() is None:  # we were interrupted: what we started must not stay behind
                process.kill()
                process.wait()
        out.seek(0)
        err.seek(0)
        said, complained = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
    if process.returncode not in good_codes:
        raise ProgramFailed(
            f"命令 {' '.join(command[1:])} 失败（退出码 {process.returncode}）：{complained[-600:]}"
        )
    return Measured(seconds, peak / 1e6, said, process.returncode)


def _resident(process: object) -> int:
    """Bytes held by `process` (a psutil.Process) and its children at this moment; those just gone count 0."""
    import psutil

    assert isinstance(process, psutil.Process)
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            try:
                total += one.memory_info().rss
            except psutil.Error:
                continue
    except psutil.Error:
        return total
    return total
