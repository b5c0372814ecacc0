"""Procedure cards judged against what a party worker expects of them: steps, actors, materials, time limits.

A case names a document and the articles that are steps, each with words that stand in it; a kind of words that is left out is
not judged. `also` lists articles that may be on the card and need not. Facts are judged on the expected articles only; a fact
counts as found where one wording holds the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.card.model import Card, Step
from bot.errors import NoProcedure
from ingest.errors import ConfigError, os_words
from ingest.index import Index

KINDS = ("steps", "limits", "actors", "materials")
FACTS = KINDS[1:]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article that is a step, with words that the card should give of it, by kind."""

    article: str
    facts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CardCase:
    """A question, the documents either of which is right, the steps in order, and the articles that may be there too."""

    id: str
    half: str
    question: str
    sources: tuple[str, ...]
    steps: tuple[Wanted, ...]
    also: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Expected and found, expected in all, found in all, and found ones that were expected."""

    hit: int = 0
    wanted: int = 0
    right: int = 0
    given: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hit + other.hit,
            self.wanted + other.wanted,
            self.right + other.right,
            self.given + other.given,
        )

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One case: the document chosen, the tallies by kind, whether the steps stand in order, what was missed and what was too much."""

    case: CardCase
    source: str | None
    tallies: Mapping[str, Tally]
    ordered: bool
    missed: tuple[str, ...]
    extra: tuple[str, ...]


def read_card_cases(path: Path) -> tuple[CardCase, ...]:
    """ConfigError when the file is not there or a line is no case."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(_case(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"办理卡题目文件读不出来：{path.name}（{os_words(error) if isinstance(error, OSError) else error}）",
            hint="每行一个 JSON，见 docs/procedure-card.md。",
        ) from error


def _case(told: dict[str, Any]) -> CardCase:
    steps = tuple(
        Wanted(one["article"], {kind: tuple(one[kind]) for kind in FACTS if kind in one})
        for one in told["steps"]
    )
    return CardCase(
        told["id"], told["half"], told["question"], tuple(told["source"]), steps, frozenset(told["also"])
    )


def faults(case: CardCase, index: Index) -> Iterator[str]:
    """What is wrong with the case itself: an article that is not there, words that do not stand in it (Chinese)."""
    rows = {row.source: row for row in index.documents()}
    for source in case.sources:
        if source not in rows:
            yield f"{case.id}：资料库里没有 {source}"
            continue
        for step in case.steps:
            parts = index.article(rows[source].id, step.article)
            text = _bare("".join(part.text for part in parts))
            words = [word for kind in FACTS for word in step.facts.get(kind, ())]
            yield from (
                f"{case.id}：{step.article}里没有“{word}”" for word in words if _bare(word) not in text
            )
            if not parts:
                yield f"{case.id}：{source} 没有{step.article}"


def judge(case: CardCase, make: Callable[[str], Card | None]) -> Judged:
    try:
        card = make(case.question)
    except NoProcedure:
        card = None
    right = card is not None and card.source in case.sources
    given = card.steps if card else ()
    own = {step.label: step for step in given} if right else {}
    wanted = {step.article: step for step in case.steps}
    judged = [step.label for step in given if not (right and step.label in case.also)]
    found = [label for label in wanted if label in own]
    tallies = {"steps": Tally(len(found), len(wanted), len(found), len(judged))}
    missed = [f"{label}" for label in wanted if label not in own]
    extra = [label for label in judged if not (right and label in wanted)]
    for kind in FACTS:
        tally = Tally()
        for label, step in wanted.items():
            told = _told(own[label], kind) if label in own else ()
            if kind not in step.facts:
                continue
            words = step.facts[kind]
            tally += _compare(words, told)
            missed += [f"{label}:{word}" for word in words if not _any(word, told)]
            extra += [f"{label}:{word}" for word in told if words and not _any(word, words)]
        tallies[kind] = tally
    numbers = [own[label].number for label in found]
    return Judged(
        case, card.source if card else None, tallies, numbers == sorted(numbers), tuple(missed), tuple(extra)
    )


def total(judged: Sequence[Judged], kind: str) -> Tally:
    return sum((one.tallies[kind] for one in judged), Tally())


def _told(step: Step, kind: str) -> tuple[str, ...]:
    if kind == "limits":
        return tuple(limit.fact.text for limit in step.limits)
    return tuple(fact.text for fact in (step.actors if kind == "actors" else step.materials))


def _compare(wanted: Sequence[str], told: Sequence[str]) -> Tally:
    """Words given of a kind of which nothing is expected in this article all count as too much."""
    hit = sum(_any(word, told) for word in wanted)
    return Tally(hit, len(wanted), sum(_any(word, wanted) for word in told), len(told))


def _any(word: str, others: Sequence[str]) -> bool:
    bare = _bare(word)
    return any(bare in _bare(other) or _bare(other) in bare for other in others)


def _bare(text: str) -> str:
    return re.sub(r"[\s《》]", "", text)
