"""Where a figure is asked for, no other matter's figure passes for it, and a reader is told where none was found."""

from __future__ import annotations

import pytest

from bot.answering.answer import compose_answer
from bot.answering.figures import figure_missing
from bot.testing import articles
from ingest.text import search_form

RULES = """第一条　借阅可以采用预约办法。预约名单由读者讨论。
第二条　会费的比例为：收入在三千元以下的，交0.5%；三千元以上的，交1%。
"""


@pytest.mark.parametrize(
    ("question", "quote", "missing"),
    [
        ("差额的比例是多少", "可以采用差额办法进行选举。", True),
        ("差额的比例是多少", "差额不少于应选人数的20%。", False),
        ("差额的比例是多少", "专职人员按照不低于1:200的比例配备。", False),
        ("新来的试用期多久", "应当在试用期内进行培训；任职后一年内进行轮训。", True),
        ("新来的试用期多久", "新来的试用期为一年。", False),
        ("换届要提前多久请示", "一般提前六个月提醒做好准备。", True),
        ("换届要提前多久请示", "一般提前四个月请示。", False),
        ("审批要多久", "应当在三个月内审批。", False),
        ("组织关系转接要多少天", "外出六个月以上的，应当转移组织关系。", True),
        ("组织关系转接要多少天", "党组织应当在十日内办理转移手续。", False),
        ("一餐可以陪几个人", "应当严格执行标准。", True),
        ("账目多久公布一次", "重大事项应当随时公布。", False),
        ("处分有哪几种", "处分的种类为：", False),  # the items tell how many
        ("要几个介绍人，我自己找行不行", "由本人约请。", False),  # two questions: nothing is said
        ("由谁批准", "应当严格执行标准。", False),
    ],
)
def test_whether_the_figure_is_missing(question: str, quote: str, missing: bool) -> None:
    assert figure_missing(search_form(question), [search_form(quote)]) is missing


def test_a_figure_of_another_matter_is_not_shown() -> None:
    """会费 has percentages, and none of them is the one asked for."""
    text = RULES
    said = [one.text for one in compose_answer("预约的比例是多少", articles(text), {"d1": text}.__getitem__)]
    assert not any("会费" in one for one in said)


def test_what_stands_beside_the_figure_without_one_is_left_out() -> None:
    text = "第一条　读者委员会由三至五人组成。读者较多的，应当设立读者委员会。\n"
    said = [
        one.text for one in compose_answer("读者委员会由几个人组成", articles(text), {"d1": text}.__getitem__)
    ]
    assert said == ["读者委员会由三至五人组成。"]
