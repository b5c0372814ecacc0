"""Three stores behind one door: what is committed is found, what is not is never seen, a kill leaves nothing half."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from ingest import vectors
from ingest.catalog import Catalog
from ingest.embed import embedding_text
from ingest.encoders.static import load_builtin
from ingest.errors import HomeError, IndexMismatch
from ingest.index import Index
from ingest.lexical import Lexical
from ingest.model import Reading, Source
from ingest.reading import read
from ingest.testing import HashEmbedder
from ingest.vectors import Vectors, VectorsBroken

EMBEDDER = HashEmbedder()


def reading(name: str, text: str) -> Reading:
    """A read file that never was on disk."""
    data = text.encode()
    return read(Source(Path("/nowhere"), name, len(data), 0), {}, data, str(hash((name, text))))


def write(index: Index, *readings: Reading, replaced: tuple[str, ...] = ()) -> None:
    """Embeds and commits."""
    texts = [
        embedding_text(one.document.description.title, c.heading_path, c.text)
        for one in readings
        for c in one.chunks
    ]
    index.write(readings, EMBEDDER.encode_documents(texts), replaced)


A = reading("甲办法.txt", "甲办法\n第一条　党员应当按月交纳党费。\n第二条　党费由支部收缴。")
B = reading("乙办法.txt", "乙办法\n第一条　预备党员的预备期为一年。")


def test_what_is_written_is_found_by_words_and_by_meaning(index: Index) -> None:
    """Both searches give chunk ids that the catalog turns into hits with exact texts."""
    with index.writing():
        write(index, A, B)
    for found in (
        index.search_lexical("预备期", 3),
        index.nearest(index.embedder.encode_query("预备党员的预备期为一年"), 3),
    ):
        hit = index.hits([found[0][0]])[found[0][0]]
        assert (hit.source, hit.article) == ("乙办法.txt", "第一条")
        assert index.text(hit.document_id)[hit.start : hit.end] == hit.text
    assert set(index.store_counts().values()) == {5}  # three articles and two title lines


def test_replaced_and_removed_documents_leave_every_store(index: Index) -> None:
    """A replacement and a removal leave no chunk behind."""
    changed = reading("甲办法.txt", "甲办法\n第一条　党费按季交纳。")
    with index.writing():
        write(index, A, B)
        write(index, changed, replaced=(A.document.id,))
        index.remove([B.document.id])
    assert [row.source for row in index.documents()] == ["甲办法.txt"]
    assert set(index.store_counts().values()) == {2}
    assert index.hits([chunk.id for chunk in (*A.chunks, *B.chunks)]) == {}


class Killed(BaseException):
    """Stands for kill -9 at one moment of a commit."""


def _raise(*_: object, **__: object) -> None:
    raise Killed


STEPS: list[tuple[type, str]] = [
    (Vectors, "add"), (Lexical, "add"), (Catalog, "publish"), (Vectors, "remove"), (Lexical, "remove"), (Catalog, "erase"),
]  # fmt: skip


@pytest.mark.parametrize(("store", "step"), STEPS, ids=lambda value: getattr(value, "__name__", value))
def test_a_kill_at_any_step_leaves_old_or_new_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch, store: type, step: str
) -> None:
    """Replacing a document and dying before any step: at the next open either version is there, whole, in all stores."""
    first = Index(home, EMBEDDER)
    with first.writing():
        write(first, A, B)
    changed = reading("甲办法.txt", "甲办法\n第一条　党费按季交纳。")
    with monkeypatch.context() as patch, pytest.raises(Killed), first.writing():
        patch.setattr(store, step, _raise)
        write(first, changed, replaced=(A.document.id,))
    first.close()
    again = Index(home, EMBEDDER)
    ids = {row.id for row in again.documents()}
    assert ids in ({A.document.id, B.document.id}, {changed.document.id, B.document.id})
    counts = set(again.store_counts().values())
    assert counts == {len(B.chunks) + (len(A.chunks) if A.document.id in ids else len(changed.chunks))}
    again.close()


def test_pending_documents_are_never_seen(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who searches while a batch is half written finds only what was there before."""
    with index.writing():
        write(index, B)
        seen: list[int] = []
        real: Callable[..., None] = Lexical.add

        def spying(self: Lexical, entries: object) -> None:
            real(self, entries)
            ids = [chunk_id for chunk_id, _ in index.search_lexical("按月交纳党费", 5)]
            seen.append(len([hit for hit in index.hits(ids).values() if hit.source == "甲办法.txt"]))

        monkeypatch.setattr(Lexical, "add", spying)
        write(index, A)
    assert seen == [0]
    assert index.counts().documents == 2


