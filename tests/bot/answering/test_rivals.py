"""A rule for another thing of the same kind does not answer, though it has most of the question's words."""

from __future__ import annotations

import pytest

from bot.answering.answer import compose_answer
from bot.answering.rivals import rivalled
from bot.testing import articles
from ingest.text import search_form

MEETINGS = """第一条　党支部党员大会每季度召开一次，听取党支部委员会的报告。表决须有半数以上党员到会方可进行。
第二条　党支部委员会会议每月召开一次。会议须有半数以上委员到会方可进行。
"""


def ask(question: str, text: str) -> list[str]:
    return [one.text for one in compose_answer(question, articles(text), {"d1": text}.__getitem__)]


def rival(question: str, sentence: str, before: str = "") -> float:
    return rivalled(search_form(question))(search_form(sentence), lambda: [search_form(before)])


def test_the_body_that_is_asked_about_answers_and_the_other_one_not_at_all() -> None:
    """The rule of the other meeting stands first, and does not name its meeting in the sentence with the figure."""
    said = ask("支部委员会开会要多少人到会", MEETINGS)
    assert said[0] == "会议须有半数以上委员到会方可进行。"
    assert not any("党员到会" in one for one in said)


def test_a_rule_for_who_is_recruited_does_not_answer_for_who_is_promoted() -> None:
    text = "第一条　新录用的馆员试用期为一年。\n第二条　馆员提拔为馆长的，任职试用期为半年。\n"
    assert ask("新提拔的馆员试用期多久", text) == ["馆员提拔为馆长的，任职试用期为半年。"]


@pytest.mark.parametrize(
    ("question", "sentence", "before", "other"),
    [
        ("民主生活会多久开一次", "每年至少召开一次组织生活会。", "", 1.0),
        ("民主生活会多久开一次", "民主生活会和组织生活会每年召开一次。", "", 0.0),
        ("警告的影响期多久", "受到严重警告的，一年半内不得提拔。", "", 1.0),
        ("支委会多久开一次", "会议一般每月召开一次。", "党支部委员会是领导机构。", 0.0),
        ("支委会多久开一次", "一般每季度召开一次。", "党支部党员大会听取党支部委员会的报告。", 1.0),
        ("机关党委书记由谁担任", "机关党的纪律检查委员会书记由机关党的基层委员会副书记担任。", "", 1.0),
        (
            "机关党委书记由谁担任",
            "机关党的基层委员会和不设党的基层委员会的总支部委员会的书记，由负责人担任。",
            "",
            0.0,
        ),
        ("支部书记每年学多少学时", "基层党组织书记每年学习不少于五十学时。", "", 0.0),
        ("馆里几点开门", "民主生活会每年召开一次。", "", 0.0),
    ],
)
def test_which_sentences_are_about_another_thing(
    question: str, sentence: str, before: str, other: float
) -> None:
    assert rival(question, sentence, before) == other
