"""What answers read again and again, kept within bounds until the documents change: texts, and vectors of sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Embedder
from ingest.index import Index

MOST_TEXTS = 512  # documents
MOST_VECTORS = 16_384  # sentences; 16 MB at 256 dimensions


def texts_of(index: Index) -> Callable[[str], str]:
    """`index.text`, the texts last read kept in memory."""
    return index.derived("texts of answers", lambda: lru_cache(maxsize=MOST_TEXTS)(index.text))


def vectors_of(index: Index) -> Vectors:
    return index.derived("vectors of answers", lambda: Vectors(index.embedder))


class Vectors:
    """Cosines of a question and sentences; each sentence is encoded once as long as it is kept."""

    def __init__(self, embedder: Embedder, most: int = MOST_VECTORS) -> None:
        self._embedder = embedder
        self._most = most
        self._kept: dict[str, NDArray[np.float32]] = {}

    def cosines(self, question: str, texts: Sequence[str]) -> list[float]:
        """One for each text, in order."""
        kept = self._kept  # several answers may be under way at once: what this one needs it holds itself
        own = {text: vector for text in texts if (vector := kept.get(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in own]
        if new:
            fresh = dict(zip(new, self._embedder.encode_documents(new), strict=True))
            own |= fresh
            if len(kept) + len(fresh) > self._most:
                self._kept = kept = {}
            kept |= fresh
        if not texts:
            return []
        matrix = np.stack([own[text] for text in texts])
        found: list[float] = (matrix @ self._embedder.encode_query(question)).tolist()
        return found
