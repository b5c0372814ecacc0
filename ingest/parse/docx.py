"""Word documents: paragraphs and tables in reading order, with heading levels and automatic numbers.

python-docx opens the package; the body is walked here, because text also stands where its paragraphs do not look:
in content controls, tracked insertions and text boxes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml

from ingest.errors import DamagedDocument, EmptyDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out, table_lines
from ingest.parse.numbering import Numbering
from ingest.parse.styles import Styles
from ingest.parse.wordnames import qn
from ingest.parse.wordtables import read_table
from ingest.parse.wordtext import plain_text, text_boxes

# What python-docx and lxml (SyntaxError) raise on broken packages; python-docx documents none of it.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, OpcError, ArithmeticError, AssertionError, AttributeError,
    EOFError, LookupError, NotImplementedError, OSError, RecursionError, TypeError, ValueError, RuntimeError,
)  # fmt: skip
_LARGEST = 400_000_000  # bytes of XML, unpacked: no honest document comes near, a zip bomb goes beyond
_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_OTHER_TYPE = re.compile(r"content type is '.*(?:macroEnabled|template)")
_AS_DOCX = "请用 Word 或 WPS 打开，另存为普通的 docx 后再同步。"


def parse_docx(data: bytes) -> Parsed:
    """Raises DamagedDocument, UnsupportedFormat (a template or macro file) or EmptyDocument."""
    try:
        lines, properties, warnings = _read(data)
    except _BROKEN as error:
        if _OTHER_TYPE.search(str(error)) or "purl.oclc.org/ooxml" in str(error):
            raise UnsupportedFormat(
                "暂不支持的格式：Word 模板、带宏的文档或严格格式的 docx", hint=_AS_DOCX
            ) from error
        raise DamagedDocument("docx 不完整或已损坏") from error
    if not lines:
        raise EmptyDocument("docx 里没有文字" + ("；".join(["", *warnings])))
    return lay_out(lines, "docx", properties, warnings)


def _read(data: bytes) -> tuple[list[Line], dict[str, str], list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml")) > _LARGEST:
            raise ValueError("unpacked size")
    document = docx.Document(io.BytesIO(data))
    root, part = document.element, document.part
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
        _properties(document),
        warnings,
    )


def _has(part: Any, kind: str) -> bool:
    return any(relation.reltype == kind for relation in part.rels.values())


def _tidy(line: Line) -> Line:
    text = without_controls(line.text).replace("\n", " ").rstrip()
    return Line(text, line.kind, line.level)


def _properties(document: Any) -> dict[str, str]:
    # python-docx invents core properties where there are none.
    if not _has(document.part.package, RELATIONSHIP_TYPE.CORE_PROPERTIES):
        return {}
    core = document.core_properties
    created = core.created.date().isoformat() if core.created else ""
    found = {"title": core.title, "creator": core.author, "created": created}
    return {name: value.strip() for name, value in found.items() if value and value.strip()}


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
