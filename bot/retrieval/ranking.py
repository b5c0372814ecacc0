"""How much each feature counts: one weighted sum, learned by `python -m evals fit` and kept in ranking.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from bot.retrieval.features import Features


@cache
def packaged_weights() -> Features:
    """One weight a feature. `dense` weighs 1, so that a score stays near a cosine."""
    return Features(**tomllib.loads(files(__package__).joinpath("ranking.toml").read_text(encoding="utf-8")))
