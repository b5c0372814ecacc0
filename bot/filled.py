"""The desk as the command lines open it: only over a home that holds something, closed when they are done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import EmptyHome

if TYPE_CHECKING:
    from bot.compose import Desk


@contextmanager
def filled_desk(home: Path | None) -> Iterator[Desk]:
    """The open knowledge base; EmptyHome when nothing has been read into it, HomeError when it is not there."""
    from bot.compose import desk_of
    from ingest.config import load_settings

    desk = desk_of(load_settings(home, must_exist=True))
    try:
        if not desk.index.counts().documents:
            raise EmptyHome("资料库里还没有文件。")
        yield desk
    finally:
        desk.close()
