"""What a writer does to one section of a draft: shorter, longer, more formal, a clause in, a sentence out, own words. Pure.

Every step gives a new draft in which each figure is still on a fact, a source or a calculation, or marked: a figure that the
writer types is a fact of the writer's own, and the draft says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.drafting.clause import clause_sentence
from bot.drafting.counting import counted
from bot.drafting.figures.reading import figures_in
from bot.drafting.figures.reckon import reckon
from bot.drafting.formal import formal
from bot.drafting.model import Beside, Draft, DraftSentence, Fact, Origin, Section
from bot.drafting.stock import Stock, stock_of
from ingest.text import sentences

BY_HAND = "编辑时填写"
_LAST_CLAUSE = re.compile(r"，[^，；：]+(?=[。；]?$)")
_FEWEST = 10  # characters that a shortened sentence keeps


def stock_for(draft: Draft) -> Stock:
    """What the draft may rest on, as it is now."""
    return stock_of(draft.request, reckon(draft.request.facts, draft.request.cells), draft.citations)


def with_section(draft: Draft, at: int, section: Section) -> Draft:
    """The draft with this section in the place of that one, the counts of its lists held against them again."""
    changed = replace(draft, sections=(*draft.sections[:at], section, *draft.sections[at + 1 :]))
    return counted(changed, stock_for(draft).calculations)


def shortened(draft: Draft, at: int) -> Draft:
    """The section without the last clause of its sentences, where that clause has no figure; where there is none such,
    without the last clause out of a regulation, which is never cut; where there is none either, without its last sentence:
    what the unit did goes last.
    """
    section, stock = draft.sections[at], stock_for(draft)
    shorter = [
        [_without_last_clause(one, draft, stock) for one in paragraph] for paragraph in section.paragraphs
    ]
    if [list(paragraph) for paragraph in section.paragraphs] == shorter and shorter:
        quoted = [which for which, paragraph in enumerate(shorter) if any(map(_quoted, paragraph))]
        if quoted:
            last = max(n for n, one in enumerate(shorter[quoted[-1]]) if _quoted(one))
            del shorter[quoted[-1]][last]
        else:
            shorter[-1] = shorter[-1][:-1]
    return with_section(draft, at, replace(section, paragraphs=tuple(map(tuple, filter(None, shorter)))))


def _quoted(sentence: DraftSentence) -> bool:
    return sentence.origin == "source" and not sentence.facts


def _without_last_clause(sentence: DraftSentence, draft: Draft, stock: Stock) -> DraftSentence:
    last = _LAST_CLAUSE.search(sentence.text)
    if last is None or _quoted(sentence) or last.start() < _FEWEST or figures_in(last[0]):
        return sentence
    return told(sentence, sentence.text[: last.start()] + sentence.text[last.end() :], draft, stock)


def lengthened(draft: Draft, at: int) -> Draft:
    """The section with the next clause offered beside it; the same draft where all are in it."""
    section = draft.sections[at]
    used = {n for paragraph in section.paragraphs for one in paragraph for n in one.citations}
    offered = [
        which for which, one in enumerate(section.beside) if one.role == "依据" and one.citation.n not in used
    ]
    return with_clause(draft, at, offered[0]) if offered else draft


def more_formal(draft: Draft, at: int) -> Draft:
    section, stock = draft.sections[at], stock_for(draft)
    paragraphs = tuple(
        tuple(told(one, formal(one.text), draft, stock) for one in paragraph)
        for paragraph in section.paragraphs
    )
    return with_section(draft, at, replace(section, paragraphs=paragraphs))


def with_clause(draft: Draft, at: int, which: int) -> Draft:
    """The section with what is offered beside it as number `which`, in front of the rest, cited."""
    section = draft.sections[at]
    sentence = _cited(section.beside[which], stock_for(draft))
    return with_section(draft, at, replace(section, paragraphs=((sentence,), *section.paragraphs)))


def _cited(offered: Beside, stock: Stock) -> DraftSentence:
    if offered.role == "依据":
        return clause_sentence(offered, stock)
    cited = offered.citation
    text = offered.text.strip().rstrip("。")
    return stock.told(f"据《{cited.title}》：{text}。", "source", (), (cited.n,))


def without_sentence(draft: Draft, at: int, paragraph: int, sentence: int) -> Draft:
    section = draft.sections[at]
    kept = [list(one) for one in section.paragraphs]
    del kept[paragraph][sentence]
    return with_section(draft, at, replace(section, paragraphs=tuple(map(tuple, filter(None, kept)))))


def rewritten(draft: Draft, at: int, text: str) -> Draft:
    """The section in the writer's own text: sentences that were there keep their grounds; what is new and tells a figure
    becomes a fact given by hand, so that it is traced to whoever wrote it.
    """
    section = draft.sections[at]
    known = {one.text: one for paragraph in section.paragraphs for one in paragraph}
    paragraphs: list[tuple[DraftSentence, ...]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        made: list[DraftSentence] = []
        for words in _cut(line, known):
            if words in known:
                made.append(known[words])
                continue
            draft, sentence = by_hand(draft, words, list(known.values()))
            made.append(sentence)
        paragraphs.append(tuple(made))
    return with_section(draft, at, replace(section, paragraphs=tuple(paragraphs)))


def _cut(line: str, known: Collection[str]) -> Iterator[str]:
    """The sentences of a line; one that was there is found whole, also where it holds a ； or a sentence in quotes."""
    at = 0
    for begin, end in sentences(line):
        start = max(begin, at)
        while start < end:
            there = max((one for one in known if line.startswith(one, start)), key=len, default="")
            at = start + len(there) if there else end
            if line[start:at].strip():
                yield line[start:at]
            start = at


def by_hand(draft: Draft, words: str, before: Sequence[DraftSentence]) -> tuple[Draft, DraftSentence]:
    """A sentence the writer typed: on the grounds of the section where they carry its figures, else on the writer's word."""
    stock = stock_for(draft)
    facts = [fact for fact in draft.request.facts if any(fact.n in one.facts for one in before)]
    citations = tuple(dict.fromkeys(n for one in before for n in one.citations))
    told = stock.told(words, "fact", facts, citations)
    if told.text == words:
        grounds = {one.n for one in told.figures if one.ground == "fact"}
        used = tuple(fact.n for fact in facts if fact.n in grounds)
        cited = tuple(dict.fromkeys(one.n for one in told.figures if one.ground == "source"))
        origin: Origin = "source" if cited else "fact" if used else "wording"
        return draft, replace(told, origin=origin, facts=used, citations=cited)
    fact = Fact(len(draft.request.facts) + 1, words, BY_HAND)
    request = replace(draft.request, facts=(*draft.request.facts, fact))
    draft = replace(draft, request=request)
    return draft, stock_for(draft).sentence(words, fact)


def told(sentence: DraftSentence, text: str, draft: Draft, stock: Stock) -> DraftSentence:
    """Another wording of the same sentence, on the same grounds."""
    if text == sentence.text:
        return sentence
    facts = [fact for fact in draft.request.facts if fact.n in sentence.facts]
    return stock.told(text, sentence.origin, facts, sentence.citations)
