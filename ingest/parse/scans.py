"""Pages that a document keeps as whole pictures, read by OCR: what was read, and what a reader should know of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.errors import DocumentError, UnsupportedFormat
from ingest.parse import ocr
from ingest.parse.lines import Line

_SCAN_HINT = "这可能是扫描件。" + ocr.INSTALL_HINT
_UNREAD_HINT = "请确认页面清晰、不是空白；OCR 认不出手写和过于模糊的文字，请换清晰的扫描件或电子版。"


@dataclass(slots=True)
class Scans:
    """Page numbers count from 1; at most `allowed` pages of one document are read."""

    allowed: int
    read: dict[int, float] = field(default_factory=dict)  # page -> mean confidence
    unseen: list[int] = field(default_factory=list)  # read, and no word found
    beyond: list[int] = field(default_factory=list)  # left out by the limit
    refused: list[int] = field(default_factory=list)  # a picture that is too large or cannot be opened
    missed: list[int] = field(
        default_factory=list
    )  # no line was got of them, for any of these reasons or without OCR

    def take(self, page: int, reader: Callable[[], tuple[Sequence[Line], float]]) -> list[Line]:
        """The lines of a page as `reader` sees them, with their confidence; [] where OCR is not installed.

        A DocumentError that `reader` raises is noted and costs this page only.
        """
        lines = self._seen(page, reader)
        if not lines:
            self.missed.append(page)
        return lines

    def _seen(self, page: int, reader: Callable[[], tuple[Sequence[Line], float]]) -> list[Line]:
        if not ocr.ready():
            return []
        if len(self.read) + len(self.unseen) + len(self.refused) >= self.allowed:
            self.beyond.append(page)
            return []
        try:
            lines, confidence = reader()
        except DocumentError:
            self.refused.append(page)
            return []
        if lines:
            self.read[page] = confidence
        else:
            self.unseen.append(page)
        return list(lines)

    def refusal(self, what: str) -> UnsupportedFormat:
        """For a document in which no page gave any text."""
        if ocr.ready():
            return UnsupportedFormat(f"{what} 里没有文字，OCR 也没有认出文字", hint=_UNREAD_HINT)
        return UnsupportedFormat(f"{what} 里没有文字，也没有安装 OCR 组件", hint=_SCAN_HINT)

    def remarks(self, silent: Sequence[int]) -> list[str]:
        """Chinese warnings; `silent` are all pages without text of their own."""
        found = ocr.remarks(self.read)
        told = {*self.read, *self.unseen, *self.beyond, *self.refused}
        if rest := [page for page in silent if page not in told]:
            way_out = "" if ocr.ready() else f"；{ocr.INSTALL_HINT}"
            found.append(f"{ocr.named(rest)}没有文字（空白页，或是图片、扫描页），没有读取{way_out}")
        if self.unseen:
            found.append(
                f"{ocr.named(self.unseen)}用 OCR 没有认出文字（空白页、图片，或过于模糊），请核对原件"
            )
        if self.beyond:
            found.append(
                f"一份文件最多用 OCR 识别 {self.allowed} 页，{ocr.named(self.beyond)}没有识别；请拆成几份再同步"
            )
        if self.refused:
            found.append(f"{ocr.named(self.refused)}的图片过大、打不开或识别出错，没有识别，请核对原件")
        return found
