"""From files to answers: three versions of one regulation, copies of two of them, and the one that repealed it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.compose import Desk
from ingest.__main__ import main
from ingest.config import load_settings
from ingest.index import Index
from ingest.pipeline import sync

NAME = "青禾区党员志愿服务管理办法"
ADOPTED = "2012年3月5日中共青禾区委常委会会议通过"
AMENDED = "根据2017年6月20日《中共青禾区委关于修改〈青禾区党员志愿服务管理办法〉的决定》修正"


def version(head: str, hours: str, force: str, extra: str = "") -> str:
    """The text with the hours a member serves a year and the day of force."""
    return f"""{NAME}
（{head}）
第一条　为了推动党员到社区报到开展志愿服务，制定本办法。
第二条　党员每年参加志愿服务不少于{hours}小时，由社区党组织登记。
第三条　社区党组织每季度公布一次服务岗位，党员按照特长认领。
第四条　{extra}服务情况作为评先评优的参考，由所在支部在组织生活会上通报。
第五条　本办法自{force}起施行。
"""


FIRST = version(ADOPTED, "八", "2012年4月1日")
SECOND = version(f"{ADOPTED}　{AMENDED}", "十", "2012年4月1日")
THIRD = version("2022年9月8日中共青禾区委印发", "二十", "2022年10月1日", "流动党员在居住地参加服务。")
REPRINT = f"关于转发《{NAME}》的通知\n各社区党组织：\n现转发给你们，请抓好落实。\n望川街道党工委\n2019年2月1日\n{SECOND}"
REPEALING = f"""青禾区基层党组织服务群众条例
（2025年5月6日中共青禾区委印发）
第一条　为了加强服务群众工作，制定本条例。
第二条　街道社区党组织应当建立服务清单，每半年更新一次。
第三条　机关党组织结对联系社区，帮助解决难题。
第四条　本条例自2025年7月1日起施行。《{NAME}》同时废止。
"""
FILES = {
    "一/志愿服务办法.txt": FIRST,
    "二/志愿服务办法.txt": SECOND,
    "三/志愿服务办法.txt": THIRD,
    "网站/志愿服务办法.txt": FIRST + "责任编辑：小李　来源：青禾党建网　浏览次数：88\n",
    "街道/转发通知.txt": REPRINT,
}


@pytest.fixture
def folder(folder: Path) -> Path:
    """All but the repealing one."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def desk(home: Path, folder: Path, index: Index) -> Desk:
    sync([folder], index)
    return Desk(load_settings(home), index)


def in_force(desk: Desk) -> set[str]:
    return {row.source for row in desk.index.documents() if row.in_force}


def hours(desk: Desk, day: date | None = None) -> list[str]:
    """The sources that say how many hours on a day, best first."""
    return [
        hit.source
        for hit in desk.search("党员每年参加志愿服务不少于多少小时", 20, day)
        if hit.article == "第二条"
    ]


def counting(desk: Desk, day: date) -> set[str]:
    out = desk.index.superseded(day)
    return {row.source for row in desk.index.documents() if row.id not in out}


def test_dates_are_read_from_notes_and_last_articles(desk: Desk) -> None:
    """An amendment keeps its own date; the day of force in the last article is that of the first version."""
    rows = {row.source: row for row in desk.index.documents()}
    assert (rows["一/志愿服务办法.txt"].issued, rows["一/志愿服务办法.txt"].effective) == (
        date(2012, 3, 5),
        date(2012, 4, 1),
    )
    assert rows["二/志愿服务办法.txt"].issued == date(2017, 6, 20)
    assert (rows["三/志愿服务办法.txt"].issued, rows["三/志愿服务办法.txt"].effective) == (
        date(2022, 9, 8),
        date(2022, 10, 1),
    )


def test_copies_belong_to_their_version(desk: Desk) -> None:
    names = {row.id: row.source for row in desk.index.documents()}
    assert {row.source: names[row.copy_of] for row in desk.index.documents() if row.copy_of} == {
        "网站/志愿服务办法.txt": "一/志愿服务办法.txt",
        "街道/转发通知.txt": "二/志愿服务办法.txt",
    }


def test_the_newest_version_counts_by_default(desk: Desk) -> None:
    """The notice of 2019 that forwards the second version does not bring it back, the site's copy not the first."""
    assert in_force(desk) == {"三/志愿服务办法.txt"}
    assert hours(desk)[0] == "三/志愿服务办法.txt"


