"""Personal data: hand-written cases, masking that can be undone, and speed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.personal import counts, masked, personal_data, unmasked

CASES = [
    tuple(line.split("\t", 1))
    for line in (Path(__file__).parent / "personal_cases.tsv").read_text(encoding="utf-8").splitlines()
]


def test_there_are_enough_cases() -> None:
    assert sum(kinds != "-" for kinds, _ in CASES) >= 60
    assert sum(kinds == "-" for kinds, _ in CASES) >= 60


@pytest.mark.parametrize(("kinds", "text"), CASES)
def test_what_is_found(kinds: str, text: str) -> None:
    found = personal_data(text)
    assert [one.kind for one in found] == ([] if kinds == "-" else kinds.split("、"))
    assert all(text[one.start : one.end] == one.wording for one in found)


@pytest.mark.parametrize(("kinds", "text"), CASES)
def test_masking_can_be_undone(kinds: str, text: str) -> None:
    hidden, behind = masked(text)
    assert unmasked(hidden, behind) == text
    assert personal_data(hidden) == ()
    assert (hidden == text) == (kinds == "-")


def test_tokens_say_the_kind_and_stay_the_same_for_the_same_wording() -> None:
    text = "王一13812345678，李二13912345678，王一又留13812345678，身份证37020219851231004X。"
    hidden, behind = masked(text)
    assert hidden == "王一〔手机1〕，李二〔手机2〕，王一又留〔手机1〕，身份证〔身份证1〕。"
    assert behind == {
        "〔手机1〕": "13812345678",
        "〔手机2〕": "13912345678",
        "〔身份证1〕": "37020219851231004X",
    }
    assert unmasked("请联系〔手机2〕或〔手机9〕。", behind) == "请联系13912345678或〔手机9〕。"


def test_a_token_that_the_text_already_holds_is_not_used() -> None:
    text = "〔手机1〕是占位，实际号码13812345678。"
    hidden, behind = masked(text)
    assert hidden == "〔手机1〕是占位，实际号码〔手机2〕。"
    assert unmasked(hidden, behind) == text


def test_the_same_number_written_two_ways_has_one_value() -> None:
    one, other = personal_data("138 1234 5678，１３８１２３４５６７８")
    assert one.value == other.value == "13812345678"
    assert counts((one, other)) == {"手机": 2}


@pytest.mark.parametrize("piece", ["1 ", "1-", "62 ", "a.", "a@", "王一13812345678，", "0532 "])
def test_a_long_text_is_read_fast(piece: str) -> None:
    """No text makes the search slow: 100,000 characters in a second at most."""
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    personal_data(text)
    assert time.process_time() - began < 1.0
