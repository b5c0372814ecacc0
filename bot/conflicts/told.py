"""The answer with what another rule in force says otherwise, both with their rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.cite import cite
from bot.conflicts.find import Conflict, Ranked, conflicts
from bot.conflicts.rank import LOCAL, rank_of
from bot.model import Answer, Citation, Quote, RawSentence, Sentence
from bot.retrieval.dated import out_on
from ingest.index import Index
from ingest.model import DocumentRow, Hit
from ingest.text import titled


def with_conflicts(
    index: Index,
    question: str,
    answer: Answer,
    hits: Sequence[Hit],
    as_of: date | None,
    without: frozenset[str],
) -> Answer:
    """Each passage that disagrees is quoted behind the answer, where it is not quoted already. `without`: ids of
    documents of other editions than the one asked for.
    """
    if answer.status != "answered":
        return answer
    ranked = _ranked(index, as_of, without)
    found = conflicts(question, answer.citations, hits, index.text, ranked)
    for conflict in found:
        answer = _shown(index, answer, conflict)
    notes = dict.fromkeys(note for conflict in found for note in _told(conflict, ranked))
    return replace(answer, warnings=(*answer.warnings, *notes))


def _ranked(index: Index, as_of: date | None, without: frozenset[str]) -> dict[str, Ranked]:
    rules = index.derived("ranks", lambda: _ranks(index.documents()))
    if as_of is not None:
        out = out_on(index, as_of)
        return {one: rule for one, (rule, _) in rules.items() if one not in out and one not in without}
    return {one: rule for one, (rule, in_force) in rules.items() if in_force and one not in without}


def _ranks(rows: Sequence[DocumentRow]) -> dict[str, tuple[Ranked, bool]]:
    works = {row.id: row.work_key for row in rows}
    return {
        row.id: (Ranked(rank, works.get(row.copy_of or "", row.work_key)), row.in_force)
        for row in rows
        if (rank := rank_of(row)) is not None
    }


def _shown(index: Index, answer: Answer, conflict: Conflict) -> Answer:
    """With the passage quoted and cited, unless its words are cited already."""
    hit, start, end = conflict.hit, conflict.start, conflict.end
    if any(
        one.document_id == hit.document_id and one.start < end and start < one.end for one in answer.citations
    ):
        return answer
    quote = index.text(hit.document_id)[start:end]
    cited = cite([RawSentence(quote, (Quote(hit, quote, start, end, 0.0),))], index.text, index.page_at)
    number = max((one.n for one in answer.citations), default=0) + 1
    citations = tuple(replace(one, n=number) for one in cited.citations)
    sentences = tuple(Sentence(one.text, (number,)) for one in cited.sentences)
    return replace(answer, sentences=answer.sentences + sentences, citations=answer.citations + citations)


def _told(conflict: Conflict, ranked: dict[str, Ranked]) -> Iterator[str]:
    mine, theirs = ranked[conflict.citation.document_id].rank, ranked[conflict.hit.document_id].rank
    left, right = _place(conflict.citation), _place(conflict.hit)
    told = f"两处现行规定不一致：{left}（{mine.told}）为“{conflict.ours}”，{right}（{theirs.told}）为“{conflict.theirs}”。"
    if mine.level == theirs.level:
        yield f"{told}两者位阶相同，以哪一个为准请向上级党组织核实"
        return
    higher = left if mine.level < theirs.level else right
    local = "；本地、本单位比上级更严的规定仍可能要执行" if LOCAL in (mine.level, theirs.level) else ""
    yield f"{told}{higher}位阶较高{local}，请核实后办理"


def _place(one: Citation | Hit) -> str:
    return f"{titled(one.title)}{one.article or ''}"
