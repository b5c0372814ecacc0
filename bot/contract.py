"""Answers and hits as the JSON that users' scripts read. The keys are a contract: add, never rename."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.model import Answer, Citation, Sentence
from ingest.model import Hit


def hits_json(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Ranked from 1, in the order given."""
    return [
        {
            "rank": rank,
            "chunk_id": hit.chunk_id,
            "source": hit.source,
            "title": hit.title,
            "article": hit.article,
            "heading_path": list(hit.heading_path),
            "page": hit.page,
            "score": hit.score,
            "text": hit.text,
        }
        for rank, hit in enumerate(hits, 1)
    ]


def search_json(query: str, hits: Iterable[Hit], ms: float) -> dict[str, Any]:
    return {"query": query, "hits": hits_json(hits), "ms": ms}


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "status": answer.status,
        "mode": answer.mode,
        "sentences": [_sentence_json(one) for one in answer.sentences],
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": hits_json(answer.nearest),
        "dropped": [{"text": one.text, "reason": one.reason} for one in answer.dropped],
        "warnings": list(answer.warnings),
        "ms": answer.ms,
        "standalone": answer.standalone or None,
    }


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    """`doubt` stands only at what the settings let through, marked, although no source carries it."""
    told = {"text": sentence.text, "citations": list(sentence.citations)}
    return told | ({"doubt": sentence.doubt} if sentence.doubt else {})


def citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "source": citation.source,
        "title": citation.title,
        "article": citation.article,
        "heading_path": list(citation.heading_path),
        "page": citation.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "in_force": citation.in_force,
    }
