"""Whether the evidence can carry an answer. Pure; the weights are learned and lie beside it, in refusal.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import astuple
from functools import cache
from importlib.resources import files

from bot.model import Quote
from bot.refusing.explain import explain
from bot.refusing.strength import UNRELATED, Strength, measure
from bot.retrieval.lexicon import Lexicon
from ingest.model import Hit

__all__ = ["NEAREST", "UNRELATED", "calibrated", "confidence", "explain", "is_answerable", "measure"]

NEAREST = 3  # hits shown with a refusal


@cache
def calibrated() -> tuple[Strength, float]:
    """The weights, and the least sum that is answered: `python -m evals refusal` learned them."""
    read = tomllib.loads(files("bot.refusing").joinpath("refusal.toml").read_text(encoding="utf-8"))
    return Strength(**read["weights"]), float(read["least"])


def is_answerable(
    question: str,
    hits: Sequence[Hit],
    quotes: Sequence[Quote],
    unrelated: float = UNRELATED,
    lexicon: Lexicon | None = None,
) -> bool:
    """Whether the quotes may be shown as an answer; False when there are none.

    `unrelated`: cosine of the nearest text for questions that have nothing to do with the documents. `lexicon`: the
    everyday words of the home; None: the packaged ones.
    """
    _, least = calibrated()
    return bool(quotes) and confidence(measure(question, hits, quotes, unrelated, lexicon)) >= least


def confidence(strength: Strength) -> float:
    """The weighted sum of what speaks for and against an answer."""
    weights, _ = calibrated()
    values: tuple[float, ...] = astuple(strength)
    return float(sum(value * weight for value, weight in zip(values, astuple(weights), strict=True)))
