"""The three tables of the catalog, and how those of an older home are brought up to date."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

SCHEMA_VERSION = 2
_ADDED = ("region", "unit", "repeals")  # columns that schema 2 has and schema 1 has not

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
    sa.Column("repeals", sa.Text),  # a JSON list of names; NULL in rows of before these three columns
    sa.Column("chunks", sa.Integer, nullable=False),
    sa.Column("dropped", sa.Text, nullable=False),
    sa.Column("warnings", sa.Text, nullable=False),
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
    """Makes what is not there. A home of schema 1 gets its new columns, empty; the next sync fills them, because it reads
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
    with engine.begin() as connection:
        former = sa.update(meta).where(meta.c.key == "schema", meta.c.value == "1")
        connection.execute(former.values(value=str(SCHEMA_VERSION)))


def _missing(engine: sa.Engine) -> list[str]:
    there = {column["name"] for column in sa.inspect(engine).get_columns("documents")}
    return [name for name in _ADDED if name not in there]
