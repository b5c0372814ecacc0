"""One file, from bytes to chunks with their vectors - in worker processes, all but a few small texts.

What other people's libraries read may hang, swell or crash, so it is never read in this process; see `workers`.
Workers import this module and nothing of the stores, so they are at work in a moment.
"""

from __future__ import annotations

import hashlib
import json
import logging
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest import manifest
from ingest.archives import read_member
from ingest.chunk import chunk
from ingest.clean import CLEAN_RULES, clean
from ingest.describe import describe, work_key
from ingest.embed import BUILTIN, Embedder, embedding_text, open_embedder
from ingest.errors import DocumentError, SecretDocument, UnscreenedDocument, VanishedDocument, os_words
from ingest.masking import masked, masked_description, masked_parsed
from ingest.model import Document, Failure, Parsed, Reading, Source
from ingest.outline import outline
from ingest.parse.door import is_plain_text, parse
from ingest.personal import hidden
from ingest.quality import quality
from ingest.screen import secrecy_marks
from ingest.sketches import SKETCH_RULES, sketch
from ingest.workers import Limits, Lost, Task, in_workers

# Raise it when files that are in the catalog already should be read anew at the next sync: parsers and descriptions.
READING_RULES = 9
_WORTH_A_POOL = 24  # small texts; fewer are read here in the time that it takes to start a worker
SMALL = 64_000  # bytes; of a text read here: a hundredth of a second
_EXTRA_SECONDS = 4.0  # a megabyte
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be looked at, what the manifest says of it, and what the catalog holds of it."""

    source: Source
    entry: manifest.Entry
    known_hash: str | None  # of the document that stands in the catalog for this path
    mask_personal: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that the catalog holds as it is."""

    source: Source


@dataclass(frozen=True, slots=True)
class Held:
    """A file with a mark of secrecy, or one that could not be looked through for it: nothing of it may be kept.

    `message` names the mark and its page.
    """

    source: Source
    message: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """A reading with one vector per chunk."""

    reading: Reading
    vectors: NDArray[np.float32]


def read_all(
    jobs: Sequence[Job], embedder: Embedder, workers: int, limits: Limits
) -> Iterator[Embedded | Unchanged | Failure | Held]:
    """What became of each job, each once: the unchanged first, the others as they are done.

    Chroma holds Python's lock while it adds, so reading and embedding go to worker processes; each opens the
    builtin model, which takes a moment. Any other model is opened once, here.
    """
    waiting = []
    for job in jobs:  # telling what changed takes far less than starting workers
        if (outcome := _unchanged(job)) is None:
            waiting.append(job)
        else:
            yield outcome
    small = [job for job in waiting if _is_small_text(job.source)]
    if len(small) < _WORTH_A_POOL:
        yield from (_embedded(_attempt(job), embedder) for job in small)
        waiting = [job for job in waiting if job not in small]
    attempt = _attempt_and_embed if embedder.name == BUILTIN else _attempt
    tasks = [Task(job, job.source.size / 1e6 * _EXTRA_SECONDS, job.source.size < SMALL) for job in waiting]
    for number, read_outcome in in_workers(attempt, tasks, limits, workers):
        if isinstance(read_outcome, Lost):
            yield _gave_up(waiting[number].source, read_outcome)
        else:
            yield read_outcome if isinstance(read_outcome, Embedded) else _embedded(read_outcome, embedder)


def _is_small_text(source: Source) -> bool:
    """Whether it may be read in this process; told by the bytes, as always."""
    if source.size > SMALL:
        return False
    try:
        data = _bytes(source)
    except Exception:  # noqa: BLE001 - there is nothing to read: `_attempt` says why
        return True
    return len(data) <= SMALL and is_plain_text(data, source.name)


def _gave_up(source: Source, lost: Lost) -> Failure:
    match lost.why:
        case "long":
            return Failure(
                source.name,
                f"读这份文件用时太长（{lost.detail} 秒没有全部读完），已停止读取",
                "请拆成几份后再同步；不便拆分时，可在 config.toml 的 [reading] 里调大 most_seconds。",
            )
        case "silent":
            return Failure(
                source.name,
                f"读这份文件用时太长（{lost.detail} 秒没有读完一页），已停止读取",
                "请拆成几份，或另存为 docx、txt 后再同步；电脑确实很慢时，可在 config.toml 的 [reading] 里调大 seconds。",
            )
        case "memory":
            return Failure(
                source.name,
                f"读这份文件要用的内存超过上限（{lost.detail} MB），已停止读取",
                "请拆成几份后再同步；内存充足时，可在 config.toml 的 [reading] 里调大 memory_mb。",
            )
        case _:
            return Failure(
                source.name,
                f"读这份文件时读取程序崩溃了（{lost.detail}），试了两次",
                "文件可能已损坏：请用办公软件打开，确认内容正常后另存一份再同步。",
            )


@cache
def _builtin() -> Embedder:
    return open_embedder(BUILTIN)


def _attempt_and_embed(job: Job) -> Embedded | Failure | Held:
    embedder = _builtin()  # what is wrong with the model is not the file's fault
    try:
        return _embedded(_attempt(job), embedder)
    except Exception as error:  # noqa: BLE001 - see `_our_fault`
        return _our_fault(job.source, error)


