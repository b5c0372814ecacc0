"""The characters of a Word paragraph as they stand on paper, deletions left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.parse.wordnames import qn

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = qn("w:txbxContent")
_TEXT = {qn("w:t"), _MATH_TEXT}
_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_SKIPPED = {
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:rt"), qn("w:txbxContent"), f"{_COMPATIBILITY}Fallback",
}  # fmt: skip


def plain_text(element: Any) -> str:
    """Text of the runs below `element`; a break inside a paragraph is a line feed; text boxes are left out."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == qn("w:br"):
            yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
        elif tag not in _SKIPPED:
            yield from _pieces(child)


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph, each once (Word stores an old form beside the new)."""
    if next(paragraph.iter(_BOX), None) is not None:  # nearly no paragraph has one
        yield from _boxes(paragraph)


def _boxes(paragraph: Any) -> Iterator[Any]:
    for child in paragraph:
        if child.tag == _BOX:
            yield child
        elif child.tag not in (qn("w:del"), qn("w:moveFrom"), f"{_COMPATIBILITY}Fallback"):
            yield from _boxes(child)
