"""The characters of a Word paragraph as they stand on paper when every tracked change is accepted.

Left out: deletions, field codes, hidden text, placeholders of empty controls. Text boxes, which stand elsewhere, and notes are named apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.parse.wordnames import qn
from ingest.parse.wordsymbols import symbol

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_BOX = qn("w:txbxContent")
_TEXT = {qn("w:t"), _MATH_TEXT}
_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_GONE = {qn("w:del"), qn("w:moveFrom"), _FALLBACK}
_SKIPPED = {*_GONE, qn("w:pPr"), qn("w:rPr"), qn("w:rt"), qn("w:txbxContent"), qn("w:sdtPr")}
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands between characters: a field's "begin", "separate" or "end", or a note's kind with its id."""

    kind: str
    value: str = ""


class Characters:
    """Reads paragraphs; `hidden_styles` are the ids of styles whose text is not shown. Counts what it left out."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self._hidden_styles = hidden_styles
        self.hidden = 0  # runs
        self.unknown_symbols = 0

    def read(self, paragraph: Any) -> tuple[str, list[tuple[str, str]]]:
        """The text, with a line feed for a break inside it; and the notes it refers to, as `(kind, id)`."""
        shown: list[str | _Mark] = []
        begun: list[int] = []  # where in `shown` the fields begin whose code has not ended
        depth: list[bool] = []  # of the open fields: whether the code has ended
        for piece in self._pieces(paragraph, hidden=self._style(paragraph.find(qn("w:pPr")), "w:pStyle")):
            kind = piece.kind if isinstance(piece, _Mark) else ""
            if kind == "begin":
                begun.append(len(shown))
                depth.append(False)
            elif kind in ("separate", "end"):
                if depth and not depth[-1]:  # what stood in the code is not shown
                    del shown[begun.pop() :]
                    depth[-1] = True
                if kind == "end" and depth:
                    depth.pop()
            else:
                shown.append(piece)
        notes = [(piece.kind, piece.value) for piece in shown if isinstance(piece, _Mark)]
        return "".join(piece for piece in shown if isinstance(piece, str)), notes

    def mark_is_gone(self, paragraph: Any) -> bool:
        """Whether the paragraph's end is deleted or hidden: then the next paragraph goes on in its line."""
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        if mark is None:
            return False
        gone = any(mark.find(qn(tag)) is not None for tag in ("w:del", "w:moveFrom"))
        return gone or is_on(mark.find(qn("w:vanish")))

    def _pieces(self, element: Any, *, hidden: bool) -> Iterator[str | _Mark]:
        for child in element:
            tag = child.tag
            if tag in _TEXT:
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == qn("w:br"):
                yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
            elif tag == qn("w:sym"):
                yield self._symbol(child)
            elif tag == qn("w:fldChar"):
                yield _Mark(child.get(qn("w:fldCharType"), ""))
            elif tag in _NOTES:
                yield _Mark(_NOTES[tag], child.get(qn("w:id"), ""))
            elif tag == qn("w:r") and self._is_hidden(child, hidden=hidden):
                self.hidden += 1
                # Word hides the code of some fields; where they begin and end still counts.
                yield from (mark for mark in self._pieces(child, hidden=False) if _is_field(mark))
            elif tag not in _SKIPPED and not is_placeholder(child):
                yield from self._pieces(child, hidden=hidden)

    def _is_hidden(self, run: Any, *, hidden: bool) -> bool:
        properties = run.find(qn("w:rPr"))
        own = properties.find(qn("w:vanish")) if properties is not None else None
        return is_on(own) if own is not None else hidden or self._style(properties, "w:rStyle")

    def _style(self, properties: Any, tag: str) -> bool:
        named = properties.find(qn(tag)) if properties is not None else None
        return named is not None and named.get(qn("w:val")) in self._hidden_styles

    def _symbol(self, element: Any) -> str:
        shown = symbol(element.get(qn("w:font"), ""), element.get(qn("w:char"), ""))
        self.unknown_symbols += not shown
        return shown


def _is_field(piece: str | _Mark) -> bool:
    return isinstance(piece, _Mark) and piece.kind in ("begin", "separate", "end")


def is_on(switch: Any) -> bool:
    """Whether a property that is either on or off is there and on."""
    return switch is not None and switch.get(qn("w:val"), "true") not in _OFF


def is_placeholder(element: Any) -> bool:
    """A content control that nobody filled in shows the words that ask to do so."""
    if element.tag != qn("w:sdt"):
        return False
    properties = element.find(qn("w:sdtPr"))
    return properties is not None and is_on(properties.find(qn("w:showingPlcHdr")))


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph, each once (Word stores an old form beside the new)."""
    if next(paragraph.iter(_BOX), None) is not None:  # nearly no paragraph has one
        yield from _boxes(paragraph)


def _boxes(paragraph: Any) -> Iterator[Any]:
    for child in paragraph:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _GONE:
            yield from _boxes(child)


def word_art(paragraph: Any) -> Iterator[str]:
    """Words that are drawn: old WordArt and watermarks."""
    for shape in paragraph.iter(_WORD_ART):
        if next(shape.iterancestors(*_GONE, qn("w:p")), paragraph) is paragraph:
            yield shape.get("string", "")