def test_only_one_writer_at_a_time(index: Index, home: Path) -> None:
    """A second writer is told to wait, and the reader goes on."""
    other = Index(home, EMBEDDER)
    with index.writing(), pytest.raises(HomeError, match="另一个程序"), other.writing():
        pass
    other.close()


def test_another_model_asks_for_reindex_and_reindex_mends_it(home: Path) -> None:
    """The fingerprint is checked; rebuilding from the catalog's texts needs no file."""
    first = Index(home, EMBEDDER)
    with first.writing():
        write(first, A, B)
    first.close()
    other = Index(home, HashEmbedder(dimensions=32, salt="other"))
    with pytest.raises(IndexMismatch, match="向量模型") as raised:
        other.check_rules()
    assert "reindex" in raised.value.hint
    with other.writing():
        assert list(other.rebuild())[-1] == (2, 2)
    other.check_rules()
    assert set(other.store_counts().values()) == {5}
    assert other.nearest(other.embedder.encode_query("预备党员的预备期"), 1)[0][0] in {
        chunk.id for chunk in B.chunks
    }
    other.close()


def test_an_empty_index_answers_nothing(index: Index) -> None:
    """No store complains about having nothing."""
    assert index.search_lexical("党费", 5) == []
    assert index.nearest(index.embedder.encode_query("党费"), 5) == []
    assert not np.any(EMBEDDER.encode_query(""))


def test_an_article_is_found_by_its_label(index: Index) -> None:
    """Of visible documents only; the labels come in reading order."""
    with index.writing():
        write(index, A, B)
    row = next(row for row in index.documents() if row.source == "甲办法.txt")
    assert index.articles_of(row.id) == ["第一条", "第二条"]
    assert [hit.text for hit in index.article(row.id, "第二条")] == ["第二条　党费由支部收缴。"]
    assert index.article(row.id, "第三条") == index.article("no such document", "第一条") == []
    with index.writing():
        index.remove([row.id])
    assert index.article(row.id, "第二条") == []


def test_a_writer_sees_what_it_has_just_written(index: Index) -> None:
    """Between two batches too, without a pause."""
    with index.writing():
        write(index, A)
        assert [row.source for row in index.documents()] == ["甲办法.txt"]
        write(index, B)
        assert len(index.documents()) == 2
        index.remove([A.document.id])
        assert [row.source for row in index.documents()] == ["乙办法.txt"]
    assert [row.source for row in index.documents()] == ["乙办法.txt"]


def test_what_is_derived_is_made_once_for_each_edition(index: Index) -> None:
    """Under one key; what was being made while the documents changed is not kept for those that came."""
    made: list[int] = []

    def count() -> int:
        made.append(len(index.documents()))
        return made[-1]

    def count_before_a_change() -> int:
        told = count()
        with index.writing():
            write(index, B)
        return told

    with index.writing():
        write(index, A)
    assert [index.derived("count", count), index.derived("count", count)] == [1, 1]
    assert index.derived("other", count_before_a_change) == 1
    assert [index.derived("count", count), index.derived("other", count)] == [2, 2]
    assert made == [1, 1, 2, 2]


def test_several_are_searched_as_each_alone(index: Index) -> None:
    """The same chunks and cosines; a vector of zeros finds nothing and shifts none of the others."""
    with index.writing():
        write(index, A, B)
    vectors = np.stack([EMBEDDER.encode_query(words) for words in ("党费", "", "预备党员的预备期")])
    assert index.nearest_each(vectors, 3) == [index.nearest(vector, 3) for vector in vectors]
    assert [len(found) for found in index.nearest_each(vectors, 3)] == [3, 0, 3]


def test_chunks_of_articles_are_listed_with_their_labels(index: Index) -> None:
    """Of the documents asked for, in reading order; a title line has no label."""
    with index.writing():
        write(index, A, B)
    found = index.labelled([A.document.id])
    assert [label for _, label, _ in found] == ["第一条", "第二条"]
    assert {document for document, _, _ in found} == {A.document.id}
    assert [chunk for *_, chunk in found] == [
        hit.chunk_id for hit in index.chunks_of(A.document.id) if hit.article
    ]


