"""A sync brings the index in line with folders: idempotent, incremental, and not stopped by a bad file."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import discover, reading
from ingest.archives import Listing
from ingest.embed import open_embedder
from ingest.index import Index
from ingest.model import Progress, Source
from ingest.pipeline import sync
from ingest.testing import HashEmbedder


@pytest.fixture
def folder(folder: Path) -> Path:
    """Two small documents."""
    (folder / "法规").mkdir()
    (folder / "法规" / "甲办法.txt").write_text(
        "甲办法\n第一条　党费按月交纳。\n第二条　由支部收缴。", encoding="gb18030"
    )
    (folder / "乙总结.md").write_text(
        "# 乙总结\n\n一、工作情况\n全年召开支部党员大会4次。\n", encoding="utf-8"
    )
    return folder


def sources(index: Index) -> list[str]:
    """What the index holds."""
    return [row.source for row in index.documents()]


def test_a_second_sync_writes_nothing(index: Index, folder: Path) -> None:
    """Added once, unchanged ever after; ids stay the same, even when a file was only touched."""
    first = sync([folder], index)
    assert (first.added, first.unchanged, first.failed) == (2, 0, ())
    assert first.chunks == index.counts().chunks > 0
    ids = [row.id for row in index.documents()]
    os.utime(folder / "乙总结.md")
    second = sync([folder], index)
    assert (second.added, second.changed, second.unchanged, second.removed, second.chunks) == (0, 0, 2, 0, 0)
    assert [row.id for row in index.documents()] == ids


def test_a_changed_file_replaces_its_former_self(index: Index, folder: Path) -> None:
    """Old words are found no more, new ones are."""
    sync([folder], index)
    (folder / "乙总结.md").write_text(
        "# 乙总结\n\n一、工作情况\n全年召开支部委员会12次。\n", encoding="utf-8"
    )
    report = sync([folder], index)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    texts = "".join(index.text(row.id) for row in index.documents())
    assert "12次" in texts
    assert "4次" not in texts
    assert len(set(index.store_counts().values())) == 1


def test_only_what_is_gone_under_the_folders_given_is_removed(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    """Another folder of the same home is left alone."""
    other = tmp_path / "另一处"
    other.mkdir()
    (other / "丙.txt").write_text("丙通知\n正文。", encoding="utf-8")
    sync([folder, other], index)
    (folder / "乙总结.md").unlink()
    (other / "丙.txt").unlink()
    assert sync([folder], index).removed == 1
    assert sources(index) == ["丙.txt", "法规/甲办法.txt"]


def test_a_single_file_can_be_synced(index: Index, folder: Path) -> None:
    """Its folder's other files are neither read nor removed; a later sync of the folder knows it."""
    assert sync([folder / "乙总结.md"], index).added == 1
    assert sync([folder], index).unchanged == 1
    assert sync([folder / "乙总结.md"], index).removed == 0
    assert len(sources(index)) == 2