def _embedded(outcome: Reading | Failure | Held, embedder: Embedder) -> Embedded | Failure | Held:
    if not isinstance(outcome, Reading):
        return outcome
    title = outcome.document.description.title
    texts = [embedding_text(title, chunk.heading_path, chunk.text) for chunk in outcome.chunks]
    return Embedded(outcome, embedder.encode_documents(texts))


def _unchanged(job: Job) -> Unchanged | Failure | None:
    """None when the file is new or differs from what the catalog holds, or a worker has to find that out."""
    if job.known_hash is None:
        return None
    try:
        same = _content_hash(_bytes(job.source), job) == job.known_hash
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)
    except MemoryError:
        return None
    except Exception as error:  # noqa: BLE001 - see `_our_fault`
        return _our_fault(job.source, error)
    return Unchanged(job.source) if same else None


def _attempt(job: Job) -> Reading | Failure | Held:
    try:
        data = _bytes(job.source)
        return read(job.source, job.entry, data, _content_hash(data, job), mask_personal=job.mask_personal)
    except (SecretDocument, UnscreenedDocument) as error:
        return Held(job.source, f"{error}{error.hint}")
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)
    except Exception as error:  # noqa: BLE001 - see `_our_fault`
        return _our_fault(job.source, error)


def _our_fault(source: Source, error: Exception) -> Failure:
    """A mistake of this program costs one file, not the sync. Says where, and no word of the file: it may be secret.

    MemoryError is raised again: it says something of the worker.
    """
    if isinstance(error, MemoryError):
        raise error
    _log.error(
        "%s: %s in\n%s", source.name, type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
    )
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "ingest" in Path(frame.filename).parts] or frames
    place = f"{Path(ours[-1].filename).name} 第 {ours[-1].lineno} 行" if ours else "位置不明"
    return Failure(
        source.name,
        f"程序读这份文件时出了错（{type(error).__name__}，{place}）",
        "这是程序的问题：请把这一行告诉管理员；着急用时，把文件另存为 docx 或 txt 再同步。",
    )


def _content_hash(data: bytes, job: Job) -> str:
    """A file is its bytes and what the manifest says of it: a corrected title is a change, too. And so are new rules,
    which make the next sync read every file anew.
    """
    rules = f"{READING_RULES}.{CLEAN_RULES}.{SKETCH_RULES}{'masked' if job.mask_personal else ''}"
    said = f"{json.dumps(job.entry, default=str, sort_keys=True)}{rules}"
    return hashlib.sha256(data + said.encode()).hexdigest()


def _bytes(source: Source) -> bytes:
    if source.archive is not None:
        return read_member(source.root / source.archive, source.name[len(source.archive) + 1 :])
    try:
        return source.path.read_bytes()
    except FileNotFoundError as error:
        raise VanishedDocument("文件在同步过程中不见了") from error
    except OSError as error:
        raise DocumentError(
            f"文件读不出来（{os_words(error)}）",
            hint="请确认没有别的程序占用它，并且你有读取权限，再同步一次。",
        ) from error


def read(
    source: Source, entry: manifest.Entry, data: bytes, content_hash: str, *, mask_personal: bool = False
) -> Reading:
    """One file, from bytes to chunks. Raises DocumentError for a file that cannot be read, SecretDocument for one that
    may not be, UnscreenedDocument for one of which that cannot be told.
    """
    parsed = parse(data, source.name)
    _hold_back_secrets(parsed, entry)
    found: Counter[str] = Counter()
    name = source.name
    if (
        mask_personal
    ):  # before anything is kept of it, be it as dropped; character for character, so that places stay
        parsed, name = masked_parsed(parsed, found), hidden(name)[0]
    text, blocks, dropped = clean(parsed.text, parsed.blocks, parsed.format)
    if mask_personal:
        text = masked(text, found)  # a number that was broken over two lines is whole now
    sections = outline(text, blocks)
    description = describe(text, blocks, name, entry, parsed.format, parsed.properties)
    if mask_personal:
        description = masked_description(description)
    document = Document(
        id=hashlib.sha256(f"{source.path}\n{content_hash}".encode()).hexdigest()[:16],
        source=source.name,
        text=text,
        blocks=blocks,
        description=description,
        format=parsed.format,
        sha256=content_hash,
        dropped=dropped,
        warnings=parsed.warnings,
        quality=quality(parsed, text, blocks, dropped, sections, description),
        sketch=sketch(text),
        personal=dict(found) if mask_personal else None,
    )
    chunks = tuple(chunk(document, sections))
    return Reading(source, document, chunks, work_key(description, name), "status" in entry)


def _hold_back_secrets(parsed: Parsed, entry: manifest.Entry) -> None:
    """Before cleaning, which could take a mark that repeats on every page for a page header."""
    if entry.get("cleared") is True:
        return
    # Each passage beside the text is a head of its own: a bare 机密 alone in a page header is a mark.
    beside = (secrecy_marks(passage, ()) for passage in parsed.aside)
    if marks := secrecy_marks(parsed.text, parsed.blocks) or next(filter(None, beside), ()):
        page = f"第 {marks[0].page} 页" if marks[0].page else "文中"
        raise SecretDocument(f"{page}有密级标志“{marks[0].wording}”，已隔离，没有读入任何文字。")
    if parsed.unread_head is not None:
        raise UnscreenedDocument(
            f"第 {parsed.unread_head} 页没有读出来，无法查验密级，已隔离，没有读入任何文字。"
        )
