"""Follow-ups made standalone by rules, and full questions left alone."""

from __future__ import annotations

import time

import pytest

from bot.conversation.rules import Knows, by_rules
from bot.model import Answer
from bot.testing import cited_answer

LAST = "预备党员的预备期是多长？"


def after(*questions: str, knows: Knows | None = None) -> str:
    """What becomes of the last question when the others were asked before it."""
    turns: tuple[Answer, ...] = ()
    for question in questions:
        made = by_rules(turns, question, knows)
        turns += (cited_answer(question, standalone="" if made == question else made),)
    return turns[-1].standalone or turns[-1].question


@pytest.mark.parametrize(
    ("talk", "standalone"),
    [
        ((LAST, "谁批准"), "预备党员的预备期谁批准"),
        ((LAST, "能延长吗？"), "预备党员的预备期能延长吗"),
        ((LAST, "那转正呢？"), "预备党员转正有什么规定"),
        ((LAST, "那转正呢？", "要多久"), "预备党员转正要多久"),
        (("纪委能不能单独设在街道", "那监委呢"), "监委能不能单独设在街道"),
        (("支部党员大会多久召开一次？", "换成党总支呢"), "党总支党员大会多久召开一次"),
        (("支部委员会任期几年", "那党总支呢"), "党总支委员会任期几年"),
        (("支部委员会任期几年", "那党总支呢", "能延期多久"), "党总支委员会换届能延期多久"),
        (("民主生活会几个月开一次", "党课呢"), "党课几个月开一次"),
        (("党费怎么交", "那农民呢", "学生呢"), "党费，学生怎么交"),
        (("月工资四千的党员党费交多少", "一万二的呢"), "月工资一万二的党员党费交多少"),
        (("月工资四千的党员党费交多少", "退休的呢"), "退休的党员党费交多少"),
        (("党员连续六个月不交党费怎么办", "那八个月呢"), "党员连续八个月不交党费怎么办"),
        (("对领导干部的问责方式有哪几种", "对党组织呢"), "对党组织的问责方式有哪几种"),
        (("党员受警告处分多久不能提拔", "他还能评优吗"), "党员受警告处分，还能评优吗"),
        (("党员能评优吗", "那处分期间呢"), "处分期间，党员能评优吗"),
        (("党支部书记要有几年党龄", "他每年要参加几次培训"), "党支部书记每年要参加几次培训"),
        (("预备党员有没有表决权", "为什么"), "预备党员有没有表决权，依据是什么规定"),
        (("预备党员有没有表决权", "为什么", "谁规定的"), "预备党员表决权谁规定的"),
        (("组织生活会一年开几次", "谁参加", "流程是什么"), "组织生活会，流程是什么"),
    ],
)
def test_what_is_left_out_is_filled_in(talk: tuple[str, ...], standalone: str) -> None:
    assert after(*talk) == standalone


@pytest.mark.parametrize(
    "question",
    [
        "党费怎么交？",
        "谁审批预备党员？",
        "社区支部几年换一届",
        "老张去年挨了个警告，他还能给人当介绍人么",
        "那些长期不交党费的党员怎么处理？",
        "党组织应当经常听取他们的意见，党员干部要善于同党外干部合作，尊重他们，对不对",
        "红烧肉怎么做才不腻？",
        "《中国共产党章程》第三款怎么说？",
        "发展党员工作细则第七条讲什么",
        "党的工作机关包括哪几类？",
        "谢谢",
        "？？？",
    ],
)
def test_a_full_question_is_left_as_it_is(question: str) -> None:
    """The very same string, whatever was said before it."""
    turns = (cited_answer("支部党员大会多久召开一次？"), cited_answer(LAST))
    assert by_rules(turns, question) is question
    assert by_rules((), question) is question


def test_small_talk_between_turns_keeps_the_subject() -> None:
    assert after(LAST, "谢谢，明白了", "好的", "谁批准") == "预备党员的预备期谁批准"


def test_nothing_but_small_talk_before_leaves_it_as_it_is() -> None:
    assert after("你好", "谁批准") == "谁批准"


def test_words_near_the_cited_place_are_of_the_talk() -> None:
    """书面意见 alone names no subject; whether it belongs to the talk, the text about the cited place says."""
    asked = "人来不了能提书面意见吗"
    turns = (cited_answer("接收预备党员的大会要多少人到会"),)
    near = Knows(around=lambda _: "因故来不了的，可以提书面意见，应当统计在内。")
    assert by_rules(turns, asked) == asked
    assert by_rules(turns, asked, near) == f"接收预备党员的大会到会，{asked}"


def test_what_the_cited_section_holds_is_of_the_talk() -> None:
    """党费收不收 stands alone elsewhere; behind the article on 临时党支部, which speaks of 党费, it is asked of that."""
    turns = (cited_answer("临时党支部能发展党员吗"),)
    section = Knows(cited=lambda _: "临时党支部一般不发展党员，不收缴党费。")
    assert by_rules(turns, "党费收不收") == "党费收不收"
    assert by_rules(turns, "党费收不收", section) == "临时党支部能发展党员，党费收不收"
    assert by_rules(turns, "党龄从哪天算", section) == "党龄从哪天算"


@pytest.mark.parametrize(
    "question", ["那" * 5000, "第" * 5000 + "条呢", "他" * 5000, "多" * 5000 + "呢", "不" * 5000]
)
def test_odd_questions_take_no_time(question: str) -> None:
    begun = time.perf_counter()
    by_rules((cited_answer(LAST),), question)
    by_rules((cited_answer(question),), "谁批准")
    assert time.perf_counter() - begun < 1


def test_a_citation_that_names_no_article_points_nowhere() -> None:
    """第三款 of a text without articles stays what it was."""
    report = cited_answer(LAST, article=None)
    assert by_rules((report,), "第三款呢") == "第三款呢"
