"""Bodies and documents that were renamed: the name of the day is offered, never put in unasked."""

import pytest

from bot.proofread import proofread

OLD = [
    ("2026年，县农业局举办培训。", "农业局", "农业农村局"),
    ("2026年，市国土资源局派员参会。", "国土资源局", "自然资源局"),
    ("2023年，县扶贫办派员参会。", "扶贫办", "乡村振兴局"),
    ("2025年，县扶贫办派员参会。", "扶贫办", "农业农村局"),
    ("2022年，落实国务院扶贫办的要求。", "国务院扶贫办", "国家乡村振兴局"),
    ("2025年，县纪委监察局到村走访。", "纪委监察局", "纪委监委"),
    ("2025年，市银保监局举办培训。", "银保监局", "金融监管局"),
    ("2022年，工商部门到村检查。", "工商部门", "市场监管部门"),
    ("依据《中华人民共和国物权法》办理。", "物权法", "民法典"),
    ("2025年，区劳动和社会保障局举办招聘会。", "劳动和社会保障局", "人力资源和社会保障局"),
    (
        "2025年，学习《中国共产党党组工作条例（试行）》。",
        "中国共产党党组工作条例（试行）",
        "中国共产党党组工作条例",
    ),
]
RIGHT = [
    "2026年，开发区组织人事局派员参会。",
    "2026年，执行《青石省信访条例》。",
    "2026年，县人大常委会法制办公室派员参会。",
    "2026年，市文化和旅游局派员参会。",
    "2026年，矿山安全监察局派员参会。",
    "县扶贫办派员参会。",
    "民法典施行后，《中华人民共和国物权法》同时废止。",
    "2015年，县农业局举办培训。",
    "2026年，县农业农村局举办培训。",
    "2026年回顾，期间先后制定了中国共产党党校工作条例等。",
]


@pytest.mark.parametrize(("text", "old", "new"), OLD)
def test_the_new_name_is_offered(text: str, old: str, new: str) -> None:
    (one,) = proofread(text)
    assert (one.text, one.suggestion, one.kind) == (old, new, "doubt")


@pytest.mark.parametrize("text", RIGHT)
def test_other_bodies_and_former_days_are_left_alone(text: str) -> None:
    assert not [one for one in proofread(text) if one.rule == "outdated"]
