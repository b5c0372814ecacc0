"""Question -> the articles it names, found in the catalog. No search, no guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.model import Query
from bot.retrieval.dated import edition_then, later
from bot.retrieval.edition import Edition, asked_edition, in_edition, no_edition, of_year
from bot.retrieval.names import (
    DIGEST,
    Named,
    Names,
    edition_year,
    editions,
    named_work,
    read_names,
    works_in,
)
from bot.retrieval.paragraphs import paragraphs, place
from bot.retrieval.references import NAMED, Reference, find_references
from ingest.index import Index
from ingest.model import DocumentRow, Hit
from ingest.text import article_label, parse_number, titled


@dataclass(frozen=True, slots=True)
class Exact:
    """`hits`: the articles named, all parts of each, in the order named. `notes`: what was named and is not there."""

    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()


def look_up(index: Index, query: Query) -> Exact:
    """The articles a question names; nothing when it names none, or none of a document known here."""
    if not find_references(query.question):
        return Exact()
    names = names_of(index)
    hits: dict[str, Hit] = {}
    notes: dict[str, None] = {}
    edition = edition_asked(index, query.question, query.as_of)
    at_that_time = edition is not None and edition.at_that_time
    references = find_references(edition.question if edition and at_that_time else query.question)
    resolved = list(_resolved(names, references))
    with_year = {named.work for _, named in resolved if named.year is not None}
    for reference, named in resolved:
        # 细则第九条和2014年的细则第一条: the year is said of the second, and the first is that of today.
        meant = named if named.work in with_year else in_edition(named, edition)
        named_so = (
            edition is not None and meant.year is not None and meant.year == edition.years.get(meant.work)
        )
        others = edition.others if edition and named_so else frozenset[str]()
        found, missing = article_of(index, names, reference, meant, query.as_of, others)
        for hit in found:
            hits.setdefault(hit.chunk_id, hit)
        notes.update(dict.fromkeys(missing))
    return Exact(tuple(hits.values()), tuple(notes))


def names_of(index: Index) -> Names:
    """The names of an index's documents, read anew when the documents change."""
    return index.derived("names", lambda: read_names(index.documents()))


def documents_called(index: Index, question: str) -> frozenset[str]:
    """Ids of the documents of the works that a question calls by name, with an article's number or without."""
    names = names_of(index)
    return frozenset(row.id for work in works_in(names, question) for row in names.works[work])


def edition_asked(index: Index, question: str, today: date | None = None) -> Edition | None:
    """The edition that a question asks for of a work here (see `bot.retrieval.edition`), else all that counted at the time
    it tells (see `bot.retrieval.dated`); 去年 is counted from `today`.
    """
    names = names_of(index)
    edition = asked_edition(names, question, of_today=today is None)
    if edition is None:
        return edition_then(index, names, question, today)
    if edition.by_year is None:
        return edition
    # 2012年的党章: what else is cited counted in that year, too.
    after = later(index, names, edition.by_year, edition.years, is_missing=bool(edition.notes))
    return replace(edition, others=edition.others | after)


def _resolved(names: Names, references: Sequence[Reference]) -> list[tuple[Reference, Named]]:
    """The references that name a known work, without those that stand inside a longer name that follows."""
    found: list[tuple[Reference, Named]] = []
    for reference in references:
        named = None if reference.is_own else named_work(names, reference.lead)
        if named is None:
            continue
        starts = reference.start - len(reference.lead) + named.start
        if not found or found[-1][0].lead != reference.lead:
            found = [(one, work) for one, work in found if one.end <= starts or one.lead == reference.lead]
        found.append((reference, named))
    return found


def article_of(
    index: Index,
    names: Names,
    reference: Reference,
    named: Named,
    day: date | None,
    others: frozenset[str] = frozenset(),
) -> tuple[list[Hit], list[str]]:
    """The parts of the article of the edition that is meant, and notes on what is not there. `others`: ids of
    documents of other editions, where a month or a day tells more than the year does.
    """
    rows = [row for row in names.works[named.work] if row.chunks]
    rows = [row for row in rows if row.id not in others] or rows
    excluded = index.superseded(day) if day and named.year is None else set()
    chosen = of_year(rows, named.year) if named.year else editions(rows, None, excluded)
    if not chosen:
        newest = editions(rows, None)
        return [], [f"资料库里没有{titled(row.title)}在{day}有效的版本。" for row in newest[:1]]
    notes = no_edition(rows, named.year, chosen[0]) if named.year else []
    if named.year and notes and edition_year(chosen[0]) > named.year:
        return [], notes  # the article of a later edition is none of that year's
    label = reference.article or ""
    for row in chosen:
        parts = index.article(row.id, label)
        if parts:
            return marked(index, parts, reference, notes), notes
    labels = {row.id: index.articles_of(row.id) for row in rows}
    known = {one for row in chosen for one in labels[row.id]}
    if not known:
        return [], []  # a document without articles: nothing can be said of its numbers
    for row in rows:  # 民法典 stands in seven files, 宪法修正案 in five: the others go on where these end
        if row not in chosen and row.id not in excluded and known.isdisjoint(labels[row.id]):
            known.update(labels[row.id])
            parts = index.article(row.id, label)
            if parts:
                return marked(index, parts, reference, notes), notes
    return [], [*notes, _no_article(chosen[0], known, label)]


def _no_article(row: DocumentRow, known: set[str], label: str) -> str:
    numbers = {parse_number(one[1:-1]) for one in known if one.endswith("条")}
    if row.kind == DIGEST:
        return f"资料库里的{titled(row.title)}只收录了其中{len(numbers)}条，没有{label}。"
    last = max(number or 0 for number in numbers)
    if last == len(numbers):
        return f"{titled(row.title)}共有{last}条，没有{label}。"
    return f"资料库里的{titled(row.title)}收有{len(numbers)}条，最后是{article_label(last)}，没有{label}。"


def marked(index: Index, parts: Sequence[Hit], reference: Reference, notes: list[str]) -> list[Hit]:
    """The parts marked as named; the 款 or 项 asked for is noted if it is not there, and the whole article is given."""
    scores = {NAMED: 1.0}
    first = parts[0]
    if reference.paragraph or reference.item:
        text = index.text(first.document_id)
        if place(text, first.section_start, first.section_end, reference.paragraph, reference.item):
            scores |= {"paragraph": float(reference.paragraph or 0), "item": float(reference.item or 0)}
        else:
            count = len(paragraphs(text, first.section_start, first.section_end))
            wanted = f"第{reference.paragraph}款" if reference.paragraph else ""
            wanted += f"第{reference.item}项" if reference.item else ""
            notes.append(f"{titled(first.title)}{first.article}共{count}款，没有{wanted}，以下是整条。")
    return [replace(hit, scores=scores) for hit in parts]


def named_first(index: Index, query: Query, ranked: Sequence[Hit]) -> tuple[Hit, ...]:
    """The articles the question names, then the other hits; their score is that of the best, so that none is ahead."""
    found = look_up(index, query).hits
    if not found:
        return tuple(ranked)
    known = {hit.chunk_id: hit for hit in ranked}
    best = max((hit.score for hit in ranked), default=1.0)
    named = [
        replace(
            hit,
            score=best,
            scores={**(known[hit.chunk_id].scores if hit.chunk_id in known else {}), **hit.scores},
        )
        for hit in found
    ]
    taken = {hit.chunk_id for hit in named}
    return (*named, *(hit for hit in ranked if hit.chunk_id not in taken))
