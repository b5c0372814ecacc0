"""The three tables of the catalog, and how those of an older home are brought up to date."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

SCHEMA_VERSION = 3
PENDING, READY, LEAVING = "pending", "ready", "leaving"  # what a document's status may be
_FORMER = ("1", "2")
# Columns that came with schema 2, and with schema 3.
_ADDED = ("region", "unit", "repeals", "quality", "sketch", "copy_of", "personal", "pages", "internal")

tables = sa.MetaData()
meta = sa.Table(
    "meta", tables, sa.Column("key", sa.String(64), primary_key=True), sa.Column("value", sa.Text)
)
documents = sa.Table(
    "documents",
    tables,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("path", sa.Text, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False, index=True),
    # No index on status: nearly all rows are `ready`, and SQLite would start every look-up of chunks from it.
    sa.Column("status", sa.String(8), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("modified_ns", sa.BigInteger, nullable=False),
    sa.Column("format", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("issuer", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("issued", sa.Date),
    sa.Column("effective", sa.Date),
    sa.Column("repealed", sa.Date),
    sa.Column("version", sa.Text),
    sa.Column("work", sa.Text),
    sa.Column("work_key", sa.Text, nullable=False, index=True),
    sa.Column("declared", sa.Boolean, nullable=False),
    sa.Column("in_force", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("region", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("repeals", sa.Text),  # a JSON list of names; NULL in rows of schema 1
    sa.Column("chunks", sa.Integer, nullable=False),
    sa.Column("dropped", sa.Text, nullable=False),
    sa.Column("warnings", sa.Text, nullable=False),
    sa.Column("quality", sa.Text),  # JSON of `Quality`; NULL in rows of before schema 3
    sa.Column("sketch", sa.Text),
    sa.Column("copy_of", sa.String(40)),
    sa.Column(
        "personal", sa.Text
    ),  # JSON of what was masked, kind -> passages; NULL: nothing was to be masked
    # JSON list of [start, page], where each page begins in `text`; NULL: no pages, or of before there was the column.
    sa.Column("pages", sa.Text),
    sa.Column("internal", sa.Text),  # the group whose own it is; NULL: not marked internal
    sa.Column("text", sa.Text, nullable=False),
)
chunks = sa.Table(
    "chunks",
    tables,
    sa.Column("id", sa.String(48), primary_key=True),
    sa.Column("document_id", sa.String(40), nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("page", sa.Integer),
    sa.Column("article", sa.String(32)),
    sa.Column("heading_path", sa.Text, nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("section_start", sa.Integer, nullable=False),
    sa.Column("section_end", sa.Integer, nullable=False),
)


def open_tables(engine: sa.Engine) -> None:
    """Makes what is not there. A home of a former schema gets its new columns, empty; the next sync fills them, because it reads
    every file anew (`READING_RULES` has changed, too). Nothing that can be searched is lost meanwhile.
    """
    tables.create_all(engine)
    for name in _missing(engine):
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE documents ADD COLUMN {name} TEXT")
        except DatabaseError:
            if name in _missing(engine):
                raise  # else another process was faster
    is_schema = meta.c.key == "schema"
    with engine.connect() as connection:  # read first: to write, one would have to wait for a running sync
        found = connection.execute(sa.select(meta.c.value).where(is_schema)).scalar_one_or_none()
    if found in _FORMER:
        with engine.begin() as connection:
            connection.execute(sa.update(meta).where(is_schema).values(value=str(SCHEMA_VERSION)))


def _missing(engine: sa.Engine) -> list[str]:
    there = {column["name"] for column in sa.inspect(engine).get_columns("documents")}
    return [name for name in _ADDED if name not in there]
