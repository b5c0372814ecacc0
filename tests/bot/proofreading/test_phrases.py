"""Formulas, meetings and posts called by a neighbouring word (phrases.tsv), and years of meetings and campaigns."""

import pytest

from bot.proofread import proofread

SLIPS = [
    ("统筹推进“五位一体”战略布局。", "总体布局"),
    ("坚持党要管党、全面依法治党。", "全面从严治党"),
    ("深入学习贯彻习近平新时代中国特色社会主义，学以致用。", "习近平新时代中国特色社会主义思想"),
    ("坚持创新、协调、开放、共享的新发展理念。", "创新、协调、绿色、开放、共享"),
    ("跳出历史周期律，靠的是自我革命。", "率"),
    ("筑牢中华民族共同体意识。", "铸牢"),
    ("传达学习二十届中央纪委四次会议精神。", "全会"),
    ("学习党的二十届四中全会会议精神。", "二十届四中全会"),
    ("学习中央经济工作大会精神。", "会议"),
    ("陈某为党小组书记，主持学习。", "组长"),
    ("经镇党委常委会研究同意。", "会"),
    ("2023年7月召开的党的二十届三中全会作出部署。", "2024"),
    ("2024年3月，十四届全国人大三次会议在北京召开。", "2025"),
    ("2025年党纪学习教育中，支部开展了研讨。", "2024"),
]
RIGHT = [
    "统筹推进“五位一体”总体布局和“四个全面”战略布局。",
    "贯彻创新、协调、绿色、开放、共享的新发展理念。",
    "坚持习近平新时代中国特色社会主义思想。",
    "落实全面从严管党治警要求。",
    "县委常委会研究同意，镇党委会议作了传达。",
    "县委巡察工作领导小组组长和各党小组组长参加。",
    "2024年党纪学习教育中，支部开展了研讨。",
    "2022年，推进党史学习教育常态化。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_the_standard_word_is_offered(text: str, right: str) -> None:
    assert [one.suggestion for one in proofread(text)] == [right]


@pytest.mark.parametrize("text", RIGHT)
def test_the_standard_word_is_left_alone(text: str) -> None:
    assert proofread(text) == ()
