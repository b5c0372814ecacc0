"""What a check says of one sentence, and the shape of a judge that may look after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` names what failed ("number", "modal", ...) and `reason` says it in Chinese; None and "" when supported."""

    supported: bool
    kind: str | None
    reason: str


SUPPORTED = Verdict(True, None, "")
# A further judge (a language model, NLI): asked only about sentences that the rules let pass.
Judge = Callable[[str, Sequence[str]], Verdict]
