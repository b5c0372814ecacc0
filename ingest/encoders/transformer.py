"""A user's own sentence-transformers model, from a folder or from the local model cache; never from the network.

torch and sentence-transformers take seconds to import, so they are imported here, inside the function that opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ingest.encoders.instructions import query_instruction
from ingest.encoders.rows import fingerprint, normalised
from ingest.errors import EmbedderError
from ingest.text import narrowed

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAMPLE: Final = 65_536  # bytes
_SAMPLES: Final = 16
_DESCRIBING: Final = ".md"  # changes no vector, nor does what is hidden


class SentenceTransformerEmbedder:
    """`instruction` goes in front of every question; None lets the model's own query prompt do so."""

    def __init__(self, name: str, model: Any, identity: str, instruction: str | None, batch: int) -> None:
        """Take a loaded SentenceTransformer; its dimensions are measured by encoding a word."""
        self.name = name
        self.fingerprint = identity
        self._model, self._instruction, self._batch = model, instruction, batch
        self.dimensions = int(model.encode_query("维数", show_progress_bar=False).shape[-1])

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: shape (len(texts), dimensions); the model's document prompt is applied if it has one."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows = self._model.encode_document(
            list(texts), batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True
        )
        return normalised(np.asarray(rows, np.float32))

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,)."""
        row = self._model.encode_query(
            narrowed(text), prompt=self._instruction, show_progress_bar=False, convert_to_numpy=True
        )
        vector: NDArray[np.float32] = normalised(np.asarray(row, np.float32)[None, :])[0]
        return vector


def load_sentence_transformer(
    model: str, instruction: str | None = None, batch: int = 32
) -> SentenceTransformerEmbedder:
    """Open a folder, or a name that lies in the local cache. EmbedderError says what is missing and how to get it.

    What goes in front of a question: `instruction` if given ("" for nothing), else the model's own query prompt,
    else what its family wants. It changes no stored vector and so is no part of the fingerprint.
    """
    folder = Path(model).expanduser()
    local = folder.is_dir()
    if not local and (folder.is_absolute() or model.startswith((".", "~"))):
        reason = f"找不到嵌入模型的文件夹：{model}"
        raise EmbedderError(reason, hint="请检查 embedding.model 的路径；改回 builtin 可使用自带模型。")
    loaded = _open(str(folder) if local else model)
    own = dict(getattr(loaded, "prompts", None) or {}).get("query")
    if instruction is None and not own:
        instruction = query_instruction(str(folder.resolve()) if local else model)
    identity = fingerprint(_describe_folder(folder) if local else model.encode())
    return SentenceTransformerEmbedder(model, loaded, identity, instruction, batch)


def _open(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        reason = "没有安装 sentence-transformers，不能使用自选的嵌入模型"
        hint = (
            "请运行 pip install -c constraints.txt sentence-transformers，或把 embedding.model 改回 builtin。"
        )
        raise EmbedderError(reason, hint=hint) from error
    try:
        return SentenceTransformer(model, local_files_only=True)
    except (
        Exception
    ) as error:  # torch, transformers, safetensors and tokenizers each raise kinds of their own
        reason = f"嵌入模型打不开：{model}（{type(error).__name__}）"
        hint = (
            "请先在能联网的电脑上运行 hf download 模型名 --local-dir 文件夹，把整个文件夹拷来，"
            "再把 embedding.model 设为它的路径；改回 builtin 可使用自带模型。"
        )
        raise EmbedderError(reason, hint=hint) from error


def _describe_folder(folder: Path) -> bytes:
    """Names, sizes and samples of a model's files: hashing gigabytes would slow every start.

    The samples are spread over each file, so that a model trained further differs from the one it came from.
    """
    lines: list[bytes] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inner = path.relative_to(folder)
        if path.suffix.lower() == _DESCRIBING or any(part.startswith(".") for part in inner.parts):
            continue
        size = path.stat().st_size
        lines.append(f"{inner.as_posix()} {size}".encode())
        step = max(_SAMPLE, size // _SAMPLES)
        with path.open("rb") as stream:
            for at in range(0, size, step):
                stream.seek(at)
                lines.append(stream.read(_SAMPLE))
    return b"\n".join(lines)
