"""Two thousand spoilt files in one sync: each is read, held back or refused in Chinese, and what is refused leaves no trace.

DANGWU_TEST_FUZZ=2000 asks for that many (conftest takes away other DANGWU_ variables); without it 200 are made. A
failure names its number: `mutated` makes the same file from `Random(f"{SEED}-{number}")`.
"""

from __future__ import annotations

import importlib.util
import io
import random
import re
import sqlite3
import sys
import threading
import time
import zipfile
from pathlib import Path
from types import ModuleType

import psutil
import pytest
from samples import can_make_scans

from ingest import workers
from ingest.embed import open_embedder
from ingest.index import Index
from ingest.pipeline import sync
from ingest.workers import Limits

SEED = 20_261_121
LIMITS = Limits(seconds=60, memory_mb=1_200)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


everything, mutations = _beside("everything"), _beside("mutations")


class Watch(threading.Thread):
    """The largest resident memory, in MB, of any one child of this process."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.over = 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.peak = max(self.peak, child.memory_info().rss / 1e6)
                except psutil.Error:
                    continue


def write_spoilt(folder: Path, count: int, *, scans: bool) -> list[str]:
    good = {name: data for name, (data, _) in everything.good(scans=False).items() if "/" not in name}
    good |= _archives(good)
    pictures = {}
    if scans:  # one in twelve: reading a picture takes a hundred times as long
        all_good = everything.good(scans=True)
        pictures = {
            name: data for name, (data, _) in all_good.items() if name not in good and "/" not in name
        }
    names = []
    for number in range(count):
        dice = random.Random(f"{SEED}-{number}")
        suffix, data = mutations.mutated(dice, pictures if pictures and number % 12 == 0 else good)
        names.append(f"{number:04}.{suffix}")
        (folder / names[-1]).write_bytes(data)
    return names


def _archives(good: dict[str, bytes]) -> dict[str, bytes]:
    """Archives, one of them with an archive and packages inside; without the bomb, which is slow to pack anew."""
    whole = {name: data for name, data in everything.archives().items() if "炸弹" not in name}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("文字.docx", "表格.xlsx", "名单.csv"):
            archive.writestr(f"材料/{name}", good[name])
        archive.writestr("里层.zip", whole["附件.zip"])
    return {**whole, "层层.zip": buffer.getvalue()}


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_spoilt_files_are_read_or_refused_and_leave_nothing_behind(
    home: Path, tmp_path: Path, fuzz_files: int, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "坏的"
    folder.mkdir()
    scans = fuzz_files > 200 and can_make_scans()
    names = write_spoilt(folder, fuzz_files, scans=scans)
    index = Index(home, open_embedder())
    watch = Watch()
    watch.start()
    began = time.monotonic()
    report = sync([folder], index, limits=LIMITS)
    took = time.monotonic() - began
    watch.over.set()
    watch.join()
    workers.close()

    read = {row.source for row in index.documents()}
    failed = {failure.source: failure for failure in report.failed}
    held = {notice.source for notice in report.quarantined}
    told = [*read, *failed, *held]
    assert len(set(told)) == len(told) == len(read) + len(report.failed) + len(report.quarantined)
    assert {name.split("/")[0] for name in told} == set(names)  # of an archive its members, or itself
    with capsys.disabled():
        print(  # noqa: T201 - the figures of the full run
            f"\n{len(names)} spoilt files in {took:.0f} s: {len(read)} read, {len(failed)} refused, "
            f"{len(held)} held back; largest worker {watch.peak:.0f} MB"
        )
    for failure in failed.values():
        assert CHINESE.search(failure.reason), failure
        assert CHINESE.search(failure.hint), failure
    ours = [
        failure for failure in failed.values() if re.search("程序读|崩溃|用时太长|内存超过", failure.reason)
    ]
    assert ours == []
    assert min(len(read), len(failed)) > len(names) / 10
    assert watch.peak < LIMITS.memory_mb
    assert set(index.store_counts().values()) == {report.chunks}
    index.close()
    with sqlite3.connect(home / "catalog.db") as catalog:
        assert {name for (name,) in catalog.execute("select source from documents")} == read
