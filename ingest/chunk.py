"""Outline -> chunks. One per article or per smallest heading; long ones are cut at 款, 项, 一是… or sentences.

`chunk.text == document.text[chunk.span.start:chunk.span.end]`, chunks come in reading order and do not
overlap; every character that is not white space stands in a chunk or in a heading of the outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.model import Chunk, Document, Section, Span
from ingest.pages import page_at, page_starts
from ingest.text import COUNTING, sentences

CHUNK_RULES = 1  # part of the index fingerprint: raise it when a change here alters chunks
ARTICLE_LIMIT = 900  # characters; 99 % of the articles of the national laws are shorter, and stay whole
PASSAGE_LIMIT = 420  # characters of a report's section before it is cut further
_POINT = re.compile(rf"[{COUNTING}]是|[{COUNTING}]要")


def chunk(document: Document, sections: Sequence[Section]) -> list[Chunk]:
    """The chunks of `document`, whose `sections` come from `ingest.outline`."""
    text, pages = document.text, page_starts(document.blocks)
    chunks: list[Chunk] = []
    for section, start, end in _leaves(text, sections):
        pieces = _pieces(
            text, start, end, ARTICLE_LIMIT if section and section.kind == "article" else PASSAGE_LIMIT
        )
        for part, (piece_start, piece_end) in enumerate(pieces, 1 if len(pieces) > 1 else 0):
            chunks.append(
                Chunk(
                    id=f"{document.id}-{len(chunks):04d}",
                    span=Span(document.id, piece_start, piece_end, page_at(pages, piece_start)),
                    text=text[piece_start:piece_end],
                    article=section.label if section and section.kind == "article" else None,
                    heading_path=_path(section),
                    part=part,
                    section_start=start,
                    section_end=end,
                )
            )
    return chunks


def _path(section: Section | None) -> tuple[str, ...]:
    if section is None:
        return ()
    return section.path if section.kind == "article" else (*section.path, section.heading)


def _leaves(text: str, sections: Sequence[Section]) -> Iterator[tuple[Section | None, int, int]]:
    """`(section, start, end)` of what becomes chunks: each section's own text, small subtrees kept whole.

    A heading that has nothing of its own but sections below it gives no leaf; its words live on in their paths.
    """
    first = sections[0].start if sections else len(text)
    yield from _trim(None, text, 0, first)
    index = 0
    while index < len(sections):
        section = sections[index]
        below = index + 1 < len(sections) and sections[index + 1].start < section.end
        if below and _keeps_together(section):
            end = section.end
            while index + 1 < len(sections) and sections[index + 1].start < end:
                index += 1
        else:
            end = sections[index + 1].start if below else section.end
            if below and _is_bare_heading(section, text[section.start : end]):
                index += 1
                continue
        yield from _trim(section, text, section.start, end)
        index += 1


def _is_bare_heading(section: Section, own_text: str) -> bool:
    return "".join(own_text.split()).rstrip("。：；") == "".join(section.heading.split()).rstrip("。：；")


def _keeps_together(section: Section) -> bool:
    """1. and （1） below a short （一） are not worth chunks of their own; chapters and 一、 always are opened."""
    deep = section.kind == "heading" and not re.match(rf"[{COUNTING}]+、", section.heading)
    return deep and len(section.path) >= 1 and section.end - section.start <= PASSAGE_LIMIT


def _trim(
    section: Section | None, text: str, start: int, end: int
) -> Iterator[tuple[Section | None, int, int]]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield section, start, end


def _pieces(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Cuts `text[start:end]` into spans of at most about `limit` characters, at the best boundary there is."""
    if end - start <= limit:
        return [(start, end)]
    pieces: list[tuple[int, int]] = []
    for unit_start, unit_end in _units(text, start, end, limit):
        if pieces and unit_end - pieces[-1][0] <= limit:
            pieces[-1] = (pieces[-1][0], unit_end)
        else:
            pieces.append((unit_start, unit_end))
    return pieces


def _units(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Lines (款 and 项 stand on lines of their own); a line over `limit` gives its 一是… points or sentences."""
    at = start
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        if line_end - at > limit:
            yield from _within_line(text, at, line_end, limit)
        elif text[at:line_end].strip():
            yield from ((s, e) for _, s, e in _trim(None, text, at, line_end))
        at = line_end + 1


def _within_line(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    group: tuple[int, int] | None = None
    for sentence_start, sentence_end in sentences(text, start, end):
        opens_point = _POINT.match(text, sentence_start)
        if group and not opens_point and sentence_end - group[0] <= limit:
            group = (group[0], sentence_end)
            continue
        if group:
            yield group
        group = (sentence_start, sentence_end)
        while group[1] - group[0] > 2 * limit:  # a sentence without any stop: a table row, a list of names
            yield group[0], group[0] + limit
            group = (group[0] + limit, group[1])
    if group:
        yield group
