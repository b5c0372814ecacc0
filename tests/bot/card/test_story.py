"""The card through a real home: it is read from the articles as they stand, and changes when they change."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from bot.__main__ import main
from bot.compose import open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings

NAME = "青禾合作社值班员接收办法.txt"
RULES = """青禾合作社值班员接收办法

第一章 总则
第一条 为了规范值班员接收工作，制定本办法。
第二章 值班员的接收
第二条 申请人应当向值班室提出书面值班申请。
第三条 值班室收到书面值班申请后，应当在一个月内派人同申请人谈话。
第四条 值班室会议讨论通过的，报社务委员会审批，填写《值班志愿书》，并公示，公示期不少于五个工作日。
第五条 接收值班员的会议程序是：
（一）申请人汇报情况；
（二）值班室报告审查情况；
（三）与会人员投票表决。
第三章 附则
第六条 本办法由社务委员会负责解释。
"""
QUESTION = "值班员接收程序"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["card", *arguments])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, home = tmp_path_factory.mktemp("shelf"), tmp_path_factory.mktemp("home")
    (folder / NAME).write_text(RULES, encoding="utf-8")
    assert sync_folders(load_settings(home), [folder]).added == 1
    return home


def test_steps_in_order_with_who_what_and_by_when(filled: Path) -> None:
    """Articles of aims and closing rules are no steps; every fact stands where it says, in a sentence that is cited."""
    result = call(QUESTION, "--json", "--home", str(filled))
    assert result.exit_code == 0, result.stderr
    card = json.loads(result.stdout)
    assert [step["article"] for step in card["steps"]] == ["第二条", "第三条", "第四条", "第五条"]
    second, third, fourth, fifth = card["steps"]
    assert [actor["text"] for actor in second["actors"]] == ["申请人"]
    assert [paper["text"] for paper in second["materials"]] == ["书面值班申请"]
    assert third["title"] == "派人同申请人谈话"
    assert [(limit["text"], limit["counts_from"]) for limit in third["limits"]] == [
        ("一个月内", "收到书面值班申请")
    ]
    assert "社务委员会" in [actor["text"] for actor in fourth["actors"]]
    assert "《值班志愿书》" in [paper["text"] for paper in fourth["materials"]]
    assert [part["text"][:3] for part in fifth["parts"]] == ["（一）", "（二）", "（三）"]
    cited = {one["n"]: one for one in card["citations"]}
    facts = [
        fact
        for step in card["steps"]
        for fact in (step["action"], *step["actors"], *step["materials"], *step["limits"], *step["parts"])
    ]
    assert len(facts) > 12
    desk = open_desk(filled)
    (row,) = desk.index.documents()
    text = desk.index.text(row.id)
    desk.close()
    for fact in facts:
        quote = cited[fact["citation"]]
        assert text[fact["start"] : fact["end"]] == fact["text"]
        assert text[quote["start"] : quote["end"]] == quote["quote"]
        assert quote["start"] <= fact["start"] < fact["end"] <= quote["end"]


def test_a_changed_regulation_changes_the_card(tmp_path: Path) -> None:
    """一个月 becomes 十五日, an article is put in: synced again, the card and its dates are others."""
    folder, home = tmp_path / "shelf", tmp_path / "home"
    folder.mkdir()
    (folder / NAME).write_text(RULES, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    before = json.loads(call(QUESTION, "--start", "2026-03-02", "--json", "--home", str(home)).stdout)
    more = "第六条 社务委员会应当在审批后通知申请人。\n第三章 附则\n第七条"
    changed = RULES.replace("在一个月内", "在十五日内").replace("第三章 附则\n第六条", more)
    (folder / NAME).write_text(changed, encoding="utf-8")
    assert sync_folders(load_settings(home), [folder]).changed == 1
    after = json.loads(call(QUESTION, "--start", "2026-03-02", "--json", "--home", str(home)).stdout)
    told = [[limit["text"] for limit in card["steps"][1]["limits"]] for card in (before, after)]
    assert told == [["一个月内"], ["十五日内"]]
    assert [card["steps"][1]["dates"]["latest"] for card in (before, after)] == ["2026-04-02", "2026-03-17"]
    assert [len(card["steps"]) for card in (before, after)] == [4, 5]


def test_the_calendar_parses_again_and_says_what_to_do(filled: Path, tmp_path: Path) -> None:
    """Chinese as it was written; the same card twice gives the same events."""
    files = [tmp_path / "a.ics", tmp_path / "b.ics"]
    for file in files:
        result = call(QUESTION, "--start", "2026-01-31", "--ics", str(file), "--home", str(filled))
        assert result.exit_code == 0, result.stderr
    calendars = [Calendar.from_ical(file.read_bytes()) for file in files]
    events = calendars[0].walk("VEVENT")
    due = next(event for event in events if event["summary"].startswith("【最迟】第2步"))
    assert due["summary"] == "【最迟】第2步 派人同申请人谈话"
    assert due.decoded("dtstart") == date(2026, 2, 28)
    assert "值班室收到书面值班申请后，应当在一个月内派人同申请人谈话。" in due["description"]
    assert "《青禾合作社值班员接收办法》第三条" in due["description"]
    assert [event["uid"] for event in events] == [event["uid"] for event in calendars[1].walk("VEVENT")]
    assert len({event["uid"] for event in events}) == len(events) >= 3


def test_the_table_in_three_formats(filled: Path, tmp_path: Path) -> None:
    csv_file, xlsx, md = (tmp_path / f"card{ending}" for ending in (".csv", ".xlsx", ".md"))
    for file in (csv_file, xlsx, md):
        assert (
            call(QUESTION, "--start", "2026-01-31", "--out", str(file), "--home", str(filled)).exit_code == 0
        )
    rows = list(csv.reader(io.StringIO(csv_file.read_text(encoding="utf-8-sig"))))
    assert rows[0][:4] == ["步骤", "做什么", "谁办", "材料"]
    assert rows[2][7:9] == ["2026-01-31", "2026-02-28"]
    sheet = openpyxl.load_workbook(xlsx).active
    assert [
        [cell or "" for cell in row][:9] for row in sheet.iter_rows(min_row=4, max_row=4, values_only=True)
    ] == [rows[1][:9]]
    assert "| 2 | 派人同申请人谈话 |" in md.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["值班申请的公示期是多长？"], 2, "问的不是怎样办理"),
        (["你好"], 2, "问的不是怎样办理"),
        (["红烧肉怎么做"], 1, "没有找到"),
        (["", "--json"], 2, "问"),
        ([QUESTION, "--ics", "x.ics"], 2, "--start"),
        ([QUESTION, "--out", "x.pdf"], 2, ".xlsx"),
        ([QUESTION, "--start", "2026-02-30"], 2, "日期"),
        ([QUESTION, "--start", "2026-02-01", "--known", "2=去年"], 2, "步骤=日期"),
        ([QUESTION, "--start", "2026-02-01", "--known", "99=2026-03-01"], 2, "没有第 99 步"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    filled: Path, arguments: list[str], code: int, said: str
) -> None:
    result = call(*arguments, "--home", str(filled))
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_on_the_screen_it_reads_as_a_list(filled: Path) -> None:
    shown = call(QUESTION, "--start", "2026-01-31", "--home", str(filled)).stdout
    assert "2. 派人同申请人谈话　第三条[" in shown
    assert "时限：一个月内（从“收到书面值班申请”起算）" in shown
    assert "最迟 2026-02-28" in shown
    assert "无法推算" in shown


def test_the_card_is_of_the_edition_that_counted_on_the_day(tmp_path: Path) -> None:
    """Without a day the newer text; as of an earlier day the older one, in force then, with a word that it is no more."""
    folder, home = tmp_path / "shelf", tmp_path / "home"
    folder.mkdir()
    for year, time in (("2018", "一个月"), ("2024", "十日")):
        text = RULES.replace("在一个月内", f"在{time}内").replace(
            "办法\n", f"办法\n（{year}年1月1日社务委员会通过，自{year}年1月1日起施行）\n", 1
        )
        (folder / f"青禾合作社值班员接收办法_{year}.txt").write_text(text, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    now = json.loads(call(QUESTION, "--json", "--home", str(home)).stdout)
    then = json.loads(call(QUESTION, "--json", "--as-of", "2020-01-01", "--home", str(home)).stdout)
    assert [card["steps"][1]["limits"][0]["text"] for card in (now, then)] == ["十日内", "一个月内"]
    assert [card["in_force"] for card in (now, then)] == [True, True]
    assert all(one["in_force"] for one in then["citations"])
    assert "后来已被取代" in then["warnings"][0]
    assert not any("取代" in note for note in now["warnings"])


def test_a_regulation_that_is_named_gives_the_card(tmp_path: Path) -> None:
    folder, home = tmp_path / "shelf", tmp_path / "home"
    folder.mkdir()
    (folder / NAME).write_text(RULES, encoding="utf-8")
    other = RULES.replace("青禾合作社值班员接收办法", "望川合作社值班员管理规定")
    (folder / "望川合作社值班员管理规定.txt").write_text(other, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    for title in ("青禾合作社值班员接收办法", "望川合作社值班员管理规定"):
        card = json.loads(call(f"《{title}》{QUESTION}", "--json", "--home", str(home)).stdout)
        assert card["title"] == title
