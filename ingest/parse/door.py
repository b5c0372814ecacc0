"""The door to all parsers: which format is it? Told by the bytes, because suffixes lie."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

from ingest.errors import DamagedDocument, DocumentError, EmptyDocument, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.decode import decode
from ingest.parse.markdown import ONLY_FRONT_MATTER, parse_markdown
from ingest.parse.plain import parse_plain

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_PART = re.compile(
    rb"PK\x03\x04.{26}([\x20-\x7e]{1,40})", re.DOTALL
)  # the name that follows a local header
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_AS_DOCX = "请用 Word 或 WPS 打开，另存为 docx 后再同步。"
_AS_PDF = "请用阅读软件导出为带文字的 pdf 或 docx 后再同步。"
_AS_TEXT = "请把其中的文字复制到 docx 或 txt 文件里再同步。"
_TABLE_HINT = "请把要用的内容复制到 docx；或另存为 csv，再把扩展名改成 txt 后同步。"
_PICTURE_HINT = "识别图片中的文字以后的版本会支持；现在请先把图片转成文字，存为 docx 或 txt 再同步。"
# Stream names of OLE containers stand in the file as UTF-16.
_OLE_KINDS = (
    ("WordDocument", "旧版 Word 或 WPS 文字（doc、wps）", _AS_DOCX),
    ("Workbook", "旧版 Excel 表格（xls）", _TABLE_HINT),
    ("PowerPoint Document", "旧版 PowerPoint 演示（ppt）", _AS_TEXT),
)
_ZIP_KINDS = (
    ("xl/", "Excel 表格（xlsx）", _TABLE_HINT),
    ("ppt/", "PowerPoint 演示（pptx）", _AS_TEXT),
    ("OFD.xml", "OFD 版式文件", _AS_PDF),
    ("META-INF/container.xml", "EPUB 电子书", _AS_TEXT),
    ("content.xml", "OpenDocument 文档（odt、ods）", _AS_DOCX),
)
# Data and settings stand in text files, but a line of them without its head says nothing that could be cited.
_DATA = {
    ".csv": ("表格数据（csv）", "请把要用的内容复制到 docx；一行就能看懂的，可把扩展名改成 txt 后同步。"),
    ".tsv": ("表格数据（tsv）", "请把要用的内容复制到 docx；一行就能看懂的，可把扩展名改成 txt 后同步。"),
    ".json": ("数据文件（json）", _AS_TEXT),
    ".jsonl": ("数据文件（jsonl）", _AS_TEXT),
    ".toml": ("配置文件（toml）", "配置文件不是文档，请从文件夹中移走。"),
    ".yaml": ("配置文件（yaml）", "配置文件不是文档，请从文件夹中移走。"),
    ".yml": ("配置文件（yml）", "配置文件不是文档，请从文件夹中移走。"),
    ".ini": ("配置文件（ini）", "配置文件不是文档，请从文件夹中移走。"),
}
_MAGIC = (
    (
        rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00\x00\x00\x00|II\*\x00|MM\x00\*|RIFF.{4}WEBP",
        "图片",
        _PICTURE_HINT,
    ),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08", "压缩包", "请先解压，再同步里面的文件。"),
    (rb"\{\\rtf", "RTF 文档", _AS_DOCX),
    (rb"MZ.{58}|\x7fELF", "程序文件", "程序不是文档，请从文件夹中移走。"),
    (
        rb"ID3|RIFF.{4}(?:WAVE|AVI )|.{4}ftyp|OggS|fLaC",
        "音频或视频",
        "请先整理成文字稿，存为 docx 或 txt 再同步。",
    ),
)
_MAGIC_RULES = tuple((re.compile(rule, re.DOTALL), kind, hint) for rule, kind, hint in _MAGIC)
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<\?xml\b")
_MAIL_PAGE = re.compile(
    r"\s*(?:[\w-]+:.*\n(?:[ \t].*\n)*){0,20}?MIME-Version:", re.IGNORECASE
)  # other headers may stand before it
_MARKDOWN_HEAD = re.compile(r"\s*(?:#{1,6}[ \t]+\S|---[ \t]*\n(?:[\w-]+[ \t]*:.*\n)+---[ \t]*(?:\n|\Z))")


def parse(data: bytes, name: str) -> Parsed:
    """Reads one file's bytes. Raises a DocumentError with a Chinese reason and hint, and nothing else.

    `name` only decides between Markdown, plain text and data (which is refused), and how a reason is worded.
    """
    if not data.strip():
        raise EmptyDocument("文件是空的，没有任何内容" if not data else "文件里只有空格或空行")
    if not data.strip(b"\x00"):
        raise DamagedDocument("文件内容全是零，可能没有复制完整")
    if data.startswith(_OLE):
        raise _ole_error(data)
    if data.startswith(_ZIP):
        return _parse_zip(data, name)
    if b"%PDF-" in data[:1024]:
        from ingest.parse.pdf import parse_pdf

        return parse_pdf(data)
    for rule, kind, hint in _MAGIC_RULES:
        if rule.match(data):
            raise UnsupportedFormat(f"暂不支持的格式：{kind}", hint=hint)
    return _parse_text(data, name)


def _parse_text(data: bytes, name: str) -> Parsed:
    decoded = decode(data)
    text = decoded.text
    if not text.strip("\ufeff \t\n\u3000\xa0"):
        raise EmptyDocument("文件里只有空格或空行")
    data_kind = _DATA.get(PurePath(name).suffix.lower())
    if data_kind:
        raise UnsupportedFormat(f"暂不支持的格式：{data_kind[0]}", hint=data_kind[1])
    head = text[:4000]
    if _WEB_PAGE.match(head):
        from ingest.parse.web import parse_html

        return parse_html(data)  # the bytes: a page may name its own encoding
    if _MAIL_PAGE.match(head):
        from ingest.parse.web import parse_mhtml

        return parse_mhtml(data)
    if _XML.match(head):
        raise UnsupportedFormat("暂不支持的格式：XML", hint=_AS_DOCX)
    if name.lower().endswith((".md", ".markdown")) or _MARKDOWN_HEAD.match(head):
        parsed = parse_markdown(decoded)
        if not parsed.text and len(parsed.properties) < 2 and ONLY_FRONT_MATTER in parsed.warnings:
            raise EmptyDocument("文件里只有标记，没有文字")
        return parsed
    return parse_plain(decoded)


def _ole_error(data: bytes) -> Exception:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedDocument("文件设有打开密码，无法读取")
    for stream, kind, hint in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return UnsupportedFormat(f"暂不支持的格式：{kind}", hint=hint)
    return UnsupportedFormat("暂不支持的格式：旧版 Office 文件（doc、xls、ppt 等）", hint=_AS_DOCX)


def _is_word(parts: Sequence[str]) -> bool:
    return any(part.startswith("word/") for part in parts)


def _broken_zip(data: bytes, name: str) -> DocumentError:
    """What it was meant to be, by the parts whose names still stand in it, else by its own name."""
    suffix = PurePath(name).suffix.lower()
    parts = [found.decode("utf-8", "replace") for found in _ZIP_PART.findall(data)]
    for part, kind, hint in _ZIP_KINDS:
        if any(one.startswith(part) for one in parts) or (
            f"（{suffix[1:]}）" in kind and not _is_word(parts)
        ):
            return UnsupportedFormat(f"暂不支持的格式：{kind}；这一份还不完整或已损坏", hint=hint)
    if _is_word(parts) or suffix == ".docx":
        return DamagedDocument("Word 文档（docx）不完整或已损坏")
    return DamagedDocument("文件不完整或已损坏（压缩包结构读不出来）")


def _parse_zip(data: bytes, name: str) -> Parsed:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, LookupError) as error:
        raise _broken_zip(data, name) from error
    if "word/document.xml" in entries:
        if entries["word/document.xml"].flag_bits & 1:
            raise EncryptedDocument("文件设有打开密码，无法读取")
        from ingest.parse.docx import parse_docx

        return parse_docx(data)
    if "ppt/presentation.xml" in entries:
        from ingest.parse.pptx import parse_pptx

        return parse_pptx(data)
    if any(name.replace("\\", "/").lstrip("/").casefold() == "ofd.xml" for name in entries):
        from ingest.parse.ofd import parse_ofd

        return parse_ofd(data)
    for part, kind, hint in _ZIP_KINDS:
        if any(name.startswith(part) for name in entries):
            raise UnsupportedFormat(f"暂不支持的格式：{kind}", hint=hint)
    raise UnsupportedFormat("暂不支持的格式：压缩包（zip）", hint="请先解压，再同步里面的文件。")
