"""Whom a question names; what is no name; where a name stands, and that no other text passes for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.compose import Desk, open_desk
from bot.model import Query
from bot.retrieval.literal import absent_persons, holding_first
from bot.retrieval.persons import persons_in, terms_in
from ingest.compose import sync_folders
from ingest.config import load_settings

RULES = """某县党费办法
第一条　农民党员每月交纳党费0.2元。
第二条　学生党员每月交多少党费，由支部告知。
第三条　退休党员每月按养老金的0.5%交纳党费。
"""
PEOPLE = [
    ("王小虚", "第二党支部", 78),
    ("李虚构", "第一党支部", 14),
    ("赵试", "第一党支部", 40),
    ("欧阳示范", "第三党支部", 36),
]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("王小虚每月交多少党费", ["王小虚"]),
        ("请问欧阳示范的入党时间", ["欧阳示范"]),
        ("李建民同志和王志强书记谁先入党？", ["李建民", "王志强"]),
        ("帮我看看王建国交没交党费", ["王建国"]),
        ("赵试同志欠几个月", ["赵试"]),
    ],
)
def test_persons_are_told_by_surname_and_place(question: str, names: list[str]) -> None:
    assert [name for name, is_sure in persons_in(question) if is_sure] == names


@pytest.mark.parametrize(
    "question",
    [
        "王某每月交多少党费",
        "张三月工资4000元，交多少",
        "何时召开党员大会",
        "高校毕业生党员的组织关系",
        "任期几年",
        "钱可以交到哪里",
        "方针、政策由谁制定",
        "",
    ],
)
def test_what_is_nobodys_name(question: str) -> None:
    """Stand-ins of examples, words that begin like a surname."""
    assert not [name for name, is_sure in persons_in(question) if is_sure]


@pytest.mark.shared_data
def test_lay_questions_name_nobody(root: Path) -> None:
    """Of the 11,610 written questions, in which nobody is named, at most two are taken to name someone."""
    lines = (root / "corpus" / "questions.tsv").read_text(encoding="utf-8").splitlines()
    taken = {name for line in lines for name, is_sure in persons_in(line.split("\t")[0]) if is_sure}
    assert len(taken) <= 2, taken


def test_codes_are_asked_after_by_name_too() -> None:
    """A telephone's number; sums of money and years are none."""
    assert terms_in("13800001234是谁的电话") == ("13800001234",)
    assert terms_in("2025年交了100000元") == ()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A rule and a ledger, each row of which says little that a question says."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("资料")
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    book = Workbook()
    assert book.active is not None
    book.active.append(["姓名", "支部", "每月应交党费（元）"])
    for row in PEOPLE:
        book.active.append(row)
    book.save(folder / "台账.xlsx")
    sync_folders(load_settings(home), [folder])
    opened = open_desk(home)
    yield opened
    opened.close()


@pytest.mark.parametrize(("name", "figure"), [("王小虚", "78"), ("欧阳示范", "36"), ("赵试", "40")])
def test_the_row_of_a_person_answers(desk: Desk, name: str, figure: str) -> None:
    """It is found first and shown first, before every rule that has the other words."""
    question = f"{name}每月交多少党费"
    assert desk.search(question)[0].source == "台账.xlsx"
    answer = desk.ask(question)
    assert answer.status == "answered"
    assert name in answer.sentences[0].text
    assert figure in answer.sentences[0].text


def test_a_person_of_whom_nothing_is_known_is_refused(desk: Desk) -> None:
    """The rule for farmers is no answer; without a name it is."""
    refused = desk.ask("陈小试每月交多少党费")
    assert (refused.status, refused.warnings[0]) == ("refused", "资料库里没有关于陈小试的内容。")
    assert desk.ask("农民党员每月交多少党费").status == "answered"
    assert absent_persons(desk.index, "王小虚和陈小试每月交多少党费") == ("资料库里没有关于陈小试的内容。",)


def test_names_come_first_and_only_those_that_stand_there(desk: Desk) -> None:
    """Pairs of a name that stand apart are not the name; nothing is lost or said twice; no score is passed."""
    assert desk.index.holding("王虚构", 5) == []
    ranked = desk.index.holding("党费", 9)
    hits = holding_first(desk.index, Query("王小虚每月交多少党费"), ranked)
    assert "王小虚" in hits[0].text
    assert sorted(hit.chunk_id for hit in hits) == sorted({hit.chunk_id for hit in (*ranked, hits[0])})
    assert holding_first(desk.index, Query("每月交多少党费"), ranked) == tuple(ranked)
    assert holding_first(desk.index, Query("王小虚每月交多少党费", date(2000, 1, 1)), ())[0].score == 1.0


@pytest.mark.parametrize("question", ["石家庄每月交多少党费？", "焦裕禄的精神是什么？", "解放军的入党流程"])
def test_places_and_the_famous_are_not_said_to_be_absent(desk: Desk, question: str) -> None:
    assert absent_persons(desk.index, question) == ()
