"""Bodies and documents that were renamed: the name of the day is offered, never put in unasked."""

import pytest

from bot.proofread import proofread

OLD = [
    ("2026年，县农业局举办培训。", "农业局", "农业农村局"),
    ("2026年，市国土资源局派员参会。", "国土资源局", "自然资源局"),
    ("2023年，县扶贫办派员参会。", "扶贫办", "乡村振兴局"),
    ("2025年，县扶贫办派员参会。", "扶贫办", "农业农村局"),
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
