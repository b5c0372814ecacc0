"""Works cited by an edition, a trial name or a number that is no longer theirs: said, and never put in unasked."""

import pytest

from bot.proofread import proofread

OLD = [
    ("2026年，支部依据《中国共产党问责条例》（2016年）开展学习。", "《中国共产党问责条例》（2016年）"),
    ("依据2018年修订的《纪律处分条例》处理。", "2018年修订的《纪律处分条例》"),
    ("根据2018年《中国共产党纪律处分条例》第三十条处理。", "2018年《中国共产党纪律处分条例》"),
    ("2026年，支部学习《中国共产党纪律处分条例（试行）》。", None),
    ("按照《中国共产党党员教育管理工作条例（试行）》组织。", "《中国共产党党员教育管理工作条例（试行）》"),
    ("根据《基层组织选举工作暂行条例》换届。", "《基层组织选举工作暂行条例》"),
    ("2026年，公文按国发〔2000〕23号文件办理。", "国发〔2000〕23号"),
]
RIGHT = [
    "2017年，支部依据《中国共产党问责条例》（2016年）开展学习。",
    "2018年修订的《中国共产党纪律处分条例》已被取代。",
    "2026年，支部学习《中国共产党纪律处分条例》（2023年修订）。",
    "2026年，落实《中国共产党支部工作条例（试行）》。",
    "2011年，公文按国发〔2000〕23号文件办理。",
]


@pytest.mark.parametrize(("text", "old"), OLD)
def test_what_was_replaced_is_a_doubt(text: str, old: str | None) -> None:
    (one,) = proofread(text)
    assert one.kind == "doubt"
    assert one.rule in {"abolished", "outdated"}
    assert old is None or one.text == old


@pytest.mark.parametrize("text", RIGHT)
def test_what_stands_or_stood_on_that_day_is_left_alone(text: str) -> None:
    assert not proofread(text)
