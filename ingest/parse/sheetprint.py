"""What a workbook shows outside its cells - print headers and footers, words in drawings: for the secrecy gate only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z])')
_SECTION = re.compile(r"&[LCR](?!\w*;)", re.IGNORECASE)
PRINTED = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p(?:\s[^>]*)?>(.*?)</(?:\w+:)?p>", re.DOTALL)
_WORDS = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_LARGEST = 20_000_000  # bytes of a drawing that is looked into
_DRAWN = re.compile(r"xl/(?:drawings|charts)/[^/]+\.xml")
_HEADER, _FOOTER, _TEXT_BOX, _CONTINUE = 0x14, 0x15, 0x1B6, 0x3C


def printed_lines(code: str) -> list[str]:
    """The words of a print header in Excel's code (`&L机密★1年&C&"黑体"标题`), a section or line each."""
    parts = _SECTION.split(code.replace("&&", "\ufeff"))
    lines = (line for part in parts for line in _CODE.sub("", part).replace("\ufeff", "&").splitlines())
    return [" ".join(line.split()) for line in lines if line.strip()]


def xml_printed(found: bytes) -> str:
    """The words of one header or footer element of a sheet's XML, a line each."""
    return "\n".join(printed_lines(html.unescape(found.decode("utf-8", "replace"))))


def drawn_words(archive: Any) -> Iterator[str]:
    """The paragraphs of text boxes and charts in the open package of a workbook."""
    for entry in archive.infolist():
        if _DRAWN.fullmatch(entry.filename) and entry.file_size <= _LARGEST:
            for paragraph in _PARAGRAPH.findall(archive.read(entry)):
                words = b"".join(_WORDS.findall(paragraph)).decode("utf-8", "replace")
                if words.strip():
                    yield html.unescape(words)


def xls_printed(stream: bytes) -> Iterator[str]:
    """Print headers, footers and text boxes of an old workbook's record stream (BIFF8, or BIFF5 in GBK)."""
    place, wide, boxed = 0, True, False
    while place + 4 <= len(stream):
        kind = int.from_bytes(stream[place : place + 2], "little")
        size = int.from_bytes(stream[place + 2 : place + 4], "little")
        data = stream[place + 4 : place + 4 + size]
        place += 4 + size
        if kind == 0x809:  # the start of a part tells the version
            wide = data[:2] == b"\x00\x06"
        elif kind in (_HEADER, _FOOTER) and data:
            text = _string(data[2:]) if wide else data[1:].decode("gb18030", "replace")
            yield "\n".join(printed_lines(text))
        elif kind == _CONTINUE and boxed and data:
            yield " ".join(_string(data).split())
        boxed = kind == _TEXT_BOX


def _string(data: bytes) -> str:
    """A flag that tells one byte a character from two, then the characters."""
    return data[1:].decode("utf-16-le" if data[:1] == b"\x01" else "latin-1", "replace")
