"""Word documents: paragraphs and tables in reading order, with heading levels and automatic numbers.

python-docx opens the package; the body is walked by `wordwalk`, because text also stands where its paragraphs do not look:
in content controls, tracked insertions, text boxes and notes. Page headers and footers only go to the secrecy gate; comments nowhere.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.document import CT_Document

from ingest.errors import DamagedDocument, EmptyDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out
from ingest.parse.numbering import Numbering
from ingest.parse.package import opened
from ingest.parse.styles import Styles
from ingest.parse.wordnames import qn
from ingest.parse.wordtext import Characters
from ingest.parse.wordwalk import Notes, Walk

_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_OLD_FORM = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # of a drawing, beside the new
)
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_OTHER_TYPE = re.compile(r"content type is '.*(?:macroEnabled|template)|purl\.oclc\.org/ooxml")
_AS_DOCX = "请用 Word 或 WPS 打开，另存为普通的 docx 后再同步。"


def parse_docx(data: bytes) -> Parsed:
    """Raises DamagedDocument, UnsupportedFormat (a template or macro file) or EmptyDocument."""
    try:
        with told_as("docx 不完整或已损坏"):
            lines, aside, warnings = _read(data)
    except Unreadable as error:
        if _OTHER_TYPE.search(str(error.__cause__)):
            raise UnsupportedFormat(
                "暂不支持的格式：Word 模板、带宏的文档或严格格式的 docx", hint=_AS_DOCX
            ) from error
        raise
    if not lines:
        raise EmptyDocument("docx 里没有文字" + ("；".join(["", *warnings])))
    return lay_out(lines, "docx", {}, warnings, aside)


def _read(data: bytes) -> tuple[list[Line], list[str], list[str]]:
    opened(data, "docx").close()  # python-docx opens it again, and unpacks every part
    document = docx.Document(io.BytesIO(data))
    root, part = document.element, document.part
    if not isinstance(root, CT_Document) or root.body is None:
        raise DamagedDocument("docx 不完整或已损坏")
    styles = Styles(document.styles.element)
    characters = Characters(styles.hidden())
    definitions = part.numbering_part.element if _has(part, RELATIONSHIP_TYPE.NUMBERING) else None
    notes = Notes(_roots(part, RELATIONSHIP_TYPE.FOOTNOTES), _roots(part, RELATIONSHIP_TYPE.ENDNOTES))
    lines = list(Walk(styles, Numbering(definitions), characters, notes).lines(root.body))
    whole = "\n".join(line.text for line in lines)
    warnings = list(doubts(whole))
    if characters.hidden:
        warnings.append("文中有隐藏文字，没有读取")
    if characters.unknown_symbols:
        warnings.append(f"有 {characters.unknown_symbols} 个特殊符号认不出，没有读取")
    if any(root.body.find(f".//{qn(tag)}") is not None for tag in _TRACKED):
        warnings.append("文中有未处理的修订，按接受全部修订后的文字读取")
    pictures = _count(root.body, qn("a:blip")) + _count(root.body, _OLD_PICTURE)
    if pictures:
        warnings.append(f"有 {pictures} 张图片，其中的文字没有读取")
    if others := _count(root.body, qn("w:altChunk")):
        warnings.append(f"有 {others} 处嵌入的其他文件，没有读取")
    beside = Walk(styles, Numbering(None), Characters(styles.hidden()), Notes([], []))
    heads = [*_roots(part, RELATIONSHIP_TYPE.HEADER), *_roots(part, RELATIONSHIP_TYPE.FOOTER)]
    aside = ["\n".join(_tidy(line).text for line in beside.lines(head)) for head in heads]
    return (
        [_tidy(line) for line in lines if without_controls(line.text).strip()],
        [text for text in dict.fromkeys(aside) if text.strip()],
        warnings,
    )


def _has(part: Any, kind: str) -> bool:
    return any(relation.reltype == kind for relation in part.rels.values())


def _roots(part: Any, kind: str) -> list[Any]:
    """The parts of that kind, in the order of their files."""
    related = [
        each.target_part for each in part.rels.values() if each.reltype == kind and not each.is_external
    ]
    return [parse_xml(one.blob) for one in sorted(related, key=lambda one: str(one.partname))]


def _count(body: Any, tag: str) -> int:
    return sum(next(found.iterancestors(_OLD_FORM), None) is None for found in body.iter(tag))


def _tidy(line: Line) -> Line:
    text = without_controls(line.text).replace("\n", " ").replace("\xad", "").rstrip()
    return replace(line, text=text)
