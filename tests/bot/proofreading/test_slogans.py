"""Standard wordings: lists in another order or with a member half changed, a last word put for another, what is written for a part. Our own sentences."""

import pytest

from bot.proofread import proofread

SLIPS = [
    ("坚持以德为先、德才兼备，选好用好干部。", "以德为先、德才兼备", "德才兼备、以德为先"),
    (
        "青年干部要过思想淬炼、实践锻炼、政治历练、专业训练这一关。",
        "思想淬炼、实践锻炼、政治历练、专业训练",
        "思想淬炼、政治历练、实践锻炼、专业训练",
    ),
    ("必须坚持科学立法、公正司法、严格执法、全民守法。", "科学立法、公正司法、严格执法、全民守法", None),
    ("弘扬执着专注、精益求精、一丝不苟、追求完美的工匠精神。", "追求完美", None),
    ("深化“奉献、友善、互助、进步”的志愿服务。", "友善", None),
    ("做到吃苦在前、享乐在后。", "享乐在后", None),
    ("打造百家争鸣、百花齐放以外的藏粮于技、藏粮于地格局。", "藏粮于技、藏粮于地", None),
    ("全面落实新时代党的建设总布局，抓实各项任务。", "总布局", None),
    ("镇党委提出，坚持系统管党、全面治党，压实责任。", "系统管党、全面治党", "党要管党、全面从严治党"),
    ("健全“不忘初心、牢记担当”的制度。", "牢记担当", "牢记使命"),
    ("增强基层党组织政治功能和服务功能。", "服务功能", None),
    ("坚持稳中求进的工作总基调。", "的工作总基调", "工作总基调"),
    ("要常怀“国之大事”，看齐中央要求。心怀“国之大事”，不负重托。", "国之大事", "国之大者"),
    ("党总揽大局、协调各方，凝聚合力。", "总揽大局", None),
    ("开展监督执纪“四种形式”运用情况自查。", "四种形式", "四种形态"),
    ("召开中央农业农村工作会议精神宣讲会。", "农业农村工作会议", "农村工作会议"),
]
RIGHT = [
    "坚持德才兼备、以德为先，选好用好干部。",
    "走好新时代党的群众路线，落实新时代党的建设总要求和新时代党的组织路线。",
    "坚持事业为上、公道正派，坚持公道正派、事业为上。",
    "坚持一切为了人民、一切依靠人民。",
    "做到内化于心、外化于行、固化于制。",
    "签订党风廉政建设责任书、意识形态工作责任书。",
    "加强党史、国史、改革开放史、社会主义发展史教育。",
    "全面建设社会主义现代化河南，让人民群众的幸福感、获得感、安全感更足。",
]


@pytest.mark.parametrize(("text", "wrong", "right"), SLIPS)
def test_the_slip_is_told(text: str, wrong: str, right: str | None) -> None:
    findings = [one for one in proofread(text) if one.rule in {"names", "order"}]
    at = text.rindex(wrong)
    hit = [one for one in findings if one.start < at + len(wrong) and one.end > at]
    assert hit
    if right is not None:
        assert hit[0].suggestion == right


@pytest.mark.parametrize("text", RIGHT)
def test_a_wording_of_its_own_is_left_alone(text: str) -> None:
    assert [one for one in proofread(text) if one.rule in {"names", "order"}] == []


def test_quotation_marks_are_not_put_away_with_the_order() -> None:
    (finding,) = proofread("坚持“以德为先”、“德才兼备”，选好用好干部。")
    assert finding.suggestion is None


def test_a_list_that_is_whole_but_for_a_turned_pair_is_not_called_incomplete() -> None:
    text = (
        "弘扬坚持理想、坚守真理，践行初心、担当使命，不怕牺牲、英勇斗争，对党忠诚、不负人民的伟大建党精神。"
    )
    (finding,) = proofread(text)
    assert finding.start == text.index("坚持理想")
