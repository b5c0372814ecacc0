"""A difference is told by what the sources say each thing is; what names both in passing shows none."""

from __future__ import annotations

from bot.answering.answer import compose_answer
from bot.testing import articles

BODIES = """第一条　读者大会是馆里的议事机构，由全体读者参加。
第二条　读者委员会是读者大会闭会期间的办事机构。
第三条　意见可以向读者大会、馆务会（读者委员会）或者值班室提出，由其转交办理。
第四条　读者三十人以上的，设立分馆。因工作需要，也可以设立总馆。
第五条　读者三百人以上的，设立总馆。
"""


def ask(question: str, text: str = BODIES) -> list[str]:
    return [one.text for one in compose_answer(question, articles(text), {"d1": text}.__getitem__)]


def test_what_each_is_tells_the_difference() -> None:
    assert ask("读者大会和读者委员会有什么区别") == [
        "读者大会是馆里的议事机构，由全体读者参加。",
        "读者委员会是读者大会闭会期间的办事机构。",
    ]


def test_else_when_each_is_set_up_tells_it_and_the_rule_goes_before_the_exception() -> None:
    assert ask("分馆和总馆有什么区别") == [
        "读者三十人以上的，设立分馆。",
        "读者三百人以上的，设立总馆。",
    ]


def test_else_what_is_told_of_each_by_itself() -> None:
    text = "第一条　对读者的处理有停借、除名。停借最长不超过两个月。除名是馆里最重的处理。\n第二条　应当给予除名的，予以除名；应当给予停借的，作出结论。\n"
    assert ask("停借和除名的区别", text) == ["停借最长不超过两个月。", "除名是馆里最重的处理。"]


def test_a_sentence_that_says_something_of_each_tells_it() -> None:
    text = "第一条　逾期受提醒的一个月内、受重点提醒的三个月内，不得续借图书。\n第二条　可以给予提醒或者重点提醒。\n"
    assert ask("提醒和重点提醒的区别", text) == ["逾期受提醒的一个月内、受重点提醒的三个月内，不得续借图书。"]


def test_what_only_names_both_is_no_answer() -> None:
    text = "第一条　意见可以向值班室（馆务会）提出。\n第二条　值班室和馆务会收到后应当登记。\n"
    assert ask("值班室和馆务会有什么区别", text) == []


def test_a_sentence_that_says_they_are_alike_but_for_something_tells_it() -> None:
    text = "第一条　见习馆员的权利，除了没有借阅权以外，也同正式馆员一样。\n第二条　正式馆员三年一聘，见习馆员一年一聘。\n"
    said = "见习馆员的权利，除了没有借阅权以外，也同正式馆员一样。"
    assert ask("正式馆员和见习馆员的权利有什么不同", text) == [said]


def test_when_it_may_be_set_up_by_way_of_exception_shows_no_difference() -> None:
    text = "第一条　机关里可以设立分馆。\n第二条　集中管理的部门里可以设立总馆。\n"
    assert ask("分馆和总馆有什么区别", text) == []
