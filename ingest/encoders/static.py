"""The builtin embedder: a table of token vectors, read with numpy and tokenizers alone, so that a cold start is quick."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from tokenizers import Tokenizer

from ingest.encoders.rows import fingerprint, normalised
from ingest.errors import EmbedderError, os_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUILTIN: Final = "builtin"
_FOLDER: Final = Path(__file__).parent.parent / "embedder" / "model"
# Token vectors gathered at a time, so that a book costs no more memory than an article: 8,192 x 256 x 4 bytes = 8 MiB.
_GATHERED_TOKENS: Final = 8_192
_TEXTS_AT_ONCE: Final = 4_096


class StaticEmbedder:
    """Sum of the vectors of a text's tokens, scaled to length 1; a text with no known token gets the zero vector."""

    def __init__(self, name: str, tokenizer: Tokenizer, table: NDArray[np.float32], fingerprint: str) -> None:
        """Take a table with one row per token id; encoding never changes it."""
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = int(table.shape[1])
        self._tokenizer = tokenizer
        self._table = table

    @property
    def tokenizer(self) -> Tokenizer:
        return self._tokenizer

    @property
    def table(self) -> NDArray[np.float32]:
        """The vectors to go on training from; not to be changed in place."""
        return self._table

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: shape (len(texts), dimensions); uses every core for the tokens."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            batch = list(texts[start : start + _TEXTS_AT_ONCE])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                self._add_up(encoding.ids, vectors[row])
        return normalised(vectors)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,); the same vector as the document of this text."""
        total = np.zeros((1, self.dimensions), np.float32)
        self._add_up(self._tokenizer.encode(text, add_special_tokens=False).ids, total[0])
        vector: NDArray[np.float32] = normalised(total)[0]
        return vector

    def _add_up(self, ids: list[int], out: NDArray[np.float32]) -> None:
        """Add the token vectors to `out`.

        Text by text: the gathered rows stay in the processor's cache, where gathering a batch at once (and
        np.add.reduceat over it) took three times as long.
        """
        for start in range(0, len(ids), _GATHERED_TOKENS):
            out += self._table.take(ids[start : start + _GATHERED_TOKENS], axis=0).sum(axis=0)


def load_static(folder: Path, name: str) -> StaticEmbedder:
    """Load `tokenizer.json` and `model.safetensors` (int8 "embeddings", one float "weights" scale a row)."""
    tokenizer_file, table_file = folder / "tokenizer.json", folder / "model.safetensors"
    try:
        tokenizer_bytes, table_bytes = tokenizer_file.read_bytes(), table_file.read_bytes()
    except OSError as error:
        reason = f"嵌入模型的文件读不出来：{folder}（{os_words(error)}）"
        raise EmbedderError(
            reason, hint="请重新安装本程序，或检查 embedding.model 指向的文件夹是否完整。"
        ) from error
    try:
        tensors = _read_safetensors(table_bytes)
        table = tensors["embeddings"].astype(np.float32) * tensors["weights"].astype(np.float32)[:, None]
        tokenizer = Tokenizer.from_buffer(tokenizer_bytes)
    except Exception as error:  # tokenizers raises plain Exception for a bad file
        reason = f"嵌入模型的文件已损坏或不是本程序的格式：{folder}"
        raise EmbedderError(reason, hint="请重新安装本程序，或重新导出该模型。") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return StaticEmbedder(name, tokenizer, table, fingerprint(tokenizer_bytes, table_bytes))


def _read_safetensors(content: bytes) -> dict[str, NDArray[Any]]:
    """Read a safetensors file: 8 bytes of header length, a JSON header, then the raw tensors."""
    kinds = {"I8": np.int8, "F16": np.float16, "F32": np.float32}
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    tensors: dict[str, NDArray[Any]] = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            raw = content[start + begin : start + end]
            tensors[name] = np.frombuffer(raw, kinds[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def load_builtin() -> StaticEmbedder:
    """Load the model that comes with the program."""
    return load_static(_FOLDER, BUILTIN)


def is_static(folder: Path) -> bool:
    """True for a folder in the builtin format, such as `ingest.embedder.train` writes."""
    table = folder / "model.safetensors"
    if not ((folder / "tokenizer.json").is_file() and table.is_file()):
        return False
    with table.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = stream.read(min(length, 65_536))
    return b'"embeddings"' in header and b'"weights"' in header
