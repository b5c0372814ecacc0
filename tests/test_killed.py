"""kill -9 at any moment of a sync or a rebuild: afterwards the three stores agree, nothing is lost or double, and the next
run ends where an undisturbed one does.

DANGWU_TEST_KILLS=100 asks for that many kills (see conftest); without it there are 8.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import numpy as np
import pytest
import tantivy

from ingest import vectors
from ingest.embed import open_embedder
from ingest.errors import IndexMismatch
from ingest.index import Index
from ingest.pipeline import sync

SEED = 9
ARTICLES = 130
Stored = dict[str, tuple[str, str, int]]  # source -> text, title, chunks


CEDAR = "".join(f"第{n}条　雪松行动的第{n}项安排。\n" for n in range(1, 200))
COMMON = "".join(
    f"第{n}条　各支部应当按照第{n * 7}号通知的要求，按期办理第{n}项事项，结果予以公布。\n"
    for n in range(1, 40)
)


@dataclass(frozen=True)
class State:
    """Everything that can be found in a home."""

    documents: Stored
    same: dict[str, str | None]  # source -> the source that stands for it
    chunks: dict[str, bytes]  # id -> its vector


def write(folder: Path, number: int, edition: int) -> None:
    articles = [
        f"第{n}条　第{number}号办法第{edition}版规定，第{n * number + edition}项工作由承办单位负责，每年公布结果。"
        for n in range(1, ARTICLES)
    ]
    if number % 6:
        (folder / f"{number:02}.txt").write_text(
            "\n".join([f"第{number}号办法", *articles]), encoding="utf-8"
        )
        return
    paper = docx.Document()
    for line in [f"第{number}号办法", *articles]:
        paper.add_paragraph(line)
    paper.save(str(folder / f"{number:02}.docx"))


def state(home: Path) -> State:
    """Opens the home as a reader would, and checks on the way that the stores agree and each file stands once."""
    index = Index(home, open_embedder())
    rows = index.documents()
    assert len({row.path for row in rows}) == len(rows)
    chunks = {hit.chunk_id for row in rows for hit in index.chunks_of(row.id)}
    assert sum(row.chunks for row in rows) == len(chunks)
    assert set(index.store_counts().values()) == {len(chunks)}
    searcher = index._lexical._index.searcher()
    found = searcher.search(tantivy.Query.all_query(), max(1, len(chunks) * 2)).hits
    words = [searcher.doc(address)["id"][0] for _, address in found]
    assert len(words) == len(set(words))
    assert set(words) == chunks
    held = index._vectors._collection.get(include=[])["ids"]
    assert len(held) == len(set(held))
    assert set(held) == chunks
    ids, matrix = index.vectors_of(sorted(chunks))
    sample = matrix[:: max(1, len(matrix) // 40)]
    itself = sum(index.nearest(row, 1)[0][1] > 0.999 for row in sample)
    assert itself >= 0.9 * len(
        sample
    )  # the graph finds what it holds; it is approximate, and these texts are much alike
    documents = {row.source: (index.text(row.id), row.title, row.chunks) for row in rows}
    index.close()
    names = {row.id: row.source for row in rows}
    same = {row.source: names.get(row.copy_of or "") for row in rows}
    return State(
        documents, same, {one: np.round(row, 5).tobytes() for one, row in zip(ids, matrix, strict=True)}
    )


def ingest(home: Path, *words: str | Path) -> list[str]:
    return [sys.executable, "-m", "ingest", *map(str, words), "--home", str(home)]


@dataclass(frozen=True)
class Pace:
    """Seconds of an undisturbed run: all of it, and from its first write to the catalog on."""

    whole: float
    writing: float


def writes(home: Path) -> int:
    log = home / "catalog.db-wal"
    return log.stat().st_size if log.exists() else 0


def killed(home: Path, command: list[str], share: float, pace: Pace, in_writing: bool) -> bool:
    """Starts it and kills it `share` of the way through the run, or through its writing; False when it had ended before."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = writes(home)
    while in_writing and process.poll() is None and writes(home) - before < 100_000:
        time.sleep(0.002)
    try:
        process.wait(share * (pace.writing if in_writing else pace.whole))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    assert process.returncode == 0
    return False


def timed(home: Path, command: list[str]) -> Pace:
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before, wrote = writes(home), began
    while process.poll() is None:
        if wrote == began and writes(home) - before >= 100_000:
            wrote = time.monotonic()
        time.sleep(0.002)
    assert process.returncode == 0
    return Pace(time.monotonic() - began, time.monotonic() - wrote)


def pack(folder: Path, edition: int) -> None:
    """Two members stay, one changes, one comes."""
    with zipfile.ZipFile(folder / "附件.zip", "w") as archive:
        for name in ("甲", "乙", "丙", "丁")[: edition + 2]:
            said = edition if name == "丙" else 1
            text = f"{name}号附件\n第一条　{name}号事项第{said}版由{name}组办理。\n"
            archive.writestr(f"{name}.txt", text)


