"""Courtesies and examination frames are no part of what is searched for."""

from __future__ import annotations

from time import perf_counter

import pytest

from bot.retrieval.wrapping import unwrapped


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("下列选项中，属于党员义务的是（）。", "属于党员义务的是"),
        ("下列关于党组的说法正确的有（）。", "党组"),
        ("以下关于党小组会的表述，不正确的是？", "党小组会"),
        ("请问预备期多长？", "预备期多长"),
        ("你好，我想问一下转正要什么材料", "转正要什么材料"),
        ("有下列情形之一的怎么处分", "有下列情形之一的怎么处分"),
        ("五年以下有期徒刑", "五年以下有期徒刑"),
        ("预备党员的预备期是多久", "预备党员的预备期是多久"),
    ],
)
def test_what_is_asked_is_left(question: str, asked: str) -> None:
    assert unwrapped(question) == asked


@pytest.mark.parametrize("question", ["（）", "你好", "请问", ""])
def test_a_question_of_nothing_but_wrapping_stays(question: str) -> None:
    assert unwrapped(question) == question


def test_long_input_takes_no_longer_than_its_length() -> None:
    question = "下列" + "有关关于" * 20_000 + "的说法" * 20_000
    begun = perf_counter()
    unwrapped(question)
    assert perf_counter() - begun < 5
