"""A disk that is full or cannot be written: a clear error, nothing lost, and the next sync completes."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from ingest.embed import open_embedder
from ingest.index import Index

if sys.platform != "win32":
    import resource

posix_only = pytest.mark.skipif(os.name != "posix", reason="limits of this kind are Unix's")


def papers(folder: Path, first: int, last: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(first, last):
        lines = [f"第{n}条　第{number}号办法规定，第{n}项工作每年公布一次结果。" for n in range(1, 90)]
        (folder / f"{number:02}.txt").write_text("\n".join([f"第{number}号办法", *lines]), encoding="utf-8")
    return folder


def ingest(home: Path, *words: str | Path, most_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
    """`most_bytes`: no file of this process may grow beyond, as on a disk that is full (one larger only for others)."""
    limit = None
    if most_bytes is not None:
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    command = [sys.executable, "-m", "ingest", *map(str, words), "--home", str(home)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=limit
    )


def titles(home: Path) -> set[str]:
    """Of what can be found; the three stores agree."""
    index = Index(home, open_embedder())
    assert len(set(index.store_counts().values())) == 1
    found = {row.title for row in index.documents()}
    index.close()
    return found


@posix_only
@pytest.mark.slow
@pytest.mark.parametrize("most_bytes", [100, 250_000, 1_000_000])
def test_a_full_disk_is_said_and_nothing_is_lost(home: Path, tmp_path: Path, most_bytes: int) -> None:
    """Full at once, in the catalog, in the words, in the vectors: the smaller the room, the earlier."""
    folder = papers(tmp_path / "papers", 1, 6)
    assert ingest(home, "sync", folder).returncode == 0
    before = titles(home)
    papers(folder, 6, 40)
    full = ingest(home, "sync", folder, most_bytes=most_bytes)
    assert full.returncode == 2, full.stderr
    assert "Traceback" not in full.stderr
    assert "错误：" in full.stderr
    assert "磁盘空间" in full.stderr
    assert before <= titles(home)
    assert ingest(home, "sync", folder).returncode == 0
    assert len(titles(home)) == 39


@posix_only
def test_a_home_that_cannot_be_written(home: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    folder = papers(tmp_path / "papers", 1, 3)
    home.chmod(0o555)
    refused = ingest(home, "sync", folder)
    home.chmod(0o755)
    assert refused.returncode == 2
    assert "不能写入" in refused.stderr
    assert "--home" in refused.stderr
    assert ingest(home, "sync", folder).returncode == 0
