"""Puts the parts together: the only place that chooses which embedder and which stores are used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.config import Settings
from ingest.embed import open_embedder
from ingest.index import Index
from ingest.model import Progress, SyncReport


def open_index(settings: Settings) -> Index:
    """The index of `settings.home`, repaired if a kill left it unfinished."""
    return Index(settings.home, open_embedder(settings.embedding.model))


def sync_folders(
    settings: Settings, folders: Sequence[Path], on_progress: Callable[[Progress], None] | None = None
) -> SyncReport:
    """Syncs `folders` into the home; see `ingest.pipeline.sync`."""
    from ingest.pipeline import sync  # parsers are needed on this path only

    index = open_index(settings)
    try:
        return sync(folders, index, on_progress)
    finally:
        index.close()
