"""The one door to the three stores: catalog (the truth), vectors and words (derived, can be rebuilt).

A batch is committed in this order: catalog rows `pending` -> vectors -> lexical commit -> rows `ready`, and only
then what they replace is taken out. Whatever a kill leaves `pending` or `leaving` is undone at the next open, so
no half-visible document is ever found. Readers go on while one writer, which holds the lock, writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from filelock import Timeout
from numpy.typing import NDArray

from ingest import repair
from ingest.embed import Embedder
from ingest.errors import HomeError, os_words
from ingest.lookup import Lookup
from ingest.model import LeftOut, Reading, Source

_COPIES = "copies"  # the row of `meta` that names what was compared
_LEFT_OUT = "left_out"  # likewise, of the files that were not read


class Index(Lookup):
    """Reading (see `Lookup`) needs no lock; `writing()` gives it."""

    def __init__(self, home: Path, embedder: Embedder) -> None:
        super().__init__(home, embedder)
        self._repair_if_nobody_writes()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the writer's lock of this home; HomeError when another process has it."""
        try:
            self._lock.acquire()
        except OSError as error:
            if not isinstance(error, Timeout):
                raise HomeError(f"资料目录不能写入：{self.home}（{os_words(error)}）") from error
            raise HomeError(
                f"另一个程序正在往这个资料目录里写：{self.home}。",
                hint="请等那个窗口里的 python -m ingest sync（或 reindex，或第一次启动时整理资料的 python -m bot serve）结束后再试；"
                "找不到窗口时，在任务管理器（Linux 用 ps -ef）里查看名为 python 的进程。",
            ) from error
        ours = self._catalog.edition() == self._followed  # the stores here saw all that was written so far
        try:
            repair.repair(self._stores())
            if "schema" not in self._catalog.meta():
                self._catalog.set_meta(repair.rules(self.embedder))
            yield
        finally:
            self._look_again()  # what was written is seen at once
            if ours:
                self._followed = self._catalog.edition()
            self._lock.release()

    def write(
        self, readings: Sequence[Reading], vectors: NDArray[np.float32], replaced: Sequence[str] = ()
    ) -> None:
        """Commits the readings with their `vectors` and takes out the documents they replace."""
        self._catalog.add_pending(readings)
        self._vectors.add([chunk.id for reading in readings for chunk in reading.chunks], vectors)
        self._lexical.add(
            (
                chunk.id,
                reading.document.id,
                " ".join((reading.document.description.title, *chunk.heading_path)),
                chunk.text,
            )
            for reading in readings
            for chunk in reading.chunks
        )
        self._catalog.publish([reading.document.id for reading in readings], replaced)
        repair.take_out(self._stores(), replaced)

    def remove(self, document_ids: Sequence[str]) -> None:
        self._catalog.withdraw(document_ids)
        repair.take_out(self._stores(), document_ids)

    def rehome(self, moved: Sequence[tuple[str, Source]]) -> None:
        self._catalog.rehome(moved)

    def set_in_force(self, values: dict[str, bool]) -> None:
        self._catalog.set_in_force(values)

    def set_copies(self, values: dict[str, str | None], seen: str) -> None:
        """Which document stands for which; `seen` names the documents that were compared, for `copies_seen`."""
        self._catalog.set_copies(values)
        self._catalog.set_meta({_COPIES: seen})

    def copies_seen(self) -> str:
        return self._catalog.meta().get(_COPIES, "")

    def left_out(self) -> tuple[LeftOut, ...]:
        """What the last sync of each folder did not read, by source."""
        kept = json.loads(self._catalog.meta().get(_LEFT_OUT, "[]"))
        return tuple(sorted((LeftOut(**one) for one in kept), key=lambda one: one.source))

    def set_left_out(self, files: Sequence[LeftOut]) -> None:
        if set(files) != set(self.left_out()):
            self._catalog.set_meta({_LEFT_OUT: json.dumps([asdict(one) for one in files])})

    def rebuild(self) -> Iterator[tuple[int, int]]:
        """Derives vectors and words anew from the catalog's texts; yields (documents done, of). See `ingest.repair`."""
        return repair.rebuild(self._stores())

    def _stores(self) -> repair.Stores:
        return repair.Stores(self._catalog, self._vectors, self._lexical, self.embedder)

    def _repair_if_nobody_writes(self) -> None:
        if not repair.is_needed(self._stores()):
            return
        try:
            with self._lock:
                ours = self._catalog.edition() == self._followed
                repair.repair(self._stores())
                if ours:
                    self._followed = self._catalog.edition()
        except Timeout:
            return  # a running sync owns what looks unfinished
        except (HomeError, OSError):
            return  # a full or read-only disk: what is ready can be read, and who wants to write is told by `writing`