def test_the_list_of_documents_is_read_again_only_after_a_change(home: Path, index: Index) -> None:
    """Changes by another program are seen too."""
    with index.writing():
        write(index, A)
    before = index.documents()
    assert index.documents() is before
    other = Index(home, EMBEDDER)
    with other.writing():
        other.set_in_force({})  # changes nothing
        assert index.documents() is before
        write(other, B)
    other.close()
    time.sleep(0.05)  # longer than what counts as one search
    assert [row.source for row in index.documents()] == ["乙办法.txt", "甲办法.txt"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ＡＢＣ１２３号台账", "ABC123"),
        ("ABC123号台账", "ＡＢＣ１２３"),
        ("２０２６年学习计划", "2026年"),
        ("2026年学习计划", "２０２６年"),
    ],
)
def test_full_and_half_width_are_one_in_both_searches_and_shown_as_written(
    home: Path, written: str, asked: str
) -> None:
    """Whichever of the two the document has, and whichever the question."""
    embedder = load_builtin()
    index = Index(home, embedder)
    one = reading("丙.txt", f"第一条　{written}由专人保管。\n第二条　其他事项另行规定。")
    texts = [embedding_text("", c.heading_path, c.text) for c in one.chunks]
    with index.writing():
        index.write([one], embedder.encode_documents(texts))
    for found in (index.search_lexical(asked, 1), index.nearest(embedder.encode_query(asked), 1)):
        assert written in index.hits([found[0][0]])[found[0][0]].text
    index.close()


def test_vectors_that_a_kill_left_broken_are_derived_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma refuses everything until its collection is made anew (tests/test_killed.py meets the real thing): the next
    open does that from the catalog, and takes out the half-written document, too.
    """
    opened = Index(home, EMBEDDER)
    with opened.writing():
        write(opened, A)
        opened._catalog.add_pending([B])
    opened.close()
    remove, clear, broken = Vectors.remove, Vectors.clear, [True]

    def refusing(self: Vectors, ids: list[str]) -> None:
        if broken:
            raise VectorsBroken("Error in compaction")
        remove(self, ids)

    def clearing(self: Vectors) -> None:
        broken.clear()
        clear(self)

    monkeypatch.setattr(Vectors, "remove", refusing)
    monkeypatch.setattr(Vectors, "clear", clearing)
    mended = Index(home, EMBEDDER)
    assert not broken
    assert [row.source for row in mended.documents()] == ["甲办法.txt"]
    assert set(mended.store_counts().values()) == {len(A.chunks)}
    query = embedding_text(A.document.description.title, A.chunks[-1].heading_path, A.chunks[-1].text)
    assert mended.nearest(EMBEDDER.encode_query(query), 1)[0][0] == A.chunks[-1].id
    with mended.writing():
        write(mended, B)
    assert set(mended.store_counts().values()) == {len(A.chunks) + len(B.chunks)}
    mended.close()


def test_half_a_graph_is_never_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer was killed while Chroma wrote its graph: read, that file crashes this very process."""
    monkeypatch.setattr(vectors, "_HNSW", {**vectors._HNSW, "batch_size": 50, "sync_threshold": 100})
    articles = "\n".join(f"第{n}条　第{n}项工作由第{n}支部负责，每年报告一次。" for n in range(1, 200))
    large = reading("丙办法.txt", f"丙办法\n{articles}")
    opened = Index(home, EMBEDDER)
    with opened.writing():
        write(opened, large)
    opened.close()
    SharedSystemClient.clear_system_cache()
    (home / "chroma.writing").touch()
    (graph,) = (home / "chroma").glob("*/data_level0.bin")
    graph.write_bytes(graph.read_bytes()[:100])
    mended = Index(home, EMBEDDER)
    assert set(mended.store_counts().values()) == {len(large.chunks)}
    chunk = large.chunks[7]
    query = embedding_text(large.document.description.title, chunk.heading_path, chunk.text)
    assert mended.nearest(EMBEDDER.encode_query(query), 1)[0][0] == chunk.id
    assert not (home / "chroma.writing").exists()
    mended.close()


def test_what_a_killed_writer_of_words_left_is_no_obstacle(index: Index, home: Path) -> None:
    """A file of a commit that never was, by the name that the next commit would give it, too."""
    with index.writing():
        write(index, A, B)
    managed = home / "lexical" / ".managed.json"
    segment = next(name for name in json.loads(managed.read_text("utf-8")) if name.endswith(".idx"))[:-4]
    left = [f"{segment}.{stamp}.del" for stamp in range(40)]
    for name in left:
        (home / "lexical" / name).write_bytes(b"half")
    managed.write_text(json.dumps([*json.loads(managed.read_text("utf-8")), *left]), "utf-8")
    again = Index(home, EMBEDDER)
    with again.writing():
        again.remove([A.document.id])
    assert set(again.store_counts().values()) == {len(B.chunks)}
    again.close()
