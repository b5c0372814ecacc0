"""What the commands begin with: the index of a home, and the documents a name stands for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ConfigError

if TYPE_CHECKING:
    from ingest.index import Index
    from ingest.model import DocumentRow


def open_home(home: Path | None) -> Index:
    """HomeError for a home that is not there: these commands look at or change what was read in before."""
    from ingest.compose import open_index
    from ingest.config import load_settings

    return open_index(load_settings(home, must_exist=True))


def find(index: Index, source: str) -> DocumentRow:
    exact, near = matches(index, source)
    if len(near) == 1 or exact:
        return (exact or near)[0]
    raise ConfigError(
        f"“{source}”对应多份文件。", hint="请写全路径，例如：" + "、".join(row.source for row in near[:3])
    )


def matches(index: Index, source: str) -> tuple[list[DocumentRow], list[DocumentRow]]:
    """The document of exactly this name (at most one), and all whose name or title holds it; ConfigError for none."""
    rows = index.documents()
    exact = [row for row in rows if source in (row.source, row.path)][:1]
    near = [row for row in rows if source in row.source or source in row.title]
    if exact or near:
        return exact, near
    raise ConfigError(f"资料库里没有“{source}”。", hint="请运行 python -m ingest status 查看已有文件的名称。")
