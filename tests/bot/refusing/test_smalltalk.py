"""Greetings, chat and private persons are told from questions for the documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.chat import converse
from bot.model import Query
from bot.refusing.smalltalk import MAY_BE_ASKED, not_for_documents

SAID = (
    "你好", "您好！", "hello", "在吗？", "早上好", "谢谢", "谢谢你的回答！", "你好，谢谢", "好的，明白了", "再见",
    "你是谁？", "你叫什么名字", "你能做什么？", "我可以问什么问题？", "讲个笑话", "今天天气怎么样？",
    "张三是不是党员", "李小明同志是什么时候入党的？", "请问王五的手机号码是多少", "赵大伟受过处分吗？", "我们支部的陈建国入党了没有",
    "安小虎受过处分吗", "欧阳小明是什么时候入党的",
)  # fmt: skip
# Questions that look alike and are for the documents.
ASKED = (
    "你好，预备党员的预备期是多长？", "谢谢，再问一下党费怎么交", "团员是不是党员？", "高校教师是不是党员都要参加组织生活？",
    "白领是不是党员？", "党员张三半年没交党费怎么处理？", "王某违纪应当给予什么处分", "可以延长预备期吗？", "支部书记是谁选出来的？",
    "常委是不是党员？", "马克思主义是什么？", "方案是否是书记批准？",
    "陈建国是谁？", "万元户是不是党员？", "周末是不是党日？", "余额的收入怎么记账？", "江苏的工资是多少？", "江西省委是什么时候转正的？",
    "高级职称的工资怎么算党费？", "万科公司党委书记是不是党员？", "白酒能不能作公务接待？",
    "申报的收入有误怎么改？", "任期是不是书记定的？", "尚未转正吗？", "温州的电话是多少？",
)  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_what_is_no_question_for_the_documents_gets_a_fixed_word(text: str) -> None:
    """It tells what may be asked."""
    told = not_for_documents(text)
    assert told is not None
    assert MAY_BE_ASKED in told


@pytest.mark.parametrize("text", ASKED)
def test_a_question_for_the_documents_goes_on(text: str) -> None:
    """A greeting before it, a noun that begins like a family name, a person in a question about a rule."""
    assert not_for_documents(text) is None


def test_no_question_of_the_evaluation_is_taken_for_chat(root: Path) -> None:
    """Every case of evals/cases, at least a hundred."""
    lines = (root / "evals" / "cases" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    assert len(questions) > 100
    assert [question for question in questions if not_for_documents(question)] == []


def test_chat_is_refused_without_a_search() -> None:
    """No nearest clauses either: nothing is near to a greeting."""

    def search(query: Query) -> list[object]:
        raise AssertionError(query)

    (answer,) = converse(Query("你好"), search, {}.__getitem__)  # type: ignore[arg-type]
    assert (answer.status, answer.nearest, answer.sentences) == ("refused", (), ())
    assert MAY_BE_ASKED in answer.warnings[0]


def test_greeting_sixty_times_is_over_at_once() -> None:
    """Each 你好 may be read in one way only; with two, this would take for ever (and the test's limit would end it)."""
    for line in (
        "你好" * 60 + "吗呀",
        "早上好" * 60 + "吗呀",
        "谢谢" * 200 + "吗呀",
        "你好" * 500,
        "哈" * 300 + "人",
    ):
        assert not_for_documents(line) is None
