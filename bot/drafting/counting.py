"""Does a count before a list (存在三个方面的问题：) agree with the list as it stands? Then it is a calculation, and shown as one;
else it is marked, and the writer told. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.drafting.figures.lead import Lead, lead_of, points
from bot.drafting.model import PENDING, Calculation, Draft, DraftFigure, DraftSentence, Section


def counted(draft: Draft, worked_out: Sequence[Calculation]) -> Draft:
    """The draft with the counts of its own lists settled. `worked_out`: what follows from the tables; counts are put behind."""
    calculations = list(worked_out)
    sections = []
    for at, section in enumerate(draft.sections):
        paragraphs = [list(paragraph) for paragraph in section.paragraphs]
        for which, paragraph in enumerate(paragraphs):
            for n, sentence in enumerate(paragraph):
                figure = _own(sentence, len(worked_out))
                if figure is not None:
                    behind = [*paragraph[n:], *(one for later in paragraphs[which + 1 :] for one in later)]
                    listed = _listed(behind, draft.sections[at:])
                    paragraph[n] = _settled(sentence, figure, listed, section.planned.heading, calculations)
        sections.append(replace(section, paragraphs=tuple(map(tuple, paragraphs))))
    return replace(draft, sections=tuple(sections), calculations=tuple(calculations))


def miscounted(draft: Draft) -> Iterator[str]:
    """What the writer must see to: a given count that the list under it does not bear out."""
    for at, section in enumerate(draft.sections):
        told = [one for paragraph in section.paragraphs for one in paragraph]
        for n, sentence in enumerate(told):
            lead = lead_of(sentence.text)
            listed = _listed(told[n:], draft.sections[at:]) if lead else 0
            if lead and listed > 1 and listed != lead.number:
                where = f"“{section.planned.heading}”" if section.planned.heading else "开头"
                yield f"{where}写的是“{sentence.text[lead.start : lead.stop]}”，列出的是{listed}条，请核对"


def _own(sentence: DraftSentence, worked_out: int) -> DraftFigure | None:
    """The count before a list that no fact and no source carries."""
    lead = lead_of(sentence.text)
    if lead is None:
        return None
    for figure in sentence.figures:
        ours = figure.ground == "pending" or (figure.ground == "calculated" and figure.n > worked_out)
        if ours and lead.start <= figure.start < lead.stop:
            return figure
    return None


def _listed(behind: Sequence[DraftSentence], sections: Sequence[Section]) -> int:
    """The points behind the count; where its section has none, the sections right under it."""
    found = points("\n".join(one.text for one in behind))
    level = sections[0].planned.level
    for section in sections[1:] if not found and level else ():
        if section.planned.level <= level:
            break
        found += section.planned.level == level + 1
    return found


def _settled(
    sentence: DraftSentence, figure: DraftFigure, listed: int, heading: str, calculations: list[Calculation]
) -> DraftSentence:
    lead = lead_of(sentence.text)
    if lead is None or figure.text == PENDING:
        return sentence
    if listed == lead.number:
        number = len(calculations) + 1
        text = f"{heading}列出的条数：{'+'.join('1' * listed)}={listed}"
        words = sentence.text[lead.start : lead.stop]
        calculations.append(Calculation(number, text, words, sentence.facts, sentence.citations))
        return _with(sentence, figure, replace(figure, ground="calculated", n=number))
    return _marked(sentence, figure, lead)


def _marked(sentence: DraftSentence, figure: DraftFigure, lead: Lead) -> DraftSentence:
    moved = len(PENDING) - (lead.unit - lead.start)
    text = f"{sentence.text[: lead.start]}{PENDING}{sentence.text[lead.unit :]}"
    mark = DraftFigure(lead.start, lead.start + len(PENDING), PENDING, "pending")
    figures = [
        mark
        if one == figure
        else replace(one, start=one.start + moved, end=one.end + moved)
        if one.start > figure.start
        else one
        for one in sentence.figures
    ]
    return replace(sentence, text=text, figures=tuple(figures))


def _with(sentence: DraftSentence, old: DraftFigure, new: DraftFigure) -> DraftSentence:
    return replace(sentence, figures=tuple(new if one == old else one for one in sentence.figures))
