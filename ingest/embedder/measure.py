"""How well a model finds the gold articles of held-out questions among every article of the laws."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Embedder
from ingest.embedder.reading import Article, Question

DEPTH = 100


def rank(
    embedder: Embedder, questions: Sequence[str], documents: NDArray[np.float32], depth: int
) -> NDArray[np.int64]:
    """Positions of the `depth` nearest documents of each question, best first: shape (questions, depth)."""
    queries = np.stack([embedder.encode_query(question) for question in questions])
    scores = queries @ documents.T
    best = np.argpartition(-scores, depth, axis=1)[:, :depth]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def retrieval(
    embedder: Embedder, questions: Sequence[Question], articles: Sequence[Article], texts: Sequence[str]
) -> dict[str, float]:
    """recall@10, recall@100 (share of a question's evidence items found, averaged), hit@10 and mrr@10."""
    ranked = rank(embedder, [q.text for q in questions], embedder.encode_documents(texts), DEPTH)
    figures = {"recall@10": 0.0, "recall@100": 0.0, "hit@10": 0.0, "mrr@10": 0.0}
    for question, row in zip(questions, ranked, strict=True):
        keys = [(articles[i].source, articles[i].label) for i in row]
        firsts = [
            next((r for r, key in enumerate(keys, 1) if key in item), DEPTH + 1) for item in question.gold
        ]
        figures["recall@10"] += sum(first <= 10 for first in firsts) / len(firsts)
        figures["recall@100"] += sum(first <= DEPTH for first in firsts) / len(firsts)
        figures["hit@10"] += min(firsts) <= 10
        figures["mrr@10"] += 1 / min(firsts) if min(firsts) <= 10 else 0.0
    return {name: round(value / len(questions), 4) for name, value in figures.items()}
