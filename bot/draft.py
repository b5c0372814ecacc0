"""The whole story of a draft: outline, facts to their sections, material beside them, passages, figures. Grows by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from bot.drafting.assemble import MISSING, assembled, closing, opening
from bot.drafting.gathered import Shelf, chosen, facts_from
from bot.drafting.genres import Genre, genre_of, topic_of
from bot.drafting.indicators import differing
from bot.drafting.length import length_warning
from bot.drafting.material import material
from bot.drafting.model import Beside, Calculation, Draft, Fact, Planned, Request, Section
from bot.drafting.outline import plan, words_of
from bot.drafting.placing import pair, place
from bot.drafting.reckon import reckon
from bot.drafting.reports import reports_of
from bot.drafting.stock import Stock, stock_of
from bot.model import Citation
from ingest.model import Hit

Search = Callable[[str, int], Sequence[Hit]]
# Writes one section from its facts and what lies beside it; None: the section is assembled.
WriteSection = Callable[[Planned, Sequence[Fact], Sequence[Beside], Stock], Section]


def outline_of(request: Request, shelf: Shelf) -> tuple[Planned, ...]:
    """The sections that the draft would have; a user may change them before it is written."""
    return plan(_with_documents(request, shelf), reports_of(shelf, genre_of(request.genre), request.sources))


def draft(
    request: Request,
    shelf: Shelf,
    search: Search,
    write: WriteSection | None = None,
    outline: Sequence[Planned] | None = None,
) -> Iterator[Draft]:
    """Growing drafts, a section more each time; the last one is complete, with its warnings and its time.

    Raises BadRequest when a pattern of `sources` or `documents` fits no document.
    """
    begun = perf_counter()
    if request.sources:
        chosen(shelf, request.sources)
    request = _with_documents(request, shelf)
    genre = genre_of(request.genre)
    planned = tuple(outline) if outline is not None else outline_of(request, shelf)
    facts, citations = _numbered(request.facts)
    request = replace(request, facts=facts)
    calculations, reckoned = reckon(request.cells, request.facts)
    stock = stock_of(request, calculations, citations)
    made = Draft(request, (_head(request, genre, stock),), citations, calculations)
    yield made
    for section in _sections(request, genre, planned, stock, shelf, search, write):
        made = replace(made, sections=(*made.sections, section))
        yield made
    made = replace(made, sections=(*made.sections, *_foot(request, genre, stock)))
    warnings = (*reckoned, *differing(request.facts, request.cells, _passages(made)), *_lacking(made))
    mode = "llm" if write else "assembled"
    ms = round((perf_counter() - begun) * 1000, 2)
    yield replace(made, warnings=tuple(dict.fromkeys(warnings)), mode=mode, ms=ms)


def _sections(
    request: Request,
    genre: Genre,
    planned: Sequence[Planned],
    stock: Stock,
    shelf: Shelf,
    search: Search,
    write: WriteSection | None,
) -> Iterator[Section]:
    placed = place(planned, stock.facts, request.period, words_of(genre, planned))
    answers = _answers(planned, placed)
    for at, (one, facts) in enumerate(zip(planned, placed, strict=True)):
        if not facts and at + 1 < len(planned) and planned[at + 1].level > one.level:
            yield Section(one, ())  # only the headings under it hold text
            continue
        beside = material(search, shelf, request, one, facts)
        if write is not None and facts:
            yield write(one, facts, beside, stock)
        else:
            yield Section(one, assembled(one, facts, genre, stock, answers), beside)


def _with_documents(request: Request, shelf: Shelf) -> Request:
    if not request.documents:
        return request
    more = facts_from(shelf, request.documents, len(request.facts) + 1)
    return replace(request, facts=(*request.facts, *more), documents=())


def _numbered(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], tuple[Citation, ...]]:
    """The citations of facts read in documents, numbered in their order."""
    citations: list[Citation] = []
    numbered: list[Fact] = []
    for fact in facts:
        if fact.citation is not None:
            citations.append(replace(fact.citation, n=len(citations) + 1))
            fact = replace(fact, citation=citations[-1])
        numbered.append(fact)
    return tuple(numbered), tuple(citations)


def _answers(planned: Sequence[Planned], placed: Sequence[Sequence[Fact]]) -> Mapping[int, Fact]:
    """The problem that each measure answers, by the measure's number."""
    of = {
        purpose: [
            fact
            for one, facts in zip(planned, placed, strict=True)
            if one.purpose == purpose
            for fact in facts
        ]
        for purpose in ("问题", "打算")
    }
    return {measure.n: problem for measure, problem in pair(of["问题"], of["打算"]) if problem}


def _head(request: Request, genre: Genre, stock: Stock) -> Section:
    words = opening(request, genre, topic_of(request.title, request.unit, request.period))
    return Section(Planned("", 0), ((stock.wording(words),),))


def _foot(request: Request, genre: Genre, stock: Stock) -> Iterator[Section]:
    words = closing(request, genre, topic_of(request.title, request.unit, request.period))
    if words:
        yield Section(Planned("", 0), ((stock.wording(words),),))


def _passages(made: Draft) -> list[tuple[str, Citation]]:
    return [(one.text, one.citation) for section in made.sections for one in section.beside]


def _lacking(made: Draft) -> Iterator[str]:
    """What the writer must still see to."""
    sentences = [
        (section, one) for section in made.sections for paragraph in section.paragraphs for one in paragraph
    ]
    pending = sum(figure.ground == "pending" for _, one in sentences for figure in one.figures)
    if pending:
        yield f"有{pending}处数字没有来源，已标〔待核实〕或保留空缺，请核实后填写"
    for section, one in sentences:
        if one.text == MISSING:
            yield f"“{section.planned.heading}”没有给出事实，请补充"
    yield from length_warning(made)
