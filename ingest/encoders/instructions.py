"""What a family of models wants in front of a question. Documents are embedded as they are in all of these."""

from __future__ import annotations

import re
from typing import Final

# As the model cards state them. bge-m3 wants none, and neither does a model of no family known here.
_FAMILIES: Final = (
    (r"bge-(small|base|large)-zh", "为这个句子生成表示以用于检索相关文章："),
    (r"bge-(small|base|large)-en", "Represent this sentence for searching relevant passages: "),
    (
        r"qwen3-embedding",
        "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
    ),
)


def query_instruction(model: str) -> str:
    """The instruction for a model by its name or its folder's name; "" where its family wants none."""
    name = re.split(r"[/\\]", model.rstrip("/\\"))[-1].lower().replace("_", "-")
    # In the hub's own cache the name stands two folders up: models--BAAI--bge-small-zh-v1.5/snapshots/7999e1d
    cached = re.search(r"models--[^/\\]*--([^/\\]+)", model)
    names = (name, cached[1].lower() if cached else "")
    return next((text for family, text in _FAMILIES if any(re.search(family, one) for one in names)), "")
