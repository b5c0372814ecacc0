"""What a document lays down in numbers, said with another number: against the document itself, and against the table."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.proofread import proofread
from bot.proofreading.model import Work

_TEXT = (
    "第一条 申请事项应当自受理之日起六十日内办结。情况复杂的，可以延长三十日。\n"
    "第二条 联络组成员每届任期 5 年，每季度召开一次会议。受到提醒处理一年内、受到诫勉处理一年半内，不得参加评选。"
)


class _Shelf:
    def work(self, name: str, day: date | None) -> Work | None:
        return None

    def later(self, name: str, year: int, day: date) -> Work | None:
        return None

    def titles(self) -> Sequence[str]:
        return ()

    def article(self, name: str, label: str) -> Sequence[str]:
        return (_TEXT,) if name == "联络工作办法" and not label else ()


STATED = [
    ("《联络工作办法》规定，申请事项应当自受理之日起30日内办结。", "30日"),
    ("按照《联络工作办法》，联络组成员每届任期三年，可以连任。", "三年"),
    ("《联络工作办法》明确要求，受到诫勉处理一年内，不得参加评选。", "一年"),
    ("《联络工作办法》规定，联络组成员每届任期5年，每半年召开一次会议。", "每半年"),
]
AGREED = [
    "《联络工作办法》规定，申请事项应当自受理之日起60日内办结。",
    "根据《联络工作办法》，今年已收到申请30件，受理之日起都有人跟进。",
    "《联络工作办法》规定，受到诫勉处理一年半内，不得参加评选。",
    "《没有的办法》规定，申请事项应当自受理之日起30日内办结。",
    "申请事项应当自受理之日起30日内办结。",
]
FACTS = [
    ("预备党员的预备期为两年。", "两年"),
    ("发展对象应当有一名正式党员作入党介绍人。", "一名"),
    ("党章规定，连续三个月不参加党的组织生活，按自行脱党处理。", "三个月"),
    ("按照条例规定，支部党员大会一般每月召开一次。", "每月"),
    ("村党组织每届任期三年。", "三年"),
    ("受到开除党籍处分，三年内不得重新入党。", "三年"),
    ("入党积极分子经过半年培养教育后列为发展对象。", "半年"),
]
SOUND = [
    "预备党员的预备期为一年，延长预备期半年。",
    "发展对象应当有两名正式党员作入党介绍人。",
    "连续六个月不参加党的组织生活，按自行脱党处理。",
    "按照条例规定，支部党员大会一般每季度召开一次，支委会每月召开一次。",
    "村党组织每届任期五年，机关党支部委员会每届任期三年。",
    "以前村党组织每届任期三年。",
    "我支部每月召开一次党员大会，学习讨论热烈。",
]


@pytest.mark.parametrize(("text", "wrong"), STATED)
def test_a_number_that_the_document_has_otherwise_is_told(text: str, wrong: str) -> None:
    assert [one.text for one in proofread(text, _Shelf()) if one.rule == "quotation"] == [wrong]


@pytest.mark.parametrize("text", AGREED)
def test_a_number_of_the_document_or_of_the_text_itself_stands(text: str) -> None:
    assert [one for one in proofread(text, _Shelf()) if one.rule == "quotation"] == []


@pytest.mark.parametrize(("text", "wrong"), FACTS)
def test_a_number_of_the_rules_is_told(text: str, wrong: str) -> None:
    assert [one.text for one in proofread(text) if one.rule == "quotation"] == [wrong]


@pytest.mark.parametrize("text", SOUND)
def test_right_numbers_and_habits_stand(text: str) -> None:
    assert [one for one in proofread(text) if one.rule == "quotation"] == []


def test_a_quotation_may_stand_behind_words_of_the_text() -> None:
    text = "《联络工作办法》规定，对申请事项，“应当自受理之日起十日内办结，情况复杂的，可以延长三十日”。"
    assert [one.rule for one in proofread(text, _Shelf())] == ["quotation"]
