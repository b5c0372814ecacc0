"""Whether what is shown was in force on the day that is asked about; without a day, it stays as it is today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.model import Answer
from bot.retrieval.dated import out_on
from ingest.index import Index
from ingest.model import Hit


def hits_on(index: Index, hits: tuple[Hit, ...], day: date | None) -> tuple[Hit, ...]:
    if day is None or not hits:
        return hits
    counted = _counted(index, day)
    return tuple(replace(hit, in_force=counted(hit.document_id, hit.in_force)) for hit in hits)


def answer_on(index: Index, answer: Answer, day: date | None) -> Answer:
    if day is None:
        return answer
    counted = _counted(index, day)
    citations = tuple(
        replace(one, in_force=counted(one.document_id, one.in_force)) for one in answer.citations
    )
    return replace(answer, citations=citations, nearest=hits_on(index, answer.nearest, day))


def _counted(index: Index, day: date) -> Callable[[str, bool], bool]:
    """Of a document that a list declares void nobody knows since when: it stays void, unless a later version tells."""
    not_then, since = out_on(index, day), out_on(index, date.max)
    return lambda document_id, now: document_id not in not_then and (now or document_id in since)
