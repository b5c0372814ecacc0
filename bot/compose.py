"""Puts the bot together over a home: what the page, the command line and the evaluation runs all use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

from bot.answering.weighing import Alike
from bot.card.make import make_card
from bot.card.model import Card
from bot.chat import converse
from bot.conflicts.told import with_conflicts
from bot.conversation.by_model import by_model
from bot.conversation.rewrite import rewriter, said_of
from bot.draft import WriteSection, again, draft, outline_of
from bot.drafting.by_model import written
from bot.drafting.model import Draft, Planned, Request
from bot.kept import texts_of, vectors_of
from bot.llm.guarded import Guarded, open_guarded
from bot.llm.write import Write, open_writer
from bot.model import Answer, Citation, Passage, Query
from bot.retrieval.copies import at_the_source
from bot.retrieval.exact import edition_asked, look_up
from bot.retrieval.later import with_later_edition
from bot.retrieval.lexicon import Lexicon, lexicon_in
from bot.retrieval.literal import absent_persons
from bot.retrieval.mentioned import cited_by_first, mentioned
from bot.retrieval.reranker import Rerank, open_reranker, reranked
from bot.retrieval.retrieve import FITTED, distinct, retrieve
from bot.retrieval.unrelated import unrelated_level
from bot.standing import answer_on, hits_on
from bot.versions.answered import answer_change
from bot.versions.beside import beside
from bot.versions.hints import missing_then, with_hints
from bot.versions.model import Comparison
from ingest.compose import local_model, open_index
from ingest.config import LanguageModelSettings, Settings, load_settings
from ingest.index import Index
from ingest.model import Hit

_EVIDENCE = 24  # chunks an answer may draw on
_COPIES = 20  # chunks that may say what a better one says


@dataclass(frozen=True)
class Desk:
    """One open knowledge base: search it, ask it, open a citation."""

    settings: Settings
    index: Index
    write: Write | None = None
    rerank: Rerank | None = None
    lexicon: Lexicon | None = None
    language_model: Guarded | None = None

    def search(self, question: str, k: int = 10, as_of: date | None = None) -> tuple[Hit, ...]:
        """The `k` best chunks, best first, each wording once and copies of one document as one."""
        query = Query(question, as_of)
        found = self._retrieve(query, k + _COPIES)
        return hits_on(self.index, distinct(at_the_source(self.index, found, query), k), as_of)

    def ask(self, question: str, as_of: date | None = None, before: Sequence[Answer] = ()) -> Answer:
        *_, last = self.stream(question, as_of, before)
        return last

    def understood(self, question: str, before: Sequence[Answer]) -> str:
        """A question that leans on the answers before it, made standalone; any other one as it is."""
        rules = rewriter(lambda asked: edition_asked(self.index, asked), self.index.text)
        if self.language_model is None:
            return rules(before, question)
        model = self.language_model
        return by_model(model.complete, rules, model.withheld)(before, question)

    def stream(
        self, question: str, as_of: date | None = None, before: Sequence[Answer] = ()
    ) -> Iterator[Answer]:
        """Growing answers; the last one is complete. `before`: the earlier answers of this talk, oldest first."""
        standalone = self.understood(question, before)
        return (said_of(question, standalone, answer) for answer in self._answers(standalone, as_of))

    def _answers(self, question: str, as_of: date | None) -> Iterator[Answer]:
        compared = answer_change(self.index, question, as_of)
        if compared is not None:
            return iter((compared,))
        hits: list[Hit] = []

        def evidence(query: Query) -> tuple[Hit, ...]:
            hits[:] = self.evidence(query)
            return tuple(hits)

        growing = converse(
            Query(question, as_of),
            evidence,
            texts_of(self.index),
            self.write,
            missing=lambda query: self.absent(query.question, query.as_of),
            is_dated=self.index.is_dated,
            page_at=self.index.page_at,
            unrelated=lambda: unrelated_level(self.index),
            lexicon=self.lexicon,
            alike=self.alike,
            edition_of=lambda asked: edition_asked(self.index, asked, as_of),
        )
        return self._finished(question, growing, hits, as_of)

    def _finished(
        self, question: str, growing: Iterator[Answer], hits: Sequence[Hit], as_of: date | None
    ) -> Iterator[Answer]:
        """The answers as they grow, and behind them the last one again where there is more to say of it."""
        last = None
        for answer in growing:
            last = answer_on(self.index, answer, as_of)
            yield last
        if last is None:
            return
        begun = perf_counter()
        told = self._told(question, last, hits, as_of)
        if told != last:
            yield replace(told, ms=round(last.ms + (perf_counter() - begun) * 1000, 2))

    def _told(self, question: str, answer: Answer, hits: Sequence[Hit], as_of: date | None) -> Answer:
        """With what the reader must know of versions (see `bot.versions`) and of rules that say otherwise (`bot.conflicts`)."""
        edition = edition_asked(self.index, question, as_of)
        others = edition.others if edition else frozenset[str]()
        asked = edition.question if edition else question
        answer = with_conflicts(self.index, asked, answer, hits, as_of, others)
        answer = with_later_edition(self.index, answer, as_of, edition)
        answer = answer_on(self.index, with_hints(self.index, question, answer, edition), as_of)
        if edition is None or not edition.at_that_time:
            return answer
        found = self._retrieve(Query(edition.question), 1)
        absent = missing_then(self.index, edition, found[0].document_id if found else None)
        return replace(answer, warnings=tuple(dict.fromkeys((*absent, *answer.warnings))))

    def changes(self, citation: Citation) -> Comparison | None:
        """What became of the cited article: against the version before where it is in force, else against that of today."""
        return beside(self.index, citation)

    @property
    def alike(self) -> Alike | None:
        """The builtin model reads some hundred sentences in milliseconds; a transformer or a service would need seconds."""
        return vectors_of(self.index).cosines if self.settings.embedding.model == "builtin" else None

    def card(self, question: str, as_of: date | None = None) -> Card | None:
        """The procedure card; see `bot.card.make`."""
        return make_card(
            Query(question, as_of),
            lambda query: self.search(query.question, _EVIDENCE, query.as_of),
            self.index.chunks_of,
            self.index.text,
            self.index.page_at,
            self.lexicon,
            self.index.derived,
        )

    def outline(self, request: Request) -> tuple[Planned, ...]:
        """The sections a draft would have; see `bot.draft`."""
        return outline_of(request, self.index)

    def draft(self, request: Request, outline: Sequence[Planned] | None = None) -> Iterator[Draft]:
        """Growing drafts, the last one complete; by the language model where there is one. See `bot.draft`."""
        return draft(request, self.index, self.search, self._write_section, outline)

    def redraft(self, made: Draft, at: int) -> Draft:
        """The section numbered `at` anew; by the language model where there is one. Raises ModelFailed."""
        return again(made, at, self._write_section)

    @property
    def _write_section(self) -> WriteSection | None:
        model = self.language_model
        return partial(written, say=model.say, withheld=model.withheld) if model else None

    def missing(self, question: str, as_of: date | None = None) -> tuple[str, ...]:
        """What the question names and the documents do not have (第九十九条 of 55, a person, an edition), one Chinese
        sentence each.
        """
        edition = edition_asked(self.index, question, as_of)
        return tuple(dict.fromkeys((*(edition.notes if edition else ()), *self.absent(question, as_of))))

    def absent(self, question: str, as_of: date | None) -> tuple[str, ...]:
        """As `missing`, without what is said of editions."""
        return (*look_up(self.index, Query(question, as_of)).notes, *absent_persons(self.index, question))

    def evidence(self, query: Query) -> tuple[Hit, ...]:
        """What is named; what was found, without repetitions; behind it, the articles that the first of it refers to."""
        found = self._retrieve(query, _EVIDENCE, depth=FITTED, sure=True)
        cited = cited_by_first(self.index, found, query.as_of)
        return distinct(at_the_source(self.index, (*found, *cited), query))

    def _retrieve(self, query: Query, k: int, depth: int = 0, sure: bool = False) -> tuple[Hit, ...]:
        """The `k` best; a reranker has its say over the first `reranker.depth`, so it can lift a hit into them."""
        if self.rerank is None:
            return retrieve(self.index, query, k, self.lexicon, depth=depth, sure=sure)
        first = self.settings.reranker.depth
        hits = retrieve(self.index, query, max(k, first), self.lexicon, depth=depth, sure=sure)
        return (*reranked(hits[:first], query.question, self.rerank), *hits[first:])[:k]

    def passage(self, citation: Citation) -> Passage:
        """The whole article or section around a citation's quote."""
        text = self.index.text(citation.document_id)[citation.section_start : citation.section_end]
        return Passage(
            text=text,
            quote_start=citation.start - citation.section_start,
            quote_end=citation.end - citation.section_start,
            citation=citation,
        )

    def mentioned(self, citation: Citation, as_of: date | None = None) -> tuple[Hit, ...]:
        """The articles that the cited article refers to, as far as they are in this home."""
        parts = self.index.article(citation.document_id, citation.article) if citation.article else []
        return mentioned(self.index, parts[0], as_of) if parts else ()

    def close(self) -> None:
        if self.language_model is not None:
            self.language_model.close()
        self.index.close()


def open_desk(home: Path | None = None) -> Desk:
    """Opens the home (see `ingest.config.load_settings`); IndexMismatch when it was made by other rules."""
    return desk_of(load_settings(home))


def desk_of(settings: Settings) -> Desk:
    """The desk of a home whose settings are at hand."""
    index = open_index(settings)
    index.check_rules()
    model = _language_model(settings.llm, index)
    write = _writer(settings.llm, model) if model else None
    return Desk(settings, index, write, _reranker(settings), lexicon_in(settings.home), model)


def _language_model(settings: LanguageModelSettings, index: Index) -> Guarded | None:
    def groups() -> dict[str, str | None]:
        return {row.id: row.internal for row in index.documents()}

    return open_guarded(settings, lambda: index.derived(("groups",), groups)) if settings.model else None


def _writer(settings: LanguageModelSettings, model: Guarded) -> Write:
    mark = settings.unsupported == "mark"
    return open_writer(model.say, settings.evidence, settings.context, mark=mark, withheld=model.withheld)


def _reranker(settings: Settings) -> Rerank | None:
    if settings.reranker.model is None:
        return None
    return open_reranker(local_model(settings, settings.reranker.model))
