from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.discover import discover
from ingest.errors import ConfigError


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("内容", encoding="utf-8")


def names(path: Path) -> list[str]:
    return [source.name for source in discover(path)[0]]


def test_documents_are_found_in_subfolders_and_sorted_by_name(tmp_path: Path) -> None:
    fill(tmp_path, "乙/二.md", "甲.txt", "a.docx", "乙/深/三.pdf", "乙/README.md")
    sources, failures = discover(tmp_path)
    assert [source.name for source in sources] == sorted(
        ["乙/二.md", "甲.txt", "a.docx", "乙/深/三.pdf", "乙/README.md"]
    )
    assert failures == []
    assert all(source.path.is_file() and source.size == 6 and source.modified_ns > 0 for source in sources)


def test_what_programs_leave_beside_documents_is_skipped(tmp_path: Path) -> None:
    fill(
        tmp_path, "留下.md", "~$总结.docx", ".隐藏.txt", ".git/config", "Thumbs.db", ".DS_Store", "manifest.toml",
        "README.md", "SOURCES.tsv", "子/sources.csv", "questions.tsv", "年报.meta.toml", "check.py", "子/manifest.toml", "子/__pycache__/a.pyc",
    )  # fmt: skip
    assert names(tmp_path) == ["留下.md"]


def test_a_single_file_stands_under_its_parent(tmp_path: Path) -> None:
    fill(tmp_path, "甲.txt", "乙.txt")
    (source,), failures = discover(tmp_path / "甲.txt")
    assert (source.root, source.name, failures) == (tmp_path.resolve(), "甲.txt", [])


def test_a_missing_path_is_a_configuration_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="找不到") as caught:
        discover(tmp_path / "没有")
    assert "路径" in caught.value.hint


def test_the_same_folder_given_in_two_ways_gives_the_same_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "库/甲.txt")
    monkeypatch.chdir(tmp_path)
    assert discover(Path("库")) == discover(tmp_path / "库" / ".." / "库")


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    fill(tmp_path, "库/甲.txt")
    (tmp_path / "库" / "环").symlink_to(tmp_path / "库", target_is_directory=True)
    (tmp_path / "库" / "断").symlink_to(tmp_path / "不存在")
    (tmp_path / "自己").symlink_to(tmp_path / "自己")
    assert names(tmp_path / "库") == ["甲.txt"]
    with pytest.raises(ConfigError):
        discover(tmp_path / "自己")


def test_an_unreadable_folder_is_reported_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listing itself is made to fail: tests may run as root, whom no permission stops."""
    fill(tmp_path, "甲.txt", "锁/乙.txt", "锁2/丙.txt")
    listing = os.scandir

    def refuse(folder: Path) -> object:
        if Path(folder).name == "锁":
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    sources, failures = discover(tmp_path)
    assert [source.name for source in sources] == ["甲.txt", "锁2/丙.txt"]
    assert [(failure.source, "打不开" in failure.reason, bool(failure.hint)) for failure in failures] == [
        ("锁", True, True)
    ]