@pytest.mark.parametrize(
    ("day", "versions"),
    [
        (date(2012, 3, 31), set()),
        (date(2012, 4, 1), {"一/志愿服务办法.txt", "网站/志愿服务办法.txt"}),
        (date(2017, 6, 19), {"一/志愿服务办法.txt", "网站/志愿服务办法.txt"}),
        (date(2017, 6, 20), {"二/志愿服务办法.txt", "街道/转发通知.txt"}),
        (date(2020, 1, 1), {"二/志愿服务办法.txt", "街道/转发通知.txt"}),
        (date(2022, 9, 30), {"二/志愿服务办法.txt", "街道/转发通知.txt"}),
        (date(2022, 10, 1), {"三/志愿服务办法.txt"}),
    ],
)
def test_each_day_has_its_version(desk: Desk, day: date, versions: set[str]) -> None:
    """And one hit for all its copies."""
    assert counting(desk, day) == versions
    assert hours(desk, day) == sorted(source for source in versions if source[0] in "一二三")


def test_a_repeal_takes_all_versions_out_and_leaves_when_it_goes(desk: Desk, folder: Path) -> None:
    """From its day of force; the day before, the third version still counts."""
    (folder / "服务群众条例.txt").write_text(REPEALING, encoding="utf-8")
    sync([folder], desk.index)
    assert in_force(desk) == {"服务群众条例.txt"}
    assert counting(desk, date(2025, 6, 30)) == {"三/志愿服务办法.txt"}
    assert counting(desk, date(2025, 7, 1)) == {"服务群众条例.txt"}
    (folder / "服务群众条例.txt").unlink()
    sync([folder], desk.index)
    assert in_force(desk) == {"三/志愿服务办法.txt"}


def test_a_regulation_read_with_its_notice_can_be_repealed(index: Index, tmp_path: Path) -> None:
    """《甲办法》 takes out what stands in the library as 关于印发《甲办法（试行）》的通知, and nothing else does."""
    notice = (
        f"关于印发《{NAME}（试行）》的通知\n各党支部：\n现印发给你们。\n中共青禾区委\n2010年1月4日\n附件\n"
    )
    text = notice + version("2010年1月4日印发", "六", "2010年2月1日")
    (tmp_path / "试行.txt").write_text(text, encoding="utf-8")
    sync([tmp_path / "试行.txt"], index)
    (row,) = index.documents()
    assert row.title.startswith("关于印发")
    assert row.in_force
    (tmp_path / "条例.txt").write_text(REPEALING, encoding="utf-8")
    sync([tmp_path / "条例.txt"], index)
    assert {row.source: row.in_force for row in index.documents()} == {"试行.txt": False, "条例.txt": True}


@pytest.mark.parametrize(
    ("day", "source", "hours"),
    [
        (None, "三/志愿服务办法.txt", "二十"),
        (date(2020, 1, 1), "二/志愿服务办法.txt", "十"),
        (date(2015, 1, 1), "一/志愿服务办法.txt", "八"),
    ],
)
def test_an_answer_cites_the_version_of_its_day(
    desk: Desk, day: date | None, source: str, hours: str
) -> None:
    """By the article's number; of the copies, the one that stands for them is cited."""
    answer = desk.ask(f"《{NAME}》第二条怎么规定", day)
    assert answer.status == "answered"
    assert {citation.source for citation in answer.citations} == {source}
    assert any(f"不少于{hours}小时" in citation.quote for citation in answer.citations)


def test_status_says_it(folder: Path, home: Path) -> None:
    """In words and in JSON, file by file."""
    (folder / "服务群众条例.txt").write_text(REPEALING, encoding="utf-8")

    def run(*arguments: object) -> str:
        return CliRunner().invoke(main, [*map(str, arguments), "--home", str(home)]).stdout

    run("sync", folder)
    lines = {line.split()[0]: line for line in run("status").splitlines()[1:]}
    assert "现行" in lines["服务群众条例.txt"]
    assert all("已被取代或废止" in lines[name] for name in FILES)
    assert "与 二/志愿服务办法.txt 内容相同" in lines["街道/转发通知.txt"]
    files = {one["source"]: one["in_force"] for one in json.loads(run("status", "--json"))["files"]}
    assert files == {**dict.fromkeys(FILES, False), "服务群众条例.txt": True}
