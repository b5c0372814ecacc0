"""Hits in a copy of a document become hits of the document that stands for it; what only the copy has stays.

Never of one from a year that the question does not name when it names the copy's, nor of one dated after its day.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.model import Query
from bot.retrieval.exact import edition_asked
from bot.retrieval.names import edition_year, years_of
from bot.retrieval.references import NAMED
from ingest.index import Index
from ingest.model import DocumentRow, Hit
from ingest.text import letters, search_form

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SAME = 0.8  # of a chunk's pairs of characters; OCR slips spoil a few, another article shares far fewer
_KEPT = 100  # documents whose chunks are kept for the next search

Chunks = dict[str | None, list[tuple[Hit, Counter[str]]]]  # of a document, by article; under None all of them


@dataclass(frozen=True, slots=True)
class _Originals:
    """The documents that have copies, with them, and the chunks of those that were looked at."""

    by_id: dict[str, DocumentRow]
    groups: dict[str, list[DocumentRow]]  # by id of each in it; the one that stands for all is the first
    chunks: dict[str, Chunks] = field(default_factory=dict)
    same: dict[tuple[str, str], Hit | None] = field(default_factory=dict)  # found before: chunk, document


def at_the_source(index: Index, hits: Sequence[Hit], query: Query) -> tuple[Hit, ...]:
    """The hits in their order, each place once, with the scores of the best of them. Where several documents say the same,
    those of a year that the question names go before the others; `scores` tells that year.
    """
    originals = index.derived("originals", lambda: _grouped(index.documents()))
    years = _years(index, query)
    kept: dict[str, Hit] = {}
    for hit in hits:
        first = _first(originals, hit, query, years)
        same = None if first == hit.document_id else _same(index, originals, hit, first)
        moved = replace(same, score=hit.score, scores=hit.scores) if same else hit
        kept.setdefault(moved.chunk_id, moved)
    return _named_year_first(originals, list(kept.values()), years)


def _years(index: Index, query: Query) -> set[int]:
    """The years a question names. That of an edition which is not here counts for nothing: no other paper of that year
    may pass for it.
    """
    edition = edition_asked(index, query.question, query.as_of)
    if edition is not None and edition.notes and not edition.at_that_time:
        return set()
    return {int(year) for year in _YEAR.findall(search_form(query.question))}


def _first(originals: _Originals, hit: Hit, query: Query, years: set[int]) -> str:
    """Id of the document that stands for a hit's: of those with its text, what the question is about before the first."""
    if hit.document_id not in originals.groups or (NAMED in hit.scores and years):
        return hit.document_id  # an article was looked up in the version of a year
    group = originals.groups[hit.document_id]
    best = [row for row in group if query.as_of is None or _was_there(row, query.as_of)] or group
    best = [row for row in best if years & years_of(row)] or best
    called = _called(query.question, best)
    return (called or best)[0].id


def _was_there(row: DocumentRow, day: date) -> bool:
    return edition_year(row) <= day.year and all(told <= day for told in (row.issued, row.effective) if told)


def _called(question: str, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Those of `rows` whose own title the question holds, when it is not that of the others, too: 关于转发《…》的通知."""
    titled = [row for row in rows if row.title.strip("《》") in question]
    longest = max((len(row.title) for row in titled), default=0)
    return [row for row in titled if len(row.title) == longest]


def _named_year_first(originals: _Originals, hits: list[Hit], years: set[int]) -> tuple[Hit, ...]:
    """Hits of one wording change places, so that `distinct` keeps the one from a year that the question names."""
    if not years:
        return tuple(hits)
    places: dict[str, list[int]] = defaultdict(list)
    for at, hit in enumerate(hits):
        named = (
            years & years_of(originals.by_id[hit.document_id]) if hit.document_id in originals.by_id else ()
        )
        if named:
            hits[at] = replace(hit, scores={**hit.scores, "year": float(max(named))})
        places[letters(hit.text)].append(at)
    out = list(hits)
    for together in places.values():
        ranked = sorted((hits[at] for at in together), key=lambda hit: "year" not in hit.scores)
        for at, hit in zip(together, ranked, strict=True):
            out[at] = replace(hit, score=hits[at].score)
    return tuple(out)


def _grouped(rows: Sequence[DocumentRow]) -> _Originals:
    by_id = {row.id: row for row in rows}
    groups: dict[str, list[DocumentRow]] = {}
    for row in rows:
        if row.copy_of in by_id:
            group = groups.setdefault(row.copy_of, [by_id[row.copy_of]])
            group.append(row)
            groups[row.id] = group
    return _Originals(by_id, groups)


def _same(index: Index, originals: _Originals, hit: Hit, document_id: str) -> Hit | None:
    key = (hit.chunk_id, document_id)
    if key not in originals.same:
        originals.same[key] = _counterpart(hit, _chunks(index, originals, document_id))
    return originals.same[key]


def _chunks(index: Index, originals: _Originals, document_id: str) -> Chunks:
    if document_id not in originals.chunks:
        if len(originals.chunks) >= _KEPT:
            originals.chunks.clear()
            originals.same.clear()
        found: Chunks = defaultdict(list)
        for chunk in index.chunks_of(document_id):
            pairs = _pairs(chunk.text)
            for label in {chunk.article, None}:
                found[label].append((chunk, pairs))
        originals.chunks[document_id] = dict(found)
    return originals.chunks[document_id]


def _counterpart(hit: Hit, chunks: Chunks) -> Hit | None:
    """The chunk that says what `hit` says and least besides, of its article if it has one; None when there is none."""
    words = _pairs(hit.text)
    best, found = 0.0, None
    for chunk, theirs in chunks.get(hit.article, ()):
        if theirs.total() < _SAME * words.total():
            continue
        shared = (words & theirs).total()
        alike = shared / max(words.total(), theirs.total())
        if shared >= _SAME * words.total() and alike > best:
            best, found = alike, chunk
    return found


def _pairs(text: str) -> Counter[str]:
    form = letters(text)
    return Counter(form[at : at + 2] for at in range(len(form) - 1)) or Counter([form])
