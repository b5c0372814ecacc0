"""The whole ingest story: folders -> sources -> documents -> chunks -> index. Idempotent and incremental.

A file is told by its content (and its manifest entry), so a second sync writes nothing, a touched file costs
nothing, and a changed one replaces its former self in one step. A bad file is named in the report and the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import manifest
from ingest.catalog import DocumentRow
from ingest.chunk import chunk
from ingest.clean import clean
from ingest.describe import describe, work_key
from ingest.discover import discover
from ingest.errors import DocumentError, VanishedDocument
from ingest.index import Index
from ingest.model import Document, Failure, Notice, Progress, Reading, Source, SyncReport
from ingest.outline import outline
from ingest.parse.door import parse
from ingest.versions import standing

_BATCH_CHUNKS = 4000
_WORTH_A_POOL = 24  # files; below, starting worker processes costs more than it saves
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Job:
    source: Source
    entry: manifest.Entry
    known_hash: str | None  # of the document that stands in the catalog for this path


@dataclass(frozen=True, slots=True)
class _Unchanged:
    source: Source


def sync(folders: Sequence[Path], index: Index, on_progress: OnProgress | None = None, workers: int = 2) -> SyncReport:
    """Brings the index in line with `folders` (or single files); removes only what is gone under them."""
    began = time.perf_counter()
    with index.writing():
        index.check_rules()
        known = {row.path: row for row in index.documents()}
        jobs, failed = _jobs(folders, known)
        report = SyncReport(failed=tuple(failed))
        batch: list[Reading] = []
        for done, outcome in enumerate(_read_all(jobs, workers), 1):
            report = _count(report, outcome, known, index)
            if isinstance(outcome, Reading):
                batch.append(outcome)
            if sum(len(reading.chunks) for reading in batch) >= _BATCH_CHUNKS:
                report = _commit(batch, known, index, report)
                batch = []
            if on_progress:
                on_progress(Progress(done, len(jobs), jobs[done - 1].source.name, report.chunks))
        report = _commit(batch, known, index, report)
        gone = [row.id for row in _gone(folders, jobs, known)]
        index.remove(gone)
        index.set_in_force(standing(index.documents()))
    return replace(report, removed=len(gone), seconds=round(time.perf_counter() - began, 3))


def read(source: Source, entry: manifest.Entry, data: bytes, content_hash: str) -> Reading:
    """One file, from bytes to chunks. Raises DocumentError for a file that cannot be read."""
    parsed = parse(data, source.name)
    text, blocks, dropped = clean(parsed.text, parsed.blocks)
    document = Document(
        id=hashlib.sha256(f"{source.path}\n{content_hash}".encode()).hexdigest()[:16],
        source=source.name,
        text=text,
        blocks=blocks,
        description=describe(text, blocks, source.name, entry),
        format=parsed.format,
        sha256=content_hash,
        dropped=dropped,
        warnings=parsed.warnings,
    )
    chunks = tuple(chunk(document, outline(text, blocks)))
    return Reading(source, document, chunks, work_key(document.description, source.name), "status" in entry)


def _jobs(folders: Sequence[Path], known: dict[str, DocumentRow]) -> tuple[list[_Job], list[Failure]]:
    jobs: dict[str, _Job] = {}
    failed: list[Failure] = []
    for folder in folders:
        sources, unreadable = discover(folder)
        failed += unreadable
        entries = manifest.load(folder) if folder.is_dir() else {}
        for source in sources:
            row = known.get(str(source.path))
            jobs[str(source.path)] = _Job(source, entries.get(source.name, {}), row.sha256 if row else None)
    return list(jobs.values()), failed


def _read_all(jobs: Sequence[_Job], workers: int) -> Iterator[Reading | _Unchanged | Failure]:
    if len(jobs) < _WORTH_A_POOL or workers < 2:
        yield from map(_attempt, jobs)
        return
    # "spawn": forking a process that already runs threads (Chroma, tokenizers, Gradio) can hang.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_attempt, jobs, chunksize=8)


def _attempt(job: _Job) -> Reading | _Unchanged | Failure:
    try:
        data = _bytes(job.source)
        content_hash = hashlib.sha256(data + json.dumps(job.entry, default=str, sort_keys=True).encode()).hexdigest()
        if content_hash == job.known_hash:
            return _Unchanged(job.source)
        return read(job.source, job.entry, data, content_hash)
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)


def _bytes(source: Source) -> bytes:
    try:
        return source.path.read_bytes()
    except FileNotFoundError as error:
        raise VanishedDocument("文件在同步过程中不见了") from error
    except OSError as error:
        raise DocumentError(
            f"文件读不出来（{error.strerror}）", hint="请确认没有别的程序占用它，并且你有读取权限，再同步一次。"
        ) from error


def _count(
    report: SyncReport, outcome: Reading | _Unchanged | Failure, known: dict[str, DocumentRow], index: Index
) -> SyncReport:
    if isinstance(outcome, Failure):
        return replace(report, failed=(*report.failed, outcome))
    row = known.get(str(outcome.source.path))
    if isinstance(outcome, _Unchanged):
        if row and row.source != outcome.source.name:
            index.rehome([(row.id, outcome.source)])
        return replace(report, unchanged=report.unchanged + 1)
    warnings = tuple(Notice(outcome.source.name, warning) for warning in outcome.document.warnings)
    report = replace(report, warnings=(*report.warnings, *warnings))
    return replace(report, changed=report.changed + 1) if row else replace(report, added=report.added + 1)


def _commit(
    batch: Sequence[Reading], known: dict[str, DocumentRow], index: Index, report: SyncReport
) -> SyncReport:
    paths = [str(reading.source.path) for reading in batch]
    replaced = [known[path].id for path in paths if path in known]
    return replace(report, chunks=report.chunks + index.write(batch, replaced)) if batch else report


def _gone(folders: Sequence[Path], jobs: Sequence[_Job], known: dict[str, DocumentRow]) -> Iterable[DocumentRow]:
    """Documents under the folders given whose files are there no more."""
    present = {str(job.source.path) for job in jobs}
    roots = [folder.resolve() for folder in folders]
    for path, row in known.items():
        if path not in present and any(Path(path).is_relative_to(root) for root in roots):
            yield row
