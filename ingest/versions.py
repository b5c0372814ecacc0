"""Which version of a work counts on a day. Pure functions over the catalog's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from ingest.model import REPLACEABLE_KINDS, RULE_KINDS, DocumentRow
from ingest.titles import folded_name

_APART = 28  # days between two versions of one year; prints of one version tell days of one month
Repeals = Mapping[
    str, Sequence[str]
]  # document id -> the names of the works that it repeals (Description.repeals)


def repeals_of(rows: Iterable[DocumentRow]) -> Repeals:
    """What each document says that it takes out of force, where it says so."""
    return {row.id: row.repeals for row in rows if row.repeals}


def superseded(rows: Iterable[DocumentRow], day: date, repeals: Repeals | None = None) -> set[str]:
    """Ids of the documents that do not count on `day`: not yet in force then, or by then replaced by a later version
    of their work or repealed by another document's 同时废止.

    A document of which no date is known is taken for part of its work (民法典 in several files), never for an old version.
    A copy shares the fate of the document that stands for it: printed again in a later year, it replaces nothing.
    Reports never replace each other, but what was written after `day` does not count on it, whatever its kind.
    """
    rows = list(rows)
    first = _first(rows)
    originals = _originals(rows, first)
    out = {row.id for row in originals if version_date(row) > day}
    counting = [row for row in originals if row.id not in out]
    for versions in _works(counting):
        newest = max(_edition(row) for row in versions)
        out |= {row.id for row in versions if date.min.year < _edition(row) < newest}
        out |= _earlier_of_the_year([row for row in versions if _edition(row) == newest])
    out |= repealed(counting, repeals or {})
    return out | {copy for copy, original in first.items() if original in out}


def _earlier_of_the_year(versions: Sequence[DocumentRow]) -> set[str]:
    """Ids of those issued a month or more before the last of the same year: another version, not another print of it.

    What tells no day of issue is no reason to take one print for a version of its own.
    """
    last = max((row.issued for row in versions if row.issued), default=date.min)
    return {row.id for row in versions if row.issued and (last - row.issued).days >= _APART}


def repealed(rows: Iterable[DocumentRow], repeals: Repeals) -> set[str]:
    """Ids of the regulations that another of `rows`, dated later, names among the works it repeals."""
    rows = list(rows)
    until: dict[str, date] = {}  # the folded name of a work -> the last day on which something repealed it
    for row in rows:
        for name in repeals.get(row.id, ()):
            until[folded_name(name)] = max(version_date(row), until.get(folded_name(name), date.min))
    return {
        row.id
        for row in rows
        if row.kind in RULE_KINDS
        and date.min < version_date(row) < max(until.get(name, date.min) for name in _names(row))
    }


def _names(row: DocumentRow) -> tuple[str, str]:
    """What it may be called by: its own name, and that of its work, which its file may tell."""
    return folded_name(row.work or row.title), row.work_key


def standing(
    rows: Iterable[DocumentRow], repeals: Repeals | None = None, day: date = date.max
) -> dict[str, bool]:
    """Document id -> in force on `day`, for those whose stored standing has to change.

    Without a day, what is already issued counts even if its day of force is still to come.
    """
    rows = list(rows)
    old = superseded(rows, day, repeals)
    decided = {row.id: row.in_force if row.declared else row.id not in old for row in rows}
    declared = {row.id for row in rows if row.declared}
    decided |= {
        copy: decided[original]
        for copy, original in _first(rows).items()
        if original in declared and copy not in declared
    }
    return {row.id: decided[row.id] for row in rows if decided[row.id] != row.in_force}


def version_date(row: DocumentRow) -> date:
    """The day this version counts from: its day of force, else of issue, where they agree with the year it is named by.

    A version named by the year it was issued in may come into force in the next (2025年12月印发，2026年1月1日起施行).
    """
    year = int(row.version[:4]) if row.version and row.version[:4].isdigit() else None
    if row.issued and row.effective and row.issued <= row.effective and row.issued.year == year:
        return row.effective
    for day in (row.effective, row.issued):
        if day and year in (None, day.year):
            return day
    return date(year, 1, 1) if year else row.effective or row.issued or date.min


def _first(rows: Sequence[DocumentRow]) -> dict[str, str]:
    """Copy -> the document that stands for it, where that is among `rows`."""
    there = {row.id for row in rows}
    return {row.id: row.copy_of for row in rows if row.copy_of is not None and row.copy_of in there}


def _originals(rows: Sequence[DocumentRow], first: Mapping[str, str]) -> list[DocumentRow]:
    """Those that are no copies, each with the earliest date that it or a copy of it tells."""
    earliest: dict[str, DocumentRow] = {}
    for row in sorted(rows, key=version_date, reverse=True):
        if version_date(row) > date.min:
            earliest[first.get(row.id, row.id)] = row
    return [
        replace(row, issued=dated.issued, effective=dated.effective, version=dated.version)
        if (dated := earliest.get(row.id, row)) is not row
        else row
        for row in rows
        if row.id not in first
    ]


def _edition(row: DocumentRow) -> int:
    """The year a version was issued in, the same for copies of which only one tells its day of force."""
    day = version_date(row)
    agrees = row.issued and (row.version or "")[:4] in ("", str(row.issued.year))
    return row.issued.year if row.issued and agrees else day.year


def _works(rows: Iterable[DocumentRow]) -> Iterator[list[DocumentRow]]:
    replaceable = sorted(
        (row for row in rows if row.kind in REPLACEABLE_KINDS), key=lambda row: (row.work_key, row.id)
    )
    for _, versions in groupby(replaceable, key=lambda row: row.work_key):
        yield list(versions)
