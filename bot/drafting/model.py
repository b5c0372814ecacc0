"""The nouns of drafting. Request -> outline of Planned sections -> Draft. Frozen, standard library and `bot.model` only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model import Citation

# What a part of a report is for; a fact, a section and a reference passage may each have one. "" = not known.
Purpose = Literal["", "概况", "做法", "成效", "问题", "原因", "打算"]
# Where the words of a sentence come from, and where a figure does.
Origin = Literal["fact", "source", "wording"]
Ground = Literal["fact", "source", "calculated", "pending"]

PENDING = "〔待核实〕"  # stands where a figure has no ground


@dataclass(frozen=True, slots=True)
class Fact:
    """What the office says of this year. `text` is as given (a table's row is written out); `n` counts from 1.

    `where`: where it was given (Chinese): 事实第3条, 表“党员队伍”第2行, or the place in a document of the knowledge base.
    """

    n: int
    text: str
    where: str
    purpose: Purpose = ""
    section: str = ""  # words of the heading it belongs under; "" leaves that to the outline
    citation: Citation | None = None  # where it was read, if it was taken from a document


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a given table: `value` is what the cell says, as a number; `fact` is the row's `Fact.n`."""

    fact: int
    indicator: str  # 发展党员
    unit: str  # 名; "" where none is given
    period: str  # 2025年; the column's heading
    text: str  # as given
    value: float | None  # None: masked (X, ×, **) or empty


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be written, for whom, from what. `length`: characters wanted, about; `sources`: patterns of the
    documents that may be used (none: all); `headings`: the sections wanted (none: the genre's own); `documents`: patterns
    of the documents that facts of this year are taken from; `basis`: begin each part on what was done with the clause it
    rests on.
    """

    genre: str
    title: str
    unit: str
    period: str
    audience: str = ""
    signer: str = ""  # who signs; the unit where nothing is given
    dated: date | None = None
    length: int = 3000
    headings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    basis: bool = False
    facts: tuple[Fact, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A section of the outline, before writing. `level` 1 is 一、, 2 is （一）; 0 has no heading (opening, closing).

    `heading` is without its number. `learned`: titles of the reports it was seen in; none: the genre's built-in skeleton.
    """

    heading: str
    level: int
    purpose: Purpose = ""
    learned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculation:
    """A figure that was worked out: `text` says how (Chinese), 12 less 10 is 2, from these facts and citations."""

    n: int
    text: str
    result: str
    facts: tuple[int, ...]
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure of a sentence: `sentence.text[start:end] == text`. `n` numbers the fact, citation or calculation it
    rests on; 0 for a fact of the request's own title and period, and for a pending one, whose text is the mark `PENDING` or
    a mask (XX).
    """

    start: int
    end: int
    text: str
    ground: Ground
    n: int = 0


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence with where it comes from: given facts, cited sources, or connective wording (then neither, and no figure)."""

    text: str
    origin: Origin
    facts: tuple[int, ...] = ()
    citations: tuple[int, ...] = ()
    figures: tuple[DraftFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage offered beside a section, not in it: a clause to rest on, the unit's own earlier words, another's practice."""

    role: Literal["依据", "本单位往年", "他山之石"]
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Section:
    """A written section: its plan, its paragraphs, what was offered beside it, and what was not let in, with the reason."""

    planned: Planned
    paragraphs: tuple[tuple[DraftSentence, ...], ...]
    beside: tuple[Beside, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft. `citations[n-1].n == n`; `calculations` likewise. `warnings` are Chinese sentences for the writer."""

    request: Request
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    warnings: tuple[str, ...] = ()
    mode: Literal["assembled", "llm"] = "assembled"
    ms: float = 0.0
