"""Generated references: the same seed gives the same cases, every document is named, old versions by their year."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.compose import open_desk
from evals.__main__ import main
from evals.references import reference_cases
from ingest.compose import sync_folders
from ingest.config import load_settings

DOCUMENTS = {
    "见习细则_2020.txt": "见习细则\n（2020年3月1日发布）\n第一条　见习期为两年。\n第二条　期满讨论。\n第三条　旧的规定。",
    "见习细则_2024.txt": "见习细则\n（2024年3月1日发布）\n第一条　见习期为一年。\n第二条　期满讨论。\n讨论后公布。",
    "见习细则_2024_手册版.txt": "见习细则\n（2024年3月1日发布）\n第一条　见习期为一年。\n第二条　期满讨论。",
    "值班条例.txt": "中华人民共和国值班条例（试行）\n第一条　每日值班。\n第二条　按时交接。\n交接有记录。",
    "报告.txt": "值班情况报告\n今年值班三百次。",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, home = tmp_path_factory.mktemp("docs"), tmp_path_factory.mktemp("home")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert sync_folders(load_settings(home), [folder]).added == len(DOCUMENTS)
    return home


def test_references_and_their_golds(filled: Path) -> None:
    """Copies of the version that counts are alternatives; an older version is asked for with its year."""
    desk = open_desk(filled)
    try:
        cases = reference_cases(desk.index, 100, seed=3)
        assert cases == reference_cases(desk.index, 100, seed=3)
        assert cases != reference_cases(desk.index, 100, seed=4)
    finally:
        desk.close()
    assert len(cases) == 9  # every article of the five documents
    golds = [place for case in cases for item in case.gold for place in item]
    assert {place.source for place in golds} == set(DOCUMENTS) - {"报告.txt"}
    for case in cases:
        for item in case.gold:
            sources = {place.source for place in item}
            assert len({place.article for place in item}) == 1
            assert ("见习细则_2020.txt" in sources) <= ("2020年" in case.question)
            if "见习细则_2024.txt" in sources:
                assert "见习细则_2024_手册版.txt" in sources
    assert all(re.search(r"[条款]", case.question) for case in cases)


def test_the_door_writes_them_and_all_are_found(filled: Path, tmp_path: Path) -> None:
    """What is generated from a home is found there at the first place, and a 款 is answered with its words."""
    out = tmp_path / "题.jsonl"
    words = ["generate", "--references", "--home", str(filled), "--out", str(out), "--count", "8"]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    done = CliRunner().invoke(
        main, ["run", str(out), "--home", str(filled), "--json"], catch_exceptions=False
    )
    said = json.loads(done.stdout)
    assert said["counts"]["cases"] == 8
    assert said["metrics"]["retrieval"]["hit@1"] == said["metrics"]["retrieval"]["recall@10"] == 1.0
    assert said["metrics"]["answers"].get("contains", 1.0) == 1.0
    assert said["metrics"]["answers"]["false_refusal"] == 0.0
