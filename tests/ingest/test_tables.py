"""A home of the first schema is brought up to date, and nothing in it is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ingest.discover import discover
from ingest.index import Index
from ingest.pipeline import sync
from ingest.reading import read
from ingest.testing import HashEmbedder

RULES = "中共青山市委办公室文件\n中共青山市委见习人员管理办法\n2026年3月1日\n第一条　见习期为一年。\n第二条　本办法自发布之日起施行，《见习规定》同时废止。"


def test_a_home_of_schema_1_is_searched_at_once_and_filled_by_the_next_sync(home: Path, folder: Path) -> None:
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    (source,), _ = discover(folder)
    embedder = HashEmbedder()
    index = Index(home, embedder)
    with index.writing():  # what an older version read: the same bytes under another hash
        reading = read(source, {}, source.path.read_bytes(), "0" * 64)
        index.write([reading], embedder.encode_documents([chunk.text for chunk in reading.chunks]))
    index.close()
    database = sqlite3.connect(home / "catalog.db")
    with database:
        for column in ("region", "unit", "repeals", "quality", "sketch", "copy_of", "personal", "pages"):
            database.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        database.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    database.close()

    index, other = Index(home, embedder), Index(home, embedder)  # opened twice, brought up to date once
    other.close()
    index.check_rules()
    (row,) = index.documents()
    assert (row.id, row.region, row.unit, row.repeals) == (reading.document.id, None, None, ())
    assert index.search_lexical("见习期", 1)
    report = sync([folder], index)
    assert (report.changed, report.failed) == (1, ())
    (row,) = index.documents()
    assert (row.region, row.repeals) == ("青山市", ("见习规定",))
    assert sync([folder], index).unchanged == 1
    index.close()
