"""One file, from bytes to chunks with their vectors - here, or in worker processes when there are many.

Workers import this module and nothing of the stores, so they are at work in a moment.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import multiprocessing
import os
import signal
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import manifest
from ingest.archives import read_member
from ingest.chunk import chunk
from ingest.clean import CLEAN_RULES, clean
from ingest.copies import sketch
from ingest.describe import describe, work_key
from ingest.embed import BUILTIN, Embedder, embedding_text, open_embedder
from ingest.errors import DocumentError, SecretDocument, VanishedDocument
from ingest.model import Description, Document, Failure, Parsed, Reading, Source
from ingest.outline import outline
from ingest.parse.door import parse
from ingest.personal import hidden
from ingest.quality import quality
from ingest.screen import secrecy_marks

# Raise it when files that are in the catalog already should be read anew at the next sync: parsers and descriptions.
READING_RULES = 6
_OUR_BUG = "这是程序的问题，不是文件的问题：请把运行时显示的出错位置和这份文件的格式告诉管理员；文件可另存为 docx 或 txt 再同步。"
_log = logging.getLogger(__name__)
_WORTH_A_POOL = 24  # files; below, starting worker processes costs more than it saves


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
    """A file with a mark of secrecy: nothing of it may be kept. `message` names the mark and its page."""

    source: Source
    message: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """A reading with one vector per chunk."""

    reading: Reading
    vectors: NDArray[np.float32]


def read_all(
    jobs: Sequence[Job], embedder: Embedder, workers: int
) -> Iterator[Embedded | Unchanged | Failure | Held]:
    """What became of each job, the unchanged ones first; Held: it has a mark of secrecy.

    Chroma holds Python's lock while it adds, so reading and embedding go to worker processes; each opens the
    builtin model, which takes a moment. Any other model is opened once, here.
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
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_settle) as pool:
        attempt = _attempt_and_embed if in_workers else _attempt
        for read_outcome in pool.map(attempt, waiting, chunksize=4):
            yield read_outcome if isinstance(read_outcome, Embedded) else _embedded(read_outcome, embedder)


def _settle() -> None:
    """The workers are the parallelism: threads of the tokenizer inside each would only fight over the cores.
    Readings hold no reference cycles, so looking for some costs time and finds nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the main process's to answer
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    gc.disable()


@cache
def _builtin() -> Embedder:
    return open_embedder(BUILTIN)


def _attempt_and_embed(job: Job) -> Embedded | Failure | Held:
    return _embedded(_attempt(job), _builtin())


def _embedded(outcome: Reading | Failure | Held, embedder: Embedder) -> Embedded | Failure | Held:
    if not isinstance(outcome, Reading):
        return outcome
    title = outcome.document.description.title
    texts = [embedding_text(title, chunk.heading_path, chunk.text) for chunk in outcome.chunks]
    return Embedded(outcome, embedder.encode_documents(texts))


def _unchanged(job: Job) -> Unchanged | Failure | None:
    """None when the file is new or differs from what the catalog holds."""
    if job.known_hash is None:
        return None
    try:
        same = _content_hash(_bytes(job.source), job) == job.known_hash
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)
    return Unchanged(job.source) if same else None


def _attempt(job: Job) -> Reading | Failure | Held:
    try:
        data = _bytes(job.source)
        return read(job.source, job.entry, data, _content_hash(data, job), mask_personal=job.mask_personal)
    except SecretDocument as error:
        return Held(job.source, f"{error}{error.hint}")
    except DocumentError as error:
        return Failure(job.source.name, str(error), error.hint)
    except Exception as error:  # noqa: BLE001 - a bug of ours costs this file, never the sync
        # Where it happened, but not the message: it may quote the file, which nobody has screened.
        places = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s: %s in\n%s", job.source.name, type(error).__name__, places)
        return Failure(job.source.name, "这份文件读不出来（程序内部错误）", _OUR_BUG)


def _content_hash(data: bytes, job: Job) -> str:
    """A file is its bytes and what the manifest says of it: a corrected title is a change, too. And so are new rules,
    which make the next sync read every file anew.
    """
    rules = f"{READING_RULES}.{CLEAN_RULES}{'masked' if job.mask_personal else ''}"
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
            f"文件读不出来（{error.strerror}）",
            hint="请确认没有别的程序占用它，并且你有读取权限，再同步一次。",
        ) from error


def read(
    source: Source, entry: manifest.Entry, data: bytes, content_hash: str, *, mask_personal: bool = False
) -> Reading:
    """One file, from bytes to chunks. Raises DocumentError for a file that cannot be read, SecretDocument for one that
    may not be.
    """
    parsed = parse(data, source.name)
    _hold_back_secrets(parsed, entry)
    found: Counter[str] = Counter()
    name = source.name
    if (
        mask_personal
    ):  # before anything is kept of it, be it as dropped; character for character, so that places stay
        parsed, name = _masked_parsed(parsed, found), hidden(name)[0]
    text, blocks, dropped = clean(parsed.text, parsed.blocks, parsed.format)
    if mask_personal:
        text = _masked(text, found)  # a number that was broken over two lines is whole now
    sections = outline(text, blocks)
    description = describe(text, blocks, name, entry, parsed.format, parsed.properties)
    if mask_personal:
        description = _masked_description(description)
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


def _masked_parsed(parsed: Parsed, found: Counter[str]) -> Parsed:
    return replace(
        parsed,
        text=_masked(parsed.text, found),
        properties={key: hidden(value)[0] for key, value in parsed.properties.items()},
        warnings=tuple(hidden(warning)[0] for warning in parsed.warnings),
    )


def _masked(text: str, found: Counter[str]) -> str:
    """`text` with its personal data masked, which are added to `found`."""
    text, counted = hidden(text)
    found.update(counted)
    return text


def _masked_description(description: Description) -> Description:
    """What the manifest says may hold personal data, too."""
    said = {field.name: getattr(description, field.name) for field in fields(description)}
    changed: dict[str, Any] = {
        name: hidden(value)[0] for name, value in said.items() if isinstance(value, str)
    }
    return replace(description, **changed, repeals=tuple(hidden(name)[0] for name in description.repeals))


def _hold_back_secrets(parsed: Parsed, entry: manifest.Entry) -> None:
    """Before cleaning, which could take a mark that repeats on every page for a page header."""
    if entry.get("cleared") is True:
        return
    # Each passage beside the text is a head of its own: a bare 机密 alone in a page header is a mark.
    beside = (secrecy_marks(passage, ()) for passage in parsed.aside)
    if marks := secrecy_marks(parsed.text, parsed.blocks) or next(filter(None, beside), ()):
        page = f"第 {marks[0].page} 页" if marks[0].page else "文中"
        raise SecretDocument(f"{page}有密级标志“{marks[0].wording}”，已隔离，没有读入任何文字。")
