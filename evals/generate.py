"""Question cases made from an index by plain templates: they check that what is in the library can be found by name.

They are easier than what people ask (the title and the article are in the question), so their figures are a floor test,
never a measure of quality.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from evals.model import Case, Place
from ingest.index import Index
from ingest.text import titled

TEMPLATES = (
    "{title}{article}规定了什么？",
    "{title}{article}的内容是什么？",
    "请问{title}{article}是怎么规定的？",
)


def generate_cases(
    index: Index, count: int, seed: int = 0, on_document: Callable[[int, int], None] | None = None
) -> tuple[Case, ...]:
    """Up to `count` cases, one an article of the documents in force; the same index and seed give the same cases."""
    documents = sorted((row for row in index.documents() if row.in_force), key=lambda row: row.source)
    articles: list[tuple[str, str, str]] = []
    for done, row in enumerate(documents, 1):
        labels = dict.fromkeys(hit.article for hit in index.chunks_of(row.id) if hit.article)
        articles += [(row.source, row.title, label) for label in labels]
        if on_document:
            on_document(done, len(documents))
    return write_questions(articles, count, seed)


def write_questions(articles: Sequence[tuple[str, str, str]], count: int, seed: int) -> tuple[Case, ...]:
    """`articles` are (source, title, article label); `count` of them are drawn, and a template for each."""
    chance = random.Random(seed)  # noqa: S311 - a draw that must repeat, no secret
    drawn = chance.sample(articles, min(count, len(articles)))
    return tuple(
        Case(
            id=f"generated-{number:04}",
            question=chance.choice(TEMPLATES).format(title=titled(title), article=article),
            gold=((Place(source, article),),),
        )
        for number, (source, title, article) in enumerate(drawn, 1)
    )
