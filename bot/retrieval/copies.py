"""Hits in a copy of a document become hits of the document that stands for it; what only the copy has stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.index import Index
from ingest.model import Hit
from ingest.text import search_form

_SAME = 0.8  # of a chunk's pairs of characters; OCR slips spoil a few, another article shares far fewer


def at_the_source(index: Index, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in their order, each place once, with the scores of the best of them."""
    rows = index.documents()
    there = {row.id for row in rows}
    first = {row.id: row.copy_of for row in rows if row.copy_of in there}
    known: dict[str, list[tuple[Hit, Counter[str]]]] = {}
    kept: dict[str, Hit] = {}
    for hit in hits:
        original = first.get(hit.document_id)
        if original and original not in known:
            known[original] = [(chunk, _pairs(chunk.text)) for chunk in index.chunks_of(original)]
        same = _counterpart(hit, known[original]) if original else None
        moved = replace(same, score=hit.score, scores=hit.scores) if same else hit
        kept.setdefault(moved.chunk_id, moved)
    return tuple(kept.values())


def _counterpart(hit: Hit, chunks: Iterable[tuple[Hit, Counter[str]]]) -> Hit | None:
    """The chunk that says what `hit` says and least besides, of its article if it has one; None when there is none."""
    words = _pairs(hit.text)
    best, found = 0.0, None
    for chunk, theirs in chunks:
        if hit.article not in (None, chunk.article):
            continue
        shared = (words & theirs).total()
        alike = shared / max(words.total(), theirs.total())
        if shared >= _SAME * words.total() and alike > best:
            best, found = alike, chunk
    return found


def _pairs(text: str) -> Counter[str]:
    form = "".join(filter(str.isalnum, search_form(text)))
    return Counter(form[at : at + 2] for at in range(len(form) - 1)) or Counter([form])
