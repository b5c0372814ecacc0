"""How often title and dates are read right, over the collections beside the checkout. Each test logs its figures
(`pytest --log-cli-level=INFO` shows them).
"""

from __future__ import annotations

import csv
import logging
import re
from datetime import date
from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.dates import read_dates
from ingest.describe import describe
from ingest.model import Description
from ingest.parse.door import parse
from ingest.parse.lines import Line, lay_out

log = logging.getLogger(__name__)
pytestmark = pytest.mark.shared_data
_NAMED = re.compile(r"(.+?)\((\d{4})-(\d{2})-(\d{2})\)")


def laws(shared_data: Path) -> list[Path]:
    """The files that hold a law."""
    return [path for path in sorted((shared_data / "laws").rglob("*.md")) if path.name != "_index.md"]


def described(path: Path, *names: str) -> list[Description]:
    """The descriptions as a sync makes them, of the file under each of these names."""
    parsed = parse(path.read_bytes(), names[0])
    text, blocks, _ = clean(parsed.text, parsed.blocks)
    return [describe(text, blocks, name) for name in names]


def bare(title: str) -> str:
    """A title without what the names of files leave out."""
    return re.sub(r"(?<=[《〈])中华人民共和国|^(?:中华人民共和国|关于)+|[\s《》、]", "", title)


def test_titles_and_dates_of_laws(shared_data: Path) -> None:
    """The name of the file is the truth: 99 % of titles, read without it, and 97 % of days are right.

    The day is measured twice: with the file's name (which the ingest reads, so nothing may be lost), and without it
    over those laws whose own head tells that day at all - heads often stop at the first version.
    """
    titles = days = told = blind = 0
    paths = laws(shared_data)
    dated = [path for path in paths if _NAMED.fullmatch(path.stem)]
    for path in paths:
        named = _NAMED.fullmatch(path.stem)
        unnamed, found = described(path, "x.md", path.name)
        titles += bare(unnamed.title) == bare(named[1] if named else path.stem)
        if not named:
            continue
        day = date(*(int(part) for part in named.groups()[1:]))
        days += found.issued == day
        if f"{day.year}年{day.month}月{day.day}日" in path.read_text("utf-8").split("<!-- INFO END")[0]:
            told += 1
            blind += unnamed.issued == day
    log.info("titles %d/%d; days with the name %d/%d", titles, len(paths), days, len(dated))
    log.info("days without the name, where the head tells them: %d/%d", blind, told)
    assert titles >= 0.99 * len(paths)
    assert days >= 0.97 * len(dated)
    assert told > 500
    assert blind >= 0.97 * told


def test_real_titles_set_in_lines_under_a_red_head(shared_data: Path) -> None:
    """The titles of the laws, broken at 16 to 25 characters as a typist would, are read whole: at least 99 %."""
    right = total = 0
    for index, path in enumerate(laws(shared_data)):
        title = re.sub(r"\s", "", parse(path.read_bytes(), path.name).text.split("\n", 1)[0])
        width = 16 + index % 10
        parts = [title[start : start + width] for start in range(0, len(title), width)]
        if not 2 <= len(parts) <= 4:
            continue
        total += 1
        lines = [
            "000123",
            "中共云岭市委文件",
            f"云委发［2026］{index} 号",
            *parts,
            "各区委，市直各单位：",
            "第一条 甲。",
        ]
        parsed = lay_out([Line(line) for line in lines], "txt", {})
        found = describe(parsed.text, parsed.blocks, "x.txt")
        right += found.title == title and found.number == f"云委发〔2026〕{index}号"
    log.info("titles over two to four lines: %d/%d", right, total)
    assert total > 300
    assert right >= 0.99 * total


def test_days_of_force_from_the_last_articles(shared_data: Path) -> None:
    """Where the head tells the day of force and the articles tell one too, they agree: at least 97 %."""
    right = total = 0
    for path in laws(shared_data):
        head, _, body = path.read_text("utf-8").partition("<!-- INFO END -->")
        told = re.findall(r"(\d{4})年(\d{1,2})月(\d{1,2})日 施行", head)
        found = read_dates([line for line in body.split("\n") if line.strip()], "x", rule=True).effective
        if told and found:
            total += 1
            right += found in {date(*map(int, day)) for day in told}
    log.info("days of force: %d/%d", right, total)
    assert total > 200
    assert right >= 0.97 * total


def folded(title: str) -> str:
    """A title as SOURCES.tsv has it: without notes of the collector; of a notice, what it issues."""
    issued = re.search(r"印发《(.+)》的通知$", title)
    title = re.sub(
        r"[（(](?:含|消息|新华社|中共中央、|中办法规局|文件标题)[^（）]*[）)]",
        "",
        issued[1] if issued else title,
    )
    return re.sub(r"^中国共产党|[\s《》|、_]", "", title)


@pytest.mark.parametrize(("folder", "share"), [("regulations", 0.63), ("reports", 0.86)])
def test_titles_of_regulations_and_reports(shared_data: Path, folder: str, share: float) -> None:
    """Against SOURCES.tsv, read without the file's name, which would tell many titles by itself. A third of the regulations
    and some reports lack their title line (the twelve 解读 among them): the shares are as found.
    """
    with (shared_data / folder / "SOURCES.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    wrong = [
        (row["title"], title)
        for row in rows
        if folded(title := described(path := shared_data / folder / row["file"], f"x{path.suffix}")[0].title)
        != folded(row["title"])
    ]
    log.info("%s: titles %d/%d; wrong: %s", folder, len(rows) - len(wrong), len(rows), wrong)
    assert len(rows) - len(wrong) >= share * len(rows)
