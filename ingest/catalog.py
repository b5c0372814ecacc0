"""The truth on disk: documents, their chunks, and what the stores were made with (see `ingest.tables`).

SQLite by default, any SQLAlchemy URL otherwise. A document row passes through
`pending` (being written) -> `ready` (visible) -> `leaving` (being taken out); readers see `ready` only.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from ingest.errors import HomeError
from ingest.model import DocumentRow, Hit, Reading, Source
from ingest.pages import PageStarts
from ingest.rows import Place, as_document, as_hit, as_place, chunk_row, document_row
from ingest.tables import LEAVING, PENDING, READY, open_tables
from ingest.tables import chunks as _chunks
from ingest.tables import documents as _documents
from ingest.tables import meta as _meta

_EDITION = "edition"  # the row of `meta` that changes with the documents

_DISK = re.compile("full|readonly|disk I/O")  # what SQLite says of it

_c = _chunks.c
# Made once: a search asks it, and making it takes longer than the answer.
_PLACES = sa.select(
    _c.id, _c.document_id, _c.article, _c.page, _c.start, _c.end, _c.section_start, _c.section_end, _c.heading_path
).where(_c.id.in_(sa.bindparam("ids", expanding=True)))  # fmt: skip

_TEXTS = sa.select(_documents.c.id, _documents.c.text).where(
    _documents.c.id.in_(sa.bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents and chunks can be found."""

    documents: int
    chunks: int


class Catalog:
    """Rows in, rows out; no knowledge of vectors or words."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, connect_args={"timeout": 30} if url.startswith("sqlite") else {})
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _tune_sqlite)
        sa.event.listen(self._engine, "handle_error", _tell)
        # Asked several times a search: as text it takes a third of the time of an expression.
        edition = sa.select(_meta.c.value).where(_meta.c.key == _EDITION)
        self._edition_sql = str(edition.compile(self._engine, compile_kwargs={"literal_binds": True}))
        try:
            open_tables(self._engine)
        except (OperationalError, DatabaseError) as error:
            raise HomeError(f"资料目录打不开：{error.orig}") from error

    @classmethod
    def in_home(cls, home: Path) -> Catalog:
        return cls(f"sqlite:///{home / 'catalog.db'}")

    def close(self) -> None:
        self._engine.dispose()

    def meta(self) -> dict[str, str]:
        with self._engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(sa.select(_meta))}

    def set_meta(self, values: Mapping[str, str]) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_meta).where(_meta.c.key.in_(list(values))))
            connection.execute(
                sa.insert(_meta), [{"key": key, "value": value} for key, value in values.items()]
            )
            _mark_changed(connection)

    def edition(self) -> str:
        """Another value after every change to what readers see; for those who keep something read from the catalog."""
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(self._edition_sql).scalar_one_or_none() or "0"

    def add_pending(self, readings: Sequence[Reading]) -> None:
        """Rows of new documents and their chunks, not yet visible."""
        documents = [document_row(reading) for reading in readings]
        chunks = [chunk_row(chunk) for reading in readings for chunk in reading.chunks]
        with self._engine.begin() as connection:
            connection.execute(sa.insert(_documents), documents)
            if chunks:
                connection.execute(sa.insert(_chunks), chunks)

    def publish(self, arriving: Sequence[str], replaced: Sequence[str]) -> None:
        """In one transaction the documents `arriving` become visible and those `replaced` leave."""
        with self._engine.begin() as connection:
            self._set_status(connection, arriving, READY)
            self._set_status(connection, replaced, LEAVING)

    def withdraw(self, ids: Sequence[str]) -> None:
        """From now on no reader sees these documents."""
        with self._engine.begin() as connection:
            self._set_status(connection, ids, LEAVING)

    def _set_status(self, connection: sa.Connection, ids: Sequence[str], status: str) -> None:
        if ids:
            _mark_changed(connection)
        for some in _slices(ids):
            connection.execute(sa.update(_documents).where(_documents.c.id.in_(some)).values(status=status))

    def erase(self, ids: Sequence[str]) -> None:
        """Deletes documents and chunks for good, once no index holds them."""
        with self._engine.begin() as connection:
            for some in _slices(ids):
                connection.execute(sa.delete(_chunks).where(_chunks.c.document_id.in_(some)))
                connection.execute(sa.delete(_documents).where(_documents.c.id.in_(some)))

    def rehome(self, moved: Sequence[tuple[str, Source]]) -> None:
        """The same file, now listed from another folder or touched without change: `(document id, source)`."""
        with self._engine.begin() as connection:
            for document_id, source in moved:
                connection.execute(
                    sa.update(_documents)
                    .where(_documents.c.id == document_id)
                    .values(source=source.name, size=source.size, modified_ns=source.modified_ns)
                )
            if moved:
                _mark_changed(connection)

    def set_in_force(self, values: Mapping[str, bool]) -> None:
        self._set_each("in_force", values)

    def set_copies(self, values: Mapping[str, str | None]) -> None:
        """Document id -> id of the document that stands for it, None: it stands for itself; others stay as they are."""
        self._set_each("copy_of", values)

    def _set_each(self, column: str, values: Mapping[str, object]) -> None:
        with self._engine.begin() as connection:
            for document_id, value in values.items():
                row = sa.update(_documents).where(_documents.c.id == document_id)
                connection.execute(row.values({column: value}))
            if values:
                _mark_changed(connection)

    def documents(self, status: str | None = READY) -> list[DocumentRow]:
        """Documents of one status (None: all) by source."""
        columns = [column for column in _documents.c if column.name not in ("text", "pages")]
        query = sa.select(*columns).order_by(_documents.c.source)
        if status is not None:
            query = query.where(_documents.c.status == status)
        with self._engine.connect() as connection:
            return [as_document(row) for row in connection.execute(query).mappings()]

    def counts(self) -> Counts:
        query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(_documents.c.chunks), 0))
        with self._engine.connect() as connection:
            documents, chunks = connection.execute(query.where(_documents.c.status == READY)).one()
        return Counts(documents, int(chunks))

    def text(self, document_id: str) -> str:
        """The whole cleaned text; KeyError when there is no such document."""
        query = sa.select(_documents.c.text).where(_documents.c.id == document_id)
        with self._engine.connect() as connection:
            text = connection.execute(query).scalar_one_or_none()
        if text is None:
            raise KeyError(document_id)
        return str(text)

    def texts(self, document_ids: Sequence[str]) -> dict[str, str]:
        """The whole cleaned texts by document; unknown ids are left out."""
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for some in _slices(document_ids):
                rows: Iterable[tuple[str, str]] = connection.execute(_TEXTS, {"ids": some}).all()
                found |= dict(rows)
        return found

    def pages(self, document_id: str) -> PageStarts:
        """Where its pages begin; () when it has none, or when there is no such document."""
        query = sa.select(_documents.c.pages).where(_documents.c.id == document_id)
        with self._engine.connect() as connection:
            stored = connection.execute(query).scalar_one_or_none()
        return tuple((start, page) for start, page in json.loads(stored or "[]"))

    def chunk_ids(self, document_ids: Sequence[str]) -> list[str]:
        ids: list[str] = []
        with self._engine.connect() as connection:
            for some in _slices(document_ids):
                ids += connection.execute(
                    sa.select(_chunks.c.id).where(_chunks.c.document_id.in_(some))
                ).scalars()
        return ids

    def places(self, chunk_ids: Sequence[str]) -> list[Place]:
        """Where chunks stand, whatever the status of their documents, in no order; unknown ids are left out."""
        found: list[Place] = []
        with self._engine.connect() as connection:
            for some in _slices(chunk_ids):
                rows: Iterable[Sequence[Any]] = connection.execute(_PLACES, {"ids": some}).all()
                found += map(as_place, rows)
        return found

    def article(self, document_id: str, label: str) -> list[Hit]:
        """The parts of one article of a visible document in reading order; empty when it has no such article."""
        with self._engine.connect() as connection:
            rows = connection.execute(_article_query(), {"document": document_id, "label": label}).mappings()
            return [as_hit(row) for row in rows]

    def articles_of(self, document_id: str) -> list[str]:
        """The labels of a document's articles in reading order, each once."""
        query = sa.select(_chunks.c.article).where(_chunks.c.document_id == document_id)
        with self._engine.connect() as connection:
            labels = connection.execute(query.order_by(_chunks.c.start)).scalars()
            return list(dict.fromkeys(label for label in labels if label is not None))

    def labelled(self, document_ids: Sequence[str]) -> list[tuple[str, str, str]]:
        """(document id, article's label, chunk id) for every chunk of an article of these documents, in reading order."""
        found: list[tuple[str, str, str]] = []
        query = sa.select(_c.document_id, _c.article, _c.id).order_by(_c.document_id, _c.start)
        with self._engine.connect() as connection:
            for some in _slices(document_ids):
                rows = connection.execute(query.where(_c.document_id.in_(some), _c.article.is_not(None)))
                found += [(str(document), str(label), str(chunk)) for document, label, chunk in rows]
        return found

    def chunks_of(self, document_id: str) -> list[Hit]:
        """A document's chunks in reading order, whatever its status."""
        query = _hits_query(_chunks.c.document_id == document_id, READY, PENDING, LEAVING).order_by(
            _chunks.c.start
        )
        with self._engine.connect() as connection:
            return [as_hit(row) for row in connection.execute(query).mappings()]


