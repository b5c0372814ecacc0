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
from bot.versions.model import Comparison
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
    def stream(
        self, question: str, as_of: date | None = None, before: Sequence[Answer] = ()
    ) -> Iterator[Answer]: ...
    def passage(self, citation: Citation) -> Passage: ...
    def changes(self, citation: Citation) -> Comparison | None: ...

    def card(self, question: str, as_of: date | None = None) -> Card | None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A citation together with the article or section it stands in (None: it could not be opened), and what became of
    that article in another version (None: there is none here).
    """

    citation: Citation
    passage: Passage | None
    changes: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it. `number` counts from 1 and never changes, so ids built on it stay good.

    `begins`: the reader began a new topic with it, so what was said before is not looked at.
    """

    number: int
    question: str
    as_of: date | None = None
    answer: Answer | None = None
    places: tuple[Place, ...] = ()  # of the citations; of the nearest clauses where the answer is a refusal
    finished: bool = False
    error: str = ""
    hint: str = ""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns of one reader, oldest first, and a word about the last thing they tried.

    `fresh`: the next question begins a new topic.
    """

    turns: tuple[Turn, ...] = ()
    fresh: bool = False
    notice: str = ""
    accepted: bool = False  # the last question was taken, so the box can be emptied

    def remembered(self) -> tuple[Answer, ...]:
        """The answers a follow-up may lean on: those since the last new topic."""
        answers: tuple[Answer, ...] = ()
        for turn in self.turns:
            answers = () if turn.begins else answers
            answers += (turn.answer,) if turn.answer is not None and turn.finished else ()
        return () if self.fresh else answers


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
