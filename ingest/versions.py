"""Which version of a work counts on a day. Pure functions over the catalog's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from ingest.catalog import DocumentRow
from ingest.model import REPLACEABLE_KINDS


def superseded(rows: Iterable[DocumentRow], day: date) -> set[str]:
    """Ids of the documents that do not count on `day`: not yet issued then, or replaced by a later version by then.

    A document of which no date is known is taken for part of its work (民法典 in several files), never for an old version.
    Reports never replace each other, but what was written after `day` does not count on it, whatever its kind.
    """
    rows = list(rows)
    out = {row.id for row in rows if version_date(row) > day}
    for versions in _works(row for row in rows if row.id not in out):
        newest = max(version_date(row) for row in versions)
        out |= {row.id for row in versions if date.min.year < version_date(row).year < newest.year}
    return out


def standing(rows: Iterable[DocumentRow]) -> dict[str, bool]:
    """Document id -> in force now, for those whose stored standing has to change."""
    rows = list(rows)
    old = superseded(rows, date.max)
    decided = {row.id: row.in_force if row.declared else row.id not in old for row in rows}
    return {row.id: decided[row.id] for row in rows if decided[row.id] != row.in_force}


def version_date(row: DocumentRow) -> date:
    """The day this version dates from: the year in its name or manifest, made exact by its dates where they agree."""
    year = int(row.version[:4]) if row.version and row.version[:4].isdigit() else None
    for day in (row.effective, row.issued):
        if day and year in (None, day.year):
            return day
    return date(year, 1, 1) if year else row.effective or row.issued or date.min


def _works(rows: Iterable[DocumentRow]) -> Iterator[list[DocumentRow]]:
    replaceable = sorted(
        (row for row in rows if row.kind in REPLACEABLE_KINDS), key=lambda row: (row.work_key, row.id)
    )
    for _, versions in groupby(replaceable, key=lambda row: row.work_key):
        yield list(versions)
