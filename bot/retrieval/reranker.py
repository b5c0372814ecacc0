"""A second look at the first hits: a cross-encoder reads question and passage together. Optional, off by default.

Slower than all the rest of a search - a transformer reads every passage - so only the first few dozen are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.retrieval.references import NAMED
from ingest.errors import ConfigError
from ingest.model import Hit

# How well each text answers the question: higher is better, one number a text.
Rerank = Callable[[str, Sequence[str]], Sequence[float]]


def reranked(hits: Sequence[Hit], question: str, rerank: Rerank) -> tuple[Hit, ...]:
    """The same hits in the order the reranker puts them; ties keep the order they came in.

    Each hit takes the `score` of the place it moves to: answering compares scores, and a reranker's have another
    scale with every model. What the reranker said is kept in `scores["reranker"]`.
    """
    named = tuple(hit for hit in hits if NAMED in hit.scores)  # asked for by number: no opinion moves them
    hits = [hit for hit in hits if NAMED not in hit.scores]
    if not hits:
        return named
    said = rerank(question, [_passage(hit) for hit in hits])
    if len(said) != len(hits):
        raise ValueError(f"{len(hits)} passages went to the reranker, {len(said)} scores came back")
    order = sorted(range(len(hits)), key=lambda at: -said[at])
    places = sorted((hit.score for hit in hits), reverse=True)
    reordered = (
        replace(hits[at], score=score, scores={**hits[at].scores, "reranker": float(said[at])})
        for at, score in zip(order, places, strict=True)
    )
    return (*named, *reordered)


def _passage(hit: Hit) -> str:
    """What is read: the passage under its title and headings, as it was embedded."""
    return f"{' '.join((hit.title, *hit.heading_path))}\n{hit.text}"


def open_reranker(model: str) -> Rerank:
    """Open a CrossEncoder from a folder, or by a name that lies in the local cache; never from the network.

    ConfigError says what is missing, or that the model is no CrossEncoder with a single score.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir() and (folder.is_absolute() or model.startswith((".", "~"))):
        raise ConfigError(f"找不到重排模型的文件夹：{model}", hint="请检查 reranker.model 的路径。")
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        reason = "没有安装 sentence-transformers，不能使用重排模型。"
        hint = "请运行 pip install -c constraints.txt sentence-transformers，或去掉 [reranker] 一节。"
        raise ConfigError(reason, hint=hint) from error
    try:
        loaded = CrossEncoder(str(folder) if folder.is_dir() else model, local_files_only=True)
    except Exception as error:  # torch, transformers and safetensors each raise kinds of their own
        hint = (
            "请先在能联网的电脑上运行 hf download 模型名 --local-dir 文件夹，把整个文件夹拷来，"
            "再把 reranker.model 设为它的路径；去掉 [reranker] 一节则不重排。"
        )
        raise ConfigError(f"重排模型打不开：{model}（{type(error).__name__}）", hint=hint) from error
    return _scoring(loaded, model)


def _scoring(loaded: Any, model: str) -> Rerank:
    def rerank(question: str, texts: Sequence[str]) -> list[float]:
        scores = loaded.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in scores]

    if loaded.num_labels != 1:
        raise ConfigError(
            f"{model} 给出 {loaded.num_labels} 个分数，不是重排模型。",
            hint="请换一个重排模型，例如 BAAI/bge-reranker-v2-m3。",
        )
    return rerank
