"""A .docx opened for reading, or a Chinese reason why it cannot be."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from ingest.errors import DamagedDocument, DocumentError, EmptyDocument, EncryptedDocument, UnsupportedFormat

if TYPE_CHECKING:
    from docx.document import Document

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LARGEST = 300_000_000  # bytes, unpacked; a report of a thousand pages has ten million
_AGAIN = "请用办公软件打开，确认内容正常后另存为 .docx，再试。"


def opened(file: bytes) -> Document:
    """The document in these bytes. Raises a DocumentError with what to do about it."""
    if not file:
        raise EmptyDocument(
            "文件是空的，一个字节也没有。", hint="请确认文件已保存；从别处复制来的，请重新复制。"
        )
    if file.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in file:
            raise EncryptedDocument("文件有打开密码。", hint="请在办公软件中去掉打开密码，另存后再试。")
        raise UnsupportedFormat(
            "这是旧格式的文件（.doc、.wps 等），不是 .docx，改扩展名没有用。",
            hint="请用办公软件打开，另存为 .docx，再试。",
        )
    try:
        with ZipFile(BytesIO(file)) as archive:
            entries = archive.infolist()
    except BadZipFile as error:
        raise DamagedDocument("不是 .docx 文件，或文件已经损坏。", hint=_AGAIN) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedDocument("文件有打开密码。", hint="请去掉密码，另存后再试。")
    if sum(entry.file_size for entry in entries) > _LARGEST:
        raise UnsupportedFormat("文件解开后太大，不像一份文稿。", hint="请删去里面的大图片，或分成几个文件。")
    return _document(file)


def _document(file: bytes) -> Document:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(BytesIO(file))
        if document.element.body is None:
            raise DamagedDocument("文件里没有正文。", hint=_AGAIN)
    except DocumentError:
        raise
    except ValueError as error:  # a spreadsheet, slides
        raise UnsupportedFormat(
            "这是别的文件，不是 Word 文档（.docx）。", hint="请换成 .docx 再试。"
        ) from error
    except (
        KeyError, AttributeError, TypeError, SyntaxError, BadZipFile, zlib.error, PackageNotFoundError, OSError, NotImplementedError,
        RecursionError,
    ) as error:  # fmt: skip
        raise DamagedDocument("不是 .docx 文件，或文件已经损坏。", hint=_AGAIN) from error
    return document
