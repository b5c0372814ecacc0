"""The nouns of a procedure card. Standard library and `bot.model` only, all frozen.

question -> Topic -> Source (a regulation's clauses) -> Step … -> Card -> Timetable
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model import Citation
from ingest.model import Hit

LONGEST = 2000  # characters of a sentence that are read: longer ones are tables or scraps, and cost time


@dataclass(frozen=True, slots=True)
class Clause:
    """An article, or a numbered section of a document without articles: `text == document.text[start:end]`.

    `body` is where its words begin, behind 第X条; `headings` are the chapter and section it stands under.
    """

    hit: Hit
    label: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    body: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Words of the document that say who, what or by when. `text == document.text[start:end]`.

    `sentence` is the span cited; `n` the number of that citation on the card (0 before the card is made).
    """

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    n: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. `kind`: "within" (at the latest), "before", "least", "term" (lasts just so long), "every", "condition".

    `unit`: "year", "month", "day", "workday" or "hour"; `anchor`: from when it counts, in the article's words, where it says so.
    `optional`: an extension or an exception, on which nothing further is built.
    """

    fact: Fact
    kind: str
    amount: float
    unit: str
    anchor: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `title` is short and in the article's words; `parts` are the listed parts of it, in order.

    `special`: only in certain cases, outside the common order. `action` is the span of the sentence that says what is done.
    """

    number: int
    title: str
    label: str
    headings: tuple[str, ...]
    clause: Clause
    action: Fact
    actors: tuple[Fact, ...] = ()
    materials: tuple[Fact, ...] = ()
    limits: tuple[Limit, ...] = ()
    parts: tuple[Fact, ...] = ()
    special: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A procedure as one regulation has it. Every number of a fact is one of `citations`."""

    question: str
    topic: str
    title: str
    source: str
    in_force: bool
    steps: tuple[Step, ...]
    special: tuple[Step, ...] = ()
    citations: tuple[Citation, ...] = ()
    others: tuple[str, ...] = ()  # titles of other documents that speak of it too
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What one time limit comes to. `counted_from` says in Chinese what was taken as its beginning; None dates: not known."""

    limit: Limit
    counted_from: str
    earliest: date | None
    latest: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """When a step can be done at the earliest and must be done at the latest; `why` where the text does not say."""

    number: int
    earliest: date | None
    latest: date | None
    due: tuple[Due, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The dates of every step of a card from `start`, the day of step `first` or of the `event` that it counts from.

    `notes` are for the reader.
    """

    start: date
    first: int
    dates: tuple[Dates, ...]
    event: str = ""
    notes: tuple[str, ...] = ()
