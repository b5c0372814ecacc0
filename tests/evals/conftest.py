"""A desk that answers from a script, over one small document, and hand-made hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.errors import EmptyQuestion
from bot.model import Answer, Citation, Sentence
from ingest.model import DocumentRow, Hit

TEXT = (
    "第一条　见习期为一年。\n第二条　见习期满三个月内应当开会讨论。\n第三条　延长见习期的，最长不超过一年。"
)
ARTICLES = {
    "第一条": "见习期为一年。",
    "第二条": "见习期满三个月内应当开会讨论。",
    "第三条": "延长见习期的，最长不超过一年。",
}


def make_hit(
    source: str, article: str | None = None, headings: Sequence[str] = (), text: str = "正文"
) -> Hit:
    name = f"{source}-{article}-{'/'.join(headings)}-{text}"
    return Hit(
        name, source, source, "见习办法", article, tuple(headings), None, 0, 1, 0, 1, text, True, "制度", 0.5
    )


def make_citation(article: str, quote: str = "", source: str = "办法.md", n: int = 1) -> Citation:
    """Cites `article` of TEXT; a `quote` of other words stands at the article's place all the same."""
    start = TEXT.index(ARTICLES[article])
    end = start + len(ARTICLES[article])
    words = quote or ARTICLES[article]
    return Citation(n, "doc", source, "见习办法", article, (), None, words, start, end, start, end, True)


def make_answer(*citations: Citation) -> Answer:
    sentences = tuple(Sentence(one.quote, (one.n,)) for one in citations)
    return Answer("问", "answered", "extractive", sentences, citations)


REFUSED = Answer("问", "refused", "extractive")


@dataclass
class Shelf:
    """Texts by document id; every document has the same text."""

    out: frozenset[str] = frozenset()

    def text(self, document_id: str) -> str:
        return TEXT

    def documents(self) -> list[DocumentRow]:
        return []

    def superseded(self, day: date) -> set[str]:
        return set(self.out)


@dataclass
class FakeDesk:
    """`found` and `answers` by question; an unknown question finds nothing, is refused, and 坏题 cannot be asked."""

    found: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    index: Shelf = field(default_factory=Shelf)
    days: list[date | None] = field(default_factory=list)

    def search(self, question: str, k: int = 10, as_of: date | None = None) -> tuple[Hit, ...]:
        self.days.append(as_of)
        return tuple(self.found.get(question, ()))[:k]

    def ask(self, question: str, as_of: date | None = None) -> Answer:
        if question == "坏题":
            raise EmptyQuestion("问题是空的。", hint="请写一句话。")
        return self.answers.get(question, REFUSED)


@pytest.fixture
def hit() -> Callable[..., Hit]:
    return make_hit


@pytest.fixture
def citation() -> Callable[..., Citation]:
    return make_citation


@pytest.fixture
def answer() -> Callable[..., Answer]:
    return make_answer


@pytest.fixture
def fake_desk() -> type[FakeDesk]:
    return FakeDesk
