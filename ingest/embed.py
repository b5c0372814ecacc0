"""Embedders: text in, L2-normalised float32 vectors out.

The builtin model needs numpy and tokenizers only: importing torch and sentence-transformers costs seconds at start, so
they are imported inside `load_sentence_transformer`, for users who bring their own model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from tokenizers import Tokenizer

from ingest.errors import EmbedderError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUILTIN: Final = "builtin"
# Part of every fingerprint: raise it when the same files would give other vectors.
RULES_VERSION: Final = "1"
_FOLDER: Final = Path(__file__).parent / "embedder" / "model"
# Token vectors gathered at a time, so that a book costs no more memory than an article: 8,192 x 256 x 4 bytes = 8 MiB.
_GATHERED_TOKENS: Final = 8_192
_TEXTS_AT_ONCE: Final = 4_096


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
        """Shape (dimensions,)."""


def embedding_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """What is embedded for a chunk: its document's title and headings say what the bare words leave out."""
    return f"{' '.join((title, *heading_path))}\n{text}"


class StaticEmbedder:
    """Sum of the vectors of a text's tokens, scaled to length 1; a text with no known token gets the zero vector."""

    def __init__(self, name: str, tokenizer: Tokenizer, table: NDArray[np.float32], fingerprint: str) -> None:
        """Take a table with one row per token id; encoding never changes it."""
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = int(table.shape[1])
        self._tokenizer = tokenizer
        self._table = table

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: shape (len(texts), dimensions); uses every core for the tokens."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            batch = list(texts[start : start + _TEXTS_AT_ONCE])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                self._add_up(encoding.ids, vectors[row])
        return _normalised(vectors)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,); the same vector as the document of this text."""
        total = np.zeros((1, self.dimensions), np.float32)
        self._add_up(self._tokenizer.encode(text, add_special_tokens=False).ids, total[0])
        vector: NDArray[np.float32] = _normalised(total)[0]
        return vector

    def _add_up(self, ids: list[int], out: NDArray[np.float32]) -> None:
        """Add the token vectors to `out`.

        Text by text: the gathered rows stay in the processor's cache, where gathering a batch at once (and
        np.add.reduceat over it) took three times as long.
        """
        for start in range(0, len(ids), _GATHERED_TOKENS):
            out += self._table.take(ids[start : start + _GATHERED_TOKENS], axis=0).sum(axis=0)


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale rows to length 1; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(norms > 0, norms, 1)).astype(np.float32, copy=False)


def load_static(folder: Path, name: str) -> StaticEmbedder:
    """Load `tokenizer.json` and `model.safetensors` (int8 "embeddings", one float "weights" scale a row)."""
    tokenizer_file, table_file = folder / "tokenizer.json", folder / "model.safetensors"
    try:
        tokenizer_bytes, table_bytes = tokenizer_file.read_bytes(), table_file.read_bytes()
    except OSError as error:
        reason = f"嵌入模型的文件读不出来：{folder}（{error.strerror}）"
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
    return StaticEmbedder(name, tokenizer, table, _fingerprint(tokenizer_bytes, table_bytes))


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


def _fingerprint(*parts: bytes) -> str:
    digest = hashlib.sha256(RULES_VERSION.encode())
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def load_builtin() -> StaticEmbedder:
    """Load the model that comes with the program."""
    return load_static(_FOLDER, BUILTIN)


class SentenceTransformerEmbedder:
    """A user's own sentence-transformers model; its query and document prompts are applied."""

    def __init__(self, name: str, model: Any, fingerprint: str) -> None:
        """Take a loaded SentenceTransformer."""
        self.name = name
        self.fingerprint = fingerprint
        self._model = model
        self.dimensions = int(model.encode_query("维数", show_progress_bar=False).shape[-1])

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows = self._model.encode_document(list(texts), show_progress_bar=False, convert_to_numpy=True)
        return _normalised(np.asarray(rows, np.float32))

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,)."""
        row = self._model.encode_query(text, show_progress_bar=False, convert_to_numpy=True)
        vector: NDArray[np.float32] = _normalised(np.asarray(row, np.float32)[None, :])[0]
        return vector


def load_sentence_transformer(model: str) -> SentenceTransformerEmbedder:
    """Load a model folder (never asking the network) or a name (from the local cache, else the model hub)."""
    folder = Path(model).expanduser()
    local = folder.is_dir()
    if not local and (folder.is_absolute() or model.startswith((".", "~"))):
        raise EmbedderError(
            f"找不到嵌入模型的文件夹：{model}",
            hint="请检查 embedding.model 的路径；改回 builtin 可使用自带模型。",
        )
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        reason = "没有安装 sentence-transformers，不能使用自选的嵌入模型"
        raise EmbedderError(
            reason, hint="请运行 pip install sentence-transformers，或把 embedding.model 改回 builtin。"
        ) from error
    try:
        loaded = SentenceTransformer(str(folder) if local else model, local_files_only=local, device=None)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        reason = f"嵌入模型打不开：{model}（{type(error).__name__}）"
        hint = "请先在能联网的电脑上下载该模型，把整个文件夹拷来，再把 embedding.model 设为它的路径。"
        raise EmbedderError(reason, hint=hint) from error
    parts = _describe_folder(folder) if local else model.encode()
    return SentenceTransformerEmbedder(model, loaded, _fingerprint(parts))


def _describe_folder(folder: Path) -> bytes:
    """Names and sizes of a model's files and the text of its small ones: hashing gigabytes would slow every start."""
    lines: list[bytes] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        lines.append(f"{path.relative_to(folder).as_posix()} {size}".encode())
        with path.open("rb") as stream:
            lines.append(stream.read(65_536))
    return b"\n".join(lines)


def open_embedder(model: str = BUILTIN) -> Embedder:
    """Open "builtin", a folder, or a sentence-transformers model by name; EmbedderError says what is missing."""
    if model == BUILTIN:
        return load_builtin()
    folder = Path(model).expanduser()
    table = folder / "model.safetensors"
    if (folder / "tokenizer.json").is_file() and table.is_file() and _is_builtin_format(table):
        return load_static(folder, model)
    return load_sentence_transformer(model)


def _is_builtin_format(table: Path) -> bool:
    with table.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = stream.read(min(length, 65_536))
    return b'"embeddings"' in header and b'"weights"' in header
