"""The arithmetic of the bench, and one small real round."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals import samples
from evals.__main__ import main
from evals.bench import _ratios, _recall, bench_rows
from evals.during import _summary, during_rows
from evals.model import Case, Place
from evals.readers import _summed, reader_rows
from ingest.__main__ import main as ingest_main


def test_ratios_are_medians_of_rounds_taken_together() -> None:
    """Three rounds of 4, 2 and 9 times; the plain pipeline wrote half as many chunks, so a chunk cost it twice that."""
    ours = [{"seconds": seconds, "chunks": 100} for seconds in (10.0, 10.0, 10.0)]
    plain = [{"seconds": seconds, "chunks": 50} for seconds in (40.0, 20.0, 90.0)]
    assert _ratios(ours, plain) == {"whole": 4.0, "per_chunk": 8.0}


def test_recall_of_printed_hits() -> None:
    case = Case("1", "问", ((Place("a.md", "第一条"),), (Place("b.md", None, "一、"),)))
    hits = [
        {"source": "a.md", "article": "第二条", "heading_path": []},
        {"source": "b.md", "article": None, "heading_path": ["一、概况"]},
    ]
    assert _recall(case, hits) == 0.5


def test_what_was_not_measured_is_not_shown() -> None:
    one = {"seconds": 2.0, "peak_mb": 100.0, "chunks": 7}
    figures = {"sync": [one], "sync_again": [one], "plain": [one], "ratio": {"whole": 1.0}}
    rows = dict(bench_rows(figures))
    assert rows["首次同步"] == "2.0 秒，内存峰值 100 MB，写入 7 块（1 轮）"
    assert set(rows) == {"首次同步", "再次同步", "普通 LangChain 流程", "比普通流程快"}


@pytest.mark.slow
def test_a_small_round_measures_both_ways(tmp_path: Path) -> None:
    pytest.importorskip("langchain_chroma")
    laws = tmp_path / "laws"
    laws.mkdir()
    (laws / "办法.txt").write_text(
        "办法\n\n第一条 见习期为一年。\n\n第二条 期满应当讨论。\n", encoding="utf-8"
    )
    (laws / "坏.docx").write_bytes(b"PK\x03\x04")
    questions = tmp_path / "q.jsonl"
    gold = '[[{"source": "办法.txt", "article": "第一条"}]]'
    questions.write_text(f'{{"id": "1", "question": "见习期多长？", "gold": {gold}}}', encoding="utf-8")
    words = ["bench", "--laws", laws, "--questions", questions, "--out", tmp_path / "b.json", "--json"]
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 1  # one file could not be read, and it is said
    assert "1 个文件读不出来" in done.stderr
    figures = json.loads(done.stdout)
    assert figures == json.loads((tmp_path / "b.json").read_text("utf-8"))
    (first,), (again,), (plain,) = figures["sync"], figures["sync_again"], figures["plain"]
    assert (first["added"], again["added"], again["unchanged"], plain["files"]) == (1, 0, 1, 1)
    assert figures["ratio"]["whole"] == pytest.approx(plain["seconds"] / first["seconds"], abs=0.02)
    assert figures["search"]["recall@10"] == 1.0
    assert str(tmp_path) not in done.stdout


def test_reading_is_compared_round_by_round() -> None:
    """Two rounds of 2 and 6 times; without a plain loader there is no ratio, and it is said."""
    ours = [{"seconds": 1.0, "characters": 10, "wall": 1.5, "peak_mb": 90} for _ in range(2)]
    plain = [{"seconds": seconds, "characters": 9, "wall": 3.0, "peak_mb": 90} for seconds in (2.0, 6.0)]
    both = [{**one, "seconds": 0.5} for one in ours]
    summed = _summed({"ours": ours, "both": both, "plain": plain}, 20)
    assert (summed["ratio"], summed["both_ratio"], summed["ours"]["pages_per_second"]) == (4.0, 8.0, 20.0)
    alone = {"files": 2, "pages": 20, **_summed({"ours": ours, "both": both, "plain": []}, 20)}
    assert dict(reader_rows({"ofd": alone})) == {
        "OFD": "2 份 20 页，10 字；一份接一份 20.0 页/秒；两个进程 40.0 页/秒；LangChain 没有读它的办法"
    }


@pytest.mark.parametrize("kind", ["pdf", "docx", "ofd"])
def test_both_sides_read_the_samples(tmp_path: Path, kind: str) -> None:
    """What is measured is read, all of it: every line of every page."""
    pytest.importorskip("langchain_community")
    pages = [[f"第{page}页第{line}行的文字，不长也不短。" for line in range(5)] for page in range(2)]
    whole = sum(len(line) for page in pages for line in page)
    getattr(samples, f"write_{kind}")(tmp_path / f"a.{kind}", pages)
    ours = CliRunner().invoke(ingest_main, ["read", str(tmp_path)], catch_exceptions=False)
    read = json.loads(ours.stdout)["characters"]
    assert whole <= read <= whole * 1.2  # a table's row has marks between its cells
    both = CliRunner().invoke(ingest_main, ["read", str(tmp_path), "--workers", "2"], catch_exceptions=False)
    assert json.loads(both.stdout)["characters"] == read
    if kind != "ofd":
        theirs = CliRunner().invoke(main, ["load", str(tmp_path)], catch_exceptions=False)
        assert json.loads(theirs.stdout)["characters"] == whole


def test_waiting_during_a_sync_is_told_by_its_worst_questions() -> None:
    """99 of 100 questions wait for less than the 99th percentile; the longest is told beside it."""
    told = _summary([float(ms) for ms in range(1, 101)])
    assert (told["questions"], told["max_ms"]) == (100, 100.0)
    assert told["p50_ms"] < told["p95_ms"] < told["p99_ms"] <= 100
    rows = dict(during_rows({"idle": told, "during": told, "sync_seconds": 21.4, "documents": 1593}))
    assert rows["同步时提问"].endswith("最长 100")
    assert rows["同步用时"] == "21 秒，同步后共 1593 份"


def test_who_measures_waiting_says_what_is_asked(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["bench", "--during-sync", "--laws", str(tmp_path)])
    assert done.exit_code == 2
    assert "--asked" in done.output
