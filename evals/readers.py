"""How fast files are read, beside the loaders that a plain LangChain program would use for the same files.

Each side reads all files of a kind one after the other in a program of its own, the first of them once before, so that
imports are left out of the time; they take turns. Ours counts everything up to the blocks of a document: what the format is, reading order, tables, page marks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from evals import samples
from evals.measure import measure

_FILES = {"pdf": (20, 10), "docx": (20, 10), "ofd": (10, 10), "scan": (2, 2)}  # kind: (files, pages in each)
NAMES = {"pdf": "PDF 文字", "docx": "DOCX", "ofd": "OFD", "scan": "扫描 PDF（OCR）"}


def bench_readers(texts: Path, repeat: int, tell: Callable[[str], None]) -> dict[str, Any]:
    """By kind: pages, and for both sides the seconds, pages a second and characters read; the lines come from `texts`.

    "ratio" is how many times faster we are, by the median round; OFD has no plain loader, and so none.
    """
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="dangwu-bench-", ignore_cleanup_errors=True) as room:
        for kind, (files, pages) in _FILES.items():
            folder = Path(room) / kind
            folder.mkdir()
            if not _write(folder, kind, texts, files, pages):
                tell(f"这台机器没有中文字体，不测{NAMES[kind]}。")
                continue
            sides: dict[str, list[dict[str, Any]]] = {"ours": [], "plain": []}
            for turn in range(repeat):
                tell(f"{NAMES[kind]}：第 {turn + 1} 轮")
                for side in ("ours", "plain") if turn % 2 == 0 else ("plain", "ours"):
                    if side == "ours" or kind != "ofd":
                        sides[side].append(_read(side, folder))
            figures[kind] = {"files": files, "pages": files * pages, **_summed(sides, files * pages)}
    return figures


def _write(folder: Path, kind: str, texts: Path, files: int, pages: int) -> bool:
    lines = samples.lines_of(texts, files * pages * samples.LINES)
    font = samples.font()
    for number in range(files):
        start = number * pages * samples.LINES
        cut = [
            lines[at : at + samples.LINES]
            for at in range(start, start + pages * samples.LINES, samples.LINES)
        ]
        match kind:
            case "pdf":
                samples.write_pdf(folder / f"{number}.pdf", cut)
            case "docx":
                samples.write_docx(folder / f"{number}.docx", cut)
            case "ofd":
                samples.write_ofd(folder / f"{number}.ofd", cut)
            case _:
                if font is None:
                    return False
                samples.write_scan(folder / f"{number}.pdf", cut, font)
    return True


def _read(side: str, folder: Path) -> dict[str, Any]:
    door = ["ingest", "read"] if side == "ours" else ["evals", "load"]
    done = measure([sys.executable, "-X", "utf8", "-m", *door, str(folder)])
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "wall": round(done.seconds, 2), "peak_mb": round(done.peak_mb)}


def _summed(sides: dict[str, list[dict[str, Any]]], pages: int) -> dict[str, Any]:
    summed: dict[str, Any] = {}
    for side, rounds in sides.items():
        if rounds:
            seconds = median(one["seconds"] for one in rounds)
            summed[side] = {
                "seconds": round(seconds, 3),
                "pages_per_second": round(pages / seconds, 1),
                "characters": rounds[-1]["characters"],
                "wall": median(one["wall"] for one in rounds),
                "peak_mb": max(one["peak_mb"] for one in rounds),
            }
    if sides["plain"]:
        ratios = [
            theirs["seconds"] / ours["seconds"]
            for ours, theirs in zip(sides["ours"], sides["plain"], strict=True)
        ]
        summed["ratio"] = round(median(ratios), 2)
    return summed


def reader_rows(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what, value) in Chinese."""
    for kind, one in figures.items():
        ours = one["ours"]
        told = f"{ours['pages_per_second']:.1f} 页/秒（{one['files']} 份 {one['pages']} 页，{ours['characters']} 字）"
        if plain := one.get("plain"):
            told += f"；普通 LangChain 读法 {plain['pages_per_second']:.1f} 页/秒（{plain['characters']} 字），我们快 {one['ratio']:.2f} 倍"
        else:
            told += "；LangChain 没有读它的办法"
        yield NAMES[kind], told
