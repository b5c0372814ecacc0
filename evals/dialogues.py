"""Follow-ups in a case file: how they are understood, and what that is worth.

The same follow-ups are judged three times: as they were typed, as the desk understands them, and as a person wrote
them out in full (the field "standalone"), which no rewriting can be expected to beat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.conversation.rewrite import told
from bot.model import Answer
from evals.model import Case, Evaluation
from evals.run import Judged, evaluate
from ingest.errors import ConfigError

HALVES = {"dev": 1, "heldout": 0}  # the parity of a dialogue's number
_NUMBER = re.compile(r"(\d+)(?:/\d+)?$")
_FIGURES = {"hit@5": "retrieval", "right": "answers"}


class Talking(Judged, Protocol):
    """What is judged, when it can be asked on."""

    def ask(self, question: str, as_of: date | None = None, before: Sequence[Answer] = ()) -> Answer: ...
    def understood(self, question: str, before: Sequence[Answer]) -> str: ...


def half_of(cases: Sequence[Case], half: str) -> tuple[Case, ...]:
    """The cases of the dialogues with odd ("dev") or even ("heldout") numbers; ConfigError where there are none."""
    chosen = tuple(
        case for case in cases if (found := _NUMBER.search(case.id)) and int(found[1]) % 2 == HALVES[half]
    )
    if not chosen:
        raise ConfigError(
            f"题目里没有可归入 {half} 一半的题。", hint="编号应以数字结尾，单数为 dev，双数为 heldout。"
        )
    return chosen


def understood(cases: Sequence[Case], desk: Talking) -> tuple[Case, ...]:
    """The cases with their follow-ups as the desk understands them: every turn of a talk is asked in order."""
    return tuple(_understood(case, desk) for case in cases)


def with_follow_ups(
    evaluation: Evaluation,
    cases: Sequence[Case],
    desk: Talking,
    *,
    k: int = 10,
    search_only: bool = False,
    on_case: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """The evaluation of the understood `cases` with the figures of their follow-ups added; as it is where there are none."""
    follow_ups = [case for case in cases if case.before]
    if not follow_ups:
        return evaluation
    asked = {
        "typed": follow_ups,
        "understood": understood(follow_ups, desk),
        "by_hand": [replace(case, question=case.standalone or case.question) for case in follow_ups],
    }
    figures: dict[str, float] = {"follow_ups": len(follow_ups)}
    for way, ones in asked.items():
        done = evaluate(ones, desk, k=k, search_only=search_only, on_case=on_case)
        figures |= {f"{name}_{way}": value for name, value in _figures(done.metrics)}
    return replace(evaluation, metrics={**evaluation.metrics, "dialogue": figures})


def kept(cases: Sequence[Case], firsts: Sequence[Case], desk: Talking) -> tuple[tuple[Case, str], ...]:
    """The full questions that were bent: each is asked behind the first question of another talk, in turn.

    Each with what was made of it; none is what is wanted.
    """
    answers = [desk.ask(case.question, case.as_of) for case in firsts]
    read = (
        (case, desk.understood(case.question, [answers[n % len(answers)]])) for n, case in enumerate(cases)
    )
    return tuple((case, made) for case, made in read if made != case.question)


def _understood(case: Case, desk: Talking) -> Case:
    if not case.before:
        return case
    return replace(case, question=desk.understood(case.question, told(desk.ask, case.before, case.as_of)))


def _figures(metrics: Mapping[str, Mapping[str, float]]) -> list[tuple[str, float]]:
    return [(name, metrics[group][name]) for name, group in _FIGURES.items() if name in metrics[group]]
