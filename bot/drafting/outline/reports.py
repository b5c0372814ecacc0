"""The reports of one genre that a home has, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

from bot.drafting.genres import Genre, genre_named, genres
from ingest.index import Index
from ingest.model import RULE_KINDS, DocumentRow


def reports_of(index: Index, genre: Genre, sources: Sequence[str] = ()) -> list[DocumentRow]:
    """Documents of this genre, by what the catalog or their title says, each text once; `sources`: as `is_allowed`."""
    rows = [
        row
        for row in index.documents()
        if row.copy_of is None and is_allowed(row.source, sources) and genre_of_row(row) == genre.name
    ]
    return sorted(rows, key=lambda row: (row.issued or date.min, row.source), reverse=True)


def texts_of_reports(index: Index, rows: Sequence[DocumentRow]) -> list[tuple[str, str]]:
    """(title, text) of each, for `bot.drafting.outline.planning`."""
    return [(row.title, index.text(row.id)) for row in rows]


def genre_of_row(row: DocumentRow) -> str:
    """The genre's name; "" for a document that is no report of a known genre."""
    if row.kind in RULE_KINDS:
        return ""
    if any(row.kind == genre.name for genre in genres()):
        return row.kind
    named = genre_named(row.title)
    return named.name if named else ""


def is_allowed(source: str, sources: Sequence[str]) -> bool:
    """Whether a document may be used: one of the patterns fits its source (本单位/*, *2025*); without patterns, all may."""
    return not sources or any(fnmatchcase(source, one) or source == one for one in sources)
