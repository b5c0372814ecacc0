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

import numpy as np
from numpy.typing import NDArray

from ingest.confirmed import KEPT, Confirmed, kept
from ingest.index import Index

Key = tuple[str, str]  # the work's key in the catalog, the article's label


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
    written = confirmed.stat().st_mtime_ns if confirmed.exists() else 0
    key = ("asked", id(counts), written)  # the counts are kept with it, so that no others get their id
    return index.derived(key, lambda: (counts, _read(index, counts, kept(index.home))))[1]


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
    asked_works = {work for work, _ in counts}
    work_of = {row.id: row.work_key for row in rows if row.work_key in asked_works}
    weight = {
        chunk_id: math.log1p(times)
        for document_id, article, chunk_id in index.labelled([*work_of])
        if (times := counts.get((work_of[document_id], article)))
    }
    ids, vectors = index.vectors_of(list(weight))
    return Asked(weight, ids, vectors)
