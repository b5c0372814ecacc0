"""Query -> Evidence: words and meaning are searched side by side and fused into one ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.model import Query
from ingest.index import Index
from ingest.model import Hit

_DEPTH = 100  # candidates taken from each search
_LEXICAL_WEIGHT = 0.3  # against 1.0 for dense; see docs/performance.md for how it was chosen
_SUPERSEDED = 0.25  # taken off the score of a text that is not in force on the date asked for


def retrieve(index: Index, query: Query, k: int) -> tuple[Hit, ...]:
    """The `k` best chunks, best first. `scores` keeps what each stage said: "lexical" (BM25), "dense" (cosine)."""
    depth = max(_DEPTH, k)
    lexical = dict(index.search_lexical(query.question, depth))
    dense = dict(index.search_dense(query.question, depth))
    fused = fuse(lexical, dense)
    best = sorted(fused, key=lambda chunk_id: (-fused[chunk_id], chunk_id))
    hits = index.hits(best[: k + _DEPTH // 4])
    old = index.superseded(query.as_of) if query.as_of else {hit.document_id for hit in hits.values() if not hit.in_force}
    ranked = [
        replace(
            hits[chunk_id],
            score=round(fused[chunk_id] - (_SUPERSEDED if hits[chunk_id].document_id in old else 0.0), 6),
            scores={"lexical": lexical.get(chunk_id, 0.0), "dense": dense.get(chunk_id, 0.0)},
        )
        for chunk_id in best
        if chunk_id in hits
    ]
    return tuple(sorted(ranked, key=lambda hit: -hit.score)[:k])


def fuse(lexical: Mapping[str, float], dense: Mapping[str, float]) -> dict[str, float]:
    """Cosine plus BM25 scaled to its best; a chunk only one side found gets the other side's lowest score."""
    top = max(lexical.values(), default=1.0) or 1.0
    floor = min(dense.values(), default=0.0)
    return {
        chunk_id: dense.get(chunk_id, floor) + _LEXICAL_WEIGHT * lexical.get(chunk_id, 0.0) / top
        for chunk_id in {*lexical, *dense}
    }
