"""What a real desk weighs, as those who learn the weights see it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.compose import open_desk
from evals.inside import strength, weighed
from ingest.compose import sync_folders
from ingest.config import load_settings

RULES = "甲支部工作细则\n\n第一条　党员应当按月交纳党费。\n第二条　预备党员的预备期为一年。\n"


def test_sentences_are_weighed_and_what_is_absent_has_no_strength(home: Path, folder: Path) -> None:
    """A sentence of the documents has a row of features; a question about an article that is not there has none."""
    (folder / "甲支部工作细则.txt").write_text(RULES, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    with closing(open_desk(home)) as desk:
        pool, rows = weighed(desk, "预备期多长？")
        assert len(pool) == len(rows) > 0
        assert "预备党员的预备期为一年。" in {text for unit in pool for text in unit.texts}
        found = strength(desk, "预备期多长？")
        assert found is not None
        assert strength(desk, "甲支部工作细则第九十九条怎么说？") is None
