"""The nouns of a conversation. Standard library and `ingest.model` only, all frozen.

question -> Evidence -> RawAnswer -> Answer (answered or refused)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.model import Hit


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question; `as_of` is the date whose law counts (default: today)."""

    question: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document that answers, with its place: `document.text[start:end] == text`."""

    hit: Hit
    text: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class RawSentence:
    """A sentence before its citations are checked. `doubt`: see `Sentence`."""

    text: str
    quotes: tuple[Quote, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence stands: `quote` is verbatim at `start:end` of document `document_id`."""

    n: int
    document_id: str
    source: str
    title: str
    article: str | None
    heading_path: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    section_start: int
    section_end: int
    in_force: bool
    kind: str = ""  # of the document: 条例, 情况报告; "": not told


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer with the numbers of the citations that carry it.

    `doubt`: why no source carries it (Chinese), where the setting shows such sentences, marked; "" for all others.
    """

    text: str
    citations: tuple[int, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class DroppedSentence:
    """A sentence that was not shown, and why (Chinese)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets. `status` is "answered" or "refused"; refused answers show `nearest`.

    `standalone`: how a follow-up was understood; "" where the question stands alone.
    """

    question: str
    status: str
    mode: str  # "extractive" | "llm"
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    dropped: tuple[DroppedSentence, ...] = ()
    warnings: tuple[str, ...] = ()
    ms: float = 0.0
    standalone: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole article or section with a quote in it: `text[quote_start:quote_end] == citation.quote`."""

    text: str
    quote_start: int
    quote_end: int
    citation: Citation
