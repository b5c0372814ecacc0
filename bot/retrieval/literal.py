"""Where that stands which a question asks after by its very name: a person, the number of a card or a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Query
from bot.retrieval.persons import persons_in, terms_in
from ingest.index import Index
from ingest.model import Hit

MOST = 50  # chunks; what stands in more of them tells none from another


def holding_first(index: Index, query: Query, ranked: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits that hold a term of the question before the others, with what was not found of them: a row of a ledger
    says little else that the question says. No other hit scores more.
    """
    excluded = index.superseded(query.as_of) if query.as_of else frozenset[str]()
    holding: dict[str, Hit] = {}
    for term in terms_in(query.question):
        found = index.holding(term, MOST + 1)
        if len(found) <= MOST:
            holding |= {hit.chunk_id: hit for hit in found if hit.document_id not in excluded}
    if not holding:
        return tuple(ranked)
    best = max((hit.score for hit in ranked), default=1.0)
    known = {hit.chunk_id: hit for hit in ranked}
    order = [*(one for one in known if one in holding), *(one for one in holding if one not in known)]
    first = [replace(known.get(one, holding[one]), score=best) for one in order]
    return (*first, *(hit for hit in ranked if hit.chunk_id not in holding))


def absent_persons(index: Index, question: str) -> tuple[str, ...]:
    """One Chinese sentence for each person the question names of whom no document speaks."""
    names = (name for name, is_sure in persons_in(question) if is_sure)
    return tuple(f"资料库里没有关于{name}的内容。" for name in names if not index.holding(name, 1))
