"""The story of one evaluation: every case is searched and asked, judged, and summed up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any, Protocol

from bot.model import Answer
from evals.metrics import (
    DEPTH,
    answer_metrics,
    assign,
    evidence_of,
    latency_metrics,
    ranking_figures,
    retrieval_metrics,
    rounded,
    verdict,
)
from evals.model import Asked, Case, CaseResult, Cited, Evaluation, Found
from evals.versions import wrong_version
from ingest.errors import KnowledgeBaseError
from ingest.model import DocumentRow, Hit
from ingest.text import search_form

_SHOWN = 160  # characters of a hit that a result keeps: enough to know it by


class Texts(Protocol):
    """Whole texts of documents, by id, and which of them did not count on a day; see `evals.versions`."""

    def text(self, document_id: str) -> str: ...
    def documents(self) -> Sequence[DocumentRow]: ...
    def superseded(self, day: date) -> set[str]: ...


class Judged(Protocol):
    """What is judged; `bot.compose.Desk` is one."""

    @property
    def index(self) -> Texts: ...
    def search(self, question: str, k: int = 10, as_of: date | None = None) -> tuple[Hit, ...]: ...
    def ask(self, question: str, as_of: date | None = None) -> Answer: ...


def evaluate(
    cases: Sequence[Case],
    desk: Judged,
    *,
    k: int = 10,
    search_only: bool = False,
    settings: Mapping[str, Any] | None = None,
    on_case: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """`k` hits are timed and kept for each case, as a user sees them; ranking figures look at DEPTH hits.

    A case whose search or answer raises a KnowledgeBaseError is kept as failed, counts in no figure, and the run goes on.
    """
    desk.search(
        cases[0].question, k, cases[0].as_of
    )  # the first search opens files; what is timed is a warm process
    rankings: dict[str, tuple[int | None, ...]] = {}
    results: list[CaseResult] = []
    for done, case in enumerate(cases, 1):
        try:
            result, rankings[case.id] = _searched(case, desk, k)
            if not search_only:
                result = replace(result, asked=_asked(case, desk))
        except KnowledgeBaseError as error:
            rankings.pop(case.id, None)
            result = CaseResult(case, "failed", error=f"{error} {error.hint}")
        results.append(result)
        if on_case:
            on_case(done, len(cases))
    figures = ranking_figures(rankings, cases)
    judged = [replace(result, ranking=figures.get(result.case.id, {})) for result in results]
    judged = [result if result.error else replace(result, verdict=verdict(result)) for result in judged]
    metrics = {
        "retrieval": retrieval_metrics(judged),
        "answers": answer_metrics(judged),
        "latency": latency_metrics(judged),
    }
    return Evaluation(
        settings={**(settings or {}), "k": k, "search_only": search_only},
        counts=_counts(judged),
        metrics=rounded(metrics),
        results=tuple(judged),
    )


def _counts(results: Sequence[CaseResult]) -> dict[str, int]:
    return {
        "cases": len(results),
        "with_gold": sum(bool(result.case.gold) for result in results),
        "unanswerable": sum(result.case.unanswerable for result in results),
        "asked": sum(result.asked is not None for result in results),
        **{
            word: sum(result.verdict == word for result in results)
            for word in ("right", "wrong", "unjudged", "failed")
        },
    }


def _searched(case: Case, desk: Judged, k: int) -> tuple[CaseResult, tuple[int | None, ...]]:
    """The case with its first `k` hits, and the evidence each of the DEPTH hits counts for."""
    begun = perf_counter()
    shown = desk.search(case.question, k, case.as_of)
    ms = (perf_counter() - begun) * 1000
    deep: list[Hit] = list(shown)
    if case.gold and k < DEPTH:  # the user's list stays as it is; the deeper search only goes on below it
        seen = {hit.chunk_id for hit in shown}
        deep += [hit for hit in desk.search(case.question, DEPTH, case.as_of) if hit.chunk_id not in seen]
    items = assign(deep, case)
    found = tuple(
        Found(
            rank=rank,
            source=hit.source,
            title=hit.title,
            article=hit.article,
            heading_path=tuple(hit.heading_path),
            score=hit.score,
            text=hit.text if len(hit.text) <= _SHOWN else hit.text[:_SHOWN] + "…",
            right=bool(evidence_of(hit, case)),
            item=item,
        )
        for rank, (hit, item) in enumerate(zip(shown, items, strict=False), 1)
    )
    return CaseResult(case, "unjudged", found, search_ms=round(ms, 2)), items


def _asked(case: Case, desk: Judged) -> Asked:
    begun = perf_counter()
    answer = desk.ask(case.question, case.as_of)
    ms = (perf_counter() - begun) * 1000
    evidence = [evidence_of(citation, case) for citation in answer.citations]
    citations = tuple(
        Cited(
            n=citation.n,
            source=citation.source,
            title=citation.title,
            article=citation.article,
            heading_path=tuple(citation.heading_path),
            quote=citation.quote,
            right=bool(items) if case.gold else None,
            verbatim=desk.index.text(citation.document_id)[citation.start : citation.end] == citation.quote,
        )
        for citation, items in zip(answer.citations, evidence, strict=True)
    )
    quotes = [search_form(citation.quote) for citation in answer.citations]
    return Asked(
        status=answer.status,
        text="".join(sentence.text for sentence in answer.sentences),
        citations=citations,
        items_cited=len({item for items in evidence for item in items}),
        missing=tuple(
            word for word in case.answer_contains if not any(search_form(word) in quote for quote in quotes)
        ),
        ms=round(ms, 2),
        wrong_version=wrong_version(case, answer, desk.index),
    )
