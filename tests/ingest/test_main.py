"""The administrators' door: exit codes, one JSON document, Chinese words for every mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ingest.__main__ import main


def run(*arguments: object) -> Result:
    """One command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(folder: Path) -> Path:
    """One good file."""
    (folder / "甲办法.txt").write_text("仅供学习 禁止外传\n甲办法\n第一条　党费按月交纳。", encoding="utf-8")
    return folder


def test_sync_prints_one_json_document(folder: Path, home: Path) -> None:
    """Exactly the keys of the contract, nothing else on stdout."""
    result = run("sync", folder, "--home", home, "--json")
    report: dict[str, Any] = json.loads(result.stdout)
    assert set(report) == {"added", "changed", "unchanged", "removed", "chunks", "seconds", "failed", "quarantined", "warnings", "check"}  # fmt: skip
    assert (result.exit_code, report["added"], report["failed"]) == (0, 1, [])


def test_a_failed_file_makes_exit_code_one(folder: Path, home: Path) -> None:
    """Done, with failures listed."""
    (folder / "空.txt").write_bytes(b"")
    result = run("sync", folder, "--home", home, "--json")
    assert result.exit_code == 1
    assert set(json.loads(result.stdout)["failed"][0]) == {"source", "reason", "hint"}


def test_status_names_what_the_last_sync_of_each_folder_did_not_read(folder: Path, home: Path) -> None:
    """Until the file is mended, taken away or read; a sync of another folder changes nothing of it."""
    (folder / "空.txt").write_bytes(b"")
    (folder / "密.txt").write_text("机密★1年\n关于植树的通知\n植树定于三月。", encoding="utf-8")
    run("sync", folder, "--home", home)
    other = folder.parent / "别的"
    other.mkdir()
    (other / "坏.docx").write_bytes(b"PK\x03\x04")
    run("sync", other, "--home", home)
    shown = run("status", "--home", home).stdout
    assert "已隔离 1 份" in shown
    assert "密.txt：文中有密级标志“机密★1年”" in shown
    assert "未读入 2 份" in shown
    assert "植树" not in shown
    (folder / "空.txt").write_text("乙办法\n第一条　党费按季交纳。", encoding="utf-8")
    (folder / "密.txt").unlink()
    run("sync", folder / "空.txt", "--home", home)
    run("sync", folder, "--home", home)
    left = json.loads(run("status", "--home", home, "--json").stdout)["left_out"]
    assert [(one["source"], one["held"]) for one in left] == [("坏.docx", False)]
    assert left[0]["reason"]
    assert left[0]["hint"]


def test_show_cuts_long_chunks_unless_all_is_asked_for(folder: Path, home: Path) -> None:
    words = "党费由支部按月收缴，" * 20
    (folder / "长.txt").write_text(f"丙办法\n第一条　{words}另行规定。", encoding="utf-8")
    run("sync", folder, "--home", home)
    cut, full = (
        run("show", "长.txt", "--home", home).stdout,
        run("show", "长.txt", "--full", "--home", home).stdout,
    )
    assert "另行规定。" not in cut
    assert "……" in cut
    assert f"{words}另行规定。" in full


def test_in_force_is_said_of_rules_only(folder: Path, home: Path) -> None:
    """By `status` and by `show`."""
    (folder / "甲支部党建工作情况报告.txt").write_text(
        "甲支部党建工作情况报告\n今年开会六次。\n", encoding="utf-8"
    )
    (folder / "甲支部值班办法.txt").write_text("甲支部值班办法\n第一条　每天有人值班。\n", encoding="utf-8")
    run("sync", folder, "--home", home)
    rows = {row.split()[0]: row for row in run("status", "--home", home).stdout.splitlines() if ".txt" in row}
    assert "现行" in rows["甲支部值班办法.txt"]
    assert "现行" not in rows["甲支部党建工作情况报告.txt"]
    assert "；现行；" in run("show", "甲支部值班办法.txt", "--home", home).stdout
    assert "现行" not in run("show", "甲支部党建工作情况报告.txt", "--home", home).stdout


def test_the_home_may_stand_before_the_command(folder: Path, home: Path) -> None:
    """--home works in both places."""
    assert run("--home", home, "sync", folder).exit_code == 0
    assert "甲办法" in run("--home", home, "status").stdout


