"""What the catalog's rows hold: readings as rows, rows as documents, places and hits. Pure; lists are stored as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from ingest.model import Chunk, DocumentRow, Hit, Quality, Reading
from ingest.pages import page_starts
from ingest.tables import PENDING


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk stands: characters `start` to `end` of its document, inside its article or section."""

    chunk_id: str
    document_id: str
    article: str | None
    page: int | None
    start: int
    end: int
    section_start: int
    section_end: int
    heading_path: tuple[str, ...]


def document_row(reading: Reading) -> dict[str, object]:
    """Of a new document, not yet visible."""
    source, document = reading.source, reading.document
    pages = page_starts(document.blocks)
    return {
        **asdict(document.description),
        "repeals": json.dumps(document.description.repeals, ensure_ascii=False),
        "id": document.id,
        "path": str(source.path),
        "source": source.name,
        "status": PENDING,
        "sha256": document.sha256,
        "size": source.size,
        "modified_ns": source.modified_ns,
        "format": document.format,
        "work_key": reading.work_key,
        "declared": reading.declared,
        "chunks": len(reading.chunks),
        "dropped": json.dumps([asdict(dropped) for dropped in document.dropped], ensure_ascii=False),
        "warnings": json.dumps(document.warnings, ensure_ascii=False),
        "quality": json.dumps(asdict(document.quality), ensure_ascii=False),
        "sketch": document.sketch,
        "copy_of": None,
        "personal": None if document.personal is None else json.dumps(document.personal, ensure_ascii=False),
        "pages": json.dumps(pages) if pages else None,
        "text": document.text,
    }


def chunk_row(chunk: Chunk) -> dict[str, object]:
    return {
        "id": chunk.id,
        "document_id": chunk.span.document_id,
        "start": chunk.span.start,
        "end": chunk.span.end,
        "page": chunk.span.page,
        "article": chunk.article,
        "heading_path": json.dumps(chunk.heading_path, ensure_ascii=False),
        "part": chunk.part,
        "section_start": chunk.section_start,
        "section_end": chunk.section_end,
    }


def as_document(row: Mapping[Any, Any]) -> DocumentRow:
    values = dict(row)
    values["repeals"] = tuple(json.loads(values["repeals"] or "[]"))
    values["dropped"] = tuple(json.loads(values["dropped"]))
    values["warnings"] = tuple(json.loads(values["warnings"]))
    values["personal"] = json.loads(values["personal"]) if values["personal"] else None
    values["quality"] = _quality(values["quality"])
    return DocumentRow(**values)


def _quality(stored: str | None) -> Quality:
    """Lists come back as tuples; NULL is a document of before schema 3, of which nothing is known."""
    values: dict[str, Any] = json.loads(stored or "{}")
    lists: dict[str, Any] = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return replace(Quality(**values), **lists)


def as_place(row: Sequence[Any]) -> Place:
    """From the columns in the order of `Place`, the headings still JSON."""
    return Place(*(*row[:-1], _headings(row[-1])))


@lru_cache(16_384)  # the articles of a chapter share theirs
def _headings(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def as_hit(row: Mapping[Any, Any]) -> Hit:
    """From a chunk's columns, its text and those of its document that a hit tells."""
    return Hit(
        chunk_id=row["id"],
        document_id=row["document_id"],
        source=row["source"],
        title=row["title"],
        article=row["article"],
        heading_path=tuple(json.loads(row["heading_path"])),
        page=row["page"],
        start=row["start"],
        end=row["end"],
        section_start=row["section_start"],
        section_end=row["section_end"],
        text=row["text"],
        in_force=row["in_force"],
        kind=row["kind"],
        score=0.0,
    )


def hit_at(place: Place, row: DocumentRow, text: str) -> Hit:
    """The chunk at `place` of the document `row`, whose whole text is `text`."""
    return Hit(
        chunk_id=place.chunk_id,
        document_id=row.id,
        source=row.source,
        title=row.title,
        article=place.article,
        heading_path=place.heading_path,
        page=place.page,
        start=place.start,
        end=place.end,
        section_start=place.section_start,
        section_end=place.section_end,
        text=text[place.start : place.end],
        in_force=row.in_force,
        kind=row.kind,
        score=0.0,
    )
