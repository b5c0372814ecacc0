"""The nouns of judging: Case -> CaseResult -> Evaluation. Standard library only, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A right place: an article, a section of the outline, or (both None) the whole document.

    `quote`: the words there that answer, for whoever checks the case (`evals check`); no figure looks at it.
    """

    source: str
    article: str | None = None
    section: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what a good answer rests on.

    `gold` lists pieces of evidence, each a list of alternatives of which one is enough. `as_of` is asked with the question;
    `day` is the day whose rules its own words ask for (2020年时…), which the judge needs and the asker is not given.
    `before`: what was asked before it in the same talk; `standalone`: the question written out in full by a person, where
    it leans on that.
    """

    id: str
    question: str
    gold: tuple[tuple[Place, ...], ...] = ()
    answer_contains: tuple[str, ...] = ()
    unanswerable: bool = False
    as_of: date | None = None
    day: date | None = None
    before: tuple[str, ...] = ()
    standalone: str | None = None

    @property
    def answerable(self) -> bool:
        """Known to have an answer; a bare question is neither answerable nor unanswerable."""
        return not self.unanswerable and bool(self.gold or self.answer_contains)


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its judgement: `right` = some gold place; `item` = the evidence it counts for (0-based).

    `text` is the beginning of the hit's words.
    """

    rank: int
    source: str
    title: str
    article: str | None
    heading_path: tuple[str, ...]
    score: float
    text: str
    right: bool
    item: int | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its judgements; `right` is None where the case names no gold."""

    n: int
    source: str
    title: str
    article: str | None
    heading_path: tuple[str, ...]
    quote: str
    right: bool | None
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer judged. `items_cited` counts pieces of evidence; `missing` are the wanted words no quote has.

    `wrong_version`: it cites a version that did not count on the day of the case and says nothing of it; None where the
    case tells no day.
    """

    status: str
    text: str
    citations: tuple[Cited, ...]
    items_cited: int
    missing: tuple[str, ...]
    ms: float
    wrong_version: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run. `verdict`: "right", "wrong", "unjudged" (no gold given) or "failed" (see `error`)."""

    case: Case
    verdict: str
    hits: tuple[Found, ...] = ()
    ranking: Mapping[str, float] = field(default_factory=dict)
    search_ms: float = 0.0
    asked: Asked | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run over a case file. `metrics` has the groups "retrieval", "answers", "latency"; shares are 0..1."""

    settings: Mapping[str, Any]
    counts: Mapping[str, int]
    metrics: Mapping[str, Mapping[str, float]]
    results: tuple[CaseResult, ...]
