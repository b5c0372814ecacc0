"""What an open index knows of one edition of the catalog: replaced as a whole, never changed under a reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from ingest.catalog import Place
from ingest.model import DocumentRow, Hit
from ingest.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Made:
    """What was worked out from one edition, how, and in how many seconds."""

    value: object
    make: Callable[[], object]
    seconds: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of one edition. What has a default is filled as it is asked for, and goes with the edition."""

    edition: str
    vectors: Vectors
    rows: list[DocumentRow] = field(default_factory=list)
    by_id: dict[str, DocumentRow] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    hits: dict[str, Hit] = field(default_factory=dict)
    derived: dict[Hashable, Made] = field(default_factory=dict)


def hit_of(place: Place, row: DocumentRow, text: str) -> Hit:
    """A chunk of the document that `row` and `text` are of, without scores."""
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
