"""Embedders: text in, L2-normalised float32 vectors out. What stands behind them is in `ingest.encoders`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ingest.encoders.static import BUILTIN, is_static, load_builtin, load_static
from ingest.text import narrowed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


__all__ = ["BUILTIN", "Embedder", "embedding_text", "open_embedder"]


class Embedder(Protocol):
    """What the index needs of an embedding model; every vector has length 1 (or 0 where nothing was recognised)."""

    @property
    def name(self) -> str:
        """How the user chose it: "builtin", a folder or a model's name."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes when the same text would get another vector; an index of another fingerprint must be rebuilt."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: shape (len(texts), dimensions)."""

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,). ２０２６ and 2026 are one question: `embedding_text` narrows what is found, this the words."""


def embedding_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """What is embedded for a chunk: its document's title and headings say what the bare words leave out."""
    return narrowed(f"{' '.join((title, *heading_path))}\n{text}")


def open_embedder(
    model: str = BUILTIN,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    query_instruction: str | None = None,
    batch: int = 32,
    timeout: float = 60.0,
) -> Embedder:
    """Open "builtin", a folder, a sentence-transformers model by name, or `model` as the service at `base_url` names it.

    EmbedderError says what is missing. `query_instruction` goes in front of questions; None: what the model wants.
    """
    if base_url:
        from ingest.encoders.service import Service, ServiceEmbedder

        return ServiceEmbedder(Service(base_url, model, api_key, query_instruction, batch, timeout))
    if model == BUILTIN:
        return load_builtin()
    if is_static(folder := Path(model).expanduser()):
        return load_static(folder, model)
    from ingest.encoders.transformer import load_sentence_transformer

    return load_sentence_transformer(model, query_instruction, batch)
