"""A sign of life from a long reading: a parser calls `beat()` after each page, and whoever watches it starts its clock anew."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def beat() -> None:
    """Says that the reading has got on. Costs nothing where nobody listens."""
    for listener in _listeners:
        listener()


def listen(listener: Callable[[], None]) -> None:
    _listeners.append(listener)
