"""OLE containers, the files of Office 97 and of old WPS: which program wrote one, told by the streams it holds.

olefile reads the directory; what stands deeper (a workbook inside a Word document) does not count.
"""

from __future__ import annotations

import io
import struct
from typing import Any, Literal

import olefile

from ingest.errors import DamagedDocument, EncryptedDocument

Program = Literal["word", "slides", "sheet", "mail", "unknown"]
# Streams of the root, in the order in which they decide.
_PROGRAMS: tuple[tuple[str, Program], ...] = (
    ("WordDocument", "word"),
    ("PowerPoint Document", "slides"),
    ("Workbook", "sheet"),
    ("Book", "sheet"),
    ("__properties_version1.0", "mail"),
)
_NAMES: dict[Program, str] = {
    "word": "旧版 Word 或 WPS 文字（doc、wps）",
    "slides": "旧版 PowerPoint 或 WPS 演示（ppt、dps）",
    "sheet": "旧版 Excel 或 WPS 表格（xls、et）",
    "mail": "Outlook 邮件（msg）",
    "unknown": "旧版 Office 文件（doc、xls、ppt 等）",
}
# What olefile raises on a broken directory: OSError is its own, the rest slips through.
_BROKEN = (
    OSError, struct.error, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_LOCKED = "文件设有打开密码，无法读取"
_WORD_ENCRYPTED = 0x0100  # a flag of the word at byte 10 of the WordDocument stream
_SLIDES_ENCRYPTED = 0xF3D1C4DF  # the token at byte 12 of the stream Current User


def program_of(data: bytes) -> Program:
    """Who wrote the container. Raises EncryptedDocument, or DamagedDocument when its directory cannot be read."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {path[0].casefold() for path in container.listdir() if len(path) == 1}
            _check_password(container, streams)
            _check_length(container, streams)
    except _BROKEN as error:
        if _stands_in(data, "EncryptedPackage"):
            raise EncryptedDocument(_LOCKED) from error
        raise DamagedDocument(f"{title(_guessed(data))}不完整或已损坏") from error
    return next((program for stream, program in _PROGRAMS if stream.casefold() in streams), "unknown")


def title(program: Program) -> str:
    """What people call files of that program."""
    return _NAMES[program]


def _check_password(container: Any, streams: set[str]) -> None:
    locked = bool(streams & {"encryptedpackage", "encryptedsummary"})
    if "worddocument" in streams:
        (flags,) = struct.unpack("<H", container.openstream("WordDocument").read(12)[10:])
        locked = locked or bool(flags & _WORD_ENCRYPTED)
    if "powerpoint document" in streams and "current user" in streams:
        (token,) = struct.unpack("<I", container.openstream("Current User").read(16)[12:])
        locked = locked or token == _SLIDES_ENCRYPTED
    if locked:
        raise EncryptedDocument(_LOCKED)


def _check_length(container: Any, streams: set[str]) -> None:
    """ValueError when the file breaks off inside a stream: LibreOffice would show what is left as if it were all."""
    for stream in ("WordDocument", "0Table", "1Table", "PowerPoint Document", "Workbook", "Book"):
        if stream.casefold() in streams and len(container.openstream(stream).read()) < container.get_size(
            stream
        ):
            raise ValueError(f"{stream} breaks off")


def _guessed(data: bytes) -> Program:
    """By the names of streams that still stand in a broken file."""
    return next((program for stream, program in _PROGRAMS if _stands_in(data, stream)), "unknown")


def _stands_in(data: bytes, stream: str) -> bool:
    return f"{stream}\0".encode("utf-16-le") in data or data.endswith(stream.encode("utf-16-le"))
