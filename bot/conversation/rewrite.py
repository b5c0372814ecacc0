"""The story of a follow-up: it is made standalone, searched and answered so, and the reader sees both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.conversation.rules import Knows, by_rules
from bot.model import Answer, Citation
from bot.retrieval.edition import Edition
from ingest.errors import KnowledgeBaseError

Rewrite = Callable[[Sequence[Answer], str], str]
_CITED = 3  # citations of an answer that are looked at
_SECTION = 2000  # characters; a longer section is no article, and has every word
_AROUND = 800  # characters before and behind a cited section: a few articles


def rewriter(edition_of: Callable[[str], Edition | None], text_of: Callable[[str], str]) -> Rewrite:
    """The rules, knowing which editions are there and what stands about the places cited.

    `edition_of`, `text_of`: as in `bot.chat.converse`.
    """

    def is_there(question: str) -> bool:
        edition = edition_of(question)
        return edition is not None and not edition.notes

    def around(answer: Answer) -> str:
        return "\n".join(_about(citation, text_of, _AROUND) for citation in answer.citations[:_CITED])

    def cited(answer: Answer) -> str:
        first = answer.citations[:1]
        near = first and first[0].section_end - first[0].section_start <= _SECTION
        return _about(first[0], text_of, 0) if near else ""

    knows = Knows(is_there, around, cited)
    return lambda turns, question: by_rules(turns, question, knows)


def _about(citation: Citation, text_of: Callable[[str], str], more: int) -> str:
    """The cited section with `more` characters before and behind it; "" where its document is gone."""
    try:
        text = text_of(citation.document_id)
    except (KeyError, KnowledgeBaseError):
        return ""
    return text[max(0, citation.section_start - more) : citation.section_end + more]


def said_of(question: str, standalone: str, answer: Answer) -> Answer:
    """The answer to `standalone` as the answer to what was typed."""
    return replace(answer, question=question, standalone="" if standalone == question else standalone)


def told(
    ask: Callable[[str, date | None, Sequence[Answer]], Answer],
    questions: Sequence[str],
    as_of: date | None = None,
) -> tuple[Answer, ...]:
    """The answers to a talk's questions, each asked with those before it."""
    answers: tuple[Answer, ...] = ()
    for question in questions:
        answers += (ask(question, as_of, answers),)
    return answers
