"""Which documents are copies of one text (转发, 翻印, the same text from several sites), and which of them stands for all.

Two steps: sketches (MinHash) say which documents may be copies, the texts themselves say which are. A document is a
copy when it has the other's text from end to end; what it may have besides is a head and a foot of its own and slips of
OCR. One changed figure, one inserted sentence, another year of the same report, another unit in the same template:
no copy. When in doubt a document stands for itself.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from ingest.alignment import fold
from ingest.model import DocumentRow
from ingest.sameness import Side, is_copy

COPY_RULES = 1  # raise it when a change here or in `alignment`, `sameness` groups documents otherwise
_SHINGLE = 5  # characters
_PLACES = 128  # of a sketch
_BAND = 2  # places that must agree for two documents to be compared: 93 % of pairs sharing a fifth of all shingles are
_SHARED = 0.15  # of the shingles of both, estimated: below, the texts are not compared
_CROWD = 60  # documents with one band in common share boilerplate, not a text
_FORWARDED = re.compile(r"(?:印发|转发|翻印|下发|发布|公布).*《")
_COPY_NAME = re.compile(
    r"副本|复制|拷贝|截断|节选|手册|换行|转载|转发|翻印|下载|扫描|copy|[（(]\d{1,2}[)）]|\.(?:html?|mhtml?)$",
    re.IGNORECASE,
)


def sketch(text: str) -> str | None:
    """128 figures as text, from which the share of common shingles is estimated; None for a text without words."""
    folded = fold(text).text
    if not folded:
        return None
    shingles = {folded[at : at + _SHINGLE] for at in range(max(1, len(folded) - _SHINGLE + 1))}
    minima = RMinHash(num_perm=_PLACES, seed=1)
    minima.update(sorted(shingles))
    return base64.b64encode(np.array(minima.digest(), dtype="<u4").tobytes()).decode("ascii")


def copies(rows: Sequence[DocumentRow], text: Callable[[str], str]) -> dict[str, str]:
    """Document id -> id of the document that stands for it, for those that do not stand for themselves.

    `text` gives a document's text by its id; it is asked only for those whose sketches are alike.
    """
    known = {row.id: row for row in rows}
    side = cache(lambda one: Side(known[one], fold(text(one))))
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in _candidates(rows):
        if is_copy(side(one), side(other)):
            near[one].add(other)
            near[other].add(one)
    out: dict[str, str] = {}
    for group in _connected(near):
        fullest = max(len(side(one).body.text) for one in group)
        left = sorted(group, key=lambda one: _rank(side(one), fullest))
        while left:  # who is no copy of the first may be one of the next
            first, *others = left
            out |= {one: first for one in others if one in near[first]}
            left = [one for one in others if one not in near[first]]
    return out


def _candidates(rows: Iterable[DocumentRow]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose sketches are alike, each once."""
    ids = [row.id for row in rows if row.sketch]
    if len(ids) < 2:
        return
    sketches = np.stack([_figures(row.sketch) for row in rows if row.sketch])
    met: set[tuple[int, int]] = set()
    for place in range(0, _PLACES, _BAND):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for at, band in enumerate(sketches[:, place : place + _BAND]):
            buckets[band.tobytes()].append(at)
        for together in buckets.values():
            if 1 < len(together) <= _CROWD:
                met.update(combinations(together, 2))
    pairs = np.array(sorted(met), dtype=np.int64).reshape(-1, 2)
    shared = (sketches[pairs[:, 0]] == sketches[pairs[:, 1]]).mean(axis=1)
    for one, other in pairs[shared >= _SHARED].tolist():
        yield ids[one], ids[other]


def _figures(stored: str) -> NDArray[np.uint32]:
    return np.frombuffer(base64.b64decode(stored), dtype="<u4")


def _connected(near: Mapping[str, set[str]]) -> Iterator[list[str]]:
    seen: set[str] = set()
    for start in sorted(near):
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            group.append(one)
            waiting += sorted(near[one] - seen)
            seen |= near[one]
        yield group


def _rank(side: Side, fullest: int) -> tuple[object, ...]:
    """The best source first: not declared out of force, complete, the text itself and not a notice that forwards it, read
    well, of a name without marks of a copy, the earliest dated, then by name.
    """
    row = side.row
    return (
        row.declared and not row.in_force,
        len(side.body.text) < 0.8 * fullest,
        bool(_FORWARDED.search(row.title)),
        bool(row.quality.check),
        bool(_COPY_NAME.search(row.source)),
        len(row.warnings),
        side.dated or date.max,
        row.source,
        row.id,
    )
