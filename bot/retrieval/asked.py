"""Which articles people ask about: of two that fit a question, the one asked about before is the likelier.

asked.tsv counts the training questions by article; HOME/asked.jsonl holds the question-article pairs that an office
has confirmed (`python -m ingest adapt` writes it).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ingest.confirmed import KEPT, Confirmed, kept
from ingest.index import Index

Key = tuple[str, str]  # the work's key in the catalog, the article's label

_kept: WeakKeyDictionary[Index, tuple[object, object, int, Asked]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Asked:
    """`weight`: chunk id -> log(1 + times). `ids` and `vectors` (n, d): those chunks, to be compared with a question."""

    weight: Mapping[str, float]
    ids: Sequence[str]
    vectors: NDArray[np.float32]


def asked_before(index: Index, packaged: Mapping[Key, int] | None = None) -> Asked:
    """The asked-about chunks of a home, read anew when its documents or its confirmed pairs change.

    `packaged`: counts to start from; None: those of asked.tsv.
    """
    counts = packaged_counts() if packaged is None else packaged
    confirmed = index.home / KEPT
    rows = index.documents()
    written = confirmed.stat().st_mtime_ns if confirmed.exists() else 0
    known = _kept.get(index)
    if known is None or known[0] is not rows or known[1] is not counts or known[2] != written:
        known = _kept[index] = (rows, counts, written, _read(index, counts, kept(index.home)))
    return known[3]


@cache
def packaged_counts() -> Mapping[Key, int]:
    lines = files(__package__).joinpath("asked.tsv").read_text(encoding="utf-8").splitlines()
    fields = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(work, article): int(times) for work, article, times in fields}


def _read(index: Index, packaged: Mapping[Key, int], confirmed: Sequence[Confirmed]) -> Asked:
    rows = [row for row in index.documents() if row.in_force]
    counts = Counter(packaged)
    works = {row.source: row.work_key for row in rows}
    for spot in (spot for one in confirmed for item in one.items for spot in item):
        if spot.article and spot.source in works:
            counts[works[spot.source], spot.article] += 1
    by_work: dict[str, list[str]] = {}
    for row in rows:
        by_work.setdefault(row.work_key, []).append(row.id)
    weight = {
        chunk.chunk_id: math.log1p(times)
        for (work, article), times in counts.items()
        for document_id in by_work.get(work, ())
        for chunk in index.article(document_id, article)
    }
    ids, vectors = index.vectors_of(list(weight))
    return Asked(weight, ids, vectors)
