"""A question of a far place is told as that, unless a matter of the Party is asked about."""

from __future__ import annotations

import pytest

from bot.refusing.abroad import far_names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("纽西兰国防军有着怎样的职责", ["纽西兰"]),
        ("维尔纳·法伊曼担任过哪个州的议员", ["维尔纳·法伊曼"]),
        ("印度尼西亚是哪个地区最大的经济体,和印度比呢", ["印度尼西亚", "印度"]),
    ],
)
def test_far_places_and_persons_are_named(question: str, names: list[str]) -> None:
    assert far_names(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "党员去美国留学,组织关系怎么办",
        "台湾同胞可以申请入党吗",
        "干部去香港开会要谁批准",
        "支部书记任期几年",
        "副处级以上领导干部去日本旅游能用公款吗",
    ],
)
def test_a_matter_of_the_party_is_not_far(question: str) -> None:
    assert far_names(question) == []
