"""Word documents: paragraphs and tables in reading order, with heading levels and automatic numbers.

`wordparts` opens the package, `wordwalk` goes through the body: text also stands in content controls, tracked insertions,
text boxes and notes. Page headers and footers only go to the secrecy gate; comments nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.errors import DamagedDocument, EmptyDocument
from ingest.model import Parsed
from ingest.parse.broken import told_as
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out
from ingest.parse.numbering import Numbering
from ingest.parse.package import opened
from ingest.parse.styles import Styles
from ingest.parse.wordnames import qn
from ingest.parse.wordparts import DAMAGED, WordParts
from ingest.parse.wordtext import DRAWN, Characters
from ingest.parse.wordwalk import Notes, Walk

_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_PICTURES = (qn("a:blip"), qn("v:imagedata"))
_OTHER = qn("w:altChunk")
_RARE = (*_TRACKED, *_PICTURES, _OTHER, *DRAWN)  # looked for once in each part, not at every paragraph
_OLD_FORM = qn("mc:Fallback")  # of a drawing, beside the new


def parse_docx(data: bytes) -> Parsed:
    """Raises DamagedDocument, UnsupportedFormat (a template or macro file) or EmptyDocument."""
    with told_as(DAMAGED):
        lines, aside, warnings = _read(data)
    if not lines:
        raise EmptyDocument("docx 里没有文字" + ("；".join(["", *warnings])))
    return lay_out(lines, "docx", {}, warnings, aside)


def _read(data: bytes) -> tuple[list[Line], list[str], list[str]]:
    with opened(data, "docx") as archive:
        parts = WordParts(archive)
        body = parts.document.find(qn("w:body"))
        if parts.document.tag != qn("w:document") or body is None:
            raise DamagedDocument(DAMAGED)
        styles = Styles(parts.styles)
        numbering = Numbering(lambda: parts.root("numbering"))
        notes = [parts.roots(kind) for kind in ("footnotes", "endnotes")]
        heads = [*parts.roots("header"), *parts.roots("footer")]
        rare = {found.tag for root in (body, *notes[0], *notes[1], *heads) for found in root.iter(*_RARE)}
        drawn = not rare.isdisjoint(DRAWN)
        characters = Characters(styles.is_hidden)
        lines = list(Walk(styles, numbering, characters, Notes(*notes), drawn=drawn).lines(body))
        beside = Walk(styles, Numbering(), Characters(styles.is_hidden), Notes([], []), drawn=drawn)
        aside = ["\n".join(_tidied(line.text) for line in beside.lines(head)) for head in heads]
    return (
        [tidy for line in lines if (tidy := _tidy(line)).text.strip()],
        [text for text in dict.fromkeys(aside) if text.strip()],
        [*doubts("\n".join(line.text for line in lines)), *_left_out(body, rare, characters)],
    )


def _left_out(body: Any, rare: set[str], characters: Characters) -> list[str]:
    warnings: list[str] = []
    if characters.hidden:
        warnings.append("文中有隐藏文字，没有读取")
    if characters.unknown_symbols:
        warnings.append(f"有 {characters.unknown_symbols} 个特殊符号认不出，没有读取")
    if not rare.isdisjoint(_TRACKED) and next(body.iter(*_TRACKED), None) is not None:
        warnings.append("文中有未处理的修订，按接受全部修订后的文字读取")
    if not rare.isdisjoint(_PICTURES) and (pictures := _count(body, *_PICTURES)):
        warnings.append(f"有 {pictures} 张图片，其中的文字没有读取")
    if _OTHER in rare and (others := _count(body, _OTHER)):
        warnings.append(f"有 {others} 处嵌入的其他文件，没有读取")
    return warnings


def _count(body: Any, *tags: str) -> int:
    return sum(next(found.iterancestors(_OLD_FORM), None) is None for found in body.iter(*tags))


def _tidy(line: Line) -> Line:
    text = _tidied(line.text)
    return line if text == line.text else replace(line, text=text)


def _tidied(text: str) -> str:
    if text.isprintable():
        return text.rstrip()
    return without_controls(text).replace("\n", " ").replace("\xad", "").rstrip()
