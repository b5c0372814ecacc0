"""Marks and words written twice in the shapes of marks.tsv; what stands rightly beside them is left alone."""

import pytest

from bot.proofread import proofread

SLIPS = [
    ("县直机关工委:\n现将有关情况报告如下：", ":", "："),
    ("现将有关事项通知如下，", "，", "："),
    ("1.、加强学习\n2.、抓好落实", "1.、", None),
    ("附件；1.名单", "；", "："),
    ("各位党员同志，\n支部将召开党员大会。", "，", "："),
    ("2025年6月，1日召开党员大会。", "，", ""),
    ("支部制定2025年年工作计划。", "年", ""),
    ("定于3月5日日上午召开。", "日", ""),
    ("支部有12名名党员。", "名", ""),
    ("学习党的二十届三中全全会精神。", "全全会", "全会"),
    ("支部开展了开展志愿服务。", "开展了开展", "开展了"),
]
RIGHT = [
    "现将有关事项通知如下：",
    "支部制定2025年年度工作计划，2025年年底前完成。",
    "3月5日日报刊发了消息。",
    "扎扎实实推进各项工作，认认真真学习。",
    "各位党员同志：\n支部将召开党员大会。",
]


@pytest.mark.parametrize(("text", "wrong", "right"), SLIPS)
def test_it_is_told(text: str, wrong: str, right: str | None) -> None:
    assert (wrong, right) in [(one.text, one.suggestion) for one in proofread(text)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert proofread(text) == ()
