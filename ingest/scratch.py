"""Folders for what is needed for a moment. Originals that nobody has screened yet lie in them, so none may stay behind.

Each is named after the process that answers for it. Who is killed cannot tidy up: the next to start does it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import psutil

_PREFIX = "dangwu-"
_OWNED = re.compile(rf"{_PREFIX}(\d+)-")
_UNOWNED = f"{_PREFIX}office-"  # how former versions called them
_STALE = 86_400  # seconds after which the folder of nobody is swept away
_SLACK = 5.0  # seconds between the clock of the file system and that of the processes


def make() -> Path:
    """A new, empty folder of this process, in the folder that the system has for such."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def remove(folder: Path) -> None:
    """What cannot be removed now - on Windows, what a dying program still holds - is left to `sweep`."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Removes what processes left that are no more."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            made = left.stat().st_mtime
        except OSError:
            continue  # swept by another process at this moment, or another user's
        if _is_nobodys(left.name, made):
            remove(left)


def _is_nobodys(name: str, made: float) -> bool:
    if owner := _OWNED.match(name):
        return not _lives(int(owner[1]), made)
    return name.startswith(_UNOWNED) and time.time() - made > _STALE


def _lives(pid: int, made: float) -> bool:
    """Whether the process that had this number when the folder was last written to still has it."""
    try:
        return bool(psutil.Process(pid).create_time() < made + _SLACK)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True  # somebody else's
