"""Tables of rules that lie beside them: columns between tabs, lines that begin with # left out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any


def lines(name: str) -> Iterator[str]:
    """The lines of a table of `bot.proofreading.rules`."""
    for line in _text(name).splitlines():
        if line and not line.startswith("#"):
            yield line


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of such a table, each with at least so many columns."""
    for line in lines(name):
        found = line.split("\t")
        yield found + [""] * (columns - len(found))


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    return files("bot.proofreading.rules").joinpath(name).read_text("utf-8")
