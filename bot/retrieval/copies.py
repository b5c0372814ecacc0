"""Hits in a copy of a document become hits of the document that stands for it; what only the copy has stays."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from ingest.index import Index
from ingest.model import DocumentRow, Hit
from ingest.text import search_form

_SAME = 0.8  # of a chunk's pairs of characters; OCR slips spoil a few, another article shares far fewer
_KEPT = 100  # documents whose chunks are kept for the next search

Chunks = dict[str | None, list[tuple[Hit, Counter[str]]]]  # of a document, by article; under None all of them


@dataclass(frozen=True, slots=True)
class _Originals:
    """Which document stands for which, and the chunks of those that were looked at; for one edition of the rows."""

    rows: Sequence[DocumentRow]
    first: dict[str, str]
    chunks: dict[str, Chunks] = field(default_factory=dict)
    same: dict[str, Hit | None] = field(default_factory=dict)  # what was found before, by chunk of a copy


_known: WeakKeyDictionary[Index, _Originals] = WeakKeyDictionary()


def at_the_source(index: Index, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in their order, each place once, with the scores of the best of them."""
    originals = _originals(index)
    kept: dict[str, Hit] = {}
    for hit in hits:
        first = originals.first.get(hit.document_id)
        if first and hit.chunk_id not in originals.same:
            originals.same[hit.chunk_id] = _counterpart(hit, _chunks(index, originals, first))
        same = originals.same.get(hit.chunk_id)
        moved = replace(same, score=hit.score, scores=hit.scores) if same else hit
        kept.setdefault(moved.chunk_id, moved)
    return tuple(kept.values())


def _originals(index: Index) -> _Originals:
    rows = index.documents()
    known = _known.get(index)
    if known is None or known.rows is not rows:
        there = {row.id for row in rows}
        first = {row.id: row.copy_of for row in rows if row.copy_of and row.copy_of in there}
        known = _known[index] = _Originals(rows, first)
    return known


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
    form = "".join(filter(str.isalnum, search_form(text)))
    return Counter(form[at : at + 2] for at in range(len(form) - 1)) or Counter([form])
