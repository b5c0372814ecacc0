"""Facts of this year out of documents of the knowledge base: their sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.drafting.model import Cell, Fact, Purpose
from bot.drafting.outline.purposes import heading_purpose
from bot.drafting.outline.reports import is_allowed
from bot.drafting.sheetrows import sheets_of, table_of
from bot.errors import BadRequest
from bot.model import Citation
from ingest.index import Index
from ingest.model import DocumentRow, Hit
from ingest.text import sentences, titled

_SHEETS = (".xlsx", ".xls", ".csv", ".et")
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*"
)
_COUNTED = re.compile(r"(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}[，、])")
_STOP = re.compile("[。：:；]")
# 党支部：第一党支部；年末党员数（名）：41；全年收缴党费（元）：9820
_ROW = re.compile(r"[^：；。\n]{1,30}：[^：；。\n]{1,60}(?:；[^：；。\n]{1,30}：[^：；。\n]{1,60}){1,30}；?")
_POINTS = re.compile(
    r"(?:见|如)(?:下|附)表[：。]?$|以下(?:[几一二三四五六七八九十\d]个?大?)?方面[^，；]{0,8}[：。；]?$"
)
# What goes on from the sentence before it (因此，……) is one fact with it; so is what a paragraph begins with in few words.
_GOES_ON = re.compile(
    r"(?:同时|此外|另外|因此|因而|所以|由此|但是?|然而|实际上|其中|并且?|而且|既|也|这[一些样])"
)
_FEW = 14  # characters of a sentence that only names what its paragraph is about
_SHORTEST = 8  # characters of a sentence that says something


def chosen(index: Index, patterns: Sequence[str]) -> list[DocumentRow]:
    """The documents whose path one of the patterns fits (本单位/*2025*.md); BadRequest for a pattern that fits none."""
    rows = index.documents()
    found: dict[str, DocumentRow] = {}
    for pattern in patterns:
        fitting = [
            row for row in rows if is_allowed(row.source, [pattern]) or row.title == pattern.strip("《》")
        ]
        if not fitting:
            raise BadRequest(
                f"资料库里没有文件符合“{pattern}”",
                hint="请写 python -m ingest status 列出的文件名，可以用 * 代替一部分。",
            )
        found.update((row.id, row) for row in fitting)
    return list(found.values())


def facts_from(
    index: Index, patterns: Sequence[str], start: int
) -> tuple[tuple[Fact, ...], tuple[Cell, ...]]:
    """What these documents say as facts numbered from `start`: of a spreadsheet with a column for each period its rows, with
    their cells; of any other every sentence that stands under a heading.
    """
    facts: list[Fact] = []
    cells: list[Cell] = []
    for row in chosen(index, patterns):
        tables = _tables_of(index, row, start + len(facts))
        if tables is not None:
            facts += tables[0]
            cells += tables[1]
            continue
        facts += [replace(one, n=n) for n, one in enumerate(_sentences_of(index, row), start + len(facts))]
    return tuple(facts), tuple(cells)


def _tables_of(index: Index, row: DocumentRow, start: int) -> tuple[list[Fact], list[Cell]] | None:
    """The rows of a spreadsheet; None where one of its sheets is no table of periods."""
    if not row.source.lower().endswith(_SHEETS):
        return None
    text, chunks = index.text(row.id), list(index.chunks_of(row.id))
    facts: list[Fact] = []
    cells: list[Cell] = []
    sheets = sheets_of(text)
    for name, lines in sheets:
        title = row.title if len(sheets) == 1 else f"{row.title}{name}"
        table = table_of(title, lines, start + len(facts))
        if table is None:
            return None
        for line, fact in table[0]:
            hit = max((one for one in chunks if one.start <= line.start), key=lambda one: one.start)
            facts.append(replace(fact, citation=_cited(index, hit, text[line.start : line.end], line.start)))
        cells += table[1]
    return (facts, cells) if facts else None


def _sentences_of(index: Index, row: DocumentRow) -> Iterator[Fact]:
    text = index.text(row.id)
    chunks = list(index.chunks_of(row.id))
    headed = any(hit.heading_path for hit in chunks)
    for hit in chunks:
        if headed and not hit.heading_path:
            continue  # opening, signature
        path = tuple(_STOP.split(_NUMBER.sub("", one, count=1))[0] for one in hit.heading_path)
        purpose: Purpose = next((found for one in path if (found := heading_purpose(one))), "")
        where = f"{titled(row.title)}{'，'.join(hit.heading_path[:1])}"
        for start, end in _told(text, hit.start, hit.end):
            words = text[start:end]
            if len(words) >= _SHORTEST and not any(words.rstrip("。") in one for one in hit.heading_path):
                yield Fact(
                    0, words, where, purpose, path[-1] if path else "", _cited(index, hit, words, start)
                )


def _told(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of what is said: whole sentences without what counts them, and rows of tables; no signature, no date of
    issue, nothing that only points to a table.
    """
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if _ROW.fullmatch(line.strip()):
            yield at, at + len(line.rstrip())
        else:
            yield from _joined(text, list(_whole(text, at, at + len(line))))
        at += len(line)


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in sentences(text, start, end):
        lead = _COUNTED.match(text[first:last]) or _NUMBER.match(text[first:last])
        if text[last - 1] in "。；！？" and not _POINTS.search(text[first:last]):
            yield first + (lead.end() if lead else 0), last


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, those that need each other as one: 加强培训。去年…… and ……。因此，……"""
    held: tuple[int, int] | None = None
    for first, last in spans:
        if held and held[1] == first and (_GOES_ON.match(text[first:last]) or held[1] - held[0] <= _FEW):
            held = held[0], last
            continue
        if held:
            yield held
        held = first, last
    if held:
        yield held


def _cited(index: Index, hit: Hit, words: str, start: int) -> Citation:
    """A citation not yet numbered."""
    return Citation(
        n=0,
        document_id=hit.document_id,
        source=hit.source,
        title=hit.title,
        article=hit.article,
        heading_path=hit.heading_path,
        page=index.page_at(hit.document_id, start),
        quote=words,
        start=start,
        end=start + len(words),
        section_start=hit.section_start,
        section_end=hit.section_end,
        in_force=hit.in_force,
        kind=hit.kind,
    )
