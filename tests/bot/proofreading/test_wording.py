"""Redundant pairs, numbers of documents, marks of secrecy, names: a slip of each, and what only looks like one. Our own words."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("现在目前，全镇有支部12个。", "redundant", "目前，全镇有支部12个。"),
    ("各支部要共同一起抓落实。", "redundant", "各支部要共同抓落实。"),
    ("参加人数不足20名以下的，合并开会。", "redundant", "参加人数不足20名的，合并开会。"),
    ("依据青组发（2025）7号文件办理。", "punctuation", "依据青组发〔2025〕7号文件办理。"),
    ("文号为青组发〔2025〕第007号。", "punctuation", "文号为青组发〔2025〕7号。"),
    ("坚持“抓书记、书记抓、”的做法。", "punctuation", "坚持“抓书记、书记抓”的做法。"),
    ("会议指出；要抓紧整改。", "punctuation", "会议指出，要抓紧整改。"),
    ("事迹被“光明日报”刊发。", "title-marks", "事迹被《光明日报》刊发。"),
    ("开展《红色文艺轻骑兵》专项行动。", "title-marks", "开展“红色文艺轻骑兵”专项行动。"),
    ("移交县纪检委办理。", "names", "移交县纪委办理。"),
    ("迎接党的十九次代表大会。", "names", "迎接党的第十九次全国代表大会。"),
    ("发挥党员的模范先锋作用。", "names", "发挥党员的先锋模范作用。"),
    ("自觉做到“两个确立”。", "names", "自觉做到“两个维护”。"),
]
MARKED = [
    "（机密）干部名单",
    "本材料为内部资料，阅后收回。",
    "墙上写着“内部传阅，严禁外传”几个字。",
    "本稿涉密",
]
RIGHT = [
    "超标准以及与会议无关的费用不予报销。",
    "纪检委员负责监督。",
    "关于“人民日报”客户端的使用，请看说明。",
    "学习《民法典》主题实践活动方案。",
    "他说：“要抓紧；要抓实。”",
    "文号为青组发〔2025〕17号。",
    "公布涉密人员的管理办法，依法保守国家秘密。",
    "拥护“两个确立”、做到“两个维护”。",
]


@pytest.mark.parametrize(("text", "rule", "right"), SLIPS)
def test_slips_are_found_and_mended(text: str, rule: str, right: str) -> None:
    findings = proofread(text)
    assert rule in {one.rule for one in findings}
    assert corrected(text, findings) == right
    assert proofread(right) == ()


@pytest.mark.parametrize("text", MARKED)
def test_marks_of_secrecy_are_told_and_left_to_a_person(text: str) -> None:
    (one,) = proofread(text)
    assert (one.rule, one.suggestion) == ("secrecy", None)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert proofread(text) == ()
