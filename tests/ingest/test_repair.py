"""What a kill left half done is undone at the next open, also when that is killed in turn; nothing half-mended is searched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.__main__ import main
from ingest.catalog import Catalog
from ingest.embed import open_embedder
from ingest.errors import IndexMismatch
from ingest.index import Index
from ingest.lexical import Lexical
from ingest.pipeline import sync
from ingest.testing import HashEmbedder
from ingest.vectors import Vectors, VectorsBroken

STEPS = [(Vectors, name) for name in ("remove", "count", "clear", "add")]
STEPS += [(Lexical, "remove"), (Catalog, "erase"), (Catalog, "set_meta")]


class Killed(BaseException):
    pass


def synced(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    for name in "甲乙丙":
        (folder / f"{name}.txt").write_text(f"{name}办法\n第一条　{name}按月报送。", encoding="utf-8")
    index = Index(home, HashEmbedder())
    assert sync([folder], index).added == 3
    index.close()


def half_removed(home: Path) -> None:
    """As a kill leaves it after readers were told that 丙 is gone."""
    catalog = Catalog.in_home(home)
    catalog.withdraw([row.id for row in catalog.documents() if row.source == "丙.txt"])
    catalog.close()


class Spell:
    """Vectors that are broken, which shows in one of their methods, until they are cleared; a kill before step `kill`."""

    def __init__(self, patch: pytest.MonkeyPatch, shows_in: str, kill: int) -> None:
        self.broken, self.left, self._shows_in = True, kill, shows_in
        for kind, name in STEPS:
            patch.setattr(kind, name, self._step(kind, name))

    def _step(self, kind: type, name: str) -> Callable[..., Any]:
        real: Callable[..., Any] = getattr(kind, name)

        def step(store: object, *given: Any) -> Any:
            if self.left == 0:
                raise Killed
            self.left -= 1
            if kind is Vectors and name == self._shows_in and self.broken:
                raise VectorsBroken("坏了")
            told = real(store, *given)
            self.broken &= name != "clear"
            return told

        return step


@pytest.mark.parametrize("shows_in", ["remove", "count"])
def test_a_repair_that_is_killed_is_done_at_the_next_open(
    home: Path, monkeypatch: pytest.MonkeyPatch, shows_in: str
) -> None:
    """Before each of its steps, one home after the other."""
    for kills in range(99):
        fresh = home / str(kills)
        fresh.mkdir()
        synced(fresh, fresh)
        half_removed(fresh)
        with monkeypatch.context() as patch:
            spell = Spell(patch, shows_in, kills)
            try:
                Index(fresh, HashEmbedder()).close()
                done = True
            except Killed:
                done = False
            spell.left = -1  # from now on nobody kills, but what is broken still is
            index = Index(fresh, HashEmbedder())
            index.check_rules()
            assert [row.source for row in index.documents()] == ["丙.txt", "乙.txt", "甲.txt"][1:]
            assert set(index.store_counts().values()) == {index.counts().chunks}
            assert not spell.broken
            index.close()
        if done:
            break
    assert kills >= 5


def test_broken_vectors_are_told_until_they_are_mended(home: Path, tmp_path: Path) -> None:
    """Here by a home that another process is writing to, which is when nobody else may mend it."""
    synced(home, tmp_path)
    index = Index(home, open_embedder())
    list(index.rebuild())
    index.check_rules()
    with index.writing():
        index._catalog.set_meta({"vectors": "broken"})
        with pytest.raises(IndexMismatch, match="没有修复"):
            index.check_rules()
        told = CliRunner().invoke(main, ["doctor", "--home", str(home)])
        assert told.exit_code == 1
        assert "没有修复" in told.stdout
    index.close()
    Index(home, open_embedder()).close()  # mends
    assert CliRunner().invoke(main, ["doctor", "--home", str(home)]).exit_code == 0


def test_a_rebuild_killed_over_a_half_written_graph_still_lists_its_documents(
    home: Path, tmp_path: Path
) -> None:
    """What is mended at the open is this process's own doing: nobody else is said to rebuild the index."""
    synced(home, tmp_path)
    catalog = Catalog.in_home(home)
    catalog.set_meta({"embedder": "unfinished", "vectors": "broken"})
    catalog.close()
    index = Index(home, HashEmbedder())
    assert [row.source for row in index.documents()] == ["丙.txt", "乙.txt", "甲.txt"]
    with pytest.raises(IndexMismatch, match="没有做完"):
        index.check_rules()
    index.close()
