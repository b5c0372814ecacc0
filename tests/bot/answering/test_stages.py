"""A regulation that is the procedure asked for is told by its chapters, each quoted word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.answer import compose_answer
from bot.model import RawSentence
from bot.testing import articles

TEXT = """某馆办证工作细则
第一章　总则
第一条　为了做好办证工作，制定本细则。
第二章　申请人的确定
第二条　馆里应当宣传读书。
第三条　确定申请人，应当核对住址。
第四条　申请人的确定另有规定的，从其规定。
第三章　材料的审核
第五条　审核材料的人应当是：
（一）馆员。
第六条　材料由两名馆员审核。
第七条　审核材料的结果由馆里公布。
第四章　证件的发放
第八条　证件在三日内发放。
第五章　附则
第九条　本细则自印发之日起施行。
"""


def ask(question: str, title: str = "办证工作细则", *, in_force: bool = True) -> tuple[RawSentence, ...]:
    only = "\n".join(line for line in TEXT.splitlines() if not line.startswith("第") or "条" in line[:4])
    moved = [(one, TEXT.index(one.text)) for one in articles(only)]
    hits = [
        replace(one, title=title, in_force=in_force, start=at, end=at + len(one.text), section_start=at)
        for one, at in moved
    ]
    return compose_answer(question, hits, {"d1": TEXT}.__getitem__)


@pytest.mark.parametrize("question", ["办证有哪些程序", "办证的流程是什么", "办证分为哪几个步骤"])
def test_the_chapters_are_the_stages(question: str) -> None:
    """General chapters are left out; a line that only opens a list is no opening sentence."""
    shown = ask(question)
    assert [one.text for one in shown] == [
        "第二章　申请人的确定",
        "确定申请人，应当核对住址。",
        "第三章　材料的审核",
        "材料由两名馆员审核。",
        "第四章　证件的发放",
        "证件在三日内发放。",
    ]
    assert [one.quotes[0].hit.article for one in shown] == [None, "第三条", None, "第六条", None, "第八条"]
    for quote in (quote for one in shown for quote in one.quotes):
        assert TEXT[quote.start : quote.end] == quote.text
        assert quote.hit.section_start <= quote.start < quote.end <= quote.hit.section_end


def test_a_regulation_about_more_or_less_is_not_the_procedure() -> None:
    """材料审核 is a part of it; another title and a text that is void are none."""
    for shown in (
        ask("材料审核的程序"),
        ask("办证有哪些程序", "读者工作细则"),
        ask("办证有哪些程序", in_force=False),
    ):
        assert not any(one.text.startswith("第二章") for one in shown)


def test_everyday_words_for_the_matter_lead_to_it() -> None:
    """入党的流程 is what the regulation calls 发展党员."""
    assert ask("入党的流程是什么", "中国共产党发展党员工作细则")[0].text == "第二章　申请人的确定"
    assert not ask("入党志愿书的填写流程", "中国共产党发展党员工作细则")[0].text.startswith("第二章")
