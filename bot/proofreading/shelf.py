"""The knowledge base as proofreading asks it: which works there are, how they stand, what their articles say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.proofreading.model import Work
from bot.retrieval.exact import names_of
from bot.retrieval.folding import short
from bot.retrieval.names import DIGEST, edition_year
from ingest.index import Index
from ingest.model import RULE_KINDS, DocumentRow

_SHORT = 8  # characters; a shorter title is what a file was called, not what the document is
_WITHOUT = str.maketrans("()", "（）", " \u3000《》")


@dataclass(frozen=True, slots=True)
class IndexShelf:
    """A `Shelf` over an open index; what it works out is kept with the index until the documents change."""

    index: Index

    def titles(self) -> Sequence[str]:
        return self.index.derived("proofreading titles", lambda: _titles(self.index.documents()))

    def work(self, name: str, day: date | None) -> Work | None:
        """Void when a document here says so of this very name, or when no version of the work is in force."""
        on = day or date.today()  # noqa: DTZ011 - the reader's own day
        plain = name.translate(_WITHOUT)
        by = self.index.derived("proofreading repeals", lambda: _repeals(self.index.documents())).get(plain)
        if by is not None and (since := by.effective or by.issued or date(edition_year(by) or 1, 1, 1)) <= on:
            return Work(plain, in_force=False, replaced_by=by.title, since=since)
        rows = self._rows(name)
        if not rows:
            return None
        newest = max(rows, key=edition_year)
        return Work(newest.title, in_force=any(row.in_force for row in rows) or newest.repealed is None)

    def later(self, name: str, year: int, day: date) -> Work | None:
        """The editions that say when they were made; parts of a work and copies without a day are left out."""
        whole = [row for row in self._rows(name) if row.kind != DIGEST and edition_year(row)]
        done = [row for row in whole if (row.effective or row.issued or date(edition_year(row), 1, 1)) <= day]
        newest = max(done, key=edition_year, default=None)
        if newest is None or edition_year(newest) <= year:
            return None
        since = newest.effective or newest.issued or date(edition_year(newest), 1, 1)
        return Work(
            f"{newest.title}（{since.year}年）", in_force=False, replaced_by=newest.title, since=since
        )

    def article(self, name: str, label: str) -> Sequence[str]:
        """The texts of the article in every edition that is here, the newest in force first; without a label, of the whole."""
        rows = sorted(self._rows(name), key=lambda row: (row.in_force, edition_year(row)), reverse=True)
        found: list[str] = []
        for row in rows:
            if row.kind == DIGEST:
                continue
            if not label:
                found.append(self.index.text(row.id))
            elif hits := self.index.article(row.id, label):
                text = self.index.text(row.id)
                found.append(text[hits[0].section_start : hits[0].section_end])
        return tuple(found)

    def _rows(self, name: str) -> tuple[DocumentRow, ...]:
        """The documents of the one work that is called exactly so."""
        names = names_of(self.index)
        keys = names.called.get(short(name), ())
        return names.works[keys[0]] if len(keys) == 1 else ()


def _titles(rows: Sequence[DocumentRow]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                row.title
                for row in rows
                if row.kind in RULE_KINDS and len(row.title) >= _SHORT and "《" not in row.title
            }
        )
    )


def _repeals(rows: Sequence[DocumentRow]) -> Mapping[str, DocumentRow]:
    """Title -> the document here that declares it void. A new version that repeals its own name leaves the name in force."""
    found: dict[str, DocumentRow] = {}
    titles = {row.title.translate(_WITHOUT) for row in rows if row.in_force}
    for row in rows:
        for title in row.repeals:
            plain = title.translate(_WITHOUT)
            if plain not in titles:
                found[plain] = row
    return found
