"""How fast files are read, beside the loaders that a plain LangChain program would use for the same files.

Each side reads all files of a kind in a program of its own, imports left out of the time; they take turns. Ours counts
everything up to the blocks of a document: what the format is, reading order, tables, page marks. It is measured twice:
one file after the other as the loaders do, and by two worker processes as a sync does it.
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

_FILES = {"pdf": (20, 10), "docx": (100, 10), "ofd": (10, 10), "scan": (2, 2)}  # kind: (files, pages in each)
_DOORS = {
    "ours": ["ingest", "read"],
    "both": ["ingest", "read", "--workers", "2"],
    "plain": ["evals", "load"],
}
NAMES = {"pdf": "PDF 文字", "docx": "DOCX", "ofd": "OFD", "scan": "扫描 PDF（OCR）"}


def bench_readers(texts: Path, repeat: int, tell: Callable[[str], None]) -> dict[str, Any]:
    """By kind: pages, and for each side ("ours", "both" for ours on both cores, "plain") the seconds, pages a second and
    characters read; the lines come from `texts`.

    "ratio" is how many times faster than the plain loader we are in one process, "both_ratio" in two, by the median
    round; OFD has no plain loader, and so neither.
    """
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="dangwu-bench-", ignore_cleanup_errors=True) as room:
        for kind, (files, pages) in _FILES.items():
            folder = Path(room) / kind
            folder.mkdir()
            if not _write(folder, kind, texts, files, pages):
                tell(f"这台机器没有中文字体，不测{NAMES[kind]}。")
                continue
            sides: dict[str, list[dict[str, Any]]] = {side: [] for side in _DOORS}
            for turn in range(repeat):
                tell(f"{NAMES[kind]}：第 {turn + 1} 轮")
                for side in list(_DOORS)[:: 1 if turn % 2 == 0 else -1]:
                    if side != "plain" or kind != "ofd":
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
    done = measure([sys.executable, "-X", "utf8", "-m", *_DOORS[side], str(folder)])
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
        for name, side in (("ratio", "ours"), ("both_ratio", "both")):
            ratios = [
                theirs["seconds"] / ours["seconds"]
                for ours, theirs in zip(sides[side], sides["plain"], strict=True)
            ]
            summed[name] = round(median(ratios), 2)
    return summed


def reader_rows(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(what, value) in Chinese."""
    for kind, one in figures.items():
        told = f"{one['files']} 份 {one['pages']} 页，{one['ours']['characters']} 字"
        plain = one.get("plain")
        for side, name, ratio in (("ours", "一份接一份", "ratio"), ("both", "两个进程", "both_ratio")):
            told += f"；{name} {one[side]['pages_per_second']:.1f} 页/秒"
            if plain:
                told += f"，是普通读法的 {one[ratio]:.2f} 倍"
        if plain:
            told += f"；普通 LangChain 读法 {plain['pages_per_second']:.1f} 页/秒（{plain['characters']} 字）"
        else:
            told += "；LangChain 没有读它的办法"
        yield NAMES[kind], told
