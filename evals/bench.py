"""How fast: a full sync against a plain LangChain pipeline on the same files, search in a warm process, a cold answer.

Every figure is of a program started here through its public door. Machines are noisy, so what counts is the ratio of
two runs that took turns on the same machine.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from evals.cases import read_cases
from evals.measure import measure
from evals.metrics import assign, percentile
from evals.model import Case
from evals.serving import first_answer
from ingest.errors import ConfigError

COLD_QUESTION = "预备党员的预备期是多长？"
_COLD_STARTS = 3

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What to measure. `questions` are searched on the home of `laws`; `asked` is the folder of the cold answer's home."""

    laws: Path
    questions: Path | None = None
    asked: Path | None = None
    repeat: int = 1
    chunk_size: int = 200
    overlap: int = 20


@dataclass(frozen=True, slots=True)
class _Row:
    """A hit as the door prints it."""

    source: str
    article: str | None
    heading_path: tuple[str, ...]


def bench(plan: Bench, tell: Tell) -> dict[str, Any]:
    """The figures as plain values; `tell` hears what is being measured. Temporary stores are removed at the end."""
    for folder in filter(None, (plan.laws, plan.asked)):
        if not folder.is_dir():
            raise ConfigError(f"没有文件夹 {folder}。", hint="请用 --laws、--asked 指出放着文件的文件夹。")
    cases = read_cases(plan.questions) if plan.questions else ()
    figures: dict[str, Any] = {"machine": _machine(), "files": _read_once(plan.laws)}
    with tempfile.TemporaryDirectory(prefix="dangwu-bench-", ignore_cleanup_errors=True) as room:
        home = Path(room) / "home"
        ours, again, plain = _take_turns(plan, Path(room), home, tell)
        figures |= {"sync": ours, "sync_again": again, "plain": plain, "ratio": _ratios(ours, plain)}
        if plan.questions:
            tell(f"检索 {len(cases)} 个问题")
            figures["search"] = _search(home, plan.questions, cases)
        if plan.asked:
            tell("冷启动提问，启动网页")
            figures["cold_ask"] = _cold_ask(plan.asked, Path(room) / "asked")
    return figures


