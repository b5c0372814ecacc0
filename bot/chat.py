"""The whole story of one question: find, pick, judge, check, tell. Yields growing answers for a page that streams."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from time import perf_counter

from bot.answering.answer import Alike, asked_articles, compose_answer
from bot.answering.figures import figure_notes
from bot.answering.scope import scope_notes
from bot.cite import PageAt, cite
from bot.errors import ModelFailed
from bot.llm.write import Write, Written
from bot.model import Answer, Citation, Query
from bot.refusing.declined import NOT_WRITTEN, declined
from bot.refusing.refusal import NEAREST, UNRELATED, explain, is_answerable
from bot.refusing.smalltalk import not_for_documents
from bot.retrieval.edition import Edition
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.references import NAMED
from ingest.model import Hit
from ingest.text import titled

_INSTEAD = "以下为不用模型的原文摘录。"


def converse(
    query: Query,
    retrieve: Callable[[Query], Sequence[Hit]],
    text_of: Callable[[str], str],
    write: Write | None = None,
    is_dated: Callable[[str], bool] = lambda _: True,
    missing: Callable[[Query], Sequence[str]] = lambda _: (),
    unrelated: Callable[[], float] = lambda: UNRELATED,
    lexicon: Lexicon | None = None,
    alike: Alike | None = None,
    page_at: PageAt = lambda *_: None,
    edition_of: Callable[[str], Edition | None] = lambda _: None,
) -> Iterator[Answer]:
    """At least one Answer; each repeats the sentences of the one before it, the last is complete and timed.

    Refused when nothing found can carry an answer, or when no quote stood the check against its source; a language model
    is not asked then. `write` is its say where there is an answer: sentences that were checked one by one. If it fails, or
    none of its sentences stands, the answer begins anew without it, in the sources' words, and says so. `is_dated`: whether
    a document's date is known. `missing`: what a question names and the documents do not have. An article that is named and there needs no proof
    that it answers; where only what is missing is named, nothing else may pass for it. `unrelated`: how near questions
    of other walks of life come (see `bot.retrieval.unrelated`). `lexicon`: None for the packaged everyday words.
    `alike`: how near sentences are to the question in meaning, where that is known. `page_at`: see `bot.cite`. `edition_of`:
    the edition of a work that a question asks for; an answer from another one says so.
    """
    begun = perf_counter()
    aside = not_for_documents(query.question)
    if aside is not None:
        yield _timed(Answer(query.question, "refused", "extractive", warnings=(aside,)), begun)
        return
    hits = tuple(retrieve(query))
    no = declined(query.question)
    if no is not None:
        nearest = hits[:NEAREST] if no == NOT_WRITTEN else ()
        yield _timed(Answer(query.question, "refused", "extractive", nearest=nearest, warnings=(no,)), begun)
        return
    absent = tuple(missing(query))
    edition = edition_of(query.question)
    question = edition.question if edition else query.question
    other_edition = [note for note in edition.notes if note not in absent] if edition else []
    named = asked_articles(question, hits, lexicon)
    raw = compose_answer(question, hits, text_of, lexicon, alike)
    quotes = [quote for sentence in raw for quote in sentence.quotes]
    only_absent = bool(absent) and not any(NAMED in hit.scores for hit in hits)
    answerable = not only_absent and (
        bool(named) or is_answerable(question, hits, quotes, unrelated(), lexicon)
    )
    written, notes = Written(), list[str]()
    if write and answerable and not named:
        grown = _grown(
            write(question, hits, text_of), Answer(query.question, "answered", "llm"), text_of, page_at
        )
        try:
            for written, answer in grown:
                if written.stands:
                    yield _timed(answer, begun)
        except ModelFailed as error:
            written, notes = Written(), [f"{error}{error.hint}"]
        notes += [*written.notices, *(() if written.stands else (_INSTEAD,))]
    cited = cite((written.sentences if written.stands else raw) if answerable else (), text_of, page_at)
    answer = Answer(query.question, "answered", "llm" if written.stands else "extractive")
    answer = replace(answer, dropped=(*written.dropped, *cited.dropped))
    if not cited.sentences:
        why = (*other_edition, *(absent or (explain(question, hits, lexicon, unrelated()),)))
        refused = replace(answer, status="refused", nearest=hits[:NEAREST], warnings=(*why, *notes))
        yield _timed(refused, begun)
        return
    for count in range(1, len(cited.sentences) if answer.mode == "extractive" else 1):
        used = {number for sentence in cited.sentences[:count] for number in sentence.citations}
        citations = tuple(citation for citation in cited.citations if citation.n in used)
        yield _timed(replace(answer, sentences=cited.sentences[:count], citations=citations), begun)
    answer = replace(answer, sentences=cited.sentences, citations=cited.citations)
    standing = _warnings(cited.citations, query.as_of, is_dated, edition.replaced if edition else {})
    scope = () if named else scope_notes(question, cited.citations)
    unsaid = () if named else figure_notes(question, cited.citations)
    told = (*notes, *other_edition, *absent, *unsaid, *standing, *scope)
    yield _timed(replace(answer, warnings=told), begun)


def _grown(
    growing: Generator[Written, None, None], answer: Answer, text_of: Callable[[str], str], page_at: PageAt
) -> Iterator[tuple[Written, Answer]]:
    """What a model has written so far, with the answer that it makes. Who stops reading stops the model."""
    with closing(growing):
        for written in growing:
            cited = cite(written.sentences, text_of, page_at)
            yield written, replace(answer, sentences=cited.sentences, citations=cited.citations)


def _warnings(
    citations: Sequence[Citation],
    as_of: date | None,
    is_dated: Callable[[str], bool],
    replaced: Mapping[str, str],
) -> Iterator[str]:
    """What the reader must know of the titles cited, each said once; `replaced` tells more of some documents."""
    yield from dict.fromkeys(
        replaced[citation.document_id] for citation in citations if citation.document_id in replaced
    )
    then = as_of is not None and as_of < date.today()  # noqa: DTZ011 - the reader's own day
    void = (one.title for one in citations if not one.in_force and one.document_id not in replaced)
    for title in dict.fromkeys(void):
        yield f"{titled(title)}" + ("当时有效，后来已被取代" if then else "已被新版本取代或废止")
    if as_of is not None:
        undated = (citation.title for citation in citations if not is_dated(citation.document_id))
        for title in dict.fromkeys(undated):
            yield f"{titled(title)}没有写明日期，不能确定 {as_of.isoformat()} 是否有效，请核对原件"


def _timed(answer: Answer, begun: float) -> Answer:
    return replace(answer, ms=round((perf_counter() - begun) * 1000, 2))
