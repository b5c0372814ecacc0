"""A character left out of a word, or one put into it. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("动员机关事业位人员参加志愿服务。", "动员机关事业单位人员参加志愿服务。"),
    ("深入贯落实党的二十大精神。", "深入贯彻落实党的二十大精神。"),
    ("会后召开民主活会。", "会后召开民主生活会。"),
]
RIGHT = [
    "各级人民政府应统筹兼顾，合理安排。",
    "会议举行十日前将议程送有关单位。",
    "某县“机关事业位”一词有误。",
    "张某芽已被依法行政拘留。",
    "先后召开区委常委会、党建领导小组会。",
    "抓年轻干部下社区，现述职如下。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_the_missing_character_is_named(text: str, right: str) -> None:
    assert corrected(text, proofread(text)) == right
    assert not [one for one in proofread(right) if one.rule == "suspected"]


@pytest.mark.parametrize("text", RIGHT)
def test_short_words_names_and_quotations_stay(text: str) -> None:
    assert not [one for one in proofread(text) if "缺字" in one.message or "多字" in one.message]


def test_a_character_too_many_goes() -> None:
    from bot.proofreading.rules.gaps import find
    from bot.proofreading.sheet import read_sheet

    findings = list(find(read_sheet("与培养联系系人谈话。", None)))
    assert [(one.start, one.end, one.suggestion) for one in findings] == [(4, 5, "")]
