"""What tests of the whole desk ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing

import pytest

from bot.compose import Desk, open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings


@pytest.fixture(scope="module")
def desk_over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Mapping[str, str]], Desk]]:
    """Given texts by file name: a desk over a home that holds them and nothing else, closed after the file's tests."""
    with ExitStack() as opened:

        def open_over(texts: Mapping[str, str]) -> Desk:
            home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers")
            for name, text in texts.items():
                (folder / name).write_text(text, encoding="utf-8")
            sync_folders(load_settings(home), [folder])
            return opened.enter_context(closing(open_desk(home)))

        yield open_over
