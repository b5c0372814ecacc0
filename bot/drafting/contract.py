"""A draft as the JSON that users' scripts read. The keys are a contract: add, never rename."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contract import citation_json
from bot.drafting.model import Draft, DraftSentence, Planned, Section
from bot.drafting.numbering import labels


def draft_json(draft: Draft) -> dict[str, Any]:
    request = draft.request
    numbers = labels(section.planned for section in draft.sections)
    return {
        "genre": request.genre,
        "title": request.title,
        "unit": request.unit,
        "period": request.period,
        "mode": draft.mode,
        "characters": characters(draft),
        "sections": [
            _section_json(section, number) for section, number in zip(draft.sections, numbers, strict=True)
        ],
        "facts": [
            {"n": fact.n, "text": fact.text, "where": fact.where, "purpose": fact.purpose}
            for fact in request.facts
        ],
        "citations": [citation_json(citation) for citation in draft.citations],
        "calculations": [
            {"n": one.n, "text": one.text, "result": one.result, "facts": list(one.facts)}
            for one in draft.calculations
        ],
        "warnings": list(draft.warnings),
        "ms": draft.ms,
    }


def outline_json(outline: Sequence[Planned]) -> list[dict[str, Any]]:
    return [
        {
            "heading": number + one.heading,
            "level": one.level,
            "purpose": one.purpose,
            "learned": list(one.learned),
        }
        for one, number in zip(outline, labels(outline), strict=True)
    ]


def characters(draft: Draft) -> int:
    """How long the draft is: characters of its title, headings and sentences."""
    words = sum(
        len(section.planned.heading)
        + sum(len(one.text) for paragraph in section.paragraphs for one in paragraph)
        for section in draft.sections
    )
    return words + len(draft.request.title)


def _section_json(section: Section, number: str) -> dict[str, Any]:
    return {
        "heading": number + section.planned.heading,
        "level": section.planned.level,
        "purpose": section.planned.purpose,
        "learned": list(section.planned.learned),
        "paragraphs": [[_sentence_json(one) for one in paragraph] for paragraph in section.paragraphs],
        "beside": [
            {"role": one.role, "text": one.text, "citation": citation_json(one.citation)}
            for one in section.beside
        ],
        "dropped": [{"text": text, "reason": reason} for text, reason in section.dropped],
    }


def _sentence_json(sentence: DraftSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "origin": sentence.origin,
        "facts": list(sentence.facts),
        "citations": list(sentence.citations),
        "figures": [
            {"start": one.start, "end": one.end, "text": one.text, "ground": one.ground, "n": one.n}
            for one in sentence.figures
        ],
    }
