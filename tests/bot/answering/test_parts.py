"""Questions of two parts, of two things and of a difference are told apart; each part is answered."""

from __future__ import annotations

import pytest

from bot.answering.answer import compose_answer
from bot.answering.parts import compares, parts_of
from bot.answering.question import read_question
from bot.testing import articles


def texts(question: str, text: str) -> list[str]:
    return [one.text for one in compose_answer(question, articles(text), {"d1": text}.__getitem__)]


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("培训要几天，可以折算成多少学时？", ["time", "figure"]),
        ("预备期可以延长几次，最长延长多久？", ["frequency", "time"]),
        ("组织生活会和民主评议党员各要多久开展一次？", ["frequency", "frequency"]),
        ("2024年和2025年收了多少党费？", ["figure", "figure"]),
        ("支部30个正式党员，来了14个，能不能投票", ["whether"]),
        ("党员对决议和政策有不同意见怎么办？", ["how"]),
        ("预备期是多长？", ["time"]),
    ],
)
def test_the_parts_and_the_kind_each_wants(question: str, kinds: list[str]) -> None:
    """A clause that only tells the case is no part; 不同意见 is no difference."""
    assert [part.kind for part in parts_of(read_question(question))] == kinds


def test_of_two_years_each_is_asked_once() -> None:
    assert [part.form for part in parts_of(read_question("2024年和2025年收了多少党费"))] == [
        "2024年收了多少党费",
        "2025年收了多少党费",
    ]


@pytest.mark.parametrize(
    "question", ["警告和严重警告有什么区别", "预备党员和正式党员的区别", "支部和党小组的区别在哪里？"]
)
def test_a_difference_is_of_two_things(question: str) -> None:
    assert compares(read_question(question))


def test_both_halves_get_their_sentence() -> None:
    """Each figure, in the order asked."""
    text = (
        "第一条　培训时间一般不少于三天。\n第二条　全程参加的折算二十四个学时。\n第三条　培训由县级党委组织部门举办。\n"
        "第四条　培训经费从党费中列支。\n"
    )
    answered = texts("培训要几天，可以折算成多少学时？", text)
    assert answered[0] == "培训时间一般不少于三天。"
    assert "全程参加的折算二十四个学时。" in answered


def test_a_difference_is_told_by_the_sentence_that_names_both() -> None:
    """Before sentences that speak of one of them only."""
    text = (
        "第一条　预备党员应当认真学习。\n第二条　正式党员应当带头学习。\n"
        "第三条　预备党员没有表决权，其他权利同正式党员一样。\n"
    )
    assert texts("预备党员和正式党员有什么区别？", text)[0] == "预备党员没有表决权，其他权利同正式党员一样。"


def test_the_figure_that_follows_the_word_asked_about_leads() -> None:
    """预备期为一年 before another time that stands near the same words."""
    text = "第一条　转入的预备党员预备期满，可以推迟讨论转正，最多推迟六个月。\n第二条　预备党员的预备期为一年。\n"
    assert texts("预备党员的预备期是多长？", text)[0] == "预备党员的预备期为一年。"


def test_a_procedure_is_told_by_its_steps_or_over_the_articles_in_order() -> None:
    """The sentence with all steps where there is one, else the best of each article, in the regulation's order."""
    one = (
        "第一条　转正由支部大会讨论。\n第二条　预备党员转正的手续是：本人提出申请；支部讨论；上级党委审批。\n"
    )
    assert texts("预备党员转正的手续有哪些？", one)[0].startswith("预备党员转正的手续是：")
    many = (
        "第一条　发展党员先由本人提出入党申请。\n第二条　支部确定入党积极分子，发展党员工作从培养开始。\n"
        "第三条　发展党员须经支部大会讨论。\n第四条　发展党员由上级党委审批。\n"
    )
    answered = texts("发展党员有哪些步骤？", many)
    assert answered == sorted(answered, key=many.index)
    assert len(answered) >= 3


def test_a_long_line_is_taken_apart_at_once() -> None:
    """Whatever is repeated."""
    for line in ("和" * 3000, "各" * 3000 + "多少", "2024年和" * 2000, "几个，" * 3000, "区别" * 3000):
        parts_of(read_question(line))


def test_a_sentence_that_names_both_things_in_passing_answers_neither_half() -> None:
    text = (
        "第一条　每年至少召开1次联欢会，可以同读者大会、读者小组会一并召开。\n"
        "第二条　读者大会是馆里的议事机构，由全体读者参加，一般每季度召开1次。\n第三条　读者小组会一般每月召开1次。\n"
    )
    assert texts("读者大会多久开一次，读者小组会多久开一次？", text) == [
        "读者大会是馆里的议事机构，由全体读者参加，一般每季度召开1次。",
        "读者小组会一般每月召开1次。",
    ]