def made(tmp_path: Path) -> tuple[Path, Path]:
    """A folder and a home that was synced with its former content: some since changed, some gone, some new.

    Among them members of an archive, copies, a file that has become secret; and personal data are masked from now on.
    """
    folder, home = tmp_path / "papers", tmp_path / "before"
    folder.mkdir()
    home.mkdir()
    for number in range(1, 31):
        write(folder, number, 1)
    pack(folder, 1)
    (folder / "原件.txt").write_text(f"关于办理事项的办法\n{COMMON}", encoding="utf-8")
    (folder / "旧副本.txt").write_text(f"关于办理事项的办法\n{COMMON}", encoding="utf-8")
    (folder / "行动.txt").write_text(f"行动安排\n{CEDAR}", encoding="utf-8")
    (folder / "联系.txt").write_text("联系办法\n第一条　联系人手机：13812345678。\n", encoding="utf-8")
    index = Index(home, open_embedder())
    sync([folder], index)
    index.close()
    pack(folder, 2)
    (folder / "旧副本.txt").unlink()
    (folder / "新副本.txt").write_text(f"关于办理事项的办法\n{COMMON}", encoding="utf-8")
    (folder / "行动.txt").write_text(f"机密★1年\n行动安排\n{CEDAR}", encoding="utf-8")
    (home / "config.toml").write_text("[index]\nmask_personal = true\n", encoding="utf-8")
    for number in range(5, 20):
        write(folder, number, 2)
    for number in range(20, 25):
        next(folder.glob(f"{number}.*")).unlink()
    for number in range(31, 50):
        write(folder, number, 1)
    return folder, home


@pytest.mark.slow
@pytest.mark.timeout(5_000)
@pytest.mark.parametrize("persist_every", [100_000, 1_000], ids=["log", "graph"])
def test_a_killed_sync(
    tmp_path: Path,
    kills: int,
    persist_every: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Chroma keeps its log, and writes its graph to disk every so many vectors: killed in either."""
    monkeypatch.setattr(vectors, "_HNSW", {**vectors._HNSW, "sync_threshold": persist_every})
    folder, before = made(tmp_path)
    old = state(before)
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(before, undisturbed)
    pace = timed(undisturbed, ingest(undisturbed, "sync", folder))
    new = state(undisturbed)
    untouched = {source for source in old.documents if old.documents[source] == new.documents.get(source)}
    assert len(untouched) == 13  # ten papers, two members of the archive, the original of the copies
    assert new.documents.keys() >= {"附件.zip/甲.txt", "附件.zip/丁.txt", "新副本.txt"}
    assert [one for one in ("原件.txt", "新副本.txt") if new.same[one]] != []
    assert "行动.txt" not in new.documents
    assert "13812345678" in old.documents["联系.txt"][0]
    assert "13812345678" not in new.documents["联系.txt"][0]

    def check(home: Path) -> str:
        now = state(home)
        assert untouched <= set(now.documents)
        assert set(old.documents) & set(new.documents) <= set(now.documents)
        for source, stored in now.documents.items():
            assert stored in (old.documents.get(source), new.documents.get(source))
        kept = "old" if now == old else "new" if now == new else "between"
        subprocess.run(ingest(home, "sync", folder), check=True, capture_output=True)
        assert state(home) == new
        for path in home.glob("catalog.db*"):  # not even in its free pages
            data = path.read_bytes()
            assert not any(words.encode() in data for words in ("雪松行动", "13812345678")), path.name
        return kept

    told = _rounds(kills // 2, before, lambda home: ingest(home, "sync", folder), pace, check)
    with capsys.disabled():
        print(f"\nsync of {pace.whole:.1f} s, graph on disk every {persist_every}: {told}")  # noqa: T201


@pytest.mark.slow
@pytest.mark.timeout(5_000)
def test_a_killed_rebuild(tmp_path: Path, kills: int, capsys: pytest.CaptureFixture[str]) -> None:
    """No document is lost; a half-built index says so until it is built to the end."""
    _, before = made(tmp_path)
    old = state(before)
    pace = timed(before, ingest(before, "reindex"))

    def check(home: Path) -> str:
        index = Index(home, open_embedder())
        assert {row.source for row in index.documents()} == set(old.documents)
        try:
            index.check_rules()
            kept = "whole"
        except IndexMismatch:
            kept = "unfinished"
        index.close()
        if kept == "whole":
            assert state(home) == old
        subprocess.run(ingest(home, "reindex"), check=True, capture_output=True)
        assert state(home) == old
        return kept

    told = _rounds(max(2, kills // 10), before, lambda home: ingest(home, "reindex"), pace, check, anywhere=1)
    with capsys.disabled():
        print(f"\nreindex of {pace.whole:.1f} s: {told}")  # noqa: T201


def _rounds(
    count: int,
    before: Path,
    command: Callable[[Path], list[str]],
    pace: Pace,
    check: Callable[[Path], str],
    anywhere: int = 4,
) -> dict[str, int]:
    """One kill in `anywhere` at any time of the run, the others in its writing, spread evenly; what was found, how often."""
    dice = random.Random(SEED)
    told: dict[str, int] = {}
    for number in range(count):
        home = before.with_name(f"home{number}")
        shutil.copytree(before, home)
        share = (number + dice.random()) / count
        done = killed(home, command(home), share, pace, in_writing=number % anywhere > 0)
        kept = check(home) if done else "ended before"
        told[kept] = told.get(kept, 0) + 1
        shutil.rmtree(home)
    assert sum(told.values()) - told.get("ended before", 0) > 0
    return told
