"""The whole ingest story: folders -> sources -> documents -> chunks -> index. Idempotent and incremental.

A file is told by its content (and its manifest entry), so a second sync writes nothing, a touched file costs
nothing, and a changed one replaces its former self in one step. A bad file is named in the report and the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest import manifest
from ingest.catalog import DocumentRow
from ingest.chunk import chunk
from ingest.clean import clean
from ingest.describe import describe, work_key
from ingest.discover import discover
from ingest.embed import BUILTIN, Embedder, open_embedder
from ingest.errors import DocumentError, VanishedDocument
from ingest.index import Index, embedding_text
from ingest.model import Document, Failure, Notice, Progress, Reading, Source, SyncReport
from ingest.outline import outline
from ingest.parse.door import parse
from ingest.versions import standing

_BATCH_CHUNKS = 12_000  # committed at once: a commit costs about as much for 1,000 chunks as for 10,000
_FIRST_BATCH_CHUNKS = 3_000  # small, so that writing starts soon after the workers do
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


@dataclass(frozen=True, slots=True)
class _Embedded:
    """A reading with one vector per chunk."""

    reading: Reading
    vectors: NDArray[np.float32]


def sync(
    folders: Sequence[Path], index: Index, on_progress: OnProgress | None = None, workers: int = 2
) -> SyncReport:
    """Brings the index in line with `folders` (or single files); removes only what is gone under them."""
    began = time.perf_counter()
    chunks = 0
    with index.writing():
        index.check_rules()
        known = {row.path: row for row in index.documents()}
        jobs, failed = _jobs(folders, known)
        report = SyncReport(failed=tuple(failed))
        batch: list[_Embedded] = []
        enough = _FIRST_BATCH_CHUNKS
        for done, outcome in enumerate(_read_all(jobs, index.embedder, workers), 1):
            report = _count(report, outcome, known, index)
            if isinstance(outcome, _Embedded):
                batch.append(outcome)
                chunks += len(outcome.reading.chunks)
            if done == len(jobs) or sum(len(embedded.vectors) for embedded in batch) >= enough:
                _commit(batch, known, index)
                batch, enough = [], _BATCH_CHUNKS
            if on_progress:
                on_progress(Progress(done, len(jobs), _name(outcome), chunks))
        gone = [row.id for row in _gone(folders, jobs, known)]
        index.remove(gone)
        index.set_in_force(standing(index.documents()))
    seconds = round(time.perf_counter() - began, 3)
    return replace(report, removed=len(gone), chunks=chunks, seconds=seconds)


def _commit(batch: Sequence[_Embedded], known: dict[str, DocumentRow], index: Index) -> None:
    if batch:
        paths = [str(embedded.reading.source.path) for embedded in batch]
        replaced = [known[path].id for path in paths if path in known]
        vectors = np.concatenate([embedded.vectors for embedded in batch])
        index.write([embedded.reading for embedded in batch], vectors, replaced)


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


def _read_all(
    jobs: Sequence[_Job], embedder: Embedder, workers: int
) -> Iterator[_Embedded | _Unchanged | Failure]:
    """What became of each job, the unchanged ones first. Chroma holds Python's lock while it adds, so reading and embedding go to
    worker processes; each opens the builtin model, which takes a moment. Any other model is opened once, here.
    """
    waiting = []
    for job in jobs:  # telling what changed takes far less than starting workers
        if (outcome := _unchanged(job)) is None:
            waiting.append(job)
        else:
            yield outcome
    if len(waiting) < _WORTH_A_POOL or workers < 2:
        yield from (_embedded(_attempt(job), embedder) for job in waiting)
        return
    in_workers = embedder.name == BUILTIN
    # "spawn": forking a process that already runs threads (Chroma, tokenizers, Gradio) can hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
        attempt = _attempt_and_embed if in_workers else _attempt
        for read_outcome in pool.map(attempt, waiting, chunksize=4):
            yield read_outcome if isinstance(read_outcome, _Embedded) else _embedded(read_outcome, embedder)


def _one_thread() -> None:
    """The workers are the parallelism: threads of the tokenizer inside each would only fight over the cores."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


@cache
def _builtin() -> Embedder:
    return open_embedder(BUILTIN)


def _attempt_and_embed(job: _Job) -> _Embedded | Failure:
    return _embedded(_attempt(job), _builtin())


def _embedded(outcome: Reading | Failure, embedder: Embedder) -> _Embedded | Failure:
    if not isinstance(outcome, Reading):
        return outcome
    title = outcome.document.description.title
    texts = [embedding_text(title, chunk.heading_path, chunk.text) for chunk in outcome.chunks]
    return _Embedded(outcome, embedder.encode_documents(texts))


def _unchanged(job: _Job) -> _Unchanged | Failure | None:
    """None when the file is new or differs from what the catalog holds."""
    if job.known_hash is None:
        return None
    try:
        same = _content_hash(_bytes(job.source), job.entry) == job.known_hash
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)
    return _Unchanged(job.source) if same else None


def _attempt(job: _Job) -> Reading | Failure:
    try:
        data = _bytes(job.source)
        return read(job.source, job.entry, data, _content_hash(data, job.entry))
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)


def _content_hash(data: bytes, entry: manifest.Entry) -> str:
    """A file is its bytes and what the manifest says of it: a corrected title is a change, too."""
    return hashlib.sha256(data + json.dumps(entry, default=str, sort_keys=True).encode()).hexdigest()


def _bytes(source: Source) -> bytes:
    try:
        return source.path.read_bytes()
    except FileNotFoundError as error:
        raise VanishedDocument("文件在同步过程中不见了") from error
    except OSError as error:
        raise DocumentError(
            f"文件读不出来（{error.strerror}）",
            hint="请确认没有别的程序占用它，并且你有读取权限，再同步一次。",
        ) from error


def _name(outcome: _Embedded | _Unchanged | Failure) -> str:
    if isinstance(outcome, Failure):
        return outcome.source
    return (outcome.reading if isinstance(outcome, _Embedded) else outcome).source.name


def _count(
    report: SyncReport, outcome: _Embedded | _Unchanged | Failure, known: dict[str, DocumentRow], index: Index
) -> SyncReport:
    if isinstance(outcome, Failure):
        return replace(report, failed=(*report.failed, outcome))
    if isinstance(outcome, _Unchanged):
        row = known.get(str(outcome.source.path))
        if row and row.source != outcome.source.name:
            index.rehome([(row.id, outcome.source)])
        return replace(report, unchanged=report.unchanged + 1)
    source, document = outcome.reading.source, outcome.reading.document
    warnings = tuple(Notice(source.name, warning) for warning in document.warnings)
    report = replace(report, warnings=(*report.warnings, *warnings))
    if str(source.path) in known:
        return replace(report, changed=report.changed + 1)
    return replace(report, added=report.added + 1)


def _gone(
    folders: Sequence[Path], jobs: Sequence[_Job], known: dict[str, DocumentRow]
) -> Iterable[DocumentRow]:
    """Documents under the folders given whose files are there no more."""
    present = {str(job.source.path) for job in jobs}
    roots = [folder.resolve() for folder in folders]
    for path, row in known.items():
        if path not in present and any(Path(path).is_relative_to(root) for root in roots):
            yield row
