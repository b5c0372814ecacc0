"""The whole ingest story: folders -> sources -> documents -> chunks -> index. Idempotent and incremental.

A file is told by its content (and its manifest entry), so a second sync writes nothing, a touched file costs
nothing, and a changed one replaces its former self in one step. A bad file is named in the report and the rest goes on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest import manifest
from ingest.archives import remembered
from ingest.copies import COPY_RULES, copies
from ingest.discover import discover
from ingest.errors import ConfigError
from ingest.index import Index
from ingest.masking import unmasked_warning
from ingest.model import DocumentRow, Failure, LeftOut, Notice, Progress, SyncReport
from ingest.reading import Embedded, Held, Job, Unchanged, read_all
from ingest.text import titled
from ingest.versions import repeals_of, standing
from ingest.workers import Limits

_BATCH_CHUNKS = 12_000  # committed at once: a commit costs about as much for 1,000 chunks as for 10,000
_FIRST_BATCH_CHUNKS = 3_000  # small, so that writing starts soon after the workers do
# A large model on a CPU, or a service that is paid for: what was embedded is committed at least this often, so that
# a sync that breaks off loses a minute's work and not an hour's.
_LONGEST_WAIT = 60.0  # seconds
OnProgress = Callable[[Progress], None]


def sync(
    folders: Sequence[Path],
    index: Index,
    on_progress: OnProgress | None = None,
    workers: int = 2,
    limits: Limits | None = None,
    *,
    mask_personal: bool = False,
) -> SyncReport:
    """Brings the index in line with `folders` (or single files); removes only what is gone under them.

    `mask_personal`: no store gets the personal data of a text; what was stored otherwise is read anew.
    """
    began = time.perf_counter()
    chunks = 0
    with index.writing(), remembered():
        index.check_rules()
        known = {row.path: row for row in index.documents()}
        jobs, present, shut, failed = _jobs(folders, known, mask_personal)
        report, removed = SyncReport(failed=tuple(failed)), 0
        batch: list[Embedded] = []
        enough, committed = _FIRST_BATCH_CHUNKS, began
        for done, outcome in enumerate(read_all(jobs, index.embedder, workers, limits or Limits()), 1):
            report = _count(report, outcome, known, index)
            if isinstance(outcome, Held) and (row := known.pop(str(outcome.source.path), None)):
                index.remove([row.id])  # what was read before it had its mark; now, for a sync may break off
                removed += 1
            if isinstance(outcome, Embedded):
                batch.append(outcome)
                chunks += len(outcome.reading.chunks)
            waited = time.perf_counter() - committed >= _LONGEST_WAIT
            if waited or done == len(jobs) or sum(len(embedded.vectors) for embedded in batch) >= enough:
                _commit(batch, known, index)
                batch, enough, committed = [], _BATCH_CHUNKS, time.perf_counter()
            if on_progress:
                on_progress(Progress(done, len(jobs), _name(outcome), chunks))
        gone = [row.id for row in _gone(folders, present, shut, known)]
        index.remove(gone)
        report = replace(report, warnings=(*report.warnings, *_group(index)))
        rows = index.documents()
        index.set_in_force(standing(rows, repeals_of(rows)))
        index.set_left_out(_left_out(folders, report, jobs, index))
    seconds = round(time.perf_counter() - began, 3)
    return replace(_sorted(report), removed=removed + len(gone), chunks=chunks, seconds=seconds)


def _sorted(report: SyncReport) -> SyncReport:
    """By file name: workers are done in another order each time."""
    return replace(
        report,
        failed=tuple(sorted(report.failed, key=lambda failure: failure.source)),
        quarantined=tuple(sorted(report.quarantined, key=lambda notice: notice.source)),
        warnings=tuple(sorted(report.warnings, key=lambda notice: notice.source)),
    )


def _group(index: Index) -> list[Notice]:
    """Finds the copies among all documents, unless they are those that were compared last time; what is new of it."""
    rows = index.documents()
    seen = hashlib.sha256(f"{COPY_RULES}{sorted(row.id for row in rows)}".encode()).hexdigest()
    if seen == index.copies_seen():
        return []
    first = copies(rows, index.text)
    changed = {row.id: first.get(row.id) for row in rows if first.get(row.id) != row.copy_of}
    index.set_copies(changed, seen)
    by_id = {row.id: row for row in rows}
    found = ((by_id[one], by_id[original]) for one, original in changed.items() if original)
    return [Notice(row.source, f"与{titled(same.title)}（{same.source}）内容相同。") for row, same in found]


def _commit(batch: Sequence[Embedded], known: dict[str, DocumentRow], index: Index) -> None:
    if batch:
        paths = [str(embedded.reading.source.path) for embedded in batch]
        replaced = [known[path].id for path in paths if path in known]
        vectors = np.concatenate([embedded.vectors for embedded in batch])
        index.write([embedded.reading for embedded in batch], vectors, replaced)


def _left_out(
    folders: Sequence[Path], report: SyncReport, jobs: Sequence[Job], index: Index
) -> list[LeftOut]:
    """What was not read of these folders, and what the last sync did not read of others."""
    roots = [folder.expanduser().resolve() for folder in folders]
    kept = [
        one
        for one in index.left_out()
        if not any(Path(one.path).is_relative_to(root) for root in roots) and Path(one.path).exists()
    ]
    paths = {job.source.name: str(job.source.path) for job in jobs}
    root = roots[0] if roots and roots[0].is_dir() else Path(*roots[:1]).parent
    for held in report.quarantined:
        path = paths.get(held.source, str(root / held.source))
        kept.append(LeftOut(path, held.source, held=True, reason=held.message))
    for failure in report.failed:
        path = paths.get(failure.source, str(root / failure.source))
        kept.append(LeftOut(path, failure.source, held=False, reason=failure.reason, hint=failure.hint))
    return kept


def _jobs(
    folders: Sequence[Path], known: dict[str, DocumentRow], mask_personal: bool
) -> tuple[list[Job], set[str], set[str], list[Failure]]:
    """What to look at, every path that is there, every path that could not be opened or listed, and why."""
    present: set[str] = set()
    shut: set[str] = set()
    jobs: dict[str, Job] = {}
    failed: list[Failure] = []
    for folder in folders:
        root, entries = manifest.above(folder.expanduser().resolve(), known.values())
        sources, unreadable = discover(folder, root)
        failed += unreadable
        shut |= {str(root / failure.source) for failure in unreadable}
        for source in sources:
            present.add(str(source.path))
            row = known.get(str(source.path))
            try:
                entry = manifest.beside(source.path, entries.get(source.name))
            except ConfigError as error:  # a broken sidecar is that file's failure, not the whole sync's
                failed.append(Failure(source.name, str(error), error.hint))
                continue
            jobs[str(source.path)] = Job(source, entry, row.sha256 if row else None, mask_personal)
    # A second member of the same name is refused under the name of the first, which is there.
    return list(jobs.values()), present, shut - present, failed


def _name(outcome: Embedded | Unchanged | Failure | Held) -> str:
    if isinstance(outcome, Failure):
        return outcome.source
    if isinstance(outcome, Held):
        return outcome.source.name
    return (outcome.reading if isinstance(outcome, Embedded) else outcome).source.name


def _count(
    report: SyncReport,
    outcome: Embedded | Unchanged | Failure | Held,
    known: dict[str, DocumentRow],
    index: Index,
) -> SyncReport:
    if isinstance(outcome, Held):
        held = Notice(outcome.source.name, outcome.message)
        return replace(report, quarantined=(*report.quarantined, held))
    if isinstance(outcome, Failure):
        return replace(report, failed=(*report.failed, outcome))
    if isinstance(outcome, Unchanged):
        row = known.get(str(outcome.source.path))
        if row and row.source != outcome.source.name:
            index.rehome([(row.id, outcome.source)])
        return replace(report, unchanged=report.unchanged + 1)
    source, document = outcome.reading.source, outcome.reading.document
    bare = unmasked_warning(document.text) if document.personal is None else None
    said = (*document.warnings, *([bare] if bare else []))
    warnings = tuple(Notice(source.name, warning) for warning in said)
    doubtful = (Notice(source.name, "；".join(document.quality.check)),) if document.quality.check else ()
    report = replace(report, warnings=(*report.warnings, *warnings), check=(*report.check, *doubtful))
    if str(source.path) in known:
        return replace(report, changed=report.changed + 1)
    return replace(report, added=report.added + 1)


def _gone(
    folders: Sequence[Path], present: Collection[str], shut: set[str], known: dict[str, DocumentRow]
) -> Iterable[DocumentRow]:
    """Documents under the folders given whose files are there no more, or may not be.

    A folder or an archive that is `shut` keeps what was read of it.
    """
    roots = [folder.resolve() for folder in folders]
    for path, row in known.items():
        if path in present or not shut.isdisjoint((path, *map(str, Path(path).parents))):
            continue
        if any(Path(path).is_relative_to(root) for root in roots):
            yield row
