"""Whose error is it? What a library raises on a broken file makes the file damaged; what our own code raises is our bug
and goes on, so that it is seen (the sync reports it for that file, see `ingest.reading`).
"""

from __future__ import annotations

import logging
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from ingest.errors import DamagedDocument, DocumentError

_log = logging.getLogger(__name__)
_OURS = str(Path(__file__).parent.parent)
# What compiled code raises into the line of ours that called it. lxml's errors are SyntaxErrors; deep nesting ends in
# a RecursionError wherever it is walked.
_FROM_LIBRARIES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, SyntaxError, EOFError, OSError, UnicodeError,
    RecursionError,
)  # fmt: skip


class Unreadable(DamagedDocument):
    """A library cannot read the file or the part; what is around the part may still be read."""


@contextmanager
def told_as(reason: str) -> Iterator[None]:
    """Raises Unreadable(reason) for what a library raises inside; errors of our own code pass, and so does a
    MemoryError, which says something of the worker and not of the file.
    """
    try:
        yield
    except (DocumentError, MemoryError):
        raise
    except Exception as error:
        if not _from_library(error):
            raise
        # Not what it says: a library quotes what it cannot read, and nobody has looked yet whether the file is secret.
        _log.debug("a library gave up: %s: %s in %s", reason, type(error).__name__, _place(error))
        raise Unreadable(reason) from error


def _from_library(error: Exception) -> bool:
    """Libraries raise anything on a broken file, so it counts in whose code it was raised."""
    if isinstance(error, _FROM_LIBRARIES):
        return True
    frame = _innermost(error)
    return frame is not None and not frame.tb_frame.f_code.co_filename.startswith(_OURS)


def _innermost(error: Exception) -> TracebackType | None:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame


def _place(error: Exception) -> str:
    frame = _innermost(error)
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
