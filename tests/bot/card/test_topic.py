from __future__ import annotations

import pytest

from bot.card.topic import asks_how, topic_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("发展党员怎么办", "发展党员"),
        ("预备党员转正流程", "预备党员转正"),
        ("党支部换届什么时候报？", "党支部换届"),
        ("党费收缴", "党费收缴"),
        ("成立党支部", "成立党支部"),
        ("请问政务处分的程序", "政务处分"),
        ("组织关系转移要办哪些手续", "组织关系转移"),
        ("组织生活会怎么开", "组织生活会"),
        ("《支部工作条例》换届选举程序", "换届选举"),
        ("支部工作条例换届选举程序", "换届选举"),
        ("发展党员工作细则的程序", "发展党员工作细则"),
    ],
)
def test_what_is_to_be_done_without_the_words_that_ask(question: str, topic: str) -> None:
    assert asks_how(question)
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "预备党员的预备期是多长？",
        "入党介绍人需要几名？",
        "什么是民主集中制",
        "预备党员能不能参加选举？",
        "党支部由谁主持",
        "预备党员转正和延长预备期有什么区别？",
        "预备党员",
        "",
        "？？",
    ],
)
def test_a_figure_a_meaning_or_a_yes_is_no_procedure(question: str) -> None:
    assert not asks_how(question)