def _take_turns(
    plan: Bench, room: Path, home: Path, tell: Tell
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """`repeat` rounds of (first sync, second sync, plain); who goes first changes each round. `home` stays filled."""
    ours: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    plain: list[dict[str, Any]] = []

    def sync_twice() -> None:
        shutil.rmtree(home, ignore_errors=True)
        tell(f"第 {len(ours) + 1} 轮：首次同步")
        ours.append(_sync(plan.laws, home))
        tell(f"第 {len(ours)} 轮：再次同步")
        again.append(_sync(plan.laws, home))

    def index_plainly() -> None:
        tell(f"第 {len(plain) + 1} 轮：普通 LangChain 流程")
        plain.append(_plain(plan, room / "plain"))

    for turn in range(plan.repeat):
        for run in (sync_twice, index_plainly) if turn % 2 == 0 else (index_plainly, sync_twice):
            run()
    return ours, again, plain


def _sync(folder: Path, home: Path) -> dict[str, Any]:
    # Exit code 1 is a sync that went on past a file it could not read; its report says which.
    done = measure(
        [*_python(), "ingest", "sync", str(folder), "--home", str(home), "--json"], good_codes=(0, 1)
    )
    report = json.loads(done.stdout)
    counted = {key: report[key] for key in ("added", "changed", "unchanged", "removed", "chunks")}
    return {**_cost(done.seconds, done.peak_mb), **counted, "failed": len(report["failed"])}


def _plain(plan: Bench, store: Path) -> dict[str, Any]:
    sizes = ["--chunk-size", str(plan.chunk_size), "--overlap", str(plan.overlap)]
    try:
        done = measure([*_python(), "evals", "plain", str(plan.laws), "--store", str(store), *sizes])
    finally:
        shutil.rmtree(store, ignore_errors=True)
    return {
        **_cost(done.seconds, done.peak_mb),
        **json.loads(done.stdout),
        "chunk_size": plan.chunk_size,
        "overlap": plan.overlap,
    }


def _ratios(ours: list[dict[str, Any]], plain: list[dict[str, Any]]) -> dict[str, float]:
    """How many times faster we are, by the median round: in wall time of the whole, and per chunk written."""
    pairs = list(zip(plain, ours, strict=True))
    whole = [theirs["seconds"] / mine["seconds"] for theirs, mine in pairs]
    each = [
        (theirs["seconds"] / theirs["chunks"]) / (mine["seconds"] / mine["chunks"])
        for theirs, mine in pairs
        if theirs["chunks"] and mine["chunks"]
    ]
    return {"whole": round(median(whole), 2), **({"per_chunk": round(median(each), 2)} if each else {})}


def _search(home: Path, questions: Path, cases: tuple[Case, ...]) -> dict[str, Any]:
    """Milliseconds as the warm process itself counts them, and recall@10 where the questions name gold places."""
    done = measure(
        [*_python(), "bot", "search", "--batch", str(questions), "-k", "10", "--home", str(home), "--json"]
    )
    by_id = {line["id"]: line for line in map(json.loads, done.stdout.splitlines())}
    times = [line["ms"] for line in by_id.values()]
    found = [_recall(case, by_id[case.id]["hits"]) for case in cases if case.gold and case.id in by_id]
    return {
        "questions": len(by_id),
        "p50_ms": percentile(times, 50),
        "p99_ms": percentile(times, 99),
        **({"recall@10": round(fmean(found), 4)} if found else {}),
        **_cost(done.seconds, done.peak_mb),
    }


def _recall(case: Case, hits: list[dict[str, Any]]) -> float:
    rows = [_Row(hit["source"], hit["article"], tuple(hit["heading_path"])) for hit in hits]
    return sum(item is not None for item in assign(rows, case)) / len(case.gold)


def _cold_ask(folder: Path, home: Path) -> dict[str, Any]:
    """Wall seconds of whole processes, each started anew: interpreter, imports, opening, answer."""
    stored = _sync(folder, home)
    runs = [
        measure([*_python(), "bot", "ask", COLD_QUESTION, "--home", str(home), "--json"])
        for _ in range(_COLD_STARTS)
    ]
    answer = json.loads(runs[-1].stdout)
    serving = [first_answer(home, COLD_QUESTION) for _ in range(_COLD_STARTS)]
    return {
        "question": COLD_QUESTION,
        "status": answer["status"],
        "citations": len(answer["citations"]),
        "chunks": stored["chunks"],
        "seconds": [round(run.seconds, 2) for run in runs],
        "median_seconds": round(median(run.seconds for run in runs), 2),
        "peak_mb": round(max(run.peak_mb for run in runs)),
        "serve": serving,
        "serve_median_seconds": median(one["answer_seconds"] for one in serving),
    }


def _read_once(folder: Path) -> dict[str, int]:
    """Reads every file, so that the first to be measured does not pay for a cold disk."""
    sizes = [len(path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return {"count": len(sizes), "bytes": sum(sizes)}


def _machine() -> dict[str, Any]:
    return {
        "system": platform.system(),
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    }


def _python() -> list[str]:
    return [sys.executable, "-X", "utf8", "-m"]


def _cost(seconds: float, peak_mb: float) -> dict[str, float]:
    return {"seconds": round(seconds, 2), "peak_mb": round(peak_mb)}


def bench_rows(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what, value) in Chinese, for a terminal; lists of rounds show their median."""
    for key, name in (("sync", "首次同步"), ("sync_again", "再次同步"), ("plain", "普通 LangChain 流程")):
        rounds = figures[key]
        seconds, peak = median(one["seconds"] for one in rounds), max(one["peak_mb"] for one in rounds)
        yield (
            name,
            f"{seconds:.1f} 秒，内存峰值 {peak:.0f} MB，写入 {rounds[-1]['chunks']} 块（{len(rounds)} 轮）",
        )
    ratio = figures["ratio"]
    yield (
        "比普通流程快",
        f"{ratio['whole']:.1f} 倍"
        + (f"（按每块计 {ratio['per_chunk']:.1f} 倍）" if "per_chunk" in ratio else ""),
    )
    if search := figures.get("search"):
        recall = f"，Recall@10 {search['recall@10']:.3f}" if "recall@10" in search else ""
        yield (
            "检索",
            f"{search['questions']} 题，中位 {search['p50_ms']:.1f} 毫秒，99 分位 {search['p99_ms']:.1f} 毫秒{recall}",
        )
    if cold := figures.get("cold_ask"):
        yield (
            "冷启动提问",
            f"{cold['median_seconds']:.2f} 秒（{cold['chunks']} 块的资料库，{cold['citations']} 处引用）",
        )
        yield "启动网页到首个回答", f"{cold['serve_median_seconds']:.2f} 秒"
