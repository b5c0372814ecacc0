"""Reading references: every numeral, lists and ranges, 款 and 项, relative ones; and the 款 of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.paragraphs import items, paragraphs, place
from bot.retrieval.references import find_references, without_references
from ingest.text import article_label, chinese_number


def labels(text: str) -> list[str | None]:
    return [one.article for one in find_references(text)]


@pytest.mark.parametrize("written", ["第十二条", "第12条", "第１２条", "第 12 条", "12条", "１２条"])
def test_every_numeral_is_the_same_article(written: str) -> None:
    (one,) = find_references(f"细则{written}")
    assert (one.article, one.lead, one.is_bare) == ("第十二条", "细则", not written.startswith("第"))


@given(st.integers(1, 2000))
def test_both_numerals_give_one_label(number: int) -> None:
    assert (
        labels(f"刑法第{number}条") == labels(f"刑法第{chinese_number(number)}条") == [article_label(number)]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刑法第一百二十条之一", ["第一百二十条之一"]),
        ("刑法第120条之一", ["第一百二十条之一"]),
        ("刑法第五条之一种情形", ["第五条"]),
        ("党章第五条、第六条和第8条", ["第五条", "第六条", "第八条"]),
        ("党章第五、六条", ["第五条", "第六条"]),
        ("党章第五至七条", ["第五条", "第六条", "第七条"]),
        ("党章第五条至第七条", ["第五条", "第六条", "第七条"]),
        ("党章5-7条", ["第五条", "第六条", "第七条"]),
        ("党章第一条到第九十九条", ["第一条", "第九十九条"]),  # too long to be read out: its two ends
        ("三部12条例", []),
        ("有3条件", []),
        ("第〇条", []),
        ("第99999条", []),
        ("什么条件可以入党", []),
    ],
)
def test_lists_ranges_and_what_is_none(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("细则第十二条第二款", [("第十二条", 2, None)]),
        ("细则第12条2款", [("第十二条", 2, None)]),
        ("本法第三十条第一款第二项", [("第三十条", 1, 2)]),
        ("党章第三条第（八）项", [("第三条", None, 8)]),
        ("第九条第一款和第三款", [("第九条", 1, None), ("第九条", 3, None)]),
        ("第九条第一、三款", [("第九条", 1, None), ("第九条", 3, None)]),
        ("第九条第（一）、（三）项", [("第九条", None, 1), ("第九条", None, 3)]),
        ("本条第二款", [(None, 2, None)]),
    ],
)
def test_paragraphs_and_items(text: str, expected: list[tuple[str | None, int | None, int | None]]) -> None:
    assert [(one.article, one.paragraph, one.item) for one in find_references(text)] == expected


def test_relative_references() -> None:
    """前款 counts paragraphs, 前条 articles; 本条例第八条 is of the same document, 基本法 is a name."""
    found = find_references("前款、前两款、前条、下一条、本条例第八条；基本法第三条；民法典第四条")
    assert [(one.step, one.back) for one in found[:4]] == [(0, 1), (0, 2), (-1, 0), (1, 0)]
    assert [one.is_own for one in found] == [True, True, True, True, True, False, False]


def test_a_list_goes_on_under_the_name_it_began_with() -> None:
    one, other, third = find_references("党章第五条、第六条和《监察法》第七条")
    assert one.lead == other.lead == "党章"
    assert third.lead.endswith("《监察法》")


def test_what_stands_in_a_title_is_part_of_the_title() -> None:
    """The number in a title is none of its own; the one that follows it is."""
    (one,) = find_references("《关于适用刑法第十二条几个问题的解释》第二条")
    assert one.article == "第二条"


def test_what_else_is_asked_remains() -> None:
    assert without_references("党章第五条、第六条第二款规定谁批准") == "党章，、，规定谁批准"
    assert without_references("预备期多长") == "预备期多长"


@given(st.text(alphabet="第条款项之前本至、（）()一二三十百12３ 《》法", max_size=40))
def test_reading_never_raises_and_stays_inside(text: str) -> None:
    for one in find_references(text):
        assert 0 <= one.start < one.end <= len(text)
    without_references(text)


ARTICLE = "第五条　入党要经过支部。\n有下列情形之一的，延长：\n（一）甲；\n（二）乙。\n党员大会\n讨论决定。"


def test_the_paragraphs_of_an_article() -> None:
    """The label is none of it, 项 belong to their 款, and a hard line break starts none."""
    spans = paragraphs(ARTICLE, 0, len(ARTICLE))
    assert [ARTICLE[a:b] for a, b in spans] == [
        "入党要经过支部。",
        "有下列情形之一的，延长：\n（一）甲；\n（二）乙。",
        "党员大会\n讨论决定。",
    ]
    assert [ARTICLE[a:b] for a, b in items(ARTICLE, *spans[1])] == ["（一）甲；", "（二）乙。"]


def test_the_place_of_a_paragraph_or_item() -> None:
    def words(paragraph: int | None, item: int | None) -> str | None:
        at = place(ARTICLE, 0, len(ARTICLE), paragraph, item)
        return ARTICLE[slice(*at)] if at else None

    assert words(1, None) == "入党要经过支部。"
    assert words(2, 2) == words(None, 2) == "（二）乙。"
    assert words(4, None) is None
    assert words(1, 1) is None
    assert words(None, 3) is None
