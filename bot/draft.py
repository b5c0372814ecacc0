"""The whole story of a draft: outline, facts to their sections, material beside them, passages, figures. Grows by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from bot.drafting.assemble import MISSING, assembled, closing, opening
from bot.drafting.bearing import basis_for
from bot.drafting.clause import clause_sentence
from bot.drafting.counting import counted, miscounted
from bot.drafting.editing import BY_HAND, stock_for, with_section
from bot.drafting.figures.claims import claim_warnings
from bot.drafting.figures.indicators import conflicts
from bot.drafting.figures.reckon import reckon
from bot.drafting.figures.repeats import repeat_warnings
from bot.drafting.gathered import chosen, facts_from
from bot.drafting.genres import Genre, genre_named, genre_of, topic_of
from bot.drafting.length import length_warning
from bot.drafting.model import Beside, Draft, DraftSentence, Fact, Planned, Request, Section
from bot.drafting.outline.material import material
from bot.drafting.outline.placing import pair, place
from bot.drafting.outline.planning import plan, words_of
from bot.drafting.outline.reports import reports_of, texts_of_reports
from bot.drafting.stock import Stock, stock_of
from bot.errors import ModelFailed
from bot.model import Citation
from ingest.index import Index
from ingest.model import Hit

Search = Callable[[str, int], Sequence[Hit]]
# Writes one section from its facts and what lies beside it, in about so many characters. Raises ModelFailed.
WriteSection = Callable[[Request, Planned, Sequence[Fact], Sequence[Beside], Stock, int], Section]


def outline_of(request: Request, index: Index) -> tuple[Planned, ...]:
    """The sections that the draft would have; a user may change them before it is written."""
    return plan(_with_documents(request, index), _reports(request, index))


def draft(
    request: Request,
    index: Index,
    search: Search,
    write: WriteSection | None = None,
    outline: Sequence[Planned] | None = None,
) -> Iterator[Draft]:
    """Growing drafts, a section more each time; the last one is complete, with its warnings and its time.

    Raises BadRequest when a pattern of `sources` or `documents` fits no document.
    """
    begun, by_model = perf_counter(), write is not None
    if request.sources:
        chosen(index, request.sources)
    request = _with_documents(request, index)
    genre = genre_of(request.genre)
    planned = tuple(outline) if outline is not None else outline_of(request, index)
    facts, citations = _numbered(request.facts)
    request = replace(request, facts=facts)
    reckoned = reckon(facts, request.cells)
    stock = stock_of(request, reckoned, citations)
    made = Draft(request, (_head(request, genre, stock),), citations, reckoned.calculations)
    yield made
    placed = place(planned, facts, request.period, words_of(planned, _reports(request, index)))
    if outline is None and not request.headings:
        planned, placed = _with_facts(planned, placed)
    answers = _answers(planned, placed)
    offered = material(search, index, request, planned, placed)
    failed: list[str] = []
    for one, given, offers in zip(planned, placed, offered, strict=True):
        if not given and _holds_others(planned, one):
            made = replace(made, sections=(*made.sections, Section(one, ())))
            continue
        beside, citations = _beside(offers, made.citations)
        stock = replace(stock, citations=citations)
        section = Section(
            one,
            (*_basis(request, one, given, beside, stock), *assembled(one, given, genre, stock, answers)),
            beside,
        )
        if write is not None and given:
            try:
                section = write(request, one, given, beside, stock, _share(request, planned))
            except ModelFailed as error:
                write = None  # who does not answer once is not asked again
                failed.append(f"{error}；“{one.heading}”起没有用语言模型，按事实原文起草")
        made = replace(made, sections=(*made.sections, section), citations=citations)
        yield made
    made = replace(made, sections=(*made.sections, *_foot(request, genre, stock)))
    made = counted(made, reckoned.calculations)
    warnings = tuple(dict.fromkeys((*failed, *seen_to(made))))
    ms = round((perf_counter() - begun) * 1000, 2)
    yield replace(made, warnings=warnings, mode="llm" if by_model else "assembled", ms=ms)


def seen_to(draft: Draft) -> tuple[str, ...]:
    """What the writer must see to in the draft as it is: sums and figures that disagree, figures and facts still missing."""
    request, year = draft.request, stock_for(draft).year
    found = (
        *reckon(request.facts, request.cells).warnings,
        *claim_warnings(request.facts),
        *repeat_warnings(request.facts, year),
        *conflicts(request.facts, request.cells, _passages(draft), year=year),
        *miscounted(draft),
        *_lacking(draft),
    )
    return tuple(dict.fromkeys(found))


def again(draft: Draft, at: int, write: WriteSection | None = None) -> Draft:
    """The section numbered `at` anew, from its own facts and what lies beside it. Raises ModelFailed."""
    request, section, stock = draft.request, draft.sections[at], stock_for(draft)
    facts, answers = _facts_of(draft, section)
    if write is not None and facts:
        share = _share(request, [one.planned for one in draft.sections])
        fresh = write(request, section.planned, facts, section.beside, stock, share)
    else:
        basis = _basis(request, section.planned, facts, section.beside, stock)
        told = assembled(section.planned, facts, genre_of(request.genre), stock, answers)
        fresh = Section(section.planned, (*basis, *told), section.beside)
    return with_section(draft, at, fresh)


def _facts_of(draft: Draft, section: Section) -> tuple[list[Fact], dict[int, Fact]]:
    """The given facts that a section tells, and the problems that its measures answer."""
    facts = {fact.n: fact for fact in draft.request.facts if fact.where != BY_HAND}
    told: dict[int, Fact] = {}
    answers: dict[int, Fact] = {}
    for sentence in (one for paragraph in section.paragraphs for one in paragraph):
        numbers = [n for n in sentence.facts if n in facts]
        if section.planned.purpose == "打算" and len(numbers) == 2:
            answers[numbers[0]] = facts[numbers[1]]
            numbers = numbers[:1]
        told.update((n, facts[n]) for n in numbers)
    return list(told.values()), answers


def _with_facts(
    planned: Sequence[Planned], placed: Sequence[tuple[Fact, ...]]
) -> tuple[tuple[Planned, ...], tuple[tuple[Fact, ...], ...]]:
    """Without the headings （一） that nothing stands under, which nobody has asked for."""
    kept = [at for at, one in enumerate(planned) if one.level != 2 or placed[at]]
    return tuple(planned[at] for at in kept), tuple(placed[at] for at in kept)


def _holds_others(planned: Sequence[Planned], one: Planned) -> bool:
    """Whether a section has others under it: then it needs no text of its own."""
    after = planned[planned.index(one) + 1 :]
    return bool(after) and after[0].level > one.level


def _beside(
    offered: Sequence[Beside], citations: tuple[Citation, ...]
) -> tuple[tuple[Beside, ...], tuple[Citation, ...]]:
    """What is offered, its citations numbered behind those there are; the same place keeps its number."""
    known = {(one.document_id, one.start, one.end): one for one in citations}
    numbered = []
    for one in offered:
        place_ = (one.citation.document_id, one.citation.start, one.citation.end)
        known.setdefault(place_, replace(one.citation, n=len(known) + 1))
        numbered.append(replace(one, citation=known[place_]))
    return tuple(numbered), tuple(known.values())


def _basis(
    request: Request, planned: Planned, facts: Sequence[Fact], beside: Sequence[Beside], stock: Stock
) -> Iterator[tuple[DraftSentence, ...]]:
    """A paragraph with the clause that bears on the part, where the request wants one and the part tells what was done."""
    if request.basis and planned.purpose == "做法":
        clause = basis_for(planned.heading, facts, beside)
        if clause is not None:
            yield (clause_sentence(clause, stock),)


def _share(request: Request, planned: Sequence[Planned]) -> int:
    """Characters for one of the sections that hold text."""
    return request.length // max(1, sum(not _holds_others(planned, one) for one in planned))


def _reports(request: Request, index: Index) -> list[tuple[str, str]]:
    """Title and text of the reports of this genre that may be used, the latest first."""
    return texts_of_reports(index, reports_of(index, genre_of(request.genre), request.sources))


def _with_documents(request: Request, index: Index) -> Request:
    if not request.documents:
        return request
    facts, cells = facts_from(index, request.documents, len(request.facts) + 1)
    return replace(request, facts=(*request.facts, *facts), cells=(*request.cells, *cells), documents=())


def _numbered(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], tuple[Citation, ...]]:
    """The citations of facts read in documents, numbered in their order."""
    citations: list[Citation] = []
    numbered: list[Fact] = []
    for fact in facts:
        if fact.citation is not None:
            citations.append(replace(fact.citation, n=len(citations) + 1))
        numbered.append(replace(fact, citation=citations[-1]) if fact.citation is not None else fact)
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
    """What the unit itself said in earlier years: others' figures are no conflict."""
    own = (one for section in made.sections for one in section.beside if one.role == "本单位往年")
    return [(one.text, one.citation) for one in own]


def _lacking(made: Draft) -> Iterator[str]:
    """What the writer must still see to."""
    sentences = [
        (section, one) for section in made.sections for paragraph in section.paragraphs for one in paragraph
    ]
    asked, titled = genre_of(made.request.genre), genre_named(made.request.title)
    if titled is not None and titled != asked:
        yield f"标题像是“{titled.name}”，文种写的是“{asked.name}”，开头、结尾和各部分按文种写；请核对文种"
    pending = sum(figure.ground == "pending" for _, one in sentences for figure in one.figures)
    if pending:
        yield f"有{pending}处数字没有来源，已标〔待核实〕或保留空缺，请核实后填写"
    for section, one in sentences:
        if one.text == MISSING:
            yield f"“{section.planned.heading}”没有给出事实，请补充"
    done = [one for section, one in sentences if section.planned.purpose == "做法" and one.text != MISSING]
    if made.request.basis and done and not any(one.origin == "source" and not one.facts for one in done):
        yield "讲做法的各节旁边没有切题的依据，正文没有引；可以看参考材料，自己放进来"
    yield from length_warning(made)