def test_a_bad_file_is_named_and_the_rest_goes_on(index: Index, folder: Path) -> None:
    """Empty, binary and truncated files: reason and hint in Chinese, every good file is in."""
    (folder / "空.txt").write_bytes(b"")
    (folder / "假.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "断.docx").write_bytes(b"PK\x03\x04" + b"\0" * 300)
    report = sync([folder], index)
    assert report.added == 2
    assert {failure.source for failure in report.failed} == {"空.txt", "假.txt", "断.docx"}
    assert all(failure.reason and failure.hint.endswith("。") for failure in report.failed)


def test_a_file_that_turns_bad_keeps_its_last_good_text(index: Index, folder: Path) -> None:
    """A half-copied file is reported; what was read before stays until the file is whole or gone."""
    sync([folder], index)
    (folder / "乙总结.md").write_bytes(b"")
    report = sync([folder], index)
    assert [failure.source for failure in report.failed] == ["乙总结.md"]
    assert "乙总结.md" in sources(index)


def test_a_file_that_vanishes_during_the_sync_is_reported(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between listing and reading the file is deleted."""
    real: Callable[[Source], Path] = Source.path.fget  # type: ignore[attr-defined]
    (folder / "乙总结.md").rename(folder / "走.md")

    def vanishing(source: Source) -> Path:
        if source.name == "走.md":
            real(source).unlink(missing_ok=True)
        return real(source)

    monkeypatch.setattr(Source, "path", property(vanishing))
    report = sync([folder], index)
    assert report.added == 1
    assert [(failure.source, failure.reason) for failure in report.failed] == [
        ("走.md", "文件在同步过程中不见了")
    ]


def test_the_manifest_describes_and_a_corrected_manifest_is_a_change(index: Index, folder: Path) -> None:
    """Title and standing come from manifest.toml; editing an entry re-reads that file only."""
    entry = '[[document]]\nsource = "法规/甲办法.txt"\ntitle = "{}"\nstatus = "已被取代"\n'
    (folder / "manifest.toml").write_text(entry.format("甲办法（试行）"), encoding="utf-8")
    sync([folder], index)
    row = next(row for row in index.documents() if row.source.startswith("法规"))
    assert (row.title, row.in_force) == ("甲办法（试行）", False)
    (folder / "manifest.toml").write_text(entry.format("甲办法"), encoding="utf-8")
    report = sync([folder], index)
    assert (report.changed, report.unchanged) == (1, 1)


def test_the_newest_version_of_a_regulation_is_in_force(index: Index, folder: Path) -> None:
    """Versions without a manifest are told by their years; when the newest goes, the older counts again."""
    for year in (2014, 2026):
        (folder / f"某细则_{year}.txt").write_text(f"某细则\n第一条　{year}年的规定。", encoding="utf-8")
    sync([folder], index)
    standing = {row.source: row.in_force for row in index.documents()}
    assert (standing["某细则_2014.txt"], standing["某细则_2026.txt"]) == (False, True)
    (folder / "某细则_2026.txt").unlink()
    sync([folder], index)
    assert {row.source: row.in_force for row in index.documents()}["某细则_2014.txt"]


def test_progress_counts_every_file_once(index: Index, folder: Path) -> None:
    """Done rises to total."""
    seen: list[Progress] = []
    sync([folder], index, seen.append)
    assert [(at.done, at.total) for at in seen] == [(1, 2), (2, 2)]


def test_many_files_go_through_worker_processes(home: Path, tmp_path: Path) -> None:
    """With the builtin model and enough files, workers read and embed; the outcome is the same, bad files included."""
    folder = tmp_path / "多"
    folder.mkdir()
    for n in range(30):
        (folder / f"{n:02}号通知.txt").write_text(
            f"{n}号通知\n第{n}次主题党日活动安排在星期五。", encoding="utf-8"
        )
    (folder / "坏.txt").write_bytes(b"\xff\x00\x01\x02" * 50)
    index = Index(home, open_embedder())
    report = sync([folder], index, workers=2)
    assert (report.added, len(report.failed)) == (30, 1)
    assert set(index.store_counts().values()) == {report.chunks}
    assert sync([folder], index, workers=2).unchanged == 30
    index.close()


def test_after_an_upgrade_of_the_cleaning_a_home_answers_at_once_and_the_next_sync_reads_anew(
    index: Index, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home that an older version filled: nothing is refused, nothing lost, and one sync brings it up to date."""
    (folder / "丙.txt").write_text(
        "第一章 总 则\n第一条　党费按月交纳。\n第二条　由支部收缴。", encoding="utf-8"
    )
    with monkeypatch.context() as former:
        former.setattr(reading, "CLEAN_RULES", 1)
        former.setattr("ingest.reading.clean", lambda text, blocks, _: (text, tuple(blocks), ()))
        sync([folder], index)
    with index.writing():
        index._catalog.set_meta({"text": "1"})  # older versions refused a home by this
    index.close()
    opened = Index(home, HashEmbedder())
    opened.check_rules()
    assert opened.search_lexical("党费按月交纳", 3)
    old = next(row for row in opened.documents() if row.source == "丙.txt")
    assert "总 则" in opened.text(old.id)
    report = sync([folder], opened)
    assert (report.changed, report.unchanged, report.removed) == (3, 0, 0)
    new = next(row for row in opened.documents() if row.source == "丙.txt")
    assert "第一章 总则" in opened.text(new.id)
    assert len(set(opened.store_counts().values())) == 1
    again = sync([folder], opened)
    assert (again.changed, again.unchanged) == (0, 3)
    opened.close()


def test_a_bug_of_ours_costs_one_file_and_its_place_is_logged_without_a_word_of_the_file(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str, *_: object) -> None:
        raise KeyError(text)

    monkeypatch.setattr("ingest.reading.outline", broken)
    report = sync([folder], index)
    assert [failure.source for failure in report.failed] == ["乙总结.md", "法规/甲办法.txt"]
    assert all("程序读这份文件时出了错（KeyError，test_pipeline.py" in one.reason for one in report.failed)
    assert all("管理员" in failure.hint for failure in report.failed)
    assert "KeyError" in caplog.text
    assert "in broken" in caplog.text
    assert "党费按月交纳" not in caplog.text
    monkeypatch.undo()
    assert (sync([folder], index).added, sources(index)) == (2, ["乙总结.md", "法规/甲办法.txt"])


def test_a_mistake_of_ours_costs_one_file_wherever_it_shows(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When an archive is listed, when a known file is compared and when a new one is; what is stored of them stays."""
    for name in ("坏.zip", "好.zip"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("丁通知.txt", "丁通知\n各支部每年评议一次。")
    assert sync([folder], index).added == 4
    stored = sources(index)
    listing, read = discover.listing, reading._bytes

    def spoilt_listing(path: Path) -> Listing | None:
        if path.name == "坏.zip":
            raise IndexError("绝不外传")
        return listing(path)

    def spoilt_bytes(source: Source) -> bytes:
        if source.name in ("乙总结.md", "新.txt"):
            raise KeyError("绝不外传")
        return read(source)

    (folder / "新.txt").write_text("新办法\n第一条　按月报送。", encoding="utf-8")
    monkeypatch.setattr(discover, "listing", spoilt_listing)
    monkeypatch.setattr(reading, "_bytes", spoilt_bytes)
    report = sync([folder], index)
    reasons = {failure.source: failure.reason for failure in report.failed}
    assert sorted(reasons) == sorted(["乙总结.md", "坏.zip", "新.txt"])
    assert all("程序" in reason and "绝不外传" not in reason for reason in reasons.values())
    assert (report.unchanged, report.removed, sources(index)) == (2, 0, stored)
