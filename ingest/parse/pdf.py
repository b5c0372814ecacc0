"""PDF, read by PDFium: page by page, one block per printed line. Healing line wraps is cleaning's work.

A page whose text layer is missing or useless is drawn and read by OCR, where that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pypdfium2

from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.model import Parsed
from ingest.parse import ocr
from ingest.parse.broken import told_as
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out
from ingest.parse.scans import Scans
from ingest.pulse import beat

_DAMAGED = "pdf 不完整或已损坏"
_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
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
_GLANCE_DPI = 100  # at which a page is drawn to see whether anything is on it
_DEEPEST = 3  # nested forms looked into for pictures


def parse_pdf(data: bytes, *, ocr_pages: int = ocr.MOST_PAGES) -> Parsed:
    """At most `ocr_pages` pages are read by OCR; warnings name those beyond.

    Raises EncryptedDocument, DamagedDocument, or UnsupportedFormat if no page has any text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise EncryptedDocument("pdf 设有打开密码，无法读取") from error
        raise DamagedDocument(_DAMAGED) from error
    scans = Scans(ocr_pages)
    with closing(document), told_as(_DAMAGED):
        pages = [_page_lines(document, number, scans) for number in range(1, len(document) + 1)]
        unread = _unread_head(document, pages, scans)
    if not pages or all(lines is None for lines in pages):
        raise DamagedDocument("pdf 里的页面都读不出来")
    if not any(pages):
        raise scans.refusal("pdf")
    lines = [line for page in pages for line in page or ()]
    properties = {"pages": str(len(pages)), **ocr.properties(scans.read)}
    return replace(lay_out(lines, "pdf", properties, _warnings(data, pages, scans)), unread_head=unread)


def _unread_head(
    document: pypdfium2.PdfDocument, pages: Sequence[list[Line] | None], scans: Scans
) -> int | None:
    """See `Parsed.unread_head`. A few letters over a scan that was not read (CamScanner) are no text of it."""
    for number, lines in enumerate(pages, 1):
        if lines and number not in scans.missed:
            return None
        if lines is None or not _is_blank(document, number):
            return number
    return None


def _is_blank(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether nothing is drawn on the page; False where that cannot be told."""
    beat()
    try:
        with closing(document[number - 1]) as page:
            if _is_too_large(page):
                return False
            longer = max(1.0, *page.get_size())
            with closing(page.render(scale=min(_GLANCE_DPI / 72, _LONGEST / longer))) as bitmap:
                return ocr.is_blank(bitmap.to_numpy())
    except (pypdfium2.PdfiumError, MemoryError, ValueError):
        return False


def _page_lines(document: pypdfium2.PdfDocument, number: int, scans: Scans) -> list[Line] | None:
    """The page's lines in reading order; None if the page is broken (the others may still be read)."""
    beat()
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        text = _page_text(page)
        if _wants_ocr(page, text):
            seen = scans.take(number, lambda: _read_scan(page, number))
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


def _is_too_large(page: pypdfium2.PdfPage) -> bool:
    return any(width * height > _MOST_PIXELS for width, height in (p.get_px_size() for p in _pictures(page)))


def _read_scan(page: pypdfium2.PdfPage, number: int) -> tuple[Sequence[Line], float]:
    """Raises DamagedDocument for what cannot be drawn and for a picture too large to unpack."""
    with told_as(_DAMAGED):
        if _is_too_large(page):
            raise DamagedDocument("图片过大")
        longer = max(1.0, *page.get_size())
        bitmap = page.render(scale=min(_DPI / 72, _LONGEST / longer))
        with closing(bitmap):
            return ocr.read_scored(bitmap.to_pil(), number)


def _warnings(data: bytes, pages: Sequence[list[Line] | None], scans: Scans) -> list[str]:
    warnings = list(doubts("".join(line.text for page in pages for line in page or ())))
    broken = [number for number, lines in enumerate(pages, 1) if lines is None]
    warnings += scans.remarks([number for number, lines in enumerate(pages, 1) if lines == []])
    if broken:
        warnings.append(f"{ocr.named(broken)}已损坏，没有读取")
    if b"%%EOF" not in data[-4096:]:
        warnings.append("文件结尾不完整，可能缺少部分内容，请核对原文")
    return warnings
