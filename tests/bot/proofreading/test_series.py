"""Parts that are named with a number, lists numbered in two ways, labels written wrongly. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("第一阶段：动员；第二阶段：实施；第四阶段：总结。", "第四阶段", "第三阶段"),
    ("第一步，摸底；第二步，整改；第二步，验收。", "第二步", "第三步"),
    ("第一批40人，第二批35人，第四批30人。", "第四批", "第三批"),
    ("议题一：学习文件\n议题二：讨论计划\n议题四：研究经费", "议题四", "议题三"),
    ("问题1：学习不深入。\n问题2：台账不规范。\n问题4：活动不经常。", "问题4", "问题3"),
    ("其一，认识不足；其二，力量不够；其四，机制不全。", "其四", "其三"),
    ("附件一：方案\n附件二：名单\n附件四：流程", "附件四", "附件三"),
    ("第一章 总则\n第二章 组织\n第四章 附则", "第四章", "第三章"),
    (
        "第一条 为规范管理，制定本办法。\n第二条 本办法适用于各支部。\n第四条 本办法自印发之日起施行。",
        "第四条",
        "第三条",
    ),
    ("一是统一思想；二是落实责任；第三是加强督查。", "第三是", "三是"),
    ("下一步：一是加大宣传；二是加大投入；三加大考核。", "三", "三是"),
    ("首先，要统一思想；其次，要落实责任；第三，要加强督查。", "第三，", "再次，"),
    ("首先，通报情况；其次，讨论方案；首先，安排工作。", "首先", "最后"),
    ("要统一思想；二是压实责任；三是强化督查。", "二是", None),
    ("1.摸清底数；2.抓好整改；4.组织验收。", "4.", "3."),
    ("一抓学习；二抓制度；四抓落实。", "四抓", "三抓"),
    (
        "一、总体要求\n（一）指导思想\n（二）基本原则\n3.工作目标\n二、重点任务\n（一）抓学习\n（二）抓管理",
        "3.",
        "（三）",
    ),
    ("附件：1.名单\n3.汇总表", "3.", "2."),
    ("附件1\n附件2\n附件4", "附件4", "附件3"),
    ("1。加强学习教育\n2.规范组织生活", "。", "."),
    ("一）加强组织领导\n（二）压实工作责任", "一）", "（一）"),
    ("一、一、总体要求\n二、重点任务", "一、一、", "一、"),
    ("一是：加强学习；二是规范管理。", "：", ""),
]
RIGHT = [
    "第一阶段：动员；第二阶段：实施；第三阶段：总结。第二阶段的时间可以延长。",
    "全县分两批开展，第一批从4月开始，第二批从9月开始，第一批、第二批要衔接好。",
    "一是抓班子，三年来换了两任书记；二是抓队伍；三是抓阵地。",
    "三个村合并，四个支部调整。",
    "首先学习文件，其次讨论，最后表决。",
    "第三条 摘录。\n第七条 摘录。",
    "一、甲\n（一）乙\n（二）丙，分为：1.丁；2.戊。\n3.己",
]


@pytest.mark.parametrize(("text", "wrong", "right"), SLIPS)
def test_the_number_that_is_off_is_told(text: str, wrong: str, right: str | None) -> None:
    assert (wrong, right) in [(one.text, one.suggestion) for one in proofread(text)]
    if right is not None:
        mended = corrected(text, [one for one in proofread(text) if one.text == wrong])
        assert not [one for one in proofread(mended) if one.rule == "numbering"]


@pytest.mark.parametrize("text", RIGHT)
def test_numbers_that_are_right_are_left_alone(text: str) -> None:
    assert [one for one in proofread(text) if one.rule in {"numbering", "punctuation"}] == []
