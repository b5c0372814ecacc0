"""Questions about other matters, drawn from a file of general questions: an office's documents do not answer them."""

from __future__ import annotations

import random
from pathlib import Path

from evals.cases import BadCases, read_cases
from evals.model import Case


def unrelated_cases(file: Path, count: int, seed: int = 0) -> tuple[Case, ...]:
    """`count` different questions of a JSON Lines file of {"question", ...}; the same file and seed give the same.

    BadCases when the file has fewer.
    """
    questions = sorted({case.question for case in read_cases(file)})
    if len(questions) < count:
        raise BadCases(
            f"{file.name} 里只有 {len(questions)} 个不同的问题，不够 {count} 个。", hint="请减小 --count。"
        )
    drawn = random.Random(seed).sample(questions, count)  # noqa: S311 - a draw that must repeat, no secret
    return tuple(
        Case(f"unrelated-{number:04}", one, unanswerable=True) for number, one in enumerate(drawn, 1)
    )
