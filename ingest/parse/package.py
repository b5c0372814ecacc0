"""The one way into documents that are zip packages (docx, xlsx, pptx, ofd): what they may unpack to, and no password.

Libraries unpack every part into memory, pictures too. What a package declares is a bound: zipfile reads no more.
"""

from __future__ import annotations

import io
import zipfile

from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.parse.broken import told_as

# Bytes beyond what the packed file itself takes: a film or photograph hardly swells, a bomb does nothing else.
_MOST_GROWTH = 500_000_000  # of all parts together
_MOST_OF_ONE = 200_000_000
_MOST_STREAMED = 1_500_000_000  # of one part that is read piece by piece
_WORTH_ASKING = 50_000_000  # a part this large may not be packed tighter than …
_TIGHTEST = 200  # … this many times; XML is packed 10 to 60 times
_MOST_PARTS = 200_000


def opened(data: bytes, what: str, *, streamed: str = "") -> zipfile.ZipFile:
    """The package, checked; `what` (docx …) names it in reasons. Parts named `streamed…` are read piece by piece, so that
    only their own limit holds for them. Raises DamagedDocument (broken, or too large) or EncryptedDocument.
    """
    with told_as(f"{what} 不完整或已损坏"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedDocument(f"{what} 设有打开密码或经过加密，无法读取")
    pieces = [entry for entry in entries if streamed and entry.filename.startswith(streamed)]
    whole = [entry for entry in entries if not streamed or not entry.filename.startswith(streamed)]
    if (
        len(entries) > _MOST_PARTS
        or any(entry.file_size > _MOST_STREAMED for entry in pieces)
        or any(map(_swells, whole))
        or sum(_growth(entry) for entry in whole) > _MOST_GROWTH
    ):
        raise DamagedDocument(f"{what} 解压后过大，不像正常的文件")
    return archive


def _growth(entry: zipfile.ZipInfo) -> int:
    return max(0, entry.file_size - entry.compress_size)


def _swells(entry: zipfile.ZipInfo) -> bool:
    tight = entry.file_size > _TIGHTEST * max(1, entry.compress_size)
    return _growth(entry) > _MOST_OF_ONE or (entry.file_size > _WORTH_ASKING and tight)
