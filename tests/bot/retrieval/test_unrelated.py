"""The level of unrelated questions belongs to a home and follows its documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.retrieval.unrelated import QUESTIONS, unrelated_level
from ingest.embed import embedding_text
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder


def test_the_level_is_the_mean_of_the_nearest(home: Path, tmp_path: Path) -> None:
    """0 for an empty home; a text that repeats one of the questions lifts it by its share."""
    index = Index(home, HashEmbedder())
    assert unrelated_level(index) == 0.0
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "办法.txt").write_text("某县办法\n第一条　党员每月交纳党费。\n", encoding="utf-8")
    sync([folder], index)
    level = unrelated_level(index)
    chunks = [chunk for row in index.documents() for chunk in index.chunks_of(row.id)]
    texts = index.embedder.encode_documents(
        [embedding_text(chunk.title, chunk.heading_path, chunk.text) for chunk in chunks]
    )
    nearest = [float(np.max(texts @ index.embedder.encode_query(question))) for question in QUESTIONS]
    assert level == pytest.approx(np.mean(nearest), abs=1e-5)
    (folder / "菜谱.txt").write_text(f"菜谱\n第一条　{QUESTIONS[0]}。\n", encoding="utf-8")
    sync([folder], index)
    assert unrelated_level(index) > level
    index.close()
