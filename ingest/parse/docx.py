"""Word documents: paragraphs and tables in reading order, with heading levels and automatic numbers.

python-docx opens the package; the body is walked here, because text also stands where its paragraphs do not look:
in content controls, tracked insertions and text boxes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.document import CT_Document
from docx.oxml.ns import qn

from ingest.errors import DamagedDocument, EmptyDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out, table_lines
from ingest.parse.numbering import Numbering
from ingest.parse.package import opened
from ingest.parse.styles import Styles
from ingest.parse.wordtables import read_table
from ingest.parse.wordtext import plain_text, text_boxes

_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_OTHER_TYPE = re.compile(r"content type is '.*(?:macroEnabled|template)|purl\.oclc\.org/ooxml")
_AS_DOCX = "请用 Word 或 WPS 打开，另存为普通的 docx 后再同步。"


def parse_docx(data: bytes) -> Parsed:
    """Raises DamagedDocument, UnsupportedFormat (a template or macro file) or EmptyDocument."""
    try:
        with told_as("docx 不完整或已损坏"):
            lines, warnings = _read(data)
    except Unreadable as error:
        if _OTHER_TYPE.search(str(error.__cause__)):
            raise UnsupportedFormat(
                "暂不支持的格式：Word 模板、带宏的文档或严格格式的 docx", hint=_AS_DOCX
            ) from error
        raise
    if not lines:
        raise EmptyDocument("docx 里没有文字" + ("；".join(["", *warnings])))
    return lay_out(lines, "docx", {}, warnings)


def _read(data: bytes) -> tuple[list[Line], list[str]]:
    opened(data, "docx").close()  # python-docx opens it again, and unpacks every part
    document = docx.Document(io.BytesIO(data))
    root, part = document.element, document.part
    if not isinstance(root, CT_Document) or root.body is None:
        raise DamagedDocument("docx 不完整或已损坏")
    styles = Styles(document.styles.element)
    definitions = part.numbering_part.element if _has(part, RELATIONSHIP_TYPE.NUMBERING) else None
    walk = _Walk(styles, Numbering(definitions))
    lines = list(walk.lines(root.body))
    if _has(part, RELATIONSHIP_TYPE.FOOTNOTES):
        notes = parse_xml(part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob)
        lines += [line for note in notes if not note.get(qn("w:type")) for line in walk.lines(note)]
    whole = "\n".join(line.text for line in lines)
    warnings = list(doubts(whole))
    if any(root.body.find(f".//{qn(tag)}") is not None for tag in _TRACKED):
        warnings.append("文中有未处理的修订，按接受全部修订后的文字读取")
    pictures = len(root.body.findall(f".//{qn('a:blip')}"))
    if pictures:
        warnings.append(f"有 {pictures} 张图片，其中的文字没有读取")
    return (
        [_tidy(line) for line in lines if without_controls(line.text).strip()],
        warnings,
    )


def _has(part: Any, kind: str) -> bool:
    return any(relation.reltype == kind for relation in part.rels.values())


def _tidy(line: Line) -> Line:
    text = without_controls(line.text).replace("\n", " ").rstrip()
    return replace(line, text=text)


class _Walk:
    """Goes through a body once, in order: list numbers count as it goes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def lines(self, container: Any) -> Iterator[Line]:
        """The lines of all paragraphs and tables in `container`, content controls and insertions opened."""
        for child in container:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                rows, headed = read_table(child)
                yield from table_lines(rows, headed=headed)
            elif child.tag in (
                qn("w:sdt"),
                qn("w:sdtContent"),
                qn("w:ins"),
                qn("w:moveTo"),
                qn("w:customXml"),
            ):
                yield from self.lines(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        level = self._styles.heading_level(paragraph)
        kind = "heading" if level else "paragraph"
        text = plain_text(paragraph)
        if text.strip() and (place := self._styles.list_place(paragraph)):
            label = self._numbering.label(*place)
            # After 一、 or 1. nothing is needed; 第一条 is set off.
            text = f"{label}{' ' if label[-1:].isalnum() else ''}{text.lstrip()}" if label else text
        for piece in text.split("\n"):
            if piece.strip():
                yield Line(piece.rstrip(), kind, level)
        for box in text_boxes(paragraph):
            yield from self.lines(box)
