"""Drafts on disk, HOME/drafts/NAME.json: written at every step, whole or not at all.

Those of an owner lie in a folder of their own, HOME/drafts/OWNER/; without an owner all are seen, each by OWNER/NAME.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from bot.drafting.model import Draft
from bot.errors import BadRequest
from ingest.errors import HomeError

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60  # characters of a file's name
_ENDING = ".json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept: the name to open it by, and when it was last written (local time)."""

    name: str
    written: datetime


def name_of(draft: Draft) -> str:
    """The name a draft is kept by: its title, fit for a file on every system."""
    return _UNFIT.sub("_", draft.request.title).strip(" .")[:_LONGEST] or "草稿"


def free_name(home: Path, draft: Draft, owner: str = "") -> str:
    """The draft's name, or with （2）, （3）… where drafts of that name are kept already: none is written over."""
    name, n = name_of(draft), 1
    while _path(home, free := name if n == 1 else f"{name}（{n}）", owner).exists():
        n += 1
    return free


def save(home: Path, draft: Draft, name: str = "", owner: str = "") -> Path:
    """`name`: what it is kept by, if not its own name. HomeError where it cannot be written; what was kept before is then
    still there.
    """
    path = _path(home, name or name_of(draft), owner)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.stem}.{threading.get_ident()}.part")  # two readers, two files
        fresh.write_bytes(_form().dump_json(draft))
        os.replace(fresh, path)  # noqa: PTH105 - over a file that is there, on Windows too
    except OSError as error:
        raise HomeError(f"草稿存不进资料目录（{error.strerror}）") from error
    return path


def load(home: Path, name: str, owner: str = "") -> Draft:
    """BadRequest where there is no such draft, or its file is damaged or of another version."""
    try:
        path = _path(home, name, owner)
        return _form().validate_json(path.read_bytes())
    except OSError as error:
        raise BadRequest(f"没有存过草稿“{name}”", hint="请从列表里选一份存过的草稿，或重新起草。") from error
    except ValueError as error:
        raise BadRequest(
            f"草稿“{name}”的文件坏了，或是别的版本写的", hint="请重新起草；旧文件没有动。"
        ) from error


def _path(home: Path, name: str, owner: str) -> Path:
    """FileNotFoundError for a name that leads out of the folder of the drafts, or into another owner's."""
    parts = [owner, name] if owner else name.split("/")
    if len(parts) > 2 or any(_UNFIT.search(one) or not one.strip(". ") for one in parts):
        raise FileNotFoundError(name)
    return (home / "drafts").joinpath(*parts[:-1], parts[-1] + _ENDING)


def kept(home: Path, owner: str = "") -> tuple[Kept, ...]:
    """The drafts that were kept, the latest first."""
    folder = home / "drafts" / owner
    files = [*folder.glob("*" + _ENDING), *(() if owner else folder.glob("*/*" + _ENDING))]
    found = [
        Kept(
            path.relative_to(folder).with_suffix("").as_posix(),
            datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(),
        )
        for path in files
    ]
    return tuple(sorted(found, key=lambda one: one.written, reverse=True))


@lru_cache(1)
def _form() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)
