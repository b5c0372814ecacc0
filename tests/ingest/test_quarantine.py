"""A file with a mark of secrecy is in no store, and everybody is told where the mark stands; sidecars have their say."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from marked_samples import CASES
from samples import pdf, saved

from ingest.__main__ import main
from ingest.index import Index
from ingest.pipeline import sync

SECRET = "机密★1年\n中共青山市委文件\n关于雪松行动的通知\n雪松行动定于五月开始。\n"
OPEN = "中共青山市委文件\n关于植树活动的通知\n植树活动定于三月开始。\n"
SIDECAR = ".meta.toml"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "公开.txt").write_text(OPEN, encoding="utf-8")
    return folder


def word_file(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


def sources(index: Index) -> list[str]:
    return [row.source for row in index.documents()]


def test_nothing_of_a_marked_file_is_kept(index: Index, home: Path, folder: Path) -> None:
    """Not in the catalog, not among the words or vectors, and in no file of the home."""
    (folder / "行动.txt").write_text(SECRET, encoding="utf-8")
    (folder / "行动.docx").write_bytes(word_file(SECRET))
    report = sync([folder], index)
    assert (report.added, report.failed) == (1, ())
    assert [notice.source for notice in report.quarantined] == ["行动.docx", "行动.txt"]
    for notice in report.quarantined:
        assert "机密★1年" in notice.message
        assert "雪松" not in notice.message
        assert "cleared = true" in notice.message
    assert sources(index) == ["公开.txt"]
    assert len(set(index.store_counts().values())) == 1
    hits = index.hits([one for one, _ in index.search_lexical("雪松行动", 9)])
    assert all("雪松" not in hit.text for hit in hits.values())
    index.close()
    assert_nothing_kept(home)


def assert_nothing_kept(home: Path) -> None:
    """In no file of the home but one: hnswlib saves memory that it never filled, with what earlier tests left there."""
    kept = [path for path in home.rglob("*") if path.is_file() and path.name != "data_level0.bin"]
    assert kept
    for path in kept:
        data = path.read_bytes()
        assert not any("雪松".encode(coding) in data for coding in ("utf-8", "utf-16-le")), path.name


def test_the_page_of_the_mark_is_told(index: Index, folder: Path) -> None:
    open_page, marked = (
        ["关于植树活动的通知", "植树活动定于三月开始。"],
        ["机密★1年", "雪松行动定于五月开始。"],
    )
    (folder / "行动.pdf").write_bytes(pdf([open_page, marked]))
    (held,) = sync([folder], index).quarantined
    assert (held.source, held.message.startswith("第 2 页有密级标志“机密★1年”")) == ("行动.pdf", True)


def test_a_file_that_gains_a_mark_is_taken_out(index: Index, folder: Path) -> None:
    sync([folder], index)
    (folder / "公开.txt").write_text(SECRET + OPEN, encoding="utf-8")
    report = sync([folder], index)
    assert [notice.source for notice in report.quarantined] == ["公开.txt"]
    assert (report.changed, report.removed, sources(index)) == (0, 1, [])
    assert set(index.store_counts().values()) == {0}
    again = sync([folder], index)
    assert (len(again.quarantined), again.removed) == (1, 0)


def test_of_what_is_taken_out_no_sentence_stays_in_the_catalog(
    index: Index, home: Path, folder: Path
) -> None:
    """Not even in the free pages of its file."""
    long = "".join(f"第{number}条　雪松行动的第{number}项安排。\n" for number in range(1, 400))
    (folder / "行动.txt").write_text("行动安排\n" + long, encoding="utf-8")
    sync([folder], index)
    (folder / "行动.txt").write_text("机密★1年\n行动安排\n" + long, encoding="utf-8")
    assert sync([folder], index).removed == 1
    index.close()
    for path in home.glob("catalog.db*"):
        assert "雪松行动".encode() not in path.read_bytes(), path.name


def test_of_two_files_of_one_name_only_the_marked_one_is_held(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一处"
    other.mkdir()
    (other / "公开.txt").write_text(OPEN, encoding="utf-8")
    assert sync([folder, other], index).added == 2
    (other / "公开.txt").write_text(SECRET, encoding="utf-8")
    report = sync([folder, other], index)
    assert (len(report.quarantined), report.unchanged, report.removed) == (1, 1, 1)
    assert [row.path for row in index.documents()] == [str(folder.resolve() / "公开.txt")]


def test_cleared_lets_a_file_in_and_taking_it_back_holds_it_again(index: Index, folder: Path) -> None:
    (folder / "行动.txt").write_text(SECRET, encoding="utf-8")
    beside = folder / f"行动.txt{SIDECAR}"
    for said, held in (("cleared = false", 1), ("cleared = true", 0), ('note = "再看"', 1)):
        beside.write_text(said, encoding="utf-8")
        assert len(sync([folder], index).quarantined) == held
        assert ("行动.txt" in sources(index)) is not held


def test_the_manifest_of_the_folder_may_clear_a_file_too(index: Index, folder: Path) -> None:
    (folder / "行动.txt").write_text(SECRET, encoding="utf-8")
    (folder / "manifest.toml").write_text(
        '[[document]]\nsource = "行动.txt"\ncleared = true\n', encoding="utf-8"
    )
    assert sync([folder], index).quarantined == ()


@pytest.mark.parametrize("broken", ["title = ", 'cleared = "true"', "title = 3", "date = 2026"])
def test_a_broken_sidecar_fails_that_file_only_and_keeps_the_former_document(
    index: Index, folder: Path, broken: str
) -> None:
    (folder / "另一份.txt").write_text(OPEN.replace("植树", "读书"), encoding="utf-8")
    sync([folder], index)
    (folder / f"公开{SIDECAR}").write_text(broken, encoding="utf-8")
    report = sync([folder], index)
    (failure,) = report.failed
    assert (failure.source, report.unchanged, report.removed) == ("公开.txt", 1, 0)
    assert f"公开{SIDECAR}" in failure.reason
    assert "UTF-8" in failure.hint
    assert sources(index) == ["公开.txt", "另一份.txt"]


def test_what_a_sidecar_says_is_what_is_shown(home: Path, folder: Path) -> None:
    """And show counts the personal data without writing them down anywhere."""
    (folder / "公开.txt").write_text(OPEN + "联系人手机：13812345678。\n", encoding="utf-8")
    (folder / f"公开.txt{SIDECAR}").write_text(
        'title = "植树通知"\nregion = "青山市"\nunit = "市委办"\nrepeals = ["旧通知"]\n', encoding="utf-8"
    )
    (folder / "行动.txt").write_text(SECRET, encoding="utf-8")
    door = CliRunner()
    told = door.invoke(main, ["sync", str(folder), "--home", str(home)])
    assert "已隔离 行动.txt：" in told.stdout
    shown = door.invoke(main, ["show", "公开.txt", "--home", str(home)]).stdout
    for words in ("《植树通知》", "地区 青山市", "单位 市委办", "同时废止 旧通知", "个人信息：手机 1 处"):
        assert words in shown


def test_marks_beside_the_text_hold_files_back_and_nothing_of_them_is_kept(
    index: Index, home: Path, folder: Path
) -> None:
    for name, (marked, _) in CASES.items():
        (folder / name).write_bytes(marked)
    report = sync([folder], index, workers=1)
    assert report.failed == ()
    assert {notice.source for notice in report.quarantined} == set(CASES)
    assert sources(index) == ["公开.txt"]
    assert [notice for notice in report.quarantined if "密级标志" not in notice.message] == []
    assert [notice for notice in report.quarantined if "雪松" in notice.message] == []
    index.close()
    assert_nothing_kept(home)


def test_what_only_speaks_of_secrecy_is_read(index: Index, tmp_path: Path) -> None:
    """The same places, and lists of other files with a column 密级 (无, 公开, 内部, or a level that is theirs)."""
    folder = tmp_path / "公开"
    folder.mkdir()
    for name, (_, twin) in CASES.items():
        (folder / name).write_bytes(twin)
    report = sync([folder], index, workers=1)
    assert (report.quarantined, report.failed) == ((), ())
    assert report.added == len(CASES)
