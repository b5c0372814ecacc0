"""Embeddings on disk. The only file that imports Chroma.

Chroma holds vectors and chunk ids, nothing else: texts and filters live in the catalog, which keeps Chroma's
own full-text index - most of the cost of adding - out of the way.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError, InvalidArgumentError, InvalidDimensionException
from filelock import FileLock
from numpy.typing import NDArray

from ingest.errors import EmbedderError, HomeError, os_words

_T = TypeVar("_T")
_COLLECTION = "chunks"
_BATCH = 5000  # Chroma refuses more than 5,461 records at once
# Measured on 68,093 chunks of the national laws, 300 lay questions, against exact search: recall@10 0.992,
# recall@100 0.955. Chroma's own settings (100, 16, 100) took 1.5 times the CPU to add and found 0.950 of the 100.
# What was added since the graph was last written to disk is added anew at every start: with a threshold of 100,000 the
# first search over those chunks took 27 seconds (and adding them 1.2 GB), with 2,000 it takes 0.7 (and 0.35 GB).
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 40,
    "max_neighbors": 16,
    "ef_search": 256,
    "sync_threshold": 2000,
}


# What Chroma says when it is the disk that fails, and not what is on it.
_DISK = re.compile("disk is full|No space|readonly|read-only|disk I/O|Read-only|too large|Permission denied")


class VectorsBroken(HomeError):
    """A program that was killed while Chroma wrote its graph leaves one that nothing can be added to or found in."""

    default_hint = "请运行 python -m ingest reindex，用资料库里的文字重建索引（不需要重新导入文件）。"


_LEAST_FREE = 20_000_000  # bytes; with less, what Chroma could not do it could not for want of room


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Chroma's errors as ours. A service may put another model behind the same name; Chroma then refuses its vectors."""
    try:
        yield
    except (InvalidArgumentError, InvalidDimensionException) as error:
        reason = "向量模型给出的向量与索引里的长度不同，模型可能换过了。"
        raise EmbedderError(reason, hint="请确认模型后运行 python -m ingest reindex。") from error
    except ChromaError as error:
        if _DISK.search(str(error)) or shutil.disk_usage(folder).free < _LEAST_FREE:
            raise HomeError(f"向量库写不进去：{error}") from error
        raise VectorsBroken(f"向量库损坏，可能上次写入时被强行中断：{error}") from error


class Vectors:
    """A Chroma collection in `folder`. Opening it is cheap; nothing is downloaded or reported."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = folder.with_name(f"{folder.name}.writing")
        self._graph = FileLock(folder.with_name(f"{folder.name}.lock"))
        self.reopen()

    def reopen(self) -> None:
        """Sees what other processes have written since; a client keeps the graph it read first.

        Chroma shares one client a folder; those who read the former one keep it until they are done.
        """
        settings = Settings(anonymized_telemetry=False, allow_reset=False, is_persistent=True)
        SharedSystemClient.clear_system_cache()
        try:
            self._client = chromadb.PersistentClient(str(self._folder), settings=settings)
            self._collection = self._open()
            self._loaded = False
        except (ChromaError, OSError, ValueError) as error:
            raise HomeError(f"向量库打不开：{error}") from error

    def _open(self) -> chromadb.Collection:
        return self._client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Adds or replaces; `vectors` is (n, d) with rows of length one. On disk when this returns.

        EmbedderError when the rows here have another length.
        """
        with self._marked(), _told(self._folder):
            for at in range(0, len(ids), _BATCH):
                self._collection.upsert(ids=list(ids[at : at + _BATCH]), embeddings=vectors[at : at + _BATCH])

    def remove(self, ids: Sequence[str]) -> None:
        """Removes what is there of `ids`; unknown ids are no error."""
        with self._marked(), _told(self._folder):
            for at in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[at : at + _BATCH]))

    def clear(self) -> None:
        with self._alone():
            self._client.delete_collection(_COLLECTION)
            self._collection = self._open()
        self._mark.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else reads the graph from disk or writes it meanwhile: Chroma writes it in several files, and a process that
        reads them between two of them crashes (measured: each of six readers beside a writer within eight seconds).
        """
        with suppress(OSError):  # a folder that cannot be written: nobody writes a graph there
            self._graph.acquire()
        try:
            yield
        finally:
            self._graph.release()

    @contextmanager
    def _marked(self) -> Iterator[None]:
        """A mark on disk for the time of a change; what an error leaves is as doubtful as what a kill leaves."""
        try:
            self._mark.touch()
        except OSError as error:
            raise HomeError(f"资料目录写不进去（{os_words(error)}）") from error
        with self._alone():
            yield
        self._mark.unlink(missing_ok=True)

    def torn(self) -> bool:
        """Whether a writer ended while Chroma wrote its graph, as it does once in so many changes. Half a graph may crash
        this program as soon as it is read. Only who holds the writer's lock may ask: the mark of one at work looks the same.
        """
        try:
            marked = self._mark.stat().st_mtime_ns
        except FileNotFoundError:
            return False
        return any(file.stat().st_mtime_ns >= marked for file in self._folder.glob("*/*") if file.is_file())

    def count(self) -> int:
        with _told(self._folder):
            return self._read(self._collection.count)

    def of(self, ids: Sequence[str], *, reopen: bool = True) -> tuple[list[str], NDArray[np.float32]]:
        """The ids that are there and their vectors, (n, d), in the same order.

        Chroma fails when another process wrote some of them since; then all is opened anew, or `reopen` forbids it.
        """
        if not ids:
            return [], np.zeros((0, 0), np.float32)
        with _told(self._folder):
            found = self._read(
                lambda: self._collection.get(ids=list(ids), include=["embeddings"]), reopen=reopen
            )
        return found["ids"], np.asarray(found["embeddings"], np.float32)

    def _read(self, act: Callable[[], _T], *, reopen: bool = True) -> _T:
        """Once more over a fresh client when another process wrote in between."""
        try:
            return self._first(act)
        except (InvalidArgumentError, InvalidDimensionException):
            raise
        except ChromaError:
            if not reopen:
                raise
            self.reopen()
            return self._first(act)

    def _first(self, act: Callable[[], _T]) -> _T:
        """A client reads the graph from disk with its first question, and keeps it."""
        if self._loaded:
            return act()
        with self._alone():
            found = act()
            self._loaded = True
            return found

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """The `k` nearest chunks and their cosines, best first."""
        return self.search_each(vector[np.newaxis], k)[0]

    def search_each(self, vectors: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """The same for each row of `vectors`, (n, d), in half the time of one after the other; a row of zeros finds nothing."""
        told = np.flatnonzero(vectors.any(axis=1)).tolist()
        near: list[list[tuple[str, float]]] = [[] for _ in vectors]
        if not told:
            return near
        with _told(self._folder):
            found = self._read(
                lambda: self._collection.query(
                    query_embeddings=vectors[told], n_results=k, include=["distances"]
                )
            )
        distances = found["distances"]
        assert distances is not None, "distances were asked for"
        for row, ids, away in zip(told, found["ids"], distances, strict=True):
            near[row] = [(id_, 1.0 - float(distance)) for id_, distance in zip(ids, away, strict=True)]
        return near
