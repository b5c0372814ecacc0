"""The LangChain retriever: what `search` finds, in LangChain's words; and the example of docs/models.md as written."""

from __future__ import annotations

import asyncio
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from bot.compose import open_desk
from bot.retriever import DangwuRetriever
from ingest.compose import sync_folders
from ingest.config import load_settings
from ingest.errors import IndexMismatch
from ingest.repair import rules

PAGE = Path(__file__).resolve().parents[2] / "docs" / "models.md"
QUESTION = "预备党员的预备期多长"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one regulation, in force since 2020."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("资料")
    (folder / "某细则.txt").write_text(
        "某细则\n第一章　总则\n第一条　预备党员的预备期为一年。\n第二条　党费按月交纳。", encoding="utf-8"
    )
    (folder / "manifest.toml").write_text(
        '[[document]]\nsource = "某细则.txt"\neffective = 2020-01-01\n', encoding="utf-8"
    )
    sync_folders(load_settings(home), [folder])
    return home


def test_it_finds_what_the_desk_finds(shelf: Path) -> None:
    """Same chunks, same order, every field that a citation needs."""
    retriever = DangwuRetriever(home=shelf, k=2)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke(QUESTION)
    desk = open_desk(shelf)
    hits = desk.search(QUESTION, 2)
    assert [document.metadata["chunk_id"] for document in documents] == [hit.chunk_id for hit in hits]
    best = documents[0]
    assert set(best.metadata) == {"source", "title", "article", "heading_path", "page", "chunk_id", "score", "start",
                                  "end", "in_force"}  # fmt: skip
    assert (best.metadata["article"], best.metadata["source"]) == ("第一条", "某细则.txt")
    text = desk.index.text(hits[0].document_id)
    assert text[best.metadata["start"] : best.metadata["end"]] == best.page_content
    desk.close()
    retriever.close()


def test_it_takes_its_place_in_a_chain(shelf: Path) -> None:
    """Piped, in a batch and awaited: LangChain calls from other threads."""
    retriever = DangwuRetriever(home=shelf, k=1)
    chain = retriever | RunnableLambda(lambda documents: documents[0].page_content)
    assert chain.batch([QUESTION, "党费多久交一次"]) == [
        "第一条　预备党员的预备期为一年。",
        "第二条　党费按月交纳。",
    ]
    assert asyncio.run(retriever.ainvoke(QUESTION))[0].metadata["article"] == "第一条"
    retriever.close()


def test_as_of_a_day_before_the_rule_nothing_counts(shelf: Path) -> None:
    """The regulation took effect in 2020."""
    assert DangwuRetriever(home=shelf, as_of=date(2019, 1, 1)).invoke(QUESTION) == []
    assert DangwuRetriever(home=shelf, as_of=date(2021, 1, 1)).invoke(QUESTION)


def test_an_index_of_another_model_is_refused_when_made(shelf: Path, tmp_path: Path) -> None:
    """Not at the first question, when somebody is waiting."""
    desk = open_desk(shelf)
    desk.index._catalog.set_meta({"embedder": "another"})
    try:
        with pytest.raises(IndexMismatch):
            DangwuRetriever(home=shelf)
    finally:
        desk.index._catalog.set_meta(rules(desk.index.embedder))
        desk.close()


def test_the_example_of_the_page_runs_as_written(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten lines at most; it prints articles with their words."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    monkeypatch.setenv("DANGWU_HOME", str(shelf))
    exec(compile(code, str(PAGE), "exec"), {})
    assert "某细则 第一条" in capsys.readouterr().out


def test_the_settings_of_the_page_are_settings(home: Path) -> None:
    """Every block can be pasted; every row of the table is known."""
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 5
    for block in blocks:
        (home / "config.toml").write_text(block, encoding="utf-8")
        load_settings(home)
    (home / "config.toml").unlink()
    settings = load_settings(home).model_dump(mode="json")
    rows = re.findall(r"^\| `(\w+)\.(\w+)` \| (.+?) \|", page, re.MULTILINE)
    assert {f"{section}.{key}" for section, key, _ in rows} == {
        f"{section}.{key}" for section in ("embedding", "reranker", "llm") for key in settings[section]
    }
    for section, key, default in rows:
        if default.startswith("`"):
            assert settings[section][key] == tomllib.loads(f"value = {default.strip('`')}")["value"], key
