"""A character that its neighbours speak against is told, and nothing is said of names, quoted words and what stands often."""

from __future__ import annotations

from time import perf_counter

import pytest

from bot.proofread import proofread
from bot.proofreading.counted import load_table, packed, unpacked
from bot.proofreading.model import Finding
from bot.proofreading.rules import homophones
from bot.proofreading.sheet import read_sheet
from bot.proofreading.suspected import suspects


def _found(text: str) -> list[Finding]:
    return list(homophones.find(read_sheet(text)))


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("有关部门应当加强监督管里，依法追究法律责任。", "里", "理"),
        ("县级以上人民政服应当建立健全工作机制。", "服", "府"),
        ("各单位要认真观彻落实会议精神。", "观", "贯"),
        ("逾期不改正的，依法给于行政处罚。", "于", "予"),
    ],
)
def test_a_wrong_character_is_told_with_the_right_one(text: str, wrong: str, right: str) -> None:
    (one,) = _found(text)
    assert (one.text, one.suggestion, one.kind) == (wrong, right, "doubt")
    assert one.message.startswith("疑似错别字")
    assert text[one.start : one.end] == wrong


@pytest.mark.parametrize(
    "text",
    [
        "有关部门应当加强监督管理，依法追究法律责任。",
        "各单位要认真贯彻落实会议精神，切实抓好整改。",
        "两新组织党建、五化协同和双培工程稳步推进。",
        "参加会议的有：王建社、李名和赵会仪、孙组识。",
        "",
        "有关机关和部门、机关或部门都参加了会议，他和她也参加了会议。",
        "X个支部，×名党员，**万元。",
        "ABC 123",
        "𠮷野家\ud800。",
    ],
)
def test_right_words_names_and_odd_text_are_left_alone(text: str) -> None:
    assert _found(text) == []


def test_what_is_quoted_or_stands_three_times_was_meant() -> None:
    wrong = "县级以上人民政服应当建立健全工作机制。"
    assert _found(wrong)
    assert not _found("县级以上“人民政服”应当建立健全工作机制。")
    assert not _found("\n".join([wrong] * 3))


def test_a_place_is_found_through_blanks_and_lines() -> None:
    text = "工作总结\n\n　　县级以上人民 政服应当建立健全工作机制。"
    (one,) = _found(text)
    assert text[one.start] == "服"


def test_another_rule_that_is_surer_goes_first() -> None:
    """按步就班 stands in the table of confused words."""
    (one,) = proofread("支部结合实际按步就班推进换届。")
    assert one.rule == "confused"


def test_the_table_is_small_and_stays_what_it_is_when_packed() -> None:
    table = load_table()
    raw = packed(table)
    assert len(raw) < 4_500_000
    again = unpacked(raw)
    for old, new in ((table.keys, again.keys), (table.logs, again.logs), (table.words, again.words)):
        assert all((one == other).all() for one, other in zip(old, new, strict=True))
    assert (again.alike.others == table.alike.others).all()
    assert again.fit == table.fit


def test_what_a_bracket_cuts_apart_and_lists_that_end_alike_were_meant() -> None:
    assert not _found("各党（工）委均按照全年党员发展计划，认真做好培养工作。")
    assert not _found("打造文化型、红色型、公益型、科技型等不同类型的党组织。")
    assert _found("各党委要认真观彻落实会议精神，打造红色型、公益型党组织。")


def test_a_long_paper_takes_no_time() -> None:
    load_table()
    text = "各级党组织要认真贯彻落实会议精神，加强和改进基层党建工作，切实为群众办实事。\n" * 130
    begun = perf_counter()
    _found(text)
    assert perf_counter() - begun < 2  # 0.1 s for 5,000 characters on a quiet machine


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("大家同舟共挤，一起渡过难关。", "挤", "济"),
        ("抓作风建设不可能一踌而就，必须常抓不懈。", "踌", "蹴"),
        ("各支部全力以付推进换届。", "付", "赴"),
    ],
)
def test_three_characters_of_an_idiom_tell_the_fourth(text: str, wrong: str, right: str) -> None:
    """However unlike the wrong one is."""
    (one,) = _found(text)
    assert (one.text, one.suggestion) == (wrong, right)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("各支部要及时向镇党委反应群众的困难和诉求。", "反应", "反映"),
        ("本办法自2026年5月1日起实行。", "实行", "施行"),
        ("全体党员要鉴定理想信念。", "鉴定", "坚定"),
    ],
)
def test_a_word_in_company_that_another_keeps_is_told(text: str, wrong: str, right: str) -> None:
    (one,) = _found(text)
    assert (one.text, one.suggestion, one.kind) == (wrong, right, "doubt")


def test_a_name_behind_a_title_is_how_its_owner_writes_it() -> None:
    table = load_table()
    text = "支部书记王会义主持会议，党员参加。"
    assert any(one.score >= table.fit["bar"] for one in suspects(table, text))
    assert not _found(text)


def test_a_pair_that_stands_often_and_never_otherwise_was_meant() -> None:
    wrong = "县级以上人民政服应当建立健全工作机制。"
    others = "民政服一。民政服二。"
    assert not _found(wrong + others)
    assert _found(wrong + others.replace("民政服", "，民政府"))
