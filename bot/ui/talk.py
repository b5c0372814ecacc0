"""The nouns of the page: one `Talk` is everything that one reader sees. All frozen.

They are kept on the server between two questions, so they hold no desk and no open file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.card.model import Card
from bot.model import Answer, Citation, Passage
from ingest.model import DocumentRow


class ShelfCount(Protocol):
    """How much can be found."""

    @property
    def documents(self) -> int: ...
    @property
    def chunks(self) -> int: ...


class Shelf(Protocol):
    """What the page needs of `ingest.index.Index`."""

    def documents(self) -> Sequence[DocumentRow]: ...
    def counts(self) -> ShelfCount: ...


class AnsweringDesk(Protocol):
    """What the page needs of `bot.compose.Desk`."""

    @property
    def index(self) -> Shelf: ...
    def stream(self, question: str, as_of: date | None = None) -> Iterator[Answer]: ...
    def passage(self, citation: Citation) -> Passage: ...
    def card(self, question: str, as_of: date | None = None) -> Card | None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A citation together with the article or section it stands in (None: it could not be opened)."""

    citation: Citation
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it. `number` counts from 1 and never changes, so ids built on it stay good."""

    number: int
    question: str
    as_of: date | None = None
    answer: Answer | None = None
    places: tuple[Place, ...] = ()  # of the citations; of the nearest clauses where the answer is a refusal
    finished: bool = False
    error: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns of one reader, oldest first, and a word about the last thing they tried."""

    turns: tuple[Turn, ...] = ()
    notice: str = ""
    accepted: bool = False  # the last question was taken, so the box can be emptied


@dataclass(frozen=True, slots=True)
class Opening:
    """How far the knowledge base is. `phase`: "opening", "syncing", "ready", "empty" or "failed"."""

    phase: str = "opening"
    done: int = 0
    total: int = 0
    source: str = ""
    message: str = ""
    hint: str = ""
    problems: tuple[str, ...] = ()  # files that could not be read: name and reason

    @property
    def ready(self) -> bool:
        return self.phase == "ready"
