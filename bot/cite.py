"""Numbered citations out of quotes, each checked character for character against its source. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.model import Citation, DroppedSentence, Quote, RawSentence, Sentence
from ingest.errors import KnowledgeBaseError


@dataclass(frozen=True, slots=True)
class Cited:
    """Sentences whose every number is in `citations`, and what was left out with the reason."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[DroppedSentence, ...]


PageAt = Callable[[str, int], int | None]


def cite(
    raw: Iterable[RawSentence], text_of: Callable[[str], str], page_at: PageAt = lambda *_: None
) -> Cited:
    """Citations are numbered in order of appearance; the same place keeps its number. Never raises.

    `text_of` gives a document's whole text by id; a `KeyError` or `KnowledgeBaseError` from it counts as
    a source that is gone. `page_at` gives the page of a place in it: a quote may stand pages behind the beginning of
    its hit, whose page is named only where no other is known. A sentence is kept when at least one of its quotes is true; false ones are not cited.
    """
    kept: list[Sentence] = []
    dropped: list[DroppedSentence] = []
    citations: dict[tuple[str, int, int], Citation] = {}
    for sentence in raw:
        numbers: list[int] = []
        reasons: list[str] = []
        for quote in sentence.quotes:
            reason = _fault(quote, text_of)
            if reason is None:
                place = (quote.hit.document_id, quote.start, quote.end)
                citation = citations.setdefault(place, _citation(len(citations) + 1, quote, page_at))
                if citation.n not in numbers:
                    numbers.append(citation.n)
            elif reason not in reasons:
                reasons.append(reason)
        if numbers or sentence.doubt:  # what is marked as carried by nothing needs no citation
            kept.append(Sentence(sentence.text, tuple(numbers), sentence.doubt))
        else:
            dropped.append(DroppedSentence(sentence.text, "；".join(reasons) or "没有可以引用的出处"))
    return Cited(tuple(kept), tuple(citations.values()), tuple(dropped))


def _fault(quote: Quote, text_of: Callable[[str], str]) -> str | None:
    """Why a quote cannot be cited (Chinese), or None when it stands word for word at its place."""
    if not quote.text.strip():
        return "引文是空的"
    try:
        text = text_of(quote.hit.document_id)
    except (KeyError, KnowledgeBaseError):
        return f"出处已不在资料库中：{quote.hit.source}"
    if not 0 <= quote.start < quote.end <= len(text) or text[quote.start : quote.end] != quote.text:
        return f"引文与原文不一致：{quote.hit.source}"
    return None


def _citation(number: int, quote: Quote, page_at: PageAt) -> Citation:
    hit = quote.hit
    page = page_at(hit.document_id, quote.start)
    return Citation(
        n=number,
        document_id=hit.document_id,
        source=hit.source,
        title=hit.title,
        article=hit.article,
        heading_path=hit.heading_path,
        page=hit.page if page is None else page,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        section_start=hit.section_start,
        section_end=hit.section_end,
        in_force=hit.in_force,
        kind=hit.kind,
    )
