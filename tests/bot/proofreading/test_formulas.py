"""Formulas that are said word for word, and meetings in the year they were held."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("落实“三会一科”制度。", "落实“三会一课”制度。"),
    ("坚持全心全力为人民服务的宗旨。", "坚持全心全意为人民服务的宗旨。"),
    ("坚持为中华民族谋幸福，为中国人民谋复兴。", "坚持为中国人民谋幸福，为中华民族谋复兴。"),
    (
        "按照控制总量、优化质量、提高结构、发挥作用的要求。",
        "按照控制总量、优化结构、提高质量、发挥作用的要求。",
    ),
    ("坚持惩前毖后、治病救人人。", "坚持惩前毖后、治病救人。"),
    ("党的二十届三中全会于2023年召开。", "党的二十届三中全会于2024年召开。"),
    ("2018年，党的十九大胜利召开。", "2017年，党的十九大胜利召开。"),
    ("党的十九届四中全会于2019年11月举行。", "党的十九届四中全会于2019年10月举行。"),
]
RIGHT = [
    "以及为群众办实事，开展批评与自我批评。",
    "增强“四个意识”，坚定“四个自信”，提升“四个自我”能力，建设“四个中心”。",
    "坚持全心全意为人民服务，为党的建设要求服务。",
    "2022年，学习党的十九届六中全会精神。",
    "党的二十届三中全会于2024年7月召开。",
    "2022年，党的十九大召开后的五年。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_the_formula_is_offered(text: str, right: str) -> None:
    findings = proofread(text)
    assert corrected(text, findings) == right
    assert proofread(right) == ()


@pytest.mark.parametrize("text", RIGHT)
def test_other_words_are_left_alone(text: str) -> None:
    assert proofread(text) == ()
