"""An open knowledge base follows what another process writes, and says so when it cannot."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.compose import open_desk
from ingest.errors import IndexMismatch

RULE = "{name}\n第一条　{words}由{name}规定。\n第二条　{words}每年公布一次。\n第三条　其他事项另行规定。"


def ingest(home: Path, *words: str | Path) -> None:
    command = [sys.executable, "-m", "ingest", *map(str, words), "--home", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_what_another_process_syncs_is_found_at_once(home: Path, tmp_path: Path) -> None:
    """Added, then removed; asked before, between and after, without a restart."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "甲.txt").write_text(RULE.format(name="甲县党费办法", words="党费标准"), encoding="utf-8")
    ingest(home, "sync", folder)
    desk = open_desk(home)
    assert desk.search("党费标准由谁规定")[0].source == "甲.txt"
    for number in range(12):
        rule = RULE.format(name=f"乙县荣誉表彰办法{number}", words=f"第{number}批奖章名单")
        (folder / f"乙{number}.txt").write_text(rule, encoding="utf-8")
    ingest(home, "sync", folder)
    found = desk.search("奖章名单多久公布一次", 10)
    assert {hit.source[0] for hit in found} == {"乙"}
    near = desk.index.nearest(desk.index.embedder.encode_query("第3批奖章名单多久公布一次"), 5)
    assert (
        "第3批奖章名单" in desk.index.hits([near[0][0]])[near[0][0]].text
    )  # the vectors are the new ones too
    for number in range(12):
        (folder / f"乙{number}.txt").unlink()
    ingest(home, "sync", folder)
    assert {hit.source for hit in desk.search("奖章名单多久公布一次", 10)} == {"甲.txt"}
    desk.close()


def test_an_index_rebuilt_elsewhere(home: Path, tmp_path: Path) -> None:
    """By the same rules: it goes on. By another model: a clear error, for its vectors mean something else."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "甲.txt").write_text(RULE.format(name="甲县党费办法", words="党费标准"), encoding="utf-8")
    ingest(home, "sync", folder)
    desk = open_desk(home)
    assert desk.search("党费标准")
    ingest(home, "reindex")
    near = desk.index.nearest(desk.index.embedder.encode_query("党费标准每年公布一次"), 1)
    assert desk.index.hits([near[0][0]])[near[0][0]].article == "第二条"
    desk.index._catalog.set_meta({"embedder": "another"})
    time.sleep(0.05)  # longer than what counts as one search
    with pytest.raises(IndexMismatch) as raised:
        desk.search("党费标准")
    assert "重新启动" in raised.value.hint
    desk.close()
