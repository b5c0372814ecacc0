"""python -m bot draft: what is printed, what is written, what a mistake is told with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from ingest.compose import sync_folders
from ingest.config import load_settings

REQUEST = """genre = "述职报告"
title = "某某支部书记2026年度述职报告"
unit = "某某支部"
period = "2026年"
facts = "全年讲党课6次，没有漏讲。"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "某某支部制度.txt").write_text("某某支部制度\n第一条　每月讲党课。\n", encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    sync_folders(load_settings(home), [folder])
    return home


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    path = tmp_path / "r.toml"
    path.write_text(REQUEST, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_json_alone_on_stdout(home: Path, request_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = request_file.with_suffix(".docx")
    assert run("draft", request_file, "--home", home, "--json", "--out", out) == 0
    said = capsys.readouterr()
    record = json.loads(said.out)
    assert record["genre"] == "述职报告"
    assert any(
        "讲党课6次" in one["text"]
        for section in record["sections"]
        for part in section["paragraphs"]
        for one in part
    )
    assert out.read_bytes().startswith(b"PK")
    assert "草稿已写到" in said.err


def test_the_outline_alone(home: Path, request_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draft", request_file, "--home", home, "--outline") == 0
    assert "一、" in capsys.readouterr().out


def test_mistakes(home: Path, request_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draft", request_file, "--home", home, "--out", "草稿.pdf") == 2
    assert ".docx" in capsys.readouterr().err
    assert run("draft", request_file.with_name("没有.toml"), "--home", home) == 2
    assert "打不开请求文件" in capsys.readouterr().err
    blocked = request_file.with_name("夹")
    blocked.mkdir()
    (blocked / "草稿.md").mkdir()
    assert run("draft", request_file, "--home", home, "--out", blocked / "草稿.md") == 2
    assert "写不了" in capsys.readouterr().err
    assert run("draft", request_file, "--home", home, "--out", blocked / "没有的夹" / "草稿.md") == 2
    assert "没有的夹 这个文件夹" in capsys.readouterr().err
