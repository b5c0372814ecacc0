"""What an article refers to: 依照本条例第八条, 前条, 《…》第五条 -> the articles meant, where they are in this home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.retrieval.exact import article_of, marked, names_of
from bot.retrieval.names import Names, named_work
from bot.retrieval.paragraphs import paragraphs
from bot.retrieval.references import NAMED, Reference, find_references
from ingest.index import Index
from ingest.model import Hit

CITED_BY = "cited_by"  # in `Hit.scores`: an article that was found refers to this one
MOST_CITED = 6  # articles offered because others refer to them
_READ = 3  # hits whose references are followed


def mentioned(index: Index, hit: Hit, as_of: date | None = None) -> tuple[Hit, ...]:
    """The articles that the article of `hit` refers to, in its own document or another of this home, each once.

    `scores` hold `CITED_BY`, and the 款 and 项 where they are named. The article itself is never among them.
    """
    if hit.article is None:
        return ()
    text = index.text(hit.document_id)
    spans = paragraphs(text, hit.section_start, hit.section_end)
    body = text[spans[0][0] : hit.section_end] if spans else ""
    names = names_of(index)
    found: dict[str, Hit] = {}
    for one in find_references(body):
        for target in _targets(index, names, hit, one, as_of):
            if (target.document_id, target.article) != (hit.document_id, hit.article):
                found.setdefault(target.chunk_id, replace(target, scores=_cited(target)))
    return tuple(found.values())


def _cited(target: Hit) -> dict[str, float]:
    return {CITED_BY: 1.0, **{key: value for key, value in target.scores.items() if key != NAMED}}


def _targets(index: Index, names: Names, hit: Hit, one: Reference, as_of: date | None) -> Iterator[Hit]:
    if one.article is None:
        if one.step:
            labels = index.articles_of(hit.document_id)
            at = labels.index(hit.article or "") + one.step
            if 0 <= at < len(labels):
                yield from marked(
                    index, index.article(hit.document_id, labels[at]), replace(one, article=labels[at]), []
                )
        return
    named = None if one.is_own else named_work(names, one.lead)
    if named is not None:
        yield from article_of(index, names, one, named, as_of)[0]
    elif one.is_own or not _names_another(one.lead):
        parts = index.article(hit.document_id, one.article)
        if parts:
            yield from marked(index, parts, one, [])


def _names_another(lead: str) -> bool:
    """《…》第八条 or 某某法第八条 of a document that is not here, and so not of this one."""
    return lead.rstrip("的").endswith(
        ("》", "法", "条例", "规定", "办法", "细则", "准则", "规则", "章程", "决定", "解释", "法典")
    )


def cited_by_first(index: Index, hits: Sequence[Hit], as_of: date | None = None) -> tuple[Hit, ...]:
    """What the first few hits refer to and is not among the hits: further evidence, behind all that was found."""
    had = {hit.chunk_id for hit in hits}
    last = hits[-1].score if hits else 0.0
    found: dict[str, Hit] = {}
    for hit in hits[:_READ]:
        for target in mentioned(index, hit, as_of):
            if target.chunk_id not in had:
                found.setdefault(target.chunk_id, replace(target, score=last))
    return tuple(found.values())[:MOST_CITED]
