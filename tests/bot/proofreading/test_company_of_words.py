"""Words that sound the same, told apart by what stands beside them: each slip has a twin that is right. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("支部有针对性的开展走访帮扶。", "支部有针对性地开展走访帮扶。"),
    ("我们清醒的认识到差距。", "我们清醒地认识到差距。"),
    ("大家学的认真，会后还在讨论。", "大家学得认真，会后还在讨论。"),
    ("党员带领群众度过这道难关。", "党员带领群众渡过这道难关。"),
    ("支部大会接受三名同志为预备党员。", "支部大会接收三名同志为预备党员。"),
    ("干部要慎用手中的权利。", "干部要慎用手中的权力。"),
    ("县委对五个村开展了巡查。", "县委对五个村开展了巡察。"),
    ("对发展对象进行了全面考查。", "对发展对象进行了全面考察。"),
    ("既抓当前，有管长远。", "既抓当前，又管长远。"),
    ("驻村干部深人群众听取意见。", "驻村干部深入群众听取意见。"),
    ("新老班子做好工作交结。", "新老班子做好工作交接。"),
    ("不妥之处，敬请批评指证。", "不妥之处，敬请批评指正。"),
    ("产业项目带动村民增修。", "产业项目带动村民增收。"),
    ("做到情况名、底子清。", "做到情况明、底子清。"),
    ("听取了支部书记的工作回报。", "听取了支部书记的工作汇报。"),
    ("流动党员到社区报道，领取学习资料。", "流动党员到社区报到，领取学习资料。"),
    ("营造学习先进的浓厚分为。", "营造学习先进的浓厚氛围。"),
    ("这项工作收到群众一致好评。", "这项工作受到群众一致好评。"),
    ("通过学习达到了增强党性的目地。", "通过学习达到了增强党性的目的。"),
    ("每月至少组织2次以上集中学习。", "每月至少组织2次集中学习。"),
    ("这种做法值的推广。", "这种做法值得推广。"),
]
RIGHT = [
    "社区民警开展有针对性的走访。",
    "制定有针对性的化解措施。",
    "随着调查的深入，问题逐步查清。",
    "大家一起度过春节。",
    "预备党员接受党组织的教育和考察。",
    "学生要懂得手中的权利人证明如何使用。",
    "县河长办开展了河道巡查。",
    "既有压力，又有动力。",
    "记者到社区报道好人好事。",
    "收到群众的表扬信三封。",
    "具有价值的学习材料。",
    "本次学习分为两个阶段。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_the_wrong_word_is_told_by_its_company(text: str, right: str) -> None:
    assert corrected(text, proofread(text)) == right


@pytest.mark.parametrize("text", [right for _, right in SLIPS] + RIGHT)
def test_the_right_word_stays(text: str) -> None:
    assert not [one for one in proofread(text) if one.rule in {"confused", "suspected", "redundant"}]
