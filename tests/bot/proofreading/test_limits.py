"""Figures that cannot be, and those beside them that can."""

import pytest

from bot.proofread import proofread

WRONG = [
    ("党员大会定于15日25时准时召开。", None),
    ("2025年第五季度党课安排已印发。", None),
    ("问题整改完成105%，群众认可。", None),
    ("村集体收入由2023年的40万元增至2024年的80万元，翻了两番。", None),
    ("满意率由86%提高到95%，提高9%。", "9个百分点"),
    ("比上年增加15万元，增长12个百分点。", "12%"),
    ("考核排名由第5位上升到第8位。", None),
    ("预备期自2024年3月1日至2025年5月1日。", None),
    ("公示期为5个工作日，自2025年7月7日至7月10日。", None),
    ("人均收入2.1万，较上年1.8万元增加0.4万元。", "0.3万元"),
]
RIGHT = [
    "村集体收入由40万元增至165万元，翻了两番。",
    "满意率由86%提高到95%，提高9个百分点。",
    "比上年增加15万元，增长12%。",
    "考核排名由第8位上升到第5位。",
    "预备期自2024年3月1日至2025年2月28日。",
    "公示期为5个工作日，自2025年7月7日至7月11日。",
    "拨备覆盖率178.53%，比上年末下降2.73个百分点。",
]


@pytest.mark.parametrize(("text", "right"), WRONG)
def test_it_is_told(text: str, right: str | None) -> None:
    assert [(one.rule in {"sums", "dates"}, one.suggestion) for one in proofread(text)] == [(True, right)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_can_be_is_left_alone(text: str) -> None:
    assert proofread(text) == ()
