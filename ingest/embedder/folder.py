"""Write a trained table as a model folder that `ingest.embed` and sentence-transformers both read."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.sentence_transformer.modules.normalize.Normalize",
    },
]


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows and one scale a row; row x scale is within half a scale of the original."""
    scales = np.abs(table).max(axis=1) / 127
    rows = np.rint(table / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    return rows, scales.astype(np.float32)


def write_folder(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Write tokenizer.json, model.safetensors (int8 "embeddings", float32 "weights") and modules.json.

    sentence-transformers' StaticEmbedding multiplies "embeddings" by "weights" on loading, as `ingest.embed` does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(table)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_safetensors(folder / "model.safetensors", rows, scales)
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")


def _write_safetensors(path: Path, rows: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
    # "weights" first: its 4-byte numbers stay aligned whatever the length of the other.
    end = scales.nbytes
    header = {
        "weights": {"dtype": "F32", "shape": list(scales.shape), "data_offsets": [0, end]},
        "embeddings": {"dtype": "I8", "shape": list(rows.shape), "data_offsets": [end, end + rows.nbytes]},
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + scales.tobytes() + rows.tobytes())
