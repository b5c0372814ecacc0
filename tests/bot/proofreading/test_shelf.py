"""What needs the knowledge base: quotations against the article, names of documents, and those that are void."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.compose import open_desk
from bot.proofread import corrected, proofread
from bot.proofreading.shelf import IndexShelf
from ingest.compose import sync_folders
from ingest.config import load_settings

RULES = """青石镇党费收缴管理办法
（2024年6月1日印发）
第一条　为了规范党费收缴工作，结合本镇实际，制定本办法。
第二条　党员应当于每月十日前向所在党支部交纳当月党费，有特殊情况的可以按季度交纳。
第三条　本办法自2024年6月1日起施行。《青石镇党费收缴暂行规定》同时废止。
"""


@pytest.fixture
def shelf(home: Path, tmp_path: Path) -> Iterator[IndexShelf]:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "青石镇党费收缴管理办法.txt").write_text(RULES, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    desk = open_desk(home)
    yield IndexShelf(desk.index)
    desk.close()


def quoted(words: str, article: str = "第二条") -> str:
    return f"《青石镇党费收缴管理办法》{article}规定：“{words}”"


def test_a_quotation_that_is_word_for_word_is_left_alone(shelf: IndexShelf) -> None:
    assert proofread(quoted("党员应当于每月十日前向所在党支部交纳当月党费。"), shelf) == ()
    assert proofread(quoted("党员应当于每月十日前……交纳当月党费。"), shelf) == ()


def test_what_differs_is_told_and_the_words_of_the_article_are_offered(shelf: IndexShelf) -> None:
    text = quoted("党员应当于每月五日前向所在党支部缴纳当月党费，")
    (one,) = proofread(text, shelf)
    assert one.rule == "quotation"
    assert "“五”原文为“十”" in one.message
    assert "每月十日前向所在党支部交纳当月党费" in corrected(text, [one])


def test_a_sentence_or_an_article_that_is_not_there_is_told(shelf: IndexShelf) -> None:
    (one,) = proofread(quoted("每名党员每年参加两次志愿服务活动。"), shelf)
    assert (one.rule, one.suggestion) == ("quotation", None)
    (other,) = proofread(quoted("党员应当于每月十日前交纳党费。", "第九条"), shelf)
    assert "没有第九条" in other.message


def test_a_void_document_is_told_with_what_took_its_place(shelf: IndexShelf) -> None:
    (one,) = proofread("按照《青石镇党费收缴暂行规定》，各支部收取党费。", shelf)
    assert (one.rule, one.kind, one.suggestion) == ("abolished", "doubt", None)
    assert "青石镇党费收缴管理办法" in one.message


def test_a_paper_from_before_its_day_may_cite_it(shelf: IndexShelf) -> None:
    assert proofread("2023年，按照《青石镇党费收缴暂行规定》，各支部收取党费。", shelf) == ()


def test_a_name_that_is_not_quite_the_documents_is_told(shelf: IndexShelf) -> None:
    text = "落实《青石镇党费收交管理办法》。"
    assert corrected(text, proofread(text, shelf)) == "落实《青石镇党费收缴管理办法》。"


def test_without_a_shelf_nothing_is_said_of_documents() -> None:
    assert proofread(quoted("每名党员每年参加两次志愿服务活动。")) == ()


OLD = RULES.replace("2024年6月1日", "2015年6月1日").replace("《青石镇党费收缴暂行规定》同时废止。", "")


@pytest.fixture
def editions(home: Path, tmp_path: Path) -> Iterator[IndexShelf]:
    folder = tmp_path / "editions"
    folder.mkdir()
    (folder / "青石镇党费收缴管理办法（2015年）.txt").write_text(OLD, encoding="utf-8")
    (folder / "青石镇党费收缴管理办法（2024年）.txt").write_text(RULES, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    desk = open_desk(home)
    yield IndexShelf(desk.index)
    desk.close()


@pytest.mark.parametrize(
    "text",
    [
        "2025年，各支部按照2015年印发的《青石镇党费收缴管理办法》收取党费。",
        "2025年，各支部按照《青石镇党费收缴管理办法》（2015年）收取党费。",
        "2025年，各支部按照《青石镇党费收缴管理办法（2015年版）》收取党费。",
    ],
)
def test_an_older_edition_cited_by_its_year_is_told(editions: IndexShelf, text: str) -> None:
    findings = [one for one in proofread(text, editions) if one.rule == "abolished"]
    assert [one.suggestion for one in findings] == [None]
    assert "2024年" in findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "2025年，各支部按照2024年印发的《青石镇党费收缴管理办法》收取党费。",
        "2016年，各支部按照2015年印发的《青石镇党费收缴管理办法》收取党费。",
        "2025年，与2015年印发的《青石镇党费收缴管理办法》相比，新办法更细。",
    ],
)
def test_the_edition_of_the_day_is_left_alone(editions: IndexShelf, text: str) -> None:
    assert proofread(text, editions) == ()
