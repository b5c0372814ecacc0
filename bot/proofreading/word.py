"""A .docx as text, paragraph by paragraph, and suggestions written back into it with its formatting kept.

The paper is the text of the paragraphs of the body, tables and text boxes included, in the order of the file, one a
line. Headers, footers, notes and what a tracked change took out are not of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.official.opened import opened
from bot.proofreading.model import Finding

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GAPS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Opened:
    """`text` is what is proofread; `places[at]` is the element a character stands in, and where; None for a tab or break."""

    document: Document
    text: str
    places: tuple[tuple[Any, int] | None, ...]


def open_word(path: Path) -> Opened:
    """Raises a DocumentError when the file is none that Word could open."""
    document = opened(path.read_bytes())
    characters: list[str] = []
    places: list[tuple[Any, int] | None] = []
    for paragraph in _paragraphs(document.element.body):
        if places:
            characters.append("\n")
            places.append(None)
        for element in _texts(paragraph):
            gap = _GAPS.get(element.tag)
            written = gap if gap is not None else (element.text or "").replace("\n", " ")
            characters += written
            places += [None] if gap is not None else [(element, at) for at in range(len(written))]
    return Opened(document, "".join(characters), tuple(places))


def save_corrected(opened: Opened, findings: Iterable[Finding], path: Path) -> int:
    """Writes the document with the suggestions of these findings put in; how many were. Each takes the formatting of
    the first character that it replaces; one that reaches over a tab or a line break is left to the writer.
    """
    done = 0
    for one in sorted(findings, key=lambda one: one.start, reverse=True):
        if one.suggestion is None or not _replace(opened.places[one.start : one.end], one.suggestion):
            continue
        done += 1
    opened.document.save(str(path))
    return done


def _replace(places: Sequence[tuple[Any, int] | None], suggestion: str) -> bool:
    """From the last character to the first, so that what stands before keeps its place."""
    real = [place for place in places if place is not None]
    if not real or len(real) < len(places):
        return False
    for at, (element, place) in reversed(list(enumerate(real))):
        text = element.text or ""
        element.text = text[:place] + (suggestion if at == 0 else "") + text[place + 1 :]
        element.set(_SPACE, "preserve")
    return True


def _paragraphs(body: Any) -> Iterator[Any]:
    for paragraph in body.iter(f"{_W}p"):
        if not any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            yield paragraph


def _texts(paragraph: Any) -> Iterator[Any]:
    """The elements of a paragraph that hold its characters; those of a text box in it belong to the box's own."""
    for element in paragraph.iter(f"{_W}t", *_GAPS):
        own = next(parent for parent in element.iterancestors() if parent.tag == f"{_W}p")
        if own is paragraph and element.getparent().tag == f"{_W}r":
            yield element
