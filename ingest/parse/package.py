"""The one way into documents that are zip packages (docx, xlsx, pptx, ofd, odt): what they may unpack to, and no password.

Libraries unpack every part into memory, pictures too. What a package declares is a bound: zipfile reads no more.
"""

from __future__ import annotations

import io
import zipfile

from ingest import zips
from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.parse.broken import told_as


def opened(data: bytes, what: str, *, streamed: str = "") -> zipfile.ZipFile:
    """The package, checked; `what` (docx …) names it in reasons. Parts named `streamed…` are read piece by piece, so that
    only their own limit holds for them. Raises DamagedDocument (broken, or too large) or EncryptedDocument.
    """
    if zips.too_many_entries(io.BytesIO(data)):
        raise _too_large(what)
    with told_as(f"{what} 不完整或已损坏"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedDocument(f"{what} 设有打开密码或经过加密，无法读取")
    pieces = [entry for entry in entries if streamed and entry.filename.startswith(streamed)]
    whole = [entry for entry in entries if not streamed or not entry.filename.startswith(streamed)]
    if (
        any(entry.file_size > zips.MOST_STREAMED for entry in pieces)
        or any(map(_swells, whole))
        or sum(_growth(entry) for entry in whole) > zips.MOST_GROWTH
    ):
        raise _too_large(what)
    return archive


def _too_large(what: str) -> DamagedDocument:
    return DamagedDocument(f"{what} 解压后过大，不像正常的文件")


def _growth(entry: zipfile.ZipInfo) -> int:
    return max(0, entry.file_size - entry.compress_size)


def _swells(entry: zipfile.ZipInfo) -> bool:
    bomb = zips.is_bomb(entry.file_size, entry.compress_size, zips.WORTH_ASKING_OF_A_PART)
    return bomb or _growth(entry) > zips.MOST_OF_ONE
