"""PDF with text, read by PDFium: page by page, one block per printed line. Healing line wraps is cleaning's work."""

from __future__ import annotations

import re

import pypdfium2

from ingest.errors import DamagedDocument, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out

_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]")  # how PDFium writes a hyphen at a line's end
_NAMED_PAGES = 20
_SCAN_HINT = (
    "这可能是扫描件；识别图片文字以后的版本会支持，现在请先用 OCR 软件转成带文字的 pdf 或 docx 再同步。"
)


def parse_pdf(data: bytes) -> Parsed:
    """Raises EncryptedDocument, DamagedDocument, or UnsupportedFormat if no page has any text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise EncryptedDocument("pdf 设有打开密码，无法读取") from error
        raise DamagedDocument("pdf 不完整或已损坏") from error
    try:
        pages = [_page_text(document, number) for number in range(len(document))]
        properties = _properties(document)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise DamagedDocument("pdf 不完整或已损坏") from error
    finally:
        document.close()
    if not pages or all(text is None for text in pages):
        raise DamagedDocument("pdf 里的页面都读不出来")
    if not any(text and text.strip() for text in pages):
        raise UnsupportedFormat("pdf 里没有文字", hint=_SCAN_HINT)
    lines = [
        Line(line.strip(), page=number)
        for number, text in enumerate(pages, 1)
        for line in without_controls(text or "").split("\n")
        if line.strip()
    ]
    return lay_out(lines, "pdf", properties, _warnings(data, pages))


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str | None:
    """The page's text in reading order; None if the page is broken (the others may still be read)."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        textpage = page.get_textpage()
        try:
            return _LINE_END_HYPHEN.sub("-", textpage.get_text_bounded())
        finally:
            textpage.close()
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    found: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    properties = {
        ours: found[theirs] for ours, theirs in (("title", "Title"), ("creator", "Author")) if theirs in found
    }
    if date := _DATE.match(found.get("CreationDate", "")):
        properties["created"] = "-".join(date.groups())
    return {**properties, "pages": str(len(document))}


def _warnings(data: bytes, pages: list[str | None]) -> list[str]:
    warnings = list(doubts("".join(text or "" for text in pages)))
    broken = [number for number, text in enumerate(pages, 1) if text is None]
    silent = [number for number, text in enumerate(pages, 1) if text is not None and not text.strip()]
    if silent:
        warnings.append(f"{_listed(silent)}没有文字（空白页，或是图片、扫描页），没有读取")
    if broken:
        warnings.append(f"{_listed(broken)}已损坏，没有读取")
    if b"%%EOF" not in data[-4096:]:
        warnings.append("文件结尾不完整，可能缺少部分内容，请核对原文")
    return warnings


def _listed(numbers: list[int]) -> str:
    named = "、".join(map(str, numbers[:_NAMED_PAGES]))
    return f"第 {named} 页" if len(numbers) <= _NAMED_PAGES else f"第 {named} 等 {len(numbers)} 页"
