"""A case file is held against a real small home: what is right passes, each kind of mistake is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evals.__main__ import main
from evals.check import check
from evals.model import Case, Place
from ingest.compose import sync_folders
from ingest.config import load_settings
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

LONG = "。".join(f"第{number}项材料应当由见习人员本人如实填写并签名" for number in range(1, 120))
DOCUMENTS = {
    "办法.txt": f"见习人员管理办法\n第一条 见习期为 一年，从批准之日算起。\n第二条 应当按期讨论转正。\n第三条 {LONG}。\n",
    "指南.md": "# 指南\n\n## 一、见习\n\n见习期满三个月内开会讨论。\n\n## 二、转正\n\n由支部大会讨论决定。\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("资料")
    for name, text in DOCUMENTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def shelf(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = Index(tmp_path_factory.mktemp("home"), HashEmbedder())
    assert sync([folder], index).failed == ()
    yield index
    index.close()


def case(*places: Place, id: str = "1", question: str = "见习多久？", **other: object) -> Case:  # noqa: A002
    return Case(id, question, (places,) if places else (), **other)  # type: ignore[arg-type]


def faults(shelf: Index, *cases: Case) -> list[str]:
    return [fault.what for fault in check(cases, shelf).faults]


def test_a_true_case_has_no_fault_and_is_counted(shelf: Index) -> None:
    """White space does not count in a quote; a place may be an article, a section or the whole document."""
    places = (
        Place("办法.txt", "第一条", quote="见习期为一年"),
        Place("指南.md", None, "一、见习", quote="三个月内"),
        Place("办法.txt", quote="应当按期讨论转正"),
        Place("指南.md", None, "二、转正"),
    )
    checked = check([case(*places, answer_contains=("一年",)), Case("2", "天气？", unanswerable=True)], shelf)
    assert checked.faults == ()
    assert (checked.cases, checked.places, checked.quotes) == (2, 4, 3)


def test_a_quote_may_cross_the_seam_of_two_chunks(shelf: Index) -> None:
    (row,) = [row for row in shelf.documents() if row.source == "办法.txt"]
    first, second = [hit for hit in shelf.chunks_of(row.id) if hit.article == "第三条"][:2]
    across = shelf.text(row.id)[first.end - 9 : second.start + 9]
    assert across not in first.text
    assert across not in second.text
    assert faults(shelf, case(Place("办法.txt", "第三条", quote=across))) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("细则.txt", "第一条"), "资料库里没有文件：细则.txt"),
        (Place("办法.txt", "第九条"), "文件里没有这一处：办法.txt 第九条"),
        (Place("指南.md", None, "三、附则"), "文件里没有这一处：指南.md 三、附则"),
        (Place("办法.txt", "第一条", quote="见习期为两年"), "引文不在原处：办法.txt 第一条“见习期为两年”"),
        (Place("办法.txt", "第二条", quote="见习期为一年"), "引文不在原处：办法.txt 第二条“见习期为一年”"),
        (Place("指南.md", None, "二、转正", quote="三个月内"), "引文不在原处：指南.md 二、转正“三个月内”"),
    ],
)
def test_a_wrong_place_or_quote_is_told(shelf: Index, place: Place, said: str) -> None:
    """A second alternative that is right does not excuse it."""
    assert faults(shelf, case(place, Place("办法.txt", "第一条", quote="一年"))) == [said]


def test_a_wanted_word_stands_in_some_gold_place(shelf: Index) -> None:
    found = faults(shelf, case(Place("办法.txt", "第一条"), answer_contains=("一年", "三个月")))
    assert found == ["应有的词语在各处依据里都没有：三个月"]


def test_a_case_is_either_with_gold_or_unanswerable(shelf: Index) -> None:
    assert "没有列依据" in faults(shelf, case())[0]
    both = case(Place("办法.txt", "第一条"), unanswerable=True)
    assert faults(shelf, both) == ["标为 unanswerable，却列了依据"]


def test_a_question_asked_twice_is_told_unless_of_another_day(shelf: Index) -> None:
    place = Place("办法.txt", "第一条")
    again = case(place, id="2", question="见习 多久?")
    earlier = case(place, id="3", as_of=date(2020, 1, 1))
    assert faults(shelf, case(place), again, earlier) == ["与 1 是同一个问题"]


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_the_command_ends_with_one_and_lists_in_chinese(folder: Path, home: Path, tmp_path: Path) -> None:
    """Exit 0 and nothing on stdout when all is right; else 1, a line for each fault, or one JSON object."""
    assert sync_folders(load_settings(home), [folder]).added == 2
    path = tmp_path / "题.jsonl"
    place = {"source": "办法.txt", "article": "第一条", "quote": "见习期为一年"}
    good = json.dumps({"id": "a", "question": "见习多久？", "gold": [[place]]}, ensure_ascii=False)
    path.write_text(good, encoding="utf-8")
    right = call("check", path, "--home", home)
    assert (right.exit_code, right.stdout) == (0, "")
    assert "核对了 1 题、1 处依据、1 段引文，没有问题" in right.stderr
    path.write_text(good.replace("见习期为一年", "见习期为半年"), encoding="utf-8")
    wrong = call("check", path, "--home", home)
    assert wrong.exit_code == 1
    assert wrong.stdout == "a 见习多久？：引文不在原处：办法.txt 第一条“见习期为半年”\n"
    told = call("check", path, "--home", home, "--json")
    assert told.exit_code == 1
    said = json.loads(told.stdout)
    assert [fault["id"] for fault in said["faults"]] == ["a"]
    assert (said["cases"], said["places"], said["quotes"]) == (1, 1, 1)
