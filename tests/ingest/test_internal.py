"""Whose own a document is: said in the manifest or beside the file, kept in the catalog."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.__main__ import main
from ingest.compose import open_index, sync_folders
from ingest.config import load_settings
from ingest.errors import ConfigError

RULE = "某县服务办法\n第一条　党员活动证由县里统一印制。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "办法.txt").write_text(RULE, encoding="utf-8")
    return made


def group(home: Path, folder: Path) -> str | None:
    settings = load_settings(home)
    assert not sync_folders(settings, [folder]).failed
    index = open_index(settings)
    try:
        (row,) = index.documents()
        return row.internal
    finally:
        index.close()


@pytest.mark.parametrize(
    ("said", "internal"),
    [
        ("", None),
        ("internal = false", None),
        ("internal = true", "内部"),
        ('internal = " 党委办公室 "', "党委办公室"),
        ('internal = " "', "内部"),
        ("cleared = true", "内部"),
        ("cleared = true\ninternal = false", None),
        ('cleared = true\ninternal = "档案室"', "档案室"),
    ],
)
def test_what_is_said_beside_a_file(home: Path, folder: Path, said: str, internal: str | None) -> None:
    """What had to be cleared before it could be read is not for others, unless that is said."""
    (folder / "办法.meta.toml").write_text(said, encoding="utf-8")
    assert group(home, folder) == internal


def test_the_manifest_says_it_and_takes_it_back(home: Path, folder: Path) -> None:
    """At the next sync, whatever the file itself is."""
    for said, internal in (("internal = true", "内部"), ('internal = "组织部"', "组织部"), ("", None)):
        (folder / "manifest.toml").write_text(
            f'[[document]]\nsource = "办法.txt"\n{said}\n', encoding="utf-8"
        )
        assert group(home, folder) == internal


@pytest.mark.parametrize("said", ["internal = 1", 'internal = ["组织部"]'])
def test_a_mistake_in_it_costs_the_file_not_the_secret(home: Path, folder: Path, said: str) -> None:
    """The file is not read in as if nothing had been said."""
    (folder / "办法.meta.toml").write_text(said, encoding="utf-8")
    report = sync_folders(load_settings(home), [folder])
    assert "internal" in report.failed[0].reason


def test_a_home_of_before_gets_the_column(home: Path, folder: Path) -> None:
    """Nothing is marked in it yet; the next sync reads everything anew."""
    assert group(home, folder) is None
    with sqlite3.connect(home / "catalog.db") as catalog:
        catalog.execute("ALTER TABLE documents DROP COLUMN internal")
    catalog.close()
    (folder / "办法.meta.toml").write_text("internal = true", encoding="utf-8")
    assert group(home, folder) == "内部"


def test_doctor_says_which_service_gets_what(home: Path, folder: Path) -> None:
    group(home, folder)
    (home / "config.toml").write_text(
        '[llm]\nmodel = "m"\nbase_url = "https://llm.example/v1"\napi_key = "geheim"\n', encoding="utf-8"
    )
    plain = CliRunner().invoke(main, ["doctor", "--home", str(home)], catch_exceptions=False)
    assert "语言模型服务（m，https://llm.example/v1）" in plain.output
    assert "标明为内部的资料不发给它" in plain.output
    told = json.loads(CliRunner().invoke(main, ["doctor", "--home", str(home), "--json"]).output)
    assert told["services"][0]["external"] is True
    assert "geheim" not in plain.output + str(told)


def test_settings_are_checked(home: Path) -> None:
    for said in ('unsupported = "show"', 'send_groups = "组织部"', "retries = -1"):
        (home / "config.toml").write_text(f"[llm]\n{said}\n", encoding="utf-8")
        with pytest.raises(ConfigError, match=f"设置项 llm.{said.split()[0]} 不对：[^a-z]*[应只]"):
            load_settings(home)


def test_the_environment_says_it_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANGWU_LLM__MODEL", "qwen")
    monkeypatch.setenv("DANGWU_LLM__BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("DANGWU_LLM__SEND_GROUPS", '["组织部"]')
    settings = load_settings(home).llm
    assert (settings.model, settings.base_url, settings.send_groups) == (
        "qwen",
        "http://127.0.0.1:1/v1",
        ("组织部",),
    )
