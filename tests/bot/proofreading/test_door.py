import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main


def run(*parts: str, home: Path) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "proofread", *parts], standalone_mode=True)


def test_findings_are_listed_and_counted_in_the_exit_code(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("各支部再接再励。\n会议强调,要抓好落实。\n", encoding="utf-8")
    result = run(str(paper), home=tmp_path / "home")
    assert result.exit_code == 1
    assert "第1段" in result.stdout
    assert "再接再厉" in result.stdout
    assert "GB/T 15834" in result.stdout
    assert "没有用到资料库" in result.stderr
    assert not (tmp_path / "home" / "catalog.db").exists()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_json_is_one_document(tmp_path: Path, encoding: str) -> None:
    paper = tmp_path / "a.md"
    paper.write_text("各支部再接再励。", encoding=encoding)
    told = json.loads(run(str(paper), "--json", home=tmp_path / "home").stdout)
    (one,) = told["findings"]
    assert (one["text"], one["suggestion"], one["rule"], one["paragraph"]) == (
        "再接再励",
        "再接再厉",
        "confused",
        1,
    )


def test_accepted_suggestions_are_written_to_another_file(tmp_path: Path) -> None:
    paper, out = tmp_path / "a.txt", tmp_path / "b.txt"
    paper.write_text("各支部再接再励。会议强调,要抓好落实。", encoding="utf-8")
    assert run(str(paper), "--out", str(out), "--accept", "2", home=tmp_path / "home").exit_code == 1
    assert out.read_text("utf-8") == "各支部再接再励。会议强调，要抓好落实。"


def test_placeholders_are_told_and_are_no_slip(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("全区共有社区XX个，党员×名。", encoding="utf-8")
    result = run(str(paper), home=tmp_path / "home")
    assert result.exit_code == 0
    assert "2处" in result.stdout


@pytest.mark.parametrize(
    "parts",
    [
        ("none.txt",),
        ("a.pdf",),
        ("a.txt", "--out", "a.docx"),
        ("a.txt", "--out", "b/../a.txt"),
        ("a.txt", "--accept", "1"),
        ("a.txt", "--out", "b.txt", "--accept", "一"),
        ("a.txt", "--out", "b.txt", "--accept", ","),
        ("a.txt", "--out", "b.txt", "--accept", "9"),
    ],
)
def test_wrong_usage_is_2(tmp_path: Path, parts: tuple[str, ...]) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.txt", "a.pdf"):
        (tmp_path / name).write_text("各支部。", encoding="utf-8")
    paths = [str(tmp_path / part) if part.endswith((".txt", ".pdf", ".docx")) else part for part in parts]
    result = run(*paths, home=tmp_path / "home")
    assert result.exit_code == 2
    assert "怎么办" in result.stderr
    assert (tmp_path / "a.txt").read_text("utf-8") == "各支部。"
    assert not (tmp_path / "b.txt").exists()


def test_a_finding_without_a_suggestion_is_left_to_a_person_and_that_is_said(tmp_path: Path) -> None:
    paper, out = tmp_path / "a.txt", tmp_path / "b.txt"
    paper.write_text("各支部（含社区要抓好落实。", encoding="utf-8")
    result = run(str(paper), "--out", str(out), "--accept", "1", home=tmp_path / "home")
    assert "第 1 条没有建议" in result.stderr
    assert out.read_text("utf-8") == paper.read_text("utf-8")


def test_a_folder_is_called_one(tmp_path: Path) -> None:
    result = run(str(tmp_path), home=tmp_path / "home")
    assert result.exit_code == 2
    assert "是一个文件夹" in result.stderr
