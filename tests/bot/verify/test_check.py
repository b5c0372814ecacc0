"""The seam, and one sentence of each kind of error beside the true one it is made of."""

from __future__ import annotations

import time

import pytest

from bot.verify.check import Verdict, verify

# Our own wording, in the manner of a regulation: what is tested is the rule, not a document.
MEETING = "小组全体会议由小组长召集，一般每季度召开1次。理事会会议每月召开1次，根据需要可以随时召开。"
VOTE = "表决必须有半数以上有表决权的党员到会方可进行，赞成人数超过应到会有表决权的党员的半数为通过。"
TERM = "预备期为一年。需要继续考察的，可以延长一次，延长时间不能少于半年，最长不超过一年；不具备条件的，应当取消资格。"
BRANCH = "有正式党员7人以上的党支部，应当设立党支部委员会。党支部委员会由3至5人组成。"
REPORT = "选出的党支部委员，报上级党组织备案；党支部书记、副书记，报上级党组织批准。"
FEES = "交纳确有困难的党员，经党支部研究，报上一级党委批准后，可以少交或免交。"
LEAVE = "工作人员应当在三十日内办结；情况复杂的，可以适当延长，但是延长期限不得超过十日。"
PENALTY = "情节较轻的，给予警告处分；情节较重的，给予撤销党内职务处分；情节严重的，给予开除党籍处分。"
PUBLISH = "通缉令由公安机关发布。任何组织或者个人不得指定成员。"


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        (MEETING, MEETING),
        ("理事会会议一个月开一次。", "理事会会议每月召开1次。"),
        ("理事会会议每月召开一次，有需要时可以随时召开。", MEETING),
        ("有半数以上有表决权的党员到会，才能表决。", VOTE),
        ("预备期是12个月。", TERM),
        ("党支部的正式党员达到七人的，应当设立党支部委员会。", BRANCH),
        ("党支部委员会由三到五人组成。", BRANCH),
        ("党支部书记、副书记报上级党组织批准。", REPORT),
        ("交纳确有困难的党员，经党支部研究并报上一级党委批准，可以免交。", FEES),
        ("情节严重的，给予开除党籍处分。", PENALTY),
        ("公安机关发布通缉令。", PUBLISH),
    ],
)
def test_what_the_evidence_says_in_other_words_is_supported(sentence: str, evidence: str) -> None:
    assert verify(sentence, [evidence]) == Verdict(True, None, "")


@pytest.mark.parametrize(
    ("sentence", "evidence", "kind"),
    [
        ("理事会会议每季度召开1次。", MEETING, "number"),  # the figure stands there, of another meeting
        ("小组全体会议每季度召开1次。", MEETING, "modal"),  # 一般 left out
        ("表决必须有过半数有表决权的党员到会方可进行。", VOTE, "number"),
        ("预备期为两年。", TERM, "number"),
        ("党支部应当设立党支部委员会。", BRANCH, "condition"),
        ("党支部委员会由3至5名群众组成。", BRANCH, "subject"),
        ("选出的党支部委员，报上级党组织批准。", REPORT, "term"),
        ("交纳确有困难的党员，可以少交或免交。", FEES, "condition"),
        ("情况复杂的，可以适当延长。", LEAVE, "exception"),
        ("情节较轻的，给予开除党籍处分。", PENALTY, "term"),
        ("通缉令由监察机关发布。", PUBLISH, "subject"),
        ("任何组织可以指定成员。", PUBLISH, "negation"),
        ("理事会会议只能每月召开1次。", MEETING, "only"),
        ("村民可以自愿交换宅基地和承包地。", MEETING, "content"),
        ("《工作手册》规定，预备期为一年。", TERM, "document"),
        ("条文的原话是“预备期通常为一年”。", TERM, "quote"),
    ],
)
def test_what_the_evidence_does_not_say_is_refused_with_its_kind(
    sentence: str, evidence: str, kind: str
) -> None:
    verdict = verify(sentence, [evidence])
    assert (verdict.supported, verdict.kind) == (False, kind)
    assert verdict.reason


def test_an_article_is_named_by_the_place_the_words_stand_in() -> None:
    titles = ["《某某条例》第九条"]
    assert verify("根据第九条，预备期为一年。", [TERM], titles).supported
    assert verify("根据第十条，预备期为一年。", [TERM], titles).kind == "article"
    assert verify("《某某条例》规定，预备期为一年。", [TERM], titles).supported


def test_no_evidence_and_no_words_carry_nothing() -> None:
    assert verify(MEETING, []).kind == "uncited"
    assert not verify("。", [MEETING]).supported


def test_several_texts_carry_a_sentence_together() -> None:
    said = "预备期为一年；党支部委员会由3至5人组成。"
    assert verify(said, [TERM, BRANCH]).supported
    assert not verify(said, [TERM]).supported


def test_a_judge_is_asked_only_about_what_the_rules_let_pass() -> None:
    asked: list[str] = []

    def strict(sentence: str, evidence: object) -> Verdict:
        asked.append(sentence)
        return Verdict(False, "judge", "不认可")

    assert verify("预备期为两年。", [TERM], judge=strict).kind == "number"
    assert verify("预备期为一年。", [TERM], judge=strict).kind == "judge"
    assert asked == ["预备期为一年。"]


@pytest.mark.parametrize(
    "text", ["你好", "由", "第一", "(", "1", "不得", "，的", "党支部书记批准", "由党委批准，", "A，"]
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    """Both as the sentence, up to the length that is judged at all, and as evidence of any length."""
    started = time.process_time()
    verify((text * 200)[:390], [text * 60 + "一年", TERM])
    verify("预备期为两年。", [text * 1000 + "一年", TERM])
    verify(text * 2000, [text * 2000 + "一年"])
    assert time.process_time() - started < 6
