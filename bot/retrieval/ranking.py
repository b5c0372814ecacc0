"""How much each feature counts: one weighted sum, learned by `python -m evals fit` and kept in ranking.toml.

A home whose questions are of another kind may have weights of its own, fitted to them: HOME/ranking.toml.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from bot.retrieval.features import Features
from ingest.errors import ConfigError

FILE_NAME = "ranking.toml"


class BadWeights(ConfigError):
    default_hint = "请用 python -m evals fit --write 重新生成，或删掉这个文件，改用自带的权重。"


def weights_in(home: Path) -> Features:
    """The weights of a home, else the packaged ones; `dense` weighs 1, so that a score stays near a cosine."""
    own = home / FILE_NAME
    return _read(own, own.stat().st_mtime_ns) if own.exists() else packaged_weights()


@lru_cache(1)
def packaged_weights() -> Features:
    return Features(**tomllib.loads(files(__package__).joinpath(FILE_NAME).read_text(encoding="utf-8")))


@lru_cache(8)
def _read(path: Path, _modified: int) -> Features:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return Features(**{name: float(value) for name, value in found.items()})
    except (OSError, ValueError, TypeError) as error:
        raise BadWeights(f"排序权重读不懂：{path}。") from error