@pytest.mark.parametrize(
    "arguments", [("sync", "没有的文件夹"), ("show", "没有的文件"), ("remove", "没有的文件")]
)
def test_what_does_not_exist_is_said_in_chinese(home: Path, arguments: tuple[str, ...]) -> None:
    """Exit code 2, a reason and what to do, no traceback."""
    result = run(*arguments, "--home", home)
    assert result.exit_code == 2
    assert "错误：" in result.stderr
    assert "怎么办：" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments", [("status",), ("show", "x"), ("doctor",), ("remove", "x"), ("reindex",), ("adapt",)]
)
def test_a_slip_in_the_home_leaves_nothing_behind(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Only `sync` makes a home."""
    wrong = tmp_path / "打错" / "home"
    result = run(*arguments, "--home", wrong)
    assert result.exit_code == 2
    assert f"没有这个资料目录：{wrong}" in result.stderr
    assert not wrong.parent.exists()


def test_a_home_that_cannot_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    """A file stands where the home should be."""
    (tmp_path / "占用").write_text("x", encoding="utf-8")
    result = run("sync", folder, "--home", tmp_path / "占用" / "home")
    assert result.exit_code == 2
    assert "不能写入" in result.stderr


def test_a_broken_config_names_the_file(folder: Path, home: Path) -> None:
    """config.toml with a slip, and with an unknown key."""
    for text in ("embedding = [", "[embedding]\nmodle = 'x'\n"):
        (home / "config.toml").write_text(text, encoding="utf-8")
        result = run("sync", folder, "--home", home)
        assert result.exit_code == 2
        assert "错误：" in result.stderr


def test_a_broken_manifest_is_said(folder: Path, home: Path) -> None:
    """Nothing is synced under a manifest that cannot be read."""
    (folder / "manifest.toml").write_text("[[document]]\ntitle = 1", encoding="utf-8")
    result = run("sync", folder, "--home", home)
    assert result.exit_code == 2
    assert "manifest.toml" in result.stderr


def test_show_lists_what_cleaning_dropped(folder: Path, home: Path) -> None:
    """Adverts are out of the text and in the list, in both forms."""
    run("sync", folder, "--home", home)
    shown = json.loads(run("show", "甲办法.txt", "--home", home, "--json").stdout)
    assert [dropped["text"] for dropped in shown["dropped"]] == ["仅供学习 禁止外传"]
    assert shown["outline"] == [["第一条"]]
    assert "清理：仅供学习 禁止外传" in run("show", "甲办法.txt", "--home", home).stdout


def test_remove_then_sync_reads_it_again(folder: Path, home: Path) -> None:
    """The original is untouched."""
    run("sync", folder, "--home", home)
    assert run("remove", "甲办法.txt", "--home", home).exit_code == 0
    assert json.loads(run("status", "--home", home, "--json").stdout)["documents"] == 0
    assert json.loads(run("sync", folder, "--home", home, "--json").stdout)["added"] == 1


def test_a_part_of_a_name_is_asked_about_before_anything_is_removed(folder: Path, home: Path) -> None:
    """What matches is listed; no, or nobody to answer, removes nothing; yes and --yes remove all of it."""

    def removing(*options: str, answer: str | None = None) -> Result:
        return CliRunner().invoke(main, ["remove", "办法", "--home", str(home), *options], input=answer)

    def left() -> int:
        return int(json.loads(run("status", "--home", home, "--json").stdout)["documents"])

    (folder / "乙办法.txt").write_text("乙办法\n第一条　党费按季交纳。", encoding="utf-8")
    run("sync", folder, "--home", home)
    for answer in (None, "n\n"):
        refused = removing(answer=answer)
        assert (refused.exit_code, left()) == (2, 2)
        assert "甲办法.txt" in refused.stderr
        assert "乙办法.txt" in refused.stderr
        assert "--yes" in refused.stderr
    assert removing(answer="y\n").exit_code == 0
    assert left() == 0
    run("sync", folder, "--home", home)
    assert removing("--yes").exit_code == 0
    assert left() == 0


def test_a_folder_without_a_document_says_what_can_be_read(tmp_path: Path, home: Path) -> None:
    """On stderr, so that --json stays one document; a second sync of a good folder says nothing of the kind."""
    (tmp_path / "空").mkdir()
    for options in ((), ("--json",)):
        result = run("sync", tmp_path / "空", "--home", home, *options)
        assert result.exit_code == 0
        assert "docx" in result.stderr
        assert str(tmp_path / "空") in result.stderr
    (tmp_path / "空" / "甲.txt").write_text("第一条　党费按月交纳。", encoding="utf-8")
    for _ in range(2):
        assert "没有找到文件" not in run("sync", tmp_path / "空", "--home", home).stderr


def test_reindex_and_doctor_agree(folder: Path, home: Path) -> None:
    """After a rebuild the three stores hold the same chunks."""
    run("sync", folder, "--home", home)
    assert run("reindex", "--home", home).exit_code == 0
    report = json.loads(run("doctor", "--home", home, "--json").stdout)
    assert report["ok"]
    assert set(report["counts"].values()) == {2}
