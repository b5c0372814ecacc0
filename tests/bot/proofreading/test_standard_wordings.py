"""Formulas, campaigns, sessions, bodies, title marks, numbers of paragraphs, words written twice. Our own sentences."""

import pytest

from bot.proofread import proofread

SLIPS = [
    ("认真落实“三会两课”制度。", "names", "三会一课"),
    ("深刻把握“六个必由之路”的内涵。", "names", "五个必由之路"),
    ("贯彻新时代党的组织线路。", "names", "新时代党的组织路线"),
    ("要坚持总体国家安保观，守牢底线。", "names", "坚持总体国家安全观"),
    ("坚持为党育才、为国育人。", "names", "为党育人、为国育才"),
    ("扎实开展党纪主题教育。", "names", "党纪学习教育"),
    ("2022年，在全党开展党史学习教育。", "dates", "2021"),
    ("十四届全国人大三次会议于2026年3月召开。", "dates", "2025"),
    ("党的二十届三中全会审议通过“十五五”规划建议。", "names", "二十届四中全会"),
    ("中共青河县第十四届代表大会选举产生了新的委员会。", "names", "次"),
    ("出席会议的有市政协、市委、市政府领导。", "order", "市委、市政府、市政协"),
    ("坚定道路自信、理论自信、制度自信、文明自信。", "names", "文化自信"),
    ("镇党委印发了关于做好党员发展工作的通知。", "title-marks", "《关于做好党员发展工作的通知》"),
    ("支部组织观看了警示教育片“蜕变”。", "title-marks", "《蜕变》"),
    ("严格落实《三会一课》制度。", "title-marks", "“三会一课”"),
    ("学习了《中国共产党支部工作条例》（试行）。", "title-marks", "《中国共产党支部工作条例（试行）》"),
    ("社区开开展了形式多样的活动。", "doubled", "开"),
    ("按照上级级统一安排开展。", "doubled", "级"),
    ("（一）抓组织。\n2.抓制度。\n（三）抓阵地。", "numbering", "（二）"),
    ("表1 年龄结构\n表2 学历结构\n表4 职业结构", "numbering", "表3"),
]
RIGHT = [
    "强化“四个意识”，坚定“四个自信”，做到“两个维护”。",
    "完善中国特色社会主义法律体系，走好新时代党的群众路线。",
    "深入学习领会习近平新时代中国特色社会主义思想。",
    "市委、市人大常委会、市政府、市政协领导出席会议。",
    "制定了三项管理制度，提出了关于改进工作的意见建议。",
    "企业自主签订供货合同，党的建设工作者座谈会召开。",
    "巩固拓展党史学习教育成果，2023年继续抓好常态化长效化。",
]


@pytest.mark.parametrize(("text", "rule", "right"), SLIPS)
def test_it_is_told_with_what_it_should_be(text: str, rule: str, right: str) -> None:
    assert [(one.rule, one.suggestion) for one in proofread(text) if one.rule == rule] == [(rule, right)]


@pytest.mark.parametrize("text", RIGHT)
def test_another_way_of_saying_it_is_left_alone(text: str) -> None:
    assert proofread(text) == ()
