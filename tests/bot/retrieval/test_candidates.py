"""How many candidates a search takes follows from how many hits are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.model import Query
from bot.retrieval.retrieve import candidates, retrieve
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder
from ingest.text import article_label

FEES = Query("党费怎么交")


@pytest.fixture
def index(home: Path, tmp_path: Path) -> Iterator[Index]:
    """A rule of 300 articles."""
    folder = tmp_path / "papers"
    folder.mkdir()
    articles = (f"{article_label(n)}　党员每月交纳党费，第{n}组由组长收。" for n in range(1, 301))
    (folder / "办法.txt").write_text("\n".join(("某县党费办法", *articles)), encoding="utf-8")
    opened = Index(home, HashEmbedder())
    sync([folder], opened)
    yield opened
    opened.close()


def test_more_hits_are_found_among_more_candidates(index: Index) -> None:
    few, many = (len(retrieve(index, FEES, wanted)) for wanted in (10, 180))
    assert few == 10
    assert 150 <= many <= 180


def test_as_many_as_are_told_are_taken(index: Index) -> None:
    assert 60 <= len(candidates(index, FEES, 60)[0]) < 100 <= len(candidates(index, FEES)[0])
