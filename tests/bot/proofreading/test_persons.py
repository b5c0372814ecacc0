"""Ages, means and parts that cannot overlap. Our own sentences."""

import pytest

from bot.proofread import proofread

SLIPS = [
    ("2026年，李某某，1970年出生，现年46岁。", None),
    ("2026年，李某某2010年入党，党龄6年。", None),
    ("40名党员共捐款4000元，人均120元。", "100"),
    ("设支部12个，其中农村支部6个、社区支部5个、企业支部3个。", None),
    ("共有党员80名，其中在职党员50名、退休党员40名。", None),
]
RIGHT = [
    "2026年，李某某，1970年出生，现年55岁，1995年入党，党龄31年。",
    "40名党员共捐款4000元，人均100元。",
    "设支部12个，其中农村支部6个、社区支部5个。",
    "设支部12个，其中农村支部8个、示范党委5个。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_what_cannot_be_is_told(text: str, right: str | None) -> None:
    (one,) = proofread(text)
    assert one.suggestion == right


@pytest.mark.parametrize("text", RIGHT)
def test_what_can_be_is_left_alone(text: str) -> None:
    assert proofread(text) == ()
