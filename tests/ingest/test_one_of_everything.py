"""A folder as an office has it - every format, good files and bad - in one command: each file stands once, and right."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import everything
from click.testing import CliRunner
from samples import needs_ocr

from ingest.__main__ import main
from ingest.compose import open_index
from ingest.config import load_settings
from ingest.errors import DocumentError
from ingest.parse.door import parse

SCANS = ("照片.png", "扫描.pdf", "扫描.ofd")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def synced(folder: Path, home: Path) -> tuple[dict[str, Any], int]:
    result = CliRunner().invoke(main, ["sync", str(folder), "--home", str(home), "--json"])
    return json.loads(result.stdout), result.exit_code


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def check_everything(folder: Path, home: Path, *, scans: bool) -> dict[str, Any]:
    """Syncs twice; the report names every file once, and every good one holds its sentence."""
    everything.build(folder, scans=scans)
    good, bad = everything.good(scans=scans), everything.bad()
    report, exit_code = synced(folder, home)
    assert exit_code == 1  # done, with failures listed
    assert report["added"] == len(good)
    failed = {failure["source"]: failure for failure in report["failed"]}
    assert sorted(failed) == sorted(bad)
    assert len(report["failed"]) == len(bad)
    for name, (_, word) in bad.items():
        assert word in failed[name]["reason"], name
        assert CHINESE.search(failed[name]["hint"]), name
    (held,) = report["quarantined"]
    ((name, (_, mark)),) = everything.SECRET.items()
    assert held["source"] == name
    assert mark in held["reason"]
    warned = {notice["source"] for notice in report["warnings"]}
    assert warned == {"修订.docx"}  # of tracked changes

    index = open_index(load_settings(home))
    rows = {row.source: row for row in index.documents()}
    assert sorted(rows) == sorted(good)
    for name, (_, sentence) in good.items():
        assert bare(sentence) in bare(index.text(rows[name].id)), name
    assert rows["表格.xlsx"].title == "青山支部委员名单"
    assert rows["旧表.xls"].title == "旧表"
    assert len(set(index.store_counts().values())) == 1
    assert {name for name, row in rows.items() if row.quality.ocr_pages} == set(SCANS if scans else ())
    left = {one.source: one for one in index.left_out()}
    assert sorted(left) == sorted([*bad, *everything.SECRET])
    assert [one.source for one in left.values() if one.held] == [*everything.SECRET]
    index.close()

    again, _ = synced(folder, home)
    assert (again["added"], again["changed"], again["unchanged"], again["chunks"]) == (0, 0, len(good), 0)
    assert [failure["source"] for failure in again["failed"]] == [
        failure["source"] for failure in report["failed"]
    ]
    return report


def test_each_file_of_a_folder_stands_once_in_the_report(folder: Path, home: Path) -> None:
    check_everything(folder, home, scans=False)


@needs_ocr
def test_scans_and_pictures_are_read_in_the_same_command(folder: Path, home: Path) -> None:
    check_everything(folder, home, scans=True)


def refusal(data: bytes, name: str) -> DocumentError | None:
    try:
        parse(data, name)
    except DocumentError as error:
        return error
    return None


def test_good_files_broken_at_random_are_read_or_refused_in_chinese() -> None:
    """Cut off, bytes changed, a part taken out, two files put together; read under any name. Nothing else is raised."""
    good: dict[str, bytes] = {name: data for name, (data, _) in everything.good(scans=False).items() if data}
    good.pop("旧文.doc", None)  # each look at it starts a program; test_parse_oldoffice breaks it
    dice = random.Random(11)
    names = list(good)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(600):
        data = bytearray(good[dice.choice(names)])
        at = dice.randrange(1, len(data))
        match dice.randrange(4):
            case 0:
                data = data[:at]
            case 1:
                for _ in range(dice.randrange(1, 30)):
                    data[dice.randrange(len(data))] = dice.randrange(256)
            case 2:
                del data[at : at + dice.randrange(1, 400)]
            case _:
                data = data[:at] + good[dice.choice(names)][at:]
        refused = refusal(bytes(data), dice.choice(names))
        outcomes["refused" if refused else "read"] += 1
        assert refused is None or (CHINESE.search(str(refused)) and CHINESE.search(refused.hint))
    assert min(outcomes.values()) > 60
