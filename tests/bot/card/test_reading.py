from __future__ import annotations

import pytest

from bot.card.clauses import clauses_of
from bot.card.model import Step
from bot.card.reading import read_step
from bot.testing import articles


def read(text: str) -> Step | None:
    (clause,) = clauses_of(articles(text), text)
    return read_step(clause, text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("第一条 值班室收到申请后，应当在一个月内派人同申请人谈话，了解情况。\n", "派人同申请人谈话"),
        ("第一条 值班室对小组上报的决议，应当在三个月内审批。\n", "值班室审批"),
        ("第一条 值班员必须由社务委员会审批。\n", "值班员由社务委员会审批"),
        ("第一条 值班员转正的手续是：本人提出书面申请；值班室审查；报社务委员会审批。\n", "值班员转正"),
        ("第一条 农户社员每月交纳会费0.2元至1元。\n", "农户社员每月交纳会费0.2元至1元"),
        ("第一条 社员每月按规定比例交纳会费。\n", "社员每月按规定比例交纳会费"),
        ("第一条 交纳会费确有困难的社员，经小组研究，报社务委员会批准后，可以免交会费。\n", "可以免交会费"),
        (
            "第一条 社务委员会主要审议申请人手续是否完备，并作出决定。\n",
            "社务委员会主要审议申请人手续是否完备",
        ),
        ("第一条 查阅值班档案按照以下程序进行：\n（一）填写审批表；\n（二）报值班室审批。\n", "查阅值班档案"),
    ],
)
def test_a_title_is_short_and_in_the_articles_words(text: str, title: str) -> None:
    """No figure loses a digit, no time stands in it."""
    step = read(text)
    assert step is not None
    assert step.title == title


@pytest.mark.parametrize(
    "text",
    [
        "第一条 为了规范值班工作，根据有关规定，制定本办法。\n",
        "第一条 本办法由值班室负责解释。\n",
        "第一条 本办法自发布之日起施行。\n",
        "第一条 值班室的主要职责是：\n（一）审查申请；\n（二）组织培训。\n",
        "第一条 禁止利用值班谋取利益。不准有下列行为：\n（一）接受申请人的礼品；\n（二）违反规定提供材料。\n",
        "第一条 违反本办法规定，造成后果的，依法追究责任。\n",
        "第一条 值班员是合作社的骨干。\n",
    ],
)
def test_aims_offices_offences_and_closing_rules_are_no_steps(text: str) -> None:
    assert read(text) is None


def test_what_happens_only_in_certain_cases_stands_apart() -> None:
    step = read("第一条 在特殊情况下，社务委员会可以直接接收值班员。\n")
    assert step is not None
    assert step.special
    common = read("第一条 值班室应当接收值班员。\n")
    assert common is not None
    assert not common.special


def test_where_chapters_were_lost_a_short_line_is_one() -> None:
    text = "第一条 社员按月交纳会费。\n会费使用\n第二条 会费用于培训社员。\n"
    first, second = clauses_of(articles(text), text)
    assert (first.headings, first.text) == ((), "第一条 社员按月交纳会费。")
    assert second.headings == ("会费使用",)
