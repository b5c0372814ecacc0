"""The characters of a Word paragraph as they stand on paper when every tracked change is accepted.

Left out: deletions, field codes, hidden text, placeholders of empty controls. Text boxes, which stand elsewhere, and notes are named apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.parse.wordnames import qn
from ingest.parse.wordsymbols import symbol

_P, _R, _T, _CONTROL = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:sdt")
_PARAGRAPH, _RUN, _VALUE = qn("w:pPr"), qn("w:rPr"), qn("w:val")
_HIDDEN, _PARAGRAPH_STYLE, _RUN_STYLE = qn("w:vanish"), qn("w:pStyle"), qn("w:rStyle")
_FALLBACK = qn("mc:Fallback")
_WORD_ART = qn("v:textpath")
_BOX = qn("w:txbxContent")
DRAWN = (_BOX, _WORD_ART)  # where words stand beside a paragraph's own
_TEXT = {_T, qn("m:t")}
_NOTHING = set(map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr")))  # between runs, without words
_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_GONE = {qn("w:del"), qn("w:moveFrom"), _FALLBACK}
_SKIPPED = {*_GONE, _PARAGRAPH, _RUN, qn("w:rt"), _BOX, qn("w:sdtPr")}
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_OFF = ("0", "false", "off")
Properties = Mapping[str, Any]  # of a paragraph or run: elements by tag


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands between characters: a field's "begin", "separate" or "end", or a note's kind with its id."""

    kind: str
    value: str = ""


class Characters:
    """Reads paragraphs; `is_hidden` tells of a style's id whether its text is not shown. Counts what it left out."""

    def __init__(self, is_hidden: Callable[[str], bool]) -> None:
        self._is_hidden_style = is_hidden
        self.hidden = 0  # runs
        self.unknown_symbols = 0

    def read(self, paragraph: Any) -> tuple[str, Properties, list[tuple[str, str]]]:
        """The text, with a line feed for a break inside it; the paragraph's properties; the notes it refers to, as
        `(kind, id)`.
        """
        texts: list[str] = []
        properties: Properties = {}
        # Nearly all paragraphs are nothing but shown runs of text.
        for child in paragraph:
            tag = child.tag
            if tag == _R:
                for piece in child:
                    tag = piece.tag
                    if tag == _T:
                        texts.append(piece.text or "")
                    elif tag != _RUN or self._hides(piece):
                        return self._read(paragraph)
            elif tag == _PARAGRAPH:
                properties = properties_of(child)
                if self._style(properties, _PARAGRAPH_STYLE):
                    return self._read(paragraph)
            elif tag not in _NOTHING:
                return self._read(paragraph)
        return "".join(texts), properties, []

    def _hides(self, properties: Any) -> bool:
        for one in properties:
            tag = one.tag
            if tag == _HIDDEN or (tag == _RUN_STYLE and self._is_hidden_style(one.get(_VALUE, ""))):
                return True
        return False

    def _read(self, paragraph: Any) -> tuple[str, Properties, list[tuple[str, str]]]:
        properties = properties_of(paragraph.find(_PARAGRAPH))
        shown: list[str | _Mark] = []
        begun: list[int] = []  # where in `shown` the fields begin whose code has not ended
        depth: list[bool] = []  # of the open fields: whether the code has ended
        for piece in self._pieces(paragraph, hidden=self._style(properties, _PARAGRAPH_STYLE)):
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
        return "".join(piece for piece in shown if isinstance(piece, str)), properties, notes

    def mark_is_gone(self, properties: Properties) -> bool:
        """Whether the end of the paragraph with these properties is deleted or hidden: the next one goes on in its line."""
        if _RUN not in properties:
            return False
        mark = properties_of(properties[_RUN])
        return not _GONE.isdisjoint(mark) or is_on(mark.get(_HIDDEN))

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
            elif tag == _R and self._is_hidden(child, hidden=hidden):
                self.hidden += 1
                # Word hides the code of some fields; where they begin and end still counts.
                yield from (mark for mark in self._pieces(child, hidden=False) if _is_field(mark))
            elif tag not in _SKIPPED and not is_placeholder(child):
                yield from self._pieces(child, hidden=hidden)

    def _is_hidden(self, run: Any, *, hidden: bool) -> bool:
        properties = properties_of(run.find(_RUN))
        own = properties.get(_HIDDEN)
        return is_on(own) if own is not None else hidden or self._style(properties, _RUN_STYLE)

    def _style(self, properties: Properties, tag: str) -> bool:
        named = properties.get(tag)
        return named is not None and self._is_hidden_style(named.get(_VALUE, ""))

    def _symbol(self, element: Any) -> str:
        shown = symbol(element.get(qn("w:font"), ""), element.get(qn("w:char"), ""))
        self.unknown_symbols += not shown
        return shown


def _is_field(piece: str | _Mark) -> bool:
    return isinstance(piece, _Mark) and piece.kind in ("begin", "separate", "end")


def properties_of(element: Any | None) -> Properties:
    """What stands in a w:pPr or w:rPr, the first of each tag; nothing for None."""
    # Reversed, so that of two the first stays. One look at each is far quicker than lxml's search for one after the other.
    return {} if element is None else {one.tag: one for one in reversed(element)}


def is_on(switch: Any) -> bool:
    """Whether a property that is either on or off is there and on."""
    return switch is not None and switch.get(_VALUE, "true") not in _OFF


def is_placeholder(element: Any) -> bool:
    """A content control that nobody filled in shows the words that ask to do so."""
    if element.tag != _CONTROL:
        return False
    properties = element.find(qn("w:sdtPr"))
    return properties is not None and is_on(properties.find(qn("w:showingPlcHdr")))


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph, each once (Word stores an old form beside the new)."""
    for child in paragraph:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _GONE:
            yield from text_boxes(child)


def word_art(paragraph: Any) -> Iterator[str]:
    """Words that are drawn: old WordArt and watermarks."""
    for shape in paragraph.iter(_WORD_ART):
        if next(shape.iterancestors(*_GONE, _P), paragraph) is paragraph:
            yield shape.get("string", "")
