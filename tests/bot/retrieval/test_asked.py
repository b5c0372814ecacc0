"""Of two articles that fit, the one that people were seen to ask about comes first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.model import Query
from bot.retrieval.asked import asked_before, packaged_counts
from bot.retrieval.features import Features
from bot.retrieval.ranking import BadWeights, packaged_weights, weights_in
from bot.retrieval.retrieve import retrieve
from ingest.errors import ConfigError
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

RULES = "某县党费办法\n第一条　党员每月交纳党费。\n第二条　党员每月交纳党费。\n第三条　办法自公布之日起施行。"


@pytest.fixture
def index(home: Path, tmp_path: Path) -> Iterator[Index]:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    opened = Index(home, HashEmbedder())
    sync([folder], opened)
    yield opened
    opened.close()


def confirm(home: Path, *articles: str) -> None:
    lines = [{"question": "党费怎么交", "source": "办法.txt", "article": article} for article in articles]
    (home / "asked.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def test_what_an_office_confirmed_leads(index: Index) -> None:
    """Before, the first of two articles of the same words; then the one that was confirmed, without a restart."""
    assert retrieve(index, Query("党费每月怎么交"), 1)[0].article == "第一条"
    confirm(index.home, *["第二条"] * 9, "第九条")
    assert list(asked_before(index, {}).weight.values()) == [pytest.approx(2.3026, abs=1e-4)]  # ln(1 + 9)
    assert retrieve(index, Query("党费每月怎么交"), 1)[0].article == "第二条"


def test_a_line_that_is_none_is_named(index: Index) -> None:
    (index.home / "asked.jsonl").write_text('{"question": "党费"}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="第 1 行"):
        retrieve(index, Query("党费"), 1)


def test_packaged_counts_are_read() -> None:
    """Counts of articles of national laws, no question's words."""
    counts = packaged_counts()
    assert len(counts) > 500
    assert all(times > 0 and article.startswith("第") for (_, article), times in counts.items())


def test_a_home_may_have_weights_of_its_own(home: Path) -> None:
    assert weights_in(home) == packaged_weights()
    only = Features(*(0.0 for _ in Features._fields))._replace(dense=1.0)
    text = "".join(f"{name} = {value}\n" for name, value in only._asdict().items())
    (home / "ranking.toml").write_text(text, encoding="utf-8")
    assert weights_in(home) == only
    (home / "ranking.toml").write_text("dense = 1\n", encoding="utf-8")
    with pytest.raises(BadWeights):
        weights_in(home)
