"""PDF, read by PDFium: page by page, one block per printed line. Healing line wraps is cleaning's work.

A page whose text layer is missing or useless is drawn and read by OCR, where that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2

from ingest.errors import DamagedDocument, DocumentError, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse import ocr
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out
from ingest.pulse import beat

_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]")  # how PDFium writes a hyphen at a line's end
# What a font without a character table, or a text layer in the wrong encoding, reads as.
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\xb6\xb8-\xd6\xd8-\u024f\ue000-\uf8ff\ufff0-\uffff]")
_MOST_ODD = 0.3  # share of such characters from which a text layer is useless
_STAMP = 40  # characters; a scanning app's name or a page number over a page's picture is no more than this
_LEAST_COVERED = 0.6  # share of the page that the picture of a scan covers
_OUTLINES = 20  # drawn shapes from which a page without text may be words turned into curves
_DPI = 200
_LONGEST = 4000  # px of a drawn page
_MOST_PIXELS = 90_000_000  # of one picture in a page; PDFium would unpack it whole
_DEEPEST = 3  # nested forms looked into for pictures
_SCAN_HINT = "这可能是扫描件。" + ocr.INSTALL_HINT
_UNREAD_HINT = "请确认页面清晰、不是空白；OCR 认不出手写和过于模糊的文字，请换清晰的扫描件或电子版。"


@dataclass(slots=True)
class _Scans:
    """What came of the pages that were to be read by OCR; all 1-based page numbers."""

    allowed: int
    read: dict[int, float] = field(default_factory=dict)  # page -> mean confidence
    unseen: list[int] = field(default_factory=list)  # read, and no word found
    beyond: list[int] = field(default_factory=list)  # left out by the limit
    refused: list[int] = field(default_factory=list)  # pictures too large, or OCR failed
    missing: bool = False  # OCR is not installed


def parse_pdf(data: bytes, *, ocr_pages: int = ocr.MOST_PAGES) -> Parsed:
    """At most `ocr_pages` pages are read by OCR; warnings name those beyond.

    Raises EncryptedDocument, DamagedDocument, or UnsupportedFormat if no page has any text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise EncryptedDocument("pdf 设有打开密码，无法读取") from error
        raise DamagedDocument("pdf 不完整或已损坏") from error
    scans = _Scans(ocr_pages)
    try:
        pages = [_page_lines(document, number, scans) for number in range(1, len(document) + 1)]
        properties = _properties(document)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise DamagedDocument("pdf 不完整或已损坏") from error
    finally:
        document.close()
    if not pages or all(lines is None for lines in pages):
        raise DamagedDocument("pdf 里的页面都读不出来")
    if not any(pages):
        if scans.missing:
            raise UnsupportedFormat("pdf 里没有文字，也没有安装 OCR 组件", hint=_SCAN_HINT)
        raise UnsupportedFormat("pdf 里没有文字，OCR 也没有认出文字", hint=_UNREAD_HINT)
    lines = [line for page in pages for line in page or ()]
    return lay_out(lines, "pdf", {**properties, **ocr.properties(scans.read)}, _warnings(data, pages, scans))


def _page_lines(document: pypdfium2.PdfDocument, number: int, scans: _Scans) -> list[Line] | None:
    """The page's lines in reading order; None if the page is broken (the others may still be read)."""
    beat()
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        text = _page_text(page)
        if _wants_ocr(page, text):
            seen = _read_scan(page, number, scans)
            if seen:
                return seen
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    return [Line(line.strip(), page=number) for line in without_controls(text).split("\n") if line.strip()]


def _page_text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        text: str = textpage.get_text_bounded()
    finally:
        textpage.close()
    return _LINE_END_HYPHEN.sub("-", text)


def _wants_ocr(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether the page shows something that its text layer does not say."""
    visible = "".join(text.split())
    if len(_ODD.findall(visible)) > _MOST_ODD * len(visible):
        return True
    if len(visible) > _STAMP:
        return False
    if not visible:
        return _shows_something(page)
    return _covered(page) >= _LEAST_COVERED


def _shows_something(page: pypdfium2.PdfPage) -> bool:
    shapes = 0
    for thing in page.get_objects(max_depth=_DEEPEST):
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            return True
        shapes += thing.type in (pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_SHADING)
    return shapes >= _OUTLINES


def _covered(page: pypdfium2.PdfPage) -> float:
    """Share of the page's area under its pictures, at most 1 for each (scans may come in strips)."""
    width, height = page.get_size()
    total = 0.0
    for picture in _pictures(page):
        left, bottom, right, top = picture.get_bounds()
        total += min(1.0, abs((right - left) * (top - bottom)) / max(1.0, width * height))
    return total


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    yield from page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)


def _read_scan(page: pypdfium2.PdfPage, number: int, scans: _Scans) -> list[Line]:
    """The page's lines by OCR; what became of it is noted in `scans`."""
    if not ocr.ready():
        scans.missing = True
        return []
    if len(scans.read) + len(scans.unseen) + len(scans.refused) >= scans.allowed:
        scans.beyond.append(number)
        return []
    try:
        if any(width * height > _MOST_PIXELS for width, height in (p.get_px_size() for p in _pictures(page))):
            scans.refused.append(number)
            return []
        longer = max(1.0, *page.get_size())
        bitmap = page.render(scale=min(_DPI / 72, _LONGEST / longer))
        try:
            lines, confidence = ocr.read_scored(bitmap.to_pil(), number)
        finally:
            bitmap.close()
    except (DocumentError, pypdfium2.PdfiumError, ValueError):
        scans.refused.append(number)
        return []
    if lines:
        scans.read[number] = confidence
    else:
        scans.unseen.append(number)
    return list(lines)


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    found: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    properties = {
        ours: found[theirs] for ours, theirs in (("title", "Title"), ("creator", "Author")) if theirs in found
    }
    if date := _DATE.match(found.get("CreationDate", "")):
        properties["created"] = "-".join(date.groups())
    return {**properties, "pages": str(len(document))}


def _warnings(data: bytes, pages: Sequence[list[Line] | None], scans: _Scans) -> list[str]:
    warnings = list(doubts("".join(line.text for page in pages for line in page or ())))
    warnings += ocr.remarks(scans.read)
    broken = [number for number, lines in enumerate(pages, 1) if lines is None]
    told = {*scans.unseen, *scans.beyond, *scans.refused}
    silent = [number for number, lines in enumerate(pages, 1) if lines == [] and number not in told]
    if silent:
        way_out = f"；{ocr.INSTALL_HINT}" if scans.missing else ""
        warnings.append(f"{ocr.named(silent)}没有文字（空白页，或是图片、扫描页），没有读取{way_out}")
    if scans.unseen:
        warnings.append(
            f"{ocr.named(scans.unseen)}用 OCR 没有认出文字（空白页、图片，或过于模糊），请核对原件"
        )
    if scans.beyond:
        warnings.append(
            f"一份文件最多用 OCR 识别 {scans.allowed} 页，{ocr.named(scans.beyond)}没有识别；请拆成几份再同步"
        )
    if scans.refused:
        warnings.append(f"{ocr.named(scans.refused)}的图片过大或识别出错，没有识别，请核对原件")
    if broken:
        warnings.append(f"{ocr.named(broken)}已损坏，没有读取")
    if b"%%EOF" not in data[-4096:]:
        warnings.append("文件结尾不完整，可能缺少部分内容，请核对原文")
    return warnings