def _mark_changed(connection: sa.Connection) -> None:
    connection.execute(sa.delete(_meta).where(_meta.c.key == _EDITION))
    connection.execute(sa.insert(_meta), {"key": _EDITION, "value": uuid4().hex})


def _tell(context: sa.ExceptionContext) -> None:
    """A disk that is full or cannot be written is the user's to mend, and said in words."""
    error = context.original_exception
    if isinstance(error, sqlite3.OperationalError) and _DISK.search(str(error)):
        raise HomeError(f"资料目录写不进去（{error}）") from error


def _tune_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")  # readers go on while a sync writes
    cursor.execute("PRAGMA synchronous=FULL")  # a published document survives a power cut
    cursor.execute("PRAGMA secure_delete=ON")  # what is taken out, of a file that turned out secret, is gone
    cursor.close()


def _slices(ids: Sequence[str], size: int = 500) -> Iterable[list[str]]:
    return (list(ids[at : at + size]) for at in range(0, len(ids), size))


def _hits_query(condition: sa.ColumnElement[bool], *statuses: str) -> sa.Select[tuple[object, ...]]:
    text = sa.func.substr(_documents.c.text, _chunks.c.start + 1, _chunks.c.end - _chunks.c.start)
    d = _documents.c
    return (
        sa.select(_chunks, text.label("text"), d.source, d.title, d.in_force, d.kind)
        .join(_documents, d.id == _chunks.c.document_id)
        .where(condition, d.status.in_(statuses or (READY,)))
    )


@lru_cache(1)
def _article_query() -> sa.Select[tuple[object, ...]]:
    """Made once: after each change thousands of articles are asked for, one by one."""
    condition = sa.and_(_c.document_id == sa.bindparam("document"), _c.article == sa.bindparam("label"))
    return _hits_query(condition).order_by(_c.start)
