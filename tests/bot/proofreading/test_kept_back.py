"""Personal data, marks of secrecy and names out of date, as papers of offices write them. Everything here is made up."""

import pytest

from bot.proofread import proofread

WRONG = [
    ("志愿者小丁，住北湾社区海棠路3号院2单元601。", "personal", "北湾社区海棠路3号院2单元601"),
    ("李某现居住红旗路88号院3栋。", "personal", "红旗路88号院3栋"),
    ("补助对象身份证号：330102190203040012。", "personal", "330102190203040012"),
    ("打入惠农卡6228 4800 1234 5678 901。", "personal", "6228 4800 1234 5678 901"),
    ("其私家车（川A·D12345）停在院内。", "personal", "川A·D12345"),
    ("持护照号E12345678出境。", "personal", "E12345678"),
    ("密级：秘密\n值班安排", "secrecy", "密级：秘密"),
    ("保密期限：5年\n值班安排", "secrecy", "保密期限：5年"),
    ("班子研判报告（会后收回）", "secrecy", "会后收回"),
    ("（不予公开）\n值班安排", "secrecy", "不予公开"),
    ("2026年，县广播电影电视局拍摄短片。", "outdated", "广播电影电视局"),
    ("2026年，县食品药品监督局检查食堂。", "outdated", "食品药品监督局"),
    ("2026年依据《党政机关公务用车配备使用管理办法》自查。", "outdated", "党政机关公务用车配备使用管理办法"),
]
RIGHT = [
    "干部包组住村，走访3个小组42户。",
    "党费专户开户行为县农商行，账号请向组织部咨询。",
    "该车为公务用车，车牌号苏E12345公务用车已封存。",
    "持驾驶证上岗，做好保密期限管理工作。",
    "2012年，县广播电影电视局拍摄了专题片。",
    "会议材料会后整理归档，不得公开的内容由办公室审核。",
]


@pytest.mark.parametrize(("text", "rule", "wrong"), WRONG)
def test_it_is_told(text: str, rule: str, wrong: str) -> None:
    assert (rule, wrong) in [(one.rule, one.text) for one in proofread(text)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_may_go_out_stands(text: str) -> None:
    assert [one for one in proofread(text) if one.rule in {"personal", "secrecy", "outdated"}] == []
