"""The door to all parsers: which format is it? Told by the bytes, because suffixes lie."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from pathlib import PurePath

from ingest import zips
from ingest.errors import DamagedDocument, DocumentError, EmptyDocument
from ingest.model import Parsed
from ingest.parse import unsupported
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.decode import decode
from ingest.parse.markdown import ONLY_FRONT_MATTER, parse_markdown
from ingest.parse.plain import parse_plain

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00\x00\x00\x00|II\*\x00|MM\x00\*|RIFF.{4}WEBP", re.DOTALL
)  # fmt: skip
_ZIP_PART = re.compile(
    rb"PK\x03\x04.{26}([\x20-\x7e]{1,40})", re.DOTALL
)  # the name that follows a local header
_TABLES = {".csv": None, ".tsv": "\t"}
# Heads come from anybody: each rule can match in one way only, or a few comments would take for ever. (Groups that give
# nothing back, `(?:…)*+`, would say it, too; Python 3.11.0 to 3.11.4 match them wrongly.)
_WEB_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:[^-]++|-(?!->))*-->\s*+)*<(?:!doctype\s++html|html|head|body)\b",
    re.IGNORECASE,
)
_XML = re.compile(r"\s*+<\?xml\b")
_MAIL_PAGE = re.compile(
    r"\s*+(?:[\w-]++:.*+\n(?:[ \t].*+\n)*){0,20}?MIME-Version:", re.IGNORECASE
)  # other headers may stand before it
_MARKDOWN_HEAD = re.compile(
    r"\s*+(?:#{1,6}[ \t]++\S|---[ \t]*+\n(?:[\w-]++[ \t]*+:.*+\n)+---[ \t]*+(?:\n|\Z))"
)


def parse(data: bytes, name: str) -> Parsed:
    """Reads one file's bytes. Raises a DocumentError with a Chinese reason and hint, and nothing else.

    `name` only decides between Markdown, plain text, tables and data (which is refused), and how a reason is worded.
    """
    if not data.strip():
        raise EmptyDocument("文件是空的，没有任何内容" if not data else "文件里只有空格或空行")
    if not data.strip(b"\x00"):
        raise DamagedDocument("文件内容全是零，可能没有复制完整")
    if data.startswith(_OLE):
        from ingest.parse.office import parse_ole

        return parse_ole(data, name)
    if data.startswith(zips.STARTS):
        return _parse_zip(data, name)
    if b"%PDF-" in data[:1024]:
        from ingest.parse.pdf import parse_pdf

        return parse_pdf(data)
    if _PICTURE.match(data):
        from ingest.parse.picture import parse_picture

        return parse_picture(data)
    if data.startswith(b"{\\rtf"):
        from ingest.parse.office import parse_rtf

        return parse_rtf(data, name)
    if refused := unsupported.by_magic(data):
        raise refused
    return _parse_text(data, name)


def is_plain_text(data: bytes, name: str) -> bool:
    """Whether `parse` reads it as plain text or Markdown: with code of this project alone."""
    if PurePath(name).suffix.lower() not in (".txt", ".md") or data.startswith((_OLE, *zips.STARTS)):
        return False
    if b"%PDF-" in data[:1024] or _PICTURE.match(data) or unsupported.by_magic(data):
        return False
    try:
        head = decode(data).text[:4000] if data else ""
    except DocumentError:
        return True  # refused before any reader is chosen
    return not (_WEB_PAGE.match(head) or _MAIL_PAGE.match(head))


def _parse_text(data: bytes, name: str) -> Parsed:
    decoded = decode(data)
    text = decoded.text
    if not text.strip("\ufeff \t\n\u3000\xa0"):
        raise EmptyDocument("文件里只有空格或空行")
    if refused := unsupported.by_suffix(name):
        raise refused
    head = text[:4000]
    if _WEB_PAGE.match(head):
        from ingest.parse.web import parse_html

        return parse_html(data)  # the bytes: a page may name its own encoding
    if _MAIL_PAGE.match(head):
        from ingest.parse.web import parse_mhtml

        return parse_mhtml(data)
    suffix = PurePath(name).suffix.lower()
    if suffix in _TABLES:
        from ingest.parse.delimited import parse_delimited

        return parse_delimited(decoded, _TABLES[suffix])
    if _XML.match(head):
        raise unsupported.xml()
    if suffix in (".md", ".markdown") or _MARKDOWN_HEAD.match(head):
        parsed = parse_markdown(decoded)
        if not parsed.text and not parsed.properties and ONLY_FRONT_MATTER in parsed.warnings:
            raise EmptyDocument("文件里只有标记，没有文字")
        return parsed
    return parse_plain(decoded)


def _parse_zip(data: bytes, name: str) -> Parsed:
    if zips.too_many_entries(io.BytesIO(data)):
        raise DamagedDocument(f"文件里的部件太多（超过 {zips.MOST_ENTRIES} 个），不像正常的文件")
    try:
        with told_as("压缩包结构读不出来"), zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.namelist()
    except Unreadable as error:
        raise _broken_zip(data, name) from error
    kind = zips.package_of(entries)
    match kind.form if kind else "":
        case "docx":
            from ingest.parse.docx import parse_docx

            return parse_docx(data)
        case "pptx":
            from ingest.parse.pptx import parse_pptx

            return parse_pptx(data)
        case "xlsx":
            from ingest.parse.sheets import parse_xlsx

            return parse_xlsx(data)
        case "ofd":
            from ingest.parse.ofd import parse_ofd

            return parse_ofd(data)
        case "odf":
            from ingest.parse.office import parse_open_document

            return parse_open_document(data, name)
    raise _damaged(entries, name) or unsupported.package(kind) or unsupported.archive()


def _broken_zip(data: bytes, name: str) -> DocumentError:
    """What it was meant to be, by the parts whose names still stand in it, else by its own name."""
    parts = [found.decode("utf-8", "replace") for found in _ZIP_PART.findall(data)]
    return (
        _damaged(parts, name)
        or unsupported.package(zips.once_package_of(parts))
        or DamagedDocument("文件不完整或已损坏（压缩包结构读不出来）")
    )


def _damaged(parts: Collection[str], name: str) -> DamagedDocument | None:
    """A package of a kind that is read, without its main part; None for any other zip."""
    suffix = PurePath(name).suffix.lower()
    kind = zips.once_package_of(parts)
    if kind is None or unsupported.package(kind):
        kind = next((one for one in zips.PACKAGES if f".{one.form}" == suffix), None)
    return DamagedDocument(f"{kind.title}不完整或已损坏") if kind and not unsupported.package(kind) else None
