"""Pages that a document keeps as whole pictures, read by OCR: what was read, and what a reader should know of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.errors import DocumentError, UnsupportedFormat
from ingest.parse import ocr
from ingest.parse.lines import Line
from ingest.parse.picture import read_page

_SCAN_HINT = "这可能是扫描件。" + ocr.INSTALL_HINT
_UNREAD_HINT = "请确认页面清晰、不是空白；OCR 认不出手写和过于模糊的文字，请换清晰的扫描件或电子版。"


@dataclass(slots=True)
class Scans:
    """Page numbers count from 1."""

    lines: dict[int, Sequence[Line]] = field(default_factory=dict)  # of pages on which words were found
    read: dict[int, float] = field(default_factory=dict)  # page -> mean confidence
    unread: list[int] = field(default_factory=list)  # pictures without a word, or that could not be opened
    beyond: list[int] = field(default_factory=list)  # left out by the limit

    def refusal(self, what: str) -> UnsupportedFormat:
        """For a document in which no page gave any text."""
        if ocr.ready():
            return UnsupportedFormat(f"{what} 里没有文字，OCR 也没有认出文字", hint=_UNREAD_HINT)
        return UnsupportedFormat(f"{what} 里没有文字，也没有安装 OCR 组件", hint=_SCAN_HINT)

    def remarks(self, silent: Sequence[int]) -> list[str]:
        """Chinese warnings; `silent` are all pages without text of their own."""
        found = ocr.remarks(self.read)
        told = {*self.read, *self.unread, *self.beyond}
        if rest := [page for page in silent if page not in told]:
            way_out = "" if ocr.ready() else f"；{ocr.INSTALL_HINT}"
            found.append(f"{ocr.named(rest)}没有文字（空白页，或是图片、扫描页），没有读取{way_out}")
        if self.unread:
            found.append(
                f"{ocr.named(self.unread)}用 OCR 没有认出文字（空白页、图片，或过于模糊），请核对原件"
            )
        if self.beyond:
            found.append(f"用 OCR 识别的页数到了上限，{ocr.named(self.beyond)}没有识别；请拆成几份再同步")
        return found


def read_scans(pictures: Sequence[bytes | None], silent: Sequence[int], most: int) -> Scans:
    """Reads the pictures of the pages `silent` (`pictures[page - 1]`), at most `most` of them."""
    scans = Scans()
    for page in silent:
        picture = pictures[page - 1]
        if picture is None:
            continue
        if len(scans.read) + len(scans.unread) >= most:
            scans.beyond.append(page)
            continue
        try:
            lines, confidence = read_page(picture, page)
        except DocumentError:  # jb2, or a broken picture
            lines, confidence = (), 0.0
        if lines:
            scans.lines[page], scans.read[page] = lines, confidence
        else:
            scans.unread.append(page)
    return scans
