"""The one door to the three stores: catalog (the truth), vectors and words (derived, can be rebuilt).

A batch is committed in this order: catalog rows `pending` -> vectors -> lexical commit -> rows `ready`, and only
then what they replace is taken out. Whatever a kill leaves `pending` or `leaving` is undone at the next open, so
no half-visible document is ever found. Readers go on while one writer, which holds the lock, writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Lock, RLock, Thread
from time import monotonic

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from ingest.catalog import LEAVING, PENDING, Catalog, Counts, Place
from ingest.chunk import CHUNK_RULES
from ingest.clean import CLEAN_RULES
from ingest.embed import Embedder, embedding_text
from ingest.errors import EmbedderError, HomeError, IndexMismatch
from ingest.lexical import Lexical
from ingest.model import DocumentRow, Hit, Reading, Source
from ingest.outline import OUTLINE_RULES
from ingest.tables import SCHEMA_VERSION
from ingest.vectors import Vectors, VectorsBroken
from ingest.versions import repeals_of, superseded, version_date

_UNFINISHED = "unfinished"  # stands for the embedder's fingerprint while an index is rebuilt
_VECTORS = "vectors"  # the row of `meta` that says that they are broken and not yet derived anew
_KEPT_CHARACTERS = 30_000_000  # of documents' texts kept for the next query: all national laws are 11 million
_KEPT_HITS = 80_000  # likewise; about 1 KB each
_SAME_SEARCH = 0.02  # seconds: what one search reads in several steps is of one edition, asked for once
_PATIENCE = (
    1.0  # seconds that a search waits to see what another process wrote; a small index is there long before
)
_BATCH = 4000  # chunks indexed at once when an index is rebuilt


class Index:
    """Reading needs no lock; `writing()` gives it."""

    def __init__(self, home: Path, embedder: Embedder) -> None:
        self.home, self.embedder = home, embedder
        self._catalog = Catalog.in_home(home)
        self._lock = FileLock(home / "sync.lock", timeout=0)
        self._followed = self._catalog.edition()  # the stores below are as of this edition, or later
        self._following = RLock()  # the page asks from several threads
        self._opening = Lock()
        self._opener: Thread | None = None  # reads the vectors anew beside those in use
        self._outdated = False
        self._vectors = Vectors(home / "chroma")
        self._lexical = Lexical(home / "lexical")
        self._edition = ""  # of the catalog, that the following were read from
        self._looked = -_SAME_SEARCH  # when it was last asked for
        self._listed: list[DocumentRow] = []
        self._by_id: dict[str, DocumentRow] = {}
        self._texts: dict[str, str] = {}
        self._hits: dict[str, Hit] = {}
        self._repair_if_nobody_writes()

    def close(self) -> None:
        self._catalog.close()

    # --- reading ---

    def search_lexical(self, query: str, k: int, also: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first; the wordings in `also` count less than the query's own."""
        return self._lexical.search(query, k, also)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Chunk ids and cosines, best first, for a query's vector."""
        self._rows()  # follows what other processes wrote
        return self._vectors.search(vector, k)

    def hits(self, chunk_ids: Sequence[str]) -> dict[str, Hit]:
        """Visible chunks by id; what is not or no longer visible is left out."""
        rows = self._rows()
        kept = self._hits
        for place in self._catalog.places([one for one in chunk_ids if one not in kept]):
            text = self._kept_text(place.document_id) if place.document_id in rows else None
            if text is not None:
                kept[place.chunk_id] = _hit(place, rows[place.document_id], text)
        found = {one: kept[one] for one in chunk_ids if one in kept}
        if len(kept) > _KEPT_HITS:
            self._hits = {}
        return found

    def vectors_of(self, chunk_ids: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """The ids that are there and their vectors, (n, d), in the same order; none for the seconds in which what
        another process wrote is still being read.
        """
        asked = self._vectors
        try:
            return asked.of(chunk_ids, reopen=False)
        except VectorsBroken:
            if self._vectors is asked and self._opener is not None:
                return [], np.zeros((0, self.embedder.dimensions), np.float32)
        return self._vectors.of(chunk_ids)

    def _kept_text(self, document_id: str) -> str | None:
        """None when the document has gone since the documents were listed."""
        text = self._texts.get(document_id)
        if text is None:
            try:
                text = self._catalog.text(document_id)
            except KeyError:
                return None
            if sum(map(len, self._texts.values())) > _KEPT_CHARACTERS:
                self._texts.clear()
            self._texts[document_id] = text
        return text

    def chunks_of(self, document_id: str) -> list[Hit]:
        return self._catalog.chunks_of(document_id)

    def text(self, document_id: str) -> str:
        """The document's whole text; spans and quotes count its characters."""
        return self._catalog.text(document_id)

    def article(self, document_id: str, label: str) -> list[Hit]:
        """The parts of the article `label` (第十二条) in reading order; empty when the document has none."""
        return self._catalog.article(document_id, label)

    def articles_of(self, document_id: str) -> list[str]:
        """The labels of a document's articles in reading order."""
        return self._catalog.articles_of(document_id)

    def documents(self) -> list[DocumentRow]:
        """Visible documents by source. The same list, not to be changed, until the catalog changes."""
        self._rows()
        return self._listed

    def _rows(self) -> dict[str, DocumentRow]:
        now = monotonic()
        if now - self._looked < _SAME_SEARCH:
            return self._by_id
        edition = self._catalog.edition()  # read first: a change that comes in between is seen the next time
        if edition != self._edition:
            with self._following:
                if edition != self._edition:
                    self._follow(edition)
        self._looked = now
        return self._by_id

    def _follow(self, edition: str) -> None:
        """Reads anew what another process has changed; IndexMismatch when it rebuilt the index by other rules."""
        if edition != self._followed and not self._lock.is_locked:
            self._open_vectors_beside()
            try:
                self.check_rules()
            except IndexMismatch as error:
                hint = "另一个程序正在重建索引或换了模型；请等它做完，然后重新启动本程序。"
                raise IndexMismatch(str(error), hint=hint) from error
        self._listed = self._catalog.documents()
        self._by_id = {row.id: row for row in self._listed}
        self._texts, self._hits = {}, {}
        self._edition = self._followed = edition

    def _open_vectors_beside(self) -> None:
        """Sees what another process wrote. Reading a large graph takes seconds: those in use go on answering until the
        fresh ones are ready. What they hold and the catalog no longer does is left out by `hits`, as always.
        """
        with self._opening:
            self._outdated = True
            if self._opener is None:
                self._opener = Thread(target=self._open_vectors, name="vectors", daemon=True)
                self._opener.start()
            opener = self._opener
        opener.join(_PATIENCE)

    def _open_vectors(self) -> None:
        while True:
            with self._opening:
                if not self._outdated:
                    self._opener = None
                    return
                self._outdated = False
            try:
                fresh = Vectors(self.home / "chroma")
                fresh.search(np.full(self.embedder.dimensions, self.embedder.dimensions**-0.5, np.float32), 1)
            except (HomeError, EmbedderError):
                continue  # the ones in use say what is wrong when they are asked
            self._vectors = fresh
            self._edition, self._looked = (
                "",
                -_SAME_SEARCH,
            )  # who keeps something read from the old ones reads it anew

    def superseded(self, day: date) -> set[str]:
        """Ids of documents that do not count on `day`; see `ingest.versions`."""
        rows = self.documents()
        return superseded(rows, day, repeals_of(rows))

    def is_dated(self, document_id: str) -> bool:
        """Whether it is known from which day a document counts."""
        row = self._rows().get(document_id)
        return row is not None and version_date(row) > date.min

    def counts(self) -> Counts:
        return self._catalog.counts()

    def store_counts(self) -> dict[str, int]:
        """Chunks in each store; the three agree when nothing is being written."""
        return {
            "catalog": self.counts().chunks,
            "vectors": self._vectors.count(),
            "lexical": self._lexical.count(),
        }

    def check_rules(self) -> None:
        """IndexMismatch when the stores were made with another model or other rules than today's."""
        made_with = self._catalog.meta()
        if made_with.get("embedder") == _UNFINISHED:
            raise IndexMismatch("上次重建索引没有做完。")
        different = [key for key, value in self._rules().items() if made_with.get(key, value) != value]
        if different:
            names = {"schema": "存储格式", "embedder": "向量模型", "text": "文字规则", "chunks": "分块规则"}
            raise IndexMismatch(f"索引与现在的设置不一致：{'、'.join(names[key] for key in different)}变了。")

    # --- writing ---

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the writer's lock of this home; HomeError when another process has it."""
        try:
            self._lock.acquire()
        except OSError as error:
            if not isinstance(error, Timeout):
                raise HomeError(f"资料目录不能写入：{self.home}（{error.strerror}）") from error
            raise HomeError(
                f"另一个程序正在往这个资料目录里写：{self.home}。",
                hint="请等那个窗口里的 python -m ingest sync（或 reindex，或第一次启动时整理资料的 python -m bot serve）结束后再试；"
                "找不到窗口时，在任务管理器（Linux 用 ps -ef）里查看名为 python 的进程。",
            ) from error
        try:
            self._repair()
            if "schema" not in self._catalog.meta():
                self._catalog.set_meta(self._rules())
            yield
        finally:
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
        self._looked = -_SAME_SEARCH
        self._take_out(replaced)

    def remove(self, document_ids: Sequence[str]) -> None:
        self._catalog.withdraw(document_ids)
        self._looked = -_SAME_SEARCH
        self._take_out(document_ids)

    def rehome(self, moved: Sequence[tuple[str, Source]]) -> None:
        self._catalog.rehome(moved)
        self._looked = -_SAME_SEARCH

    def set_in_force(self, values: dict[str, bool]) -> None:
        self._catalog.set_in_force(values)
        self._looked = -_SAME_SEARCH

    def rebuild(self) -> Iterator[tuple[int, int]]:
        """Derives vectors and words anew from the catalog's texts; yields (documents done, of).

        A model that cannot be used is found out before anything is cleared. Stopped half-way, nothing is searched
        before it is rebuilt to the end, also when the settings go back to the former model.
        """
        self.embedder.encode_query("党")
        self._catalog.set_meta({**self._rules(), "embedder": _UNFINISHED, _VECTORS: ""})
        self._vectors.clear()
        self._lexical.clear()
        for done, total, hits, vectors in self._embedded_anew():
            self._index_hits(hits, vectors)
            yield done, total
        self._catalog.set_meta(self._rules())
        self._looked = -_SAME_SEARCH

    def _embedded_anew(self) -> Iterator[tuple[int, int, list[Hit], NDArray[np.float32]]]:
        """Document by document (done, of); chunks with their vectors come in batches, most of the time there are none."""
        rows = self._catalog.documents()
        waiting: list[Hit] = []
        vectors: list[NDArray[np.float32]] = []
        for done, row in enumerate(rows, 1):
            hits = self._catalog.chunks_of(row.id)
            texts = [embedding_text(hit.title, hit.heading_path, hit.text) for hit in hits]
            vectors.append(self.embedder.encode_documents(texts))  # the slow part: one document a step
            waiting += hits
            if len(waiting) >= _BATCH or done == len(rows):
                yield done, len(rows), waiting, np.concatenate(vectors)
                waiting, vectors = [], []
            else:
                yield done, len(rows), [], np.zeros((0, self.embedder.dimensions), np.float32)

    def _index_hits(self, hits: Sequence[Hit], vectors: NDArray[np.float32]) -> None:
        if not hits:
            return
        self._vectors.add([hit.chunk_id for hit in hits], vectors)
        self._lexical.add(
            (hit.chunk_id, hit.document_id, " ".join((hit.title, *hit.heading_path)), hit.text)
            for hit in hits
        )

    def _take_out(self, document_ids: Sequence[str]) -> None:
        if not document_ids:
            return
        self._vectors.remove(self._catalog.chunk_ids(document_ids))
        self._lexical.remove(document_ids)
        self._catalog.erase(document_ids)

    # --- repair ---

    def _repair_if_nobody_writes(self) -> None:
        if not self._unfinished() and not self._vectors.torn():
            return
        try:
            with self._lock:
                self._repair()
        except Timeout:
            return  # a running sync owns what looks unfinished
        except (HomeError, OSError):
            return  # a full or read-only disk: what is ready can be read, and who wants to write is told by `writing`

    def _repair(self) -> None:
        unfinished = self._unfinished()
        broken = self._vectors.torn()
        if not broken:
            try:
                self._take_out(unfinished)
                if unfinished:
                    self._vectors.count()  # says whether what was written last can be read
            except VectorsBroken:
                broken = True
        if broken:
            self._catalog.set_meta({_VECTORS: "broken"})
        if self._catalog.meta().get(_VECTORS) == "broken":
            self._mend_vectors()
            self._take_out(unfinished)

    def _mend_vectors(self) -> None:
        """Derives the vectors anew from the catalog's texts, as `rebuild` does; the words are sound. Killed meanwhile,
        it is done at the next open. With another model than theirs it is `rebuild` that has to be asked for.
        """
        made_with = self._catalog.meta().get("embedder")
        self._vectors.clear()
        if made_with != self.embedder.fingerprint:
            self._catalog.set_meta({"embedder": _UNFINISHED, _VECTORS: ""})
            return
        for _, _, hits, vectors in self._embedded_anew():
            self._vectors.add([hit.chunk_id for hit in hits], vectors)
        self._catalog.set_meta({_VECTORS: ""})

    def _unfinished(self) -> list[str]:
        return [row.id for status in (PENDING, LEAVING) for row in self._catalog.documents(status)]

    def _rules(self) -> dict[str, str]:
        return {
            "schema": str(SCHEMA_VERSION),
            "embedder": self.embedder.fingerprint,
            "text": str(CLEAN_RULES),
            "chunks": f"{OUTLINE_RULES}.{CHUNK_RULES}",
        }


def _hit(place: Place, row: DocumentRow, text: str) -> Hit:
    return Hit(
        chunk_id=place.chunk_id,
        document_id=row.id,
        source=row.source,
        title=row.title,
        article=place.article,
        heading_path=place.heading_path,
        page=place.page,
        start=place.start,
        end=place.end,
        section_start=place.section_start,
        section_end=place.section_end,
        text=text[place.start : place.end],
        in_force=row.in_force,
        kind=row.kind,
        score=0.0,
    )
