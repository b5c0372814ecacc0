"""Words and sentences written twice in part; ordinals said twice. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("现将情况通报如下：现将情况通报如下：", "现将情况通报如下："),
    ("会议认真听取了汇报。会议认真听取了汇报。", "会议认真听取了汇报。"),
    ("支部积极积开展活动。", "支部积极开展活动。"),
    ("全镇共共有党员300名。", "全镇共有党员300名。"),
    ("支部书记牵头牵头负责。", "支部书记牵头负责。"),
    ("下一步下一步，要抓好整改。", "下一步，要抓好整改。"),
    ("首先，要学习；其次，要整改；其次，要落实。", "首先，要学习；其次，要整改；再次，要落实。"),
    (
        "（一）强化学习。办班2期。\n（一）强化管理。谈话3次。",
        "（一）强化学习。办班2期。\n（二）强化管理。谈话3次。",
    ),
    ("全镇有党员３００名。", "全镇有党员300名。"),
]
RIGHT = [
    "共产党党员要清清白白做人、干干净净做事。",
    "通过调解解决纠纷，享受抚恤优待待遇。",
    "坚持持续改进，人人参与，天天学习，对外对内都一样。",
    "一、甲\n（一）学习。办班2期。\n二、乙\n（一）管理。谈话3次。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_one_of_the_two_goes(text: str, right: str) -> None:
    findings = proofread(text)
    assert corrected(text, findings) == right
    assert proofread(right) == ()


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_said_twice_on_purpose_stays(text: str) -> None:
    assert proofread(text) == ()


@pytest.mark.parametrize(
    "text", ["李某某，住址为青石镇和平路8号。", "党员李某的电子邮箱li1901@example.com，请联系。"]
)
def test_where_a_person_lives_and_is_written_to_is_told(text: str) -> None:
    (one,) = proofread(text)
    assert (one.rule, one.suggestion) == ("personal", None)


def test_an_office_address_is_left_alone() -> None:
    assert proofread("请将材料发送至机关党委邮箱dangban@example.com。") == ()
