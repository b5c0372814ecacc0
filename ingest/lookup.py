"""What can be asked of the three stores of a home: chunks by words and by meaning, documents, articles, pages.

What is read of one edition of the catalog is kept until there is another; what another process changed is read beside the
edition in use, so that no search waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import date
from pathlib import Path
from threading import RLock, Thread, local
from time import monotonic
from typing import TypeVar, cast

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from ingest import repair
from ingest.catalog import Catalog, Counts
from ingest.editions import Made, Seen
from ingest.embed import Embedder
from ingest.errors import EmbedderError, HomeError, IndexMismatch, KnowledgeBaseError
from ingest.lexical import Lexical
from ingest.model import DocumentRow, Hit
from ingest.pages import page_at
from ingest.rows import hit_at
from ingest.text import search_form
from ingest.vectors import Vectors, VectorsBroken
from ingest.versions import repeals_of, superseded, version_date

_T = TypeVar("_T")
_KEPT_CHARACTERS = 30_000_000  # of documents' texts kept for the next query: all national laws are 11 million
_KEPT_HITS = 80_000  # likewise; about 1 KB each
_SAME_SEARCH = 0.02  # seconds: what one search reads in several steps is of one edition, asked for once
_ALIKE = 200  # chunks with all pairs of a name that may not have the name itself
_PATIENCE = (
    1.0  # seconds that a search waits to see what another process wrote; a small index is there long before
)
_SMALL = 300  # documents; of more, no question waits
_WORTH_PREPARING = 0.005  # seconds
_LONGEST_READ = 20.0


class Lookup:
    """The reading side of an index; needs no lock. Who wrote last, this process or another, makes no difference."""

    def __init__(self, home: Path, embedder: Embedder) -> None:
        self.home, self.embedder = home, embedder
        self._catalog = Catalog.in_home(home)
        self._lock = FileLock(home / "sync.lock", timeout=0)
        self._followed = self._catalog.edition()  # the stores below are as of this edition, or later
        self._checked = ""  # the last edition whose rules were found to be ours
        self._following = RLock()  # the page asks from several threads
        self._follower: Thread | None = None  # reads a new edition beside the one in use
        self._preparing = (
            local()
        )  # `seen`: the edition that the follower is reading, for what is worked out from it
        self._closed = False
        self._vectors = Vectors(home / "chroma")
        self._lexical = Lexical(home / "lexical")
        self._seen = Seen("", self._vectors)  # replaced as a whole: every thread has one edition or the other
        self._looked = -_SAME_SEARCH  # when the catalog was last asked for its edition

    def close(self) -> None:
        self._closed = True
        if (follower := self._follower) is not None:
            follower.join(_LONGEST_READ)
        self._catalog.close()

    def search_lexical(self, query: str, k: int, also: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first; the wordings in `also` count less than the query's own."""
        return self._lexical.search(query, k, also)

    def holding(self, words: str, k: int) -> list[Hit]:
        """Chunks that have these very words (in search form) in text, title or headings, best first; at most `k`."""
        hits = self.hits(self._lexical.with_all_of(words, k + _ALIKE)).values()
        return [
            hit for hit in hits if words in search_form("\n".join((hit.title, *hit.heading_path, hit.text)))
        ][:k]

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Chunk ids and cosines, best first, for a query's vector."""
        return self._now().vectors.search(vector, k)

    def nearest_each(self, vectors: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """The same for several queries' vectors, (n, d), at once."""
        return self._now().vectors.search_each(vectors, k)

    def hits(self, chunk_ids: Sequence[str]) -> dict[str, Hit]:
        """Visible chunks by id; what is not or no longer visible is left out."""
        seen = self._now()
        found = {one: hit for one in chunk_ids if (hit := seen.hits.get(one)) is not None}
        places = self._catalog.places([one for one in chunk_ids if one not in found])
        texts = self._texts(seen, {place.document_id for place in places})
        for place in places:
            row, text = seen.by_id.get(place.document_id), texts.get(place.document_id)
            if row is not None and text is not None:
                found[place.chunk_id] = seen.hits[place.chunk_id] = hit_at(place, row, text)
        if len(seen.hits) > _KEPT_HITS:
            seen.hits.clear()
        return {one: found[one] for one in chunk_ids if one in found}

    def vectors_of(self, chunk_ids: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """The ids that are there and their vectors, (n, d), in the same order; none for the seconds in which what
        another process wrote is still being read.
        """
        asked = self._now().vectors
        try:
            return asked.of(chunk_ids, reopen=False)
        except VectorsBroken:
            if self._seen.vectors is asked and self._follower is not None:
                return [], np.zeros((0, self.embedder.dimensions), np.float32)
        return self._now().vectors.of(chunk_ids)

    def _texts(self, seen: Seen, document_ids: Collection[str]) -> dict[str, str]:
        """Without those of documents that are not, or no longer, visible."""
        kept = {one: text for one in document_ids if (text := seen.texts.get(one)) is not None}
        unread = [one for one in document_ids if one not in kept and one in seen.by_id]
        if unread:
            if sum(map(len, [*seen.texts.values()])) > _KEPT_CHARACTERS:
                seen.texts.clear()
            seen.texts.update(self._catalog.texts(unread))
            kept |= {one: seen.texts[one] for one in unread if one in seen.texts}
        return kept

    def chunks_of(self, document_id: str) -> list[Hit]:
        return self._catalog.chunks_of(document_id)

    def text(self, document_id: str) -> str:
        """The document's whole text; spans and quotes count its characters."""
        return self._catalog.text(document_id)

    def page_at(self, document_id: str, position: int) -> int | None:
        """The page of the character at `position` of the document's text; None where no pages are known."""
        starts = self.derived(("pages", document_id), lambda: self._catalog.pages(document_id))
        return page_at(starts, position)

    def article(self, document_id: str, label: str) -> list[Hit]:
        """The parts of the article `label` (第十二条) in reading order; empty when the document has none."""
        return self._catalog.article(document_id, label)

    def articles_of(self, document_id: str) -> list[str]:
        """The labels of a document's articles in reading order."""
        return self._catalog.articles_of(document_id)

    def documents(self) -> list[DocumentRow]:
        """Visible documents by source. The same list, not to be changed, until the catalog changes."""
        return self._now().rows

    def derived(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, made once and kept under `key` until the documents change."""
        kept = self._now().derived
        if key not in kept:
            began = monotonic()
            kept[key] = Made(make(), make, monotonic() - began)
        return cast("_T", kept[key].value)

    def _now(self) -> Seen:
        prepared: Seen | None = getattr(self._preparing, "seen", None)
        if prepared is not None:
            return prepared
        now = monotonic()
        if now - self._looked < _SAME_SEARCH and not self._lock.is_locked:
            return self._seen
        edition = self._catalog.edition()  # read first: a change that comes in between is seen the next time
        if edition != self._seen.edition:
            self._follow(edition)
        self._looked = now
        return self._seen

    def _look_again(self) -> None:
        """The next search asks the catalog for its edition, however soon it comes."""
        self._looked = -_SAME_SEARCH

    def _follow(self, edition: str) -> None:
        """Reads anew what has changed. What another process wrote is read beside the edition in use, which goes on
        answering until the new one is whole; in a small home it is waited for. IndexMismatch when the index was rebuilt
        by other rules.
        """
        with self._following:
            if edition == self._seen.edition:
                return
            if edition == self._followed or self._lock.is_locked:
                self._seen = self._read(edition, self._vectors)
                self._followed = edition
                return
            if edition != self._checked:
                self._check_rules_of_others()
                self._checked = edition
            if not self._seen.edition:  # nothing to answer from yet
                self._seen = self._read(edition, self._vectors)
            if self._follower is None:
                self._follower = Thread(target=self._prepare, name="edition", daemon=True)
                self._follower.start()
            follower = self._follower
        if len(self._seen.rows) < _SMALL:
            follower.join(_PATIENCE)

    def _check_rules_of_others(self) -> None:
        try:
            self.check_rules()
        except IndexMismatch as error:
            hint = "另一个程序正在重建索引或换了模型；请等它做完，然后重新启动本程序。"
            raise IndexMismatch(str(error), hint=hint) from error

    def _read(self, edition: str, vectors: Vectors) -> Seen:
        rows = self._catalog.documents()
        return Seen(edition, vectors, rows, {row.id: row for row in rows})

    def _prepare(self) -> None:
        """In a thread of its own, edition after edition until the newest is in use."""
        try:
            while self._step() and not self._closed:
                pass
        except KnowledgeBaseError:
            return  # who asks next is told
        finally:
            self._follower = None

    def _step(self) -> bool:
        """Takes the newest edition into use; whether there is a newer one by then."""
        before, edition = self._seen, self._catalog.edition()
        fresh = self._read(edition, self._fresh_vectors())
        self._work_out_again(before, fresh)
        with self._following:
            if self._seen is before and not self._lock.is_locked:
                self._seen, self._vectors, self._followed = fresh, fresh.vectors, edition
            return self._catalog.edition() != edition

    def _fresh_vectors(self) -> Vectors:
        """With the graph read, which takes seconds if it is large. Those in use when it cannot be: they say why when asked."""
        try:
            fresh = Vectors(self.home / "chroma")
            fresh.search(np.full(self.embedder.dimensions, self.embedder.dimensions**-0.5, np.float32), 1)
        except (HomeError, EmbedderError):
            return self._vectors
        return fresh

    def _work_out_again(self, before: Seen, fresh: Seen) -> None:
        """What took long to work out from the former edition, so that no question waits for it."""
        self._preparing.seen = fresh
        try:
            for key, made in [*before.derived.items()]:
                if made.seconds > _WORTH_PREPARING and not self._closed:
                    self.derived(key, made.make)
        finally:
            self._preparing.seen = None

    def labelled(self, document_ids: Sequence[str]) -> list[tuple[str, str, str]]:
        """(document id, article's label, chunk id) for every chunk of an article of these documents."""
        return self._catalog.labelled(document_ids)

    def superseded(self, day: date) -> set[str]:
        """Ids of documents that do not count on `day`; see `ingest.versions`."""
        rows = self.documents()
        return superseded(rows, day, repeals_of(rows))

    def is_dated(self, document_id: str) -> bool:
        """Whether it is known from which day a document counts."""
        row = self._now().by_id.get(document_id)
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
        """IndexMismatch when the stores are not whole, or were made with another model or other rules than today's."""
        repair.check_rules(self._catalog, self.embedder)
