"""The panel beside a cited article, and the answers about what was changed."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.compose import Desk, open_desk
from bot.ui.changes import panel
from bot.ui.handlers import ask
from bot.ui.talk import Talk
from bot.versions.model import CHANGED, Article, Change, Comparison, Segment, Version
from ingest.compose import sync_folders
from ingest.config import load_settings

OLD, NEW = "青石镇党费收缴管理办法_2019.txt", "青石镇党费收缴管理办法_2024.txt"


def test_the_panel_shows_both_texts_with_the_difference_marked(desk: Desk) -> None:
    *_, last = ask(desk, "党费收缴情况公示时间不少于几天", "", Talk())
    place = next(one for one in last.turns[-1].places if one.citation.article == "第四条")
    shown = panel(place.changes)
    assert "第五条 → 第四条（有修改）" in shown
    assert "<del>三天</del>" in shown
    assert "<ins>五个工作日</ins>" in shown
    assert place.changes is not None
    assert place.changes.new.source == place.citation.source == NEW


def test_an_old_text_is_set_against_that_of_today(desk: Desk) -> None:
    answer = desk.ask("2019年的党费收缴管理办法第五条")
    compared = desk.changes(answer.citations[0])
    assert compared is not None
    assert [(one.old and one.old.label, one.new and one.new.label) for one in compared.changes] == [
        ("第五条", "第四条")
    ]


def test_where_there_is_no_other_version_there_is_no_panel(desk: Desk) -> None:
    answer = desk.ask("节假日值班由谁带班")
    assert answer.citations
    assert desk.changes(answer.citations[0]) is None
    assert panel(None) == ""


def test_texts_cannot_break_out_of_the_panel() -> None:
    evil = "<script>alert(1)</script>"
    old, new = Article("第一条", evil, 0, 1), Article("第一条", evil + "&", 0, 1)
    version = Version("d", "s", evil, 2020, date(2020, 1, 1), in_force=True)
    change = Change(CHANGED, old, new, (Segment("same", evil), Segment("added", "&" + evil)))
    shown = panel(Comparison(evil, version, version, (change,), (evil,)))
    assert "<script" not in shown
    assert "<ins>&amp;&lt;script" in shown


@pytest.mark.parametrize(
    "question",
    [
        "新旧党费收缴管理办法有什么变化",
        "《青石镇党费收缴管理办法》2024年修改了哪些内容",
        "党费收缴管理办法2019年版和2024年版有哪些不同",
        "党费收缴管理办法修订后改了什么",
    ],
)
def test_what_was_changed_is_answered_from_both_versions(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.status == "answered"
    assert {one.source for one in answer.citations} == {OLD, NEW}
    said = "".join(one.text for one in answer.sentences)
    assert "〔2019年版第五条〕" in said
    assert "〔2024年版第七条〕流动党员" in said
    assert any("有修改 4 条，新增 1 条，删去 1 条" in one for one in answer.warnings), answer.warnings
    assert any("2019年版已被取代" in one for one in answer.warnings)
    for one in answer.citations:
        assert desk.index.text(one.document_id)[one.start : one.end] == one.quote


def test_what_was_changed_in_one_article(desk: Desk) -> None:
    answer = desk.ask("党费收缴管理办法第五条改了什么")
    assert {(one.source, one.article) for one in answer.citations} == {
        (OLD, "第五条"),
        (NEW, "第四条"),
        (OLD, "第六条"),
        (NEW, "第五条"),
    } - {(OLD, "第六条")}
    assert "第五条 → 第四条（有修改）；第六条 → 第五条（只改条号）" in answer.warnings[0]


@pytest.mark.parametrize(
    "question",
    ["值班办法改了什么", "党员缴费迟了有什么变化", "不交党费会怎样", "党费收缴管理办法1999年版改了什么"],
)
def test_other_questions_are_no_comparison(desk: Desk, question: str) -> None:
    assert not any("〔" in one.text for one in desk.ask(question).sentences)


def test_an_old_number_leads_to_the_new_one(desk: Desk) -> None:
    cited = desk.ask("2019年的党费收缴管理办法第五条").warnings
    assert "《青石镇党费收缴管理办法》第五条（2019年版）对应现在的第四条（2024年版，有修改）" in cited
    asked = desk.ask("党费收缴管理办法第五条规定了什么")
    assert asked.citations[0].source == NEW
    assert (
        "条号改过：《青石镇党费收缴管理办法》第五条（2019年版）对应现在的第四条（2024年版，有修改）"
        in asked.warnings
    )
    gone = desk.ask("2019年的党费收缴管理办法第二条").warnings
    assert any("第二条（2019年版）在现行的2024年版里已经没有" in one for one in gone), gone
    assert not any("条号" in one for one in desk.ask("党费收缴管理办法第九条规定了什么").warnings)


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("2020年时党费收缴情况公示几天", "三天", OLD),
        ("2024年3月那会儿，党费收缴情况公示几天", "三天", OLD),
        ("2024年6月1日起，党费收缴情况公示几天", "五个工作日", NEW),
        ("2025年时党费收缴情况公示几天", "五个工作日", NEW),
        ("党费收缴情况公示几天", "五个工作日", NEW),
    ],
)
def test_the_time_told_picks_the_version(desk: Desk, question: str, words: str, source: str) -> None:
    answer = desk.ask(question)
    assert {one.source for one in answer.citations} == {source}
    assert words in "".join(one.text for one in answer.sentences)
    told = any("2019年的版本已被2024年的版本取代" in one for one in answer.warnings)
    assert told == (source == OLD)


def test_a_year_in_which_the_version_changed_says_so(desk: Desk) -> None:
    answer = desk.ask("2024年时党费收缴情况公示几天")
    assert {one.source for one in answer.citations} == {NEW}
    assert any("2024年6月1日以前是2019年的版本" in one for one in answer.warnings), answer.warnings


def test_a_time_before_all_versions_is_told_and_not_answered_from_a_later_one(desk: Desk) -> None:
    answer = desk.ask("2015年时党费收缴情况公示几天")
    assert not {one.source for one in answer.citations} & {OLD, NEW}
    assert any("最早的是2019年版" in one for one in answer.warnings), answer.warnings


def test_a_day_relative_to_the_day_asked_of(desk: Desk) -> None:
    answer = desk.ask("去年党费收缴情况公示几天", date(2024, 12, 1))
    assert {one.source for one in answer.citations} == {OLD}


def test_the_only_work_with_several_versions_need_not_be_named(desk: Desk) -> None:
    answer = desk.ask("第五条改了什么")
    assert {one.source for one in answer.citations} == {OLD, NEW}


def test_of_several_works_one_must_be_named(home: Path, tmp_path: Path, own_desk: Desk) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for year in (2015, 2020):
        text = f"青石镇会议办法\n（{year}年1月1日印发）\n第一条　为了开好会议，制定本办法。\n第二条　会议每年召开{year % 7}次。\n"
        (folder / f"青石镇会议办法_{year}.txt").write_text(text, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    answer = own_desk.ask("第五条改了什么")
    assert answer.status == "refused"
    assert "请写明问的是哪个文件" in answer.warnings[0]
    assert "《青石镇会议办法》" in answer.warnings[0]


def test_the_notes_of_one_answer_call_a_work_by_one_name(home: Path, tmp_path: Path) -> None:
    """The old version leaves 中国共产党 out of its title, the new one does not."""
    folder = tmp_path / "两个名称"
    folder.mkdir()
    articles = [
        "党员按月交纳党费。",
        "党费收缴情况每半年公示一次。",
        "党支部应当谈话提醒。",
        "本办法自发布之日起施行。",
    ]
    for year, title, kept in (
        (2019, "党费收缴管理办法", articles),
        (2024, "中国共产党党费收缴管理办法", articles[1:]),
    ):
        lines = (f"第{number}条　{text}" for number, text in zip("一二三四", kept, strict=False))
        text = "\n".join((title, f"（{year}年3月1日印发）", *lines))
        (folder / f"{title}_{year}.txt").write_text(text, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    with closing(open_desk(home)) as desk:
        warnings = desk.ask("党费收缴管理办法2019年版第三条").warnings
    assert any("对应现在的第二条" in one for one in warnings), warnings
    assert {name for one in warnings for name in re.findall("《(.+?)》", one)} == {"党费收缴管理办法"}
