"""While another program writes: nobody waits for the new edition of a large home, and nobody sees half of it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from ingest.embed import embedding_text
from ingest.index import Index
from ingest.lookup import _SMALL
from ingest.model import Reading, Source
from ingest.reading import read
from ingest.testing import HashEmbedder

EMBEDDER = HashEmbedder()


def reading(name: str) -> Reading:
    data = f"{name}办法\n第一条　{name}由支部负责。".encode()
    return read(Source(Path("/nowhere"), f"{name}.txt", len(data), 0), {}, data, name)


def write(home: Path, *names: str) -> None:
    """As another program does: over an index of its own."""
    index = Index(home, EMBEDDER)
    readings = [reading(name) for name in names]
    texts = [embedding_text("", c.heading_path, c.text) for one in readings for c in one.chunks]
    with index.writing():
        index.write(readings, EMBEDDER.encode_documents(texts))
    index.close()


def test_a_large_home_answers_from_the_former_edition_until_the_new_one_is_whole(home: Path) -> None:
    """What takes long to work out is worked out anew behind the questions, in the thread that reads the edition."""
    count = _SMALL + 1
    write(home, *(f"第{number}项" for number in range(count)))
    index = Index(home, EMBEDDER)
    gate = threading.Event()
    gate.set()
    workers: list[str] = []

    def slow() -> int:
        workers.append(threading.current_thread().name)
        time.sleep(0.02)
        assert gate.wait(30)
        return len(index.documents())

    assert index.derived("slow", slow) == count
    gate.clear()
    write(home, "新来")
    time.sleep(0.05)  # longer than what counts as one search
    began = time.monotonic()
    assert index.derived("slow", slow) == len(index.documents()) == count
    found = index.nearest(EMBEDDER.encode_query("第5项由支部负责"), 1)
    assert index.hits([found[0][0]])[found[0][0]].source == "第5项.txt"
    assert time.monotonic() - began < 10  # the gate is shut for thirty
    gate.set()
    while len(index.documents()) == count:
        assert time.monotonic() - began < 60
        time.sleep(0.02)
    assert index.derived("slow", slow) == count + 1
    assert workers == ["MainThread", "edition"]
    found = index.nearest(EMBEDDER.encode_query("新来由支部负责"), 1)
    assert index.hits([found[0][0]])[found[0][0]].source == "新来.txt"
    index.close()


def test_what_this_program_writes_is_there_at_once_without_reading_the_vectors_anew(home: Path) -> None:
    write(home, *(f"第{number}项" for number in range(_SMALL)))
    index = Index(home, EMBEDDER)
    assert len(index.documents()) == _SMALL
    used = index._vectors
    one = reading("新来")
    texts = [embedding_text("", c.heading_path, c.text) for c in one.chunks]
    with index.writing():
        index.write([one], EMBEDDER.encode_documents(texts))
    assert len(index.documents()) == _SMALL + 1
    assert index._vectors is used
    index.close()
