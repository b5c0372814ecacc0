"""The very thing asked about, what was not done, and whom a rule is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.answer import compose_answer
from bot.answering.denial import denied_by
from bot.answering.focus import focus_of
from bot.answering.question import read_question
from bot.answering.scope import kind_unasked
from bot.answering.sight import sight_of
from bot.testing import hit
from ingest.model import Hit
from ingest.text import search_form


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("受处分以后怎么申诉？", "申诉"),
        ("借阅证有效期多长", "证有效期"),
        ("停借的读者要不要交押金", "交押金"),
        ("志愿者能办证吗", "办证"),
        ("见习馆员权利和正式馆员一样吗", "权利"),
        ("馆里多久公布一次账目", "公布"),
        ("读者大会多久召开一次", "读者大会"),
        ("证丢了怎么办", ""),
        ("我能入会吗，你能不能告诉我", ""),
    ],
)
def test_the_thing_asked_about(question: str, focus: str) -> None:
    assert focus_of(search_form(question)) == focus


@pytest.mark.parametrize(
    ("question", "sentence", "sign"),
    [
        ("没落实单位的毕业生怎么办", "对没有落实单位的毕业生，可以留校。", 1),
        ("没落实单位的毕业生怎么办", "对已落实单位的毕业生，应当转出。", -1),
        ("没落实单位的毕业生怎么办", "毕业生应当按时报到。", 0),
        ("没落实单位的毕业生怎么办", "对已毕业三年的，应当转出。", 0),
        ("有没有落实单位的期限", "对已落实单位的毕业生，应当转出。", 0),
        ("落实单位后怎么办", "对没有落实单位的毕业生，可以留校。", 0),
    ],
)
def test_a_rule_for_who_has_done_it_is_against_who_has_not(question: str, sentence: str, sign: float) -> None:
    asked = read_question(question)
    assert denied_by(asked.form, sight_of(asked))(search_form(sentence)) == sign


@pytest.mark.parametrize(
    ("title", "question", "kind"),
    [
        ("中国共产党党和国家机关基层组织工作条例", "党总支任期几年", "机关"),
        ("中国共产党党和国家机关基层组织工作条例", "机关党总支任期几年", None),
        ("中国共产党普通高等学校基层组织工作条例", "大学的支部怎么设", None),
        ("中华人民共和国公务员法", "旷工怎么处理", "公务员"),
        ("中国共产党章程", "党总支任期几年", None),
    ],
)
def test_whom_a_rule_is_for(title: str, question: str, kind: str | None) -> None:
    assert kind_unasked(title, search_form(question)) == kind


def _two(first: str, second: str) -> tuple[list[Hit], dict[str, str]]:
    own = "第一条　机关读书会每届任期为三年。\n"
    general = "第九条　读书会每届任期为三年至五年。\n"
    ours = hit(own, own.strip(), document="a", article="第一条", title=first, score=1.0)
    theirs = hit(general, general.strip(), document="b", article="第九条", title=second, score=0.95)
    hits = [replace(one, kind="条例") for one in (ours, theirs)]
    return hits, {"a": own, "b": general}


def test_a_rule_for_all_leads_before_one_for_some() -> None:
    hits, texts = _two("党和国家机关基层组织工作条例", "读书会条例")
    told = [one.text for one in compose_answer("读书会任期几年", hits, texts.__getitem__)]
    assert told[0] == "读书会每届任期为三年至五年。"
    hits, texts = _two("党和国家机关基层组织工作条例", "读书会条例")
    told = [one.text for one in compose_answer("机关读书会任期几年", hits, texts.__getitem__)]
    assert told[0] == "机关读书会每届任期为三年。"
