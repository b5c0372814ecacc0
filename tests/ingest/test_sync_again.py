"""What a second command may not undo: a file stays under the folder that it was synced with, and a held one is out at once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest import manifest
from ingest.errors import ConfigError
from ingest.index import Index
from ingest.model import Progress
from ingest.pipeline import sync

SECRET = "机密★1年\n中共青山市委文件\n关于雪松行动的通知\n雪松行动定于五月开始。\n"
OPEN = "中共青山市委文件\n关于{}活动的通知\n{}活动定于三月开始。\n"


@pytest.fixture
def folder(folder: Path) -> Path:
    """A file that its manifest clears, an open one beside it."""
    (folder / "子").mkdir()
    (folder / "子" / "行动.txt").write_text(SECRET, encoding="utf-8")
    (folder / "子" / "植树.txt").write_text(OPEN.format("植树", "植树"), encoding="utf-8")
    clear(folder, "子/行动.txt")
    return folder


def clear(folder: Path, source: str, title: str = "行动（已看过）") -> None:
    said = f'[[document]]\nsource = "{source}"\ntitle = "{title}"\ncleared = true\n'
    (folder / "manifest.toml").write_text(said, encoding="utf-8")


def zipped(path: Path, *members: tuple[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members:
            archive.writestr(name, text)


def held(index: Index) -> dict[str, str]:
    return {row.source: row.title for row in index.documents()}


@pytest.mark.parametrize("again", ["子/行动.txt", "子", "子/植树.txt"])
def test_a_part_of_a_folder_that_was_synced_keeps_its_names_and_its_manifest(
    index: Index, folder: Path, again: str
) -> None:
    assert sync([folder], index).added == 2
    before = held(index)
    report = sync([folder / again], index)
    assert (report.quarantined, report.changed, report.removed) == ((), 0, 0)
    assert held(index) == before == {"子/行动.txt": "行动（已看过）", "子/植树.txt": "关于植树活动的通知"}
    assert sync([folder], index).unchanged == 2


def test_a_file_that_is_new_is_known_by_the_manifest_above_that_names_it(index: Index, folder: Path) -> None:
    assert sync([folder / "子" / "行动.txt"], index).quarantined == ()
    sync([folder / "子" / "植树.txt"], index)
    assert list(held(index)) == ["子/行动.txt", "植树.txt"]  # no manifest names the second


def test_a_member_of_an_archive_is_known_by_the_manifest_above(index: Index, folder: Path) -> None:
    zipped(folder / "子" / "附件.zip", ("行动.txt", SECRET))
    clear(folder, "子/附件.zip/行动.txt")
    for _ in range(2):
        assert sync([folder / "子" / "附件.zip"], index).quarantined == ()
        assert held(index) == {"子/附件.zip/行动.txt": "行动（已看过）"}


def test_a_folder_with_a_manifest_of_its_own_is_its_own_root(index: Index, folder: Path) -> None:
    sync([folder], index)
    clear(folder / "子", "行动.txt", "自己的清单")
    sync([folder / "子"], index)
    assert held(index) == {"植树.txt": "关于植树活动的通知", "行动.txt": "自己的清单"}


def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.toml").write_text("", encoding="utf-8")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ConfigError, match=r"manifest\.toml") as caught:
        manifest.load(tmp_path)
    assert caught.value.hint


def test_a_held_member_goes_even_if_another_bears_its_name(index: Index, folder: Path) -> None:
    archive = folder / "附件.zip"
    zipped(archive, ("甲.txt", OPEN.format("读书", "读书")))
    sync([folder], index)
    assert "附件.zip/甲.txt" in held(index)
    with pytest.warns(UserWarning, match="Duplicate"):
        zipped(archive, ("甲.txt", SECRET), ("甲.txt", "第二份的文字"))
    report = sync([folder], index)
    assert ([one.source for one in report.quarantined], report.removed) == (["附件.zip/甲.txt"], 1)
    assert "附件.zip/甲.txt" not in held(index)


def test_a_held_file_goes_when_it_is_found_and_not_at_the_end(index: Index, folder: Path) -> None:
    """A sync that breaks off must not leave it there."""
    for number in range(3):
        (folder / f"{number}.txt").write_text(OPEN.format(f"活动{number}", "读书"), encoding="utf-8")
    sync([folder], index)
    (folder / "0.txt").write_text(SECRET, encoding="utf-8")
    (folder / "2.txt").write_text(OPEN.format("改过", "改过"), encoding="utf-8")

    def break_off(at: Progress) -> None:
        if at.source == "0.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync([folder], index, break_off)
    assert "0.txt" not in held(index)
    assert set(index.store_counts().values()) == {index.counts().chunks}
    report = sync([folder], index)
    assert (len(report.quarantined), report.removed, report.changed) == (1, 0, 1)


def test_an_archive_that_cannot_be_listed_does_not_keep_a_held_file(index: Index, folder: Path) -> None:
    """The file bears the name that the archive had."""
    zipped(folder / "附件.zip", ("甲.txt", OPEN.format("读书", "读书")))
    sync([folder], index)
    (folder / "附件.zip").write_text(SECRET, encoding="utf-8")
    report = sync([folder], index)
    assert ([one.source for one in report.quarantined], report.removed) == (["附件.zip"], 1)
