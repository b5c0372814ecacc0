"""Stand-ins that ship with the product, so that tests never patch: a tiny embedder without a trained model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.text import search_form


class HashEmbedder:
    """Bags of character bigrams hashed into `dimensions` numbers: no model file, same text same vector."""

    def __init__(self, dimensions: int = 64, salt: str = "") -> None:
        self.name = "hash"
        self.dimensions = dimensions
        self.fingerprint = f"hash-{dimensions}-{salt}"

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self.encode_query(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        form = search_form(text)
        for at in range(len(form) - 1):
            digest = hashlib.blake2b(form[at : at + 2].encode(), digest_size=4).digest()
            vector[int.from_bytes(digest) % self.dimensions] += 1.0
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector
