"""Chinese numerals, sentence cuts, and the matching form."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import (
    article_label,
    chinese_number,
    narrowed,
    parse_number,
    read_day,
    search_form,
    search_form_with_map,
    sentences,
)


@given(st.integers(min_value=0, max_value=9999))
def test_a_number_written_in_chinese_reads_back(number: int) -> None:
    """chinese_number and parse_number are inverse up to 9,999."""
    assert parse_number(chinese_number(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("一百零三", 103),
        ("两", 2),
        ("二〇二六", 2026),
        ("１２", 12),
        ("一千二百六十", 1260),
        ("三万五千", 35000),
    ],
)
def test_numerals_of_every_kind_are_read(text: str, number: int) -> None:
    """Chinese, positional, full-width and Arabic numerals mean the same."""
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "X", "十X", "第三", "-1", "1" * 5000, "一" * 5000, "万" * 5000])
def test_what_is_no_numeral_is_none(text: str) -> None:
    """Masked figures such as X are not read as numbers."""
    assert parse_number(text) is None


def test_articles_have_one_canonical_label() -> None:
    """第十二条, 第一百二十条之一."""
    assert article_label(12) == "第十二条"
    assert article_label(120, 1) == "第一百二十条之一"


def test_sentences_keep_quotations_whole() -> None:
    """A stop inside quotation marks or brackets does not cut; the closing mark stays."""
    text = "他说：“按期转正。手续照办。”会后报批（附表决票。）。完！"
    assert [text[a:b] for a, b in sentences(text)] == [
        "他说：“按期转正。手续照办。”会后报批（附表决票。）。",
        "完！",
    ]


def test_an_unclosed_bracket_does_not_swallow_the_document() -> None:
    """The depth starts anew at each line."""
    text = "（一）按期。\n（未闭合。下一句。\n第三句。"
    assert len(sentences(text)) >= 3


@given(st.text(alphabet="党员。！？；“”（）\n 一二", max_size=80))
def test_sentences_lose_no_character(text: str) -> None:
    """All that is not white space stands in exactly one sentence, in order."""
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(st.text(max_size=60))
def test_the_matching_form_is_idempotent(text: str) -> None:
    """Normalising twice changes nothing more."""
    once = search_form(text)
    assert search_form(once) == once


def test_the_matching_form_unites_widths_and_spacing() -> None:
    """Full-width figures, spaces inside Chinese words and capitals do not keep texts apart."""
    assert search_form("第 １２ 条　党 员ABC") == search_form("第12条党员abc")


@given(st.text(max_size=60))
def test_every_character_of_the_mapped_form_has_an_origin(text: str) -> None:
    """The map is as long as the form, rises, and points into the text."""
    form, origin = search_form_with_map(text)
    assert len(form) == len(origin)
    assert origin == sorted(origin)
    assert all(0 <= at < len(text) for at in origin)


@given(st.text())
def test_narrowing_changes_letters_and_digits_only(text: str) -> None:
    """２０２６ＡＢ becomes 2026AB, character by character; Chinese punctuation stays."""
    narrow = narrowed(text)
    assert len(narrow) == len(text)
    assert not any("０" <= c <= "９" or "Ａ" <= c <= "Ｚ" or "ａ" <= c <= "ｚ" for c in narrow)
    assert all(a == b or (b.isascii() and b.isalnum()) for a, b in zip(text, narrow, strict=True))
    assert narrowed("２０２６年，ＡＢｃ（试行）　完") == "2026年，ABc（试行）　完"


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-01",
        "2023/5/1",
        "2023.5.1",
        "20230501",
        "2023年5月1日",
        " ２０２３年５月１日 ",
        "二〇二三年五月一日",
        "2023年5月1号",
    ],
)
def test_a_day_is_read_in_whatever_way_it_is_written(text: str) -> None:
    assert read_day(text) == date(2023, 5, 1)


@pytest.mark.parametrize(
    "text", ["", "2023年5月", "2023-02-30", "明天", "2023-05-01起", "2023年13月1日", "5月1日", "0000-01-01"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None
