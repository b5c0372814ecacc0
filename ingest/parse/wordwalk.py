"""Through the body of a Word document, once and in order: paragraphs, tables, text boxes and the notes they refer to.

A note stands on a line of its own where its paragraph (or table) ends, as 注1：… or 尾注1：…, and leaves no mark in the sentence:
the sentence can be searched and quoted as it is written, and the note is never taken for a part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.parse.lines import Line, table_lines
from ingest.parse.numbering import Numbering
from ingest.parse.styles import Styles
from ingest.parse.wordnames import qn
from ingest.parse.wordtables import frame_of, read_table
from ingest.parse.wordtext import Characters, Properties, is_placeholder, text_boxes, word_art

# What stands around paragraphs and adds nothing of its own.
_WRAPPERS = {
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:ins"),
    qn("w:moveTo"),
    qn("w:customXml"),
    qn("w:smartTag"),
}
_TABLE = qn("w:tbl")
_BLOCKS = {qn("w:p"), _TABLE}
_NOTE_NAMES = {"footnote": "注", "endnote": "尾注"}


class Notes:
    """The footnotes and endnotes of a document, numbered in the order in which they are asked for."""

    def __init__(self, footnotes: Sequence[Any], endnotes: Sequence[Any]) -> None:
        self._notes = {
            (kind, note.get(qn("w:id"))): note
            for kind, roots in (("footnote", footnotes), ("endnote", endnotes))
            for root in roots
            for note in root
            if not note.get(qn("w:type"))  # separators have one
        }
        self._numbers: dict[str, int] = {}

    def take(self, kind: str, note_id: str) -> tuple[str, Any] | None:
        """Its label and its content; None if there is no such note, or it was taken before."""
        note = self._notes.pop((kind, note_id), None)
        if note is None:
            return None
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return f"{_NOTE_NAMES[kind]}{self._numbers[kind]}：", note


class Walk:
    """Goes through containers; list numbers and notes count as it goes. `drawn`: whether anywhere words stand in a drawing."""

    def __init__(
        self, styles: Styles, numbering: Numbering, characters: Characters, notes: Notes, *, drawn: bool
    ) -> None:
        self._drawn = drawn
        self._styles = styles
        self._numbering = numbering
        self._characters = characters
        self._notes = notes
        self._due: list[tuple[str, str]] = []  # notes whose place has not come: their table goes on
        self._cells = 0  # how many cells and notes deep

    def lines(self, container: Any) -> Iterator[Line]:
        """The lines of all paragraphs and tables in `container`, content controls and insertions opened."""
        begun = ""  # of paragraphs whose end is deleted: they go on in the next
        for child in self._blocks(container):
            if child.tag == _TABLE:
                yield from self._table(child)
                continue
            text, properties, notes = self._characters.read(child)
            self._due += notes
            begun = begun + text if begun else text
            if properties and self._characters.mark_is_gone(properties):
                if self._drawn:
                    yield from self._beside(child)
                continue
            if not properties and "\n" not in begun:  # most
                if begun := begun.rstrip():
                    yield Line(begun)
            elif begun.strip():
                yield from self._paragraph(properties, begun)
            begun = ""
            if self._drawn:
                yield from self._beside(child)
            yield from self._due_notes()
        yield from (Line(piece.rstrip()) for piece in begun.split("\n") if piece.strip())
        yield from self._due_notes()

    def _blocks(self, container: Any) -> list[Any]:
        found: list[Any] = []
        for child in container:
            tag = child.tag
            if tag in _BLOCKS:
                found.append(child)
            elif tag in _WRAPPERS and not is_placeholder(child):
                found += self._blocks(child)
        return found

    def _paragraph(self, properties: Properties, text: str) -> Iterator[Line]:
        level = self._styles.heading_level(properties) if properties else 0
        kind = "heading" if level else "paragraph"
        if properties and (place := self._styles.list_place(properties)):
            label = self._numbering.label(*place)
            # After 一、 or 1. nothing is needed; 第一条 is set off.
            text = f"{label}{' ' if label[-1:].isalnum() else ''}{text.lstrip()}" if label else text
        for piece in text.split("\n"):
            if line := piece.rstrip():
                yield Line(line, kind, level)

    def _beside(self, paragraph: Any) -> Iterator[Line]:
        """What is drawn at a paragraph: WordArt and text boxes."""
        yield from (Line(words) for words in word_art(paragraph) if words.strip())
        for box in text_boxes(paragraph):
            yield from self.lines(box)

    def _table(self, table: Any) -> Iterator[Line]:
        if (frame := frame_of(table)) is not None:
            yield from self.lines(frame)
            return
        rows, headed = read_table(table, self._inside)
        yield from table_lines(rows, headed=headed)
        yield from self._due_notes()

    def _inside(self, container: Any) -> str:
        """A cell or a note on one line; the notes it refers to become due."""
        blocks = self._blocks(container)
        if len(blocks) == 1 and blocks[0].tag != _TABLE and not self._drawn:
            text, properties, notes = self._characters.read(blocks[0])
            self._due += notes
            if not properties or self._characters.mark_is_gone(properties):
                return " ".join(text.split())
            pieces = self._paragraph(properties, text) if text.strip() else ()
            return " ".join(" ".join(line.text.split()) for line in pieces)
        self._cells += 1
        texts = [" ".join(line.text.split()) for line in self.lines(container)]
        self._cells -= 1
        return " ".join(text for text in texts if text)

    def _due_notes(self) -> Iterator[Line]:
        while self._due and not self._cells:
            if taken := self._notes.take(*self._due.pop(0)):
                label, note = taken
                if text := self._inside(note):
                    yield Line(f"{label}{text}")
