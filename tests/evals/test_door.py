"""python -m evals over a real small home: exit codes, what goes to stdout, and the running of other programs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evals.__main__ import main
from evals.measure import ProgramFailed, measure
from evals.serving import first_answer
from ingest.compose import sync_folders
from ingest.config import load_settings

RULES = "见习人员管理办法\n\n第一条 见习期为一年，从批准之日算起。\n\n第二条 见习期满后三个月内，应当召开会议讨论转正。\n"
CASES = (
    '{"id": "1", "question": "见习期为几年，从什么时候算起？", "gold": [[{"source": "办法.txt", "article": "第一条"}]], "answer_contains": ["一年"]}\n'
    '{"id": "2", "question": "见习期满后什么时候讨论转正？", "gold": [[{"source": "办法.txt", "article": "第二条"}]]}\n'
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one document of two articles."""
    folder, home = tmp_path_factory.mktemp("docs"), tmp_path_factory.mktemp("home")
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    assert sync_folders(load_settings(home), [folder]).added == 1
    return home


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "题.jsonl"
    path.write_text(CASES, encoding="utf-8")
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_run_writes_its_report_and_one_json(filled: Path, cases: Path, tmp_path: Path) -> None:
    done = call("run", cases, "--home", filled, "--out", tmp_path / "out", "--json")
    assert done.exit_code == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["metrics"]["retrieval"]["hit@1"] == 1.0
    assert said["metrics"]["answers"]["verbatim"] == 1.0
    assert said["settings"]["documents"] == 1
    assert str(filled) not in done.stdout
    assert said == json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))
    again = call("compare", tmp_path / "out" / "result.json", tmp_path / "out" / "result.json", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["worse"] == []


def test_a_run_without_json_prints_a_table(filled: Path, cases: Path) -> None:
    done = call("--home", filled, "run", cases, "--search-only")
    assert done.exit_code == 0
    assert "hit@10" in done.stdout
    assert "verbatim" not in done.stdout


def test_generated_cases_can_be_run(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    assert call("generate", "--home", filled, "--out", path, "--count", 9).exit_code == 0
    said = json.loads(call("run", path, "--home", filled, "--search-only", "--json").stdout)
    assert said["counts"]["with_gold"] == 2
    assert said["metrics"]["retrieval"]["recall@10"] == 1.0


def test_a_worse_result_ends_with_one(tmp_path: Path) -> None:
    for name, value in (("a", 0.9), ("b", 0.8)):
        content = {"metrics": {"retrieval": {"hit@1": value}}, "cases": []}
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    before, after = tmp_path / "a.json", tmp_path / "b.json"
    worse = call("compare", before, after)
    assert worse.exit_code == 1
    assert "变差的指标：hit@1" in worse.stdout
    assert call("compare", before, after, "--tolerance", "0.2").exit_code == 0
    assert call("compare", after, before).exit_code == 0


def test_mistakes_end_with_two_and_two_chinese_lines(filled: Path, cases: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.jsonl"
    broken.write_text('{"question": 1}', encoding="utf-8")
    for words in (
        ("run", broken, "--home", filled),
        ("run", tmp_path / "无.jsonl", "--home", filled),
        ("run", cases, "--home", tmp_path / "空"),
        ("compare", broken, broken),
        ("generate", "--home", tmp_path / "空", "--out", tmp_path / "g.jsonl"),
        ("bench", "--laws", tmp_path / "没有"),
        ("bench", "--chunk-size", 50, "--overlap", 50),
    ):
        done = call(*words)
        assert done.exit_code == 2, words
        assert done.stdout == ""
        first, second = done.stderr.strip().splitlines()
        assert first.startswith("错误：")
        assert second.startswith("怎么办：")


def test_memory_and_output_of_a_program_and_its_children_are_measured() -> None:
    child = "held = bytearray(80_000_000); import time; time.sleep(0.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('好', end='')"
    done = measure([sys.executable, "-X", "utf8", "-c", parent])
    assert done.stdout == "好"
    assert done.peak_mb > 80
    assert done.seconds >= 0.5


def test_a_program_that_fails_is_told_with_its_words() -> None:
    program = [sys.executable, "-c", "import sys; sys.exit('disk full')"]
    with pytest.raises(ProgramFailed, match="disk full"):
        measure(program)
    assert measure(program, good_codes=(1,)).code == 1


def test_the_plain_pipeline_cuts_every_file_to_the_size_asked_for(tmp_path: Path) -> None:
    """What we compare against really indexes the files: both are in the store, in chunks of the size."""
    pytest.importorskip("langchain_chroma")
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("见习期为一年。" * 20, encoding="utf-8")
    (folder / "b.md").write_text("转正要开会讨论。", encoding="utf-8")
    sizes = ["--chunk-size", "70", "--overlap", "0"]
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "evals",
        "plain",
        str(folder),
        "--store",
        str(tmp_path / "store"),
    ]
    said = json.loads(measure([*command, *sizes]).stdout)
    assert (said["files"], said["chunks"]) == (2, 3)


@pytest.mark.slow
def test_the_page_is_started_and_asked_as_a_browser_does(filled: Path) -> None:
    """Seconds to the page and to the first cited sentence."""
    took = first_answer(filled, "见习期是多长？")
    assert 0 < took["page_seconds"] <= took["answer_seconds"]


def test_counts_are_not_written_where_nobody_reads_them(tmp_path: Path) -> None:
    """Only the package keeps asked.tsv; a home is told where its own counts come from, before anything is learned."""
    cases = tmp_path / "cases.jsonl"
    cases.write_text("", encoding="utf-8")
    done = call("fit", "--train", tmp_path, cases, "--count", tmp_path, cases, "--write", tmp_path)
    assert done.exit_code == 2
    assert "asked.jsonl" in done.stderr
    assert not (tmp_path / "asked.tsv").exists()
