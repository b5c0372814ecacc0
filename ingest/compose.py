"""Puts the parts together: the only place that chooses which embedder and which stores are used."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.config import OfficeSettings, Settings
from ingest.embed import open_embedder
from ingest.index import Index
from ingest.model import Progress, SyncReport


def open_index(settings: Settings) -> Index:
    """The index of `settings.home`, repaired if a kill left it unfinished."""
    chosen = settings.embedding
    key = chosen.api_key
    embedder = open_embedder(
        chosen.model if chosen.base_url else local_model(settings, chosen.model),
        base_url=chosen.base_url,
        api_key=key.get_secret_value() if key else None,
        query_instruction=chosen.query_instruction,
        batch=chosen.batch,
        timeout=chosen.timeout,
    )
    return Index(settings.home, embedder)


def local_model(settings: Settings, model: str) -> str:
    """A folder inside the home may be named by its path from there; every other name stays as it is."""
    inside = settings.home / model
    return str(inside) if inside.is_dir() else model


def _tell_workers(settings: Settings) -> None:
    """Parsers run in worker processes, to which the environment is the way; those that were told otherwise go."""
    from ingest.workers import close

    office = settings.office
    told = {
        "DANGWU_OFFICE__PROGRAM": str(office.program or ""),
        "DANGWU_OFFICE__TIMEOUT": "" if office.timeout == OfficeSettings().timeout else str(office.timeout),
    }
    if any(os.environ.get(name, "") != value for name, value in told.items()):
        os.environ.update(told)
        close()


def sync_folders(
    settings: Settings, folders: Sequence[Path], on_progress: Callable[[Progress], None] | None = None
) -> SyncReport:
    """Syncs `folders` into the home; see `ingest.pipeline.sync`."""
    from ingest.pipeline import sync  # parsers are needed on this path only
    from ingest.workers import Limits

    _tell_workers(settings)
    reading = settings.reading
    limits = Limits(reading.seconds, reading.most_seconds, reading.memory_mb)
    index = open_index(settings)
    try:
        return sync(folders, index, on_progress, limits=limits, mask_personal=settings.index.mask_personal)
    finally:
        index.close()
