"""Figures counted against each other over marks and sentences, times against each other, lists against their number. Our own sentences."""

import pytest

from bot.proofread import proofread

# What is wrong stands between [ and ].
SLIPS = [
    "全区现有基层党组织86个，其中党委6个、党总支12个、[党支部70个]。",
    "全街道共有党员1,286名。其中，男党员742名，[女党员554名]。",
    "第一期42人，第二期38人，第三期45人，三期共培训[135]人。",
    "会议应到党员45人，实到41人，因事请假[3]人。",
    "应到有选举权的党员68名，实到52名，[超过应到会人数的五分之四]。",
    "收回选票52张，其中有效票51张，[无效票2张]。",
    "全镇35岁以下党员210名，占党员总数840名的[三分之一]。",
    "2024年发展党员18名，2025年发展党员24名，同比增长[25]%。",
    "年初登记问题32个，年内新增5个，已整改销号28个，目前还剩[11]个。",
    "为68户困难党员每户发放慰问金600元，共计[4.8]万元。",
    "活动共筹集善款5.4万元，参与党员360人，人均捐款[180]元。",
    "培训班从5月11日开始，至5月15日结束，为期[7天]。",
    "支委会于2022年9月选举产生，任期三年，将于[2026年]9月届满。",
    "2025年6月20日被接收为预备党员，[2026年5月]按期转为正式党员。",
    "优秀占62%、称职占30%、基本称职占[10%]。",
    "今年信访总量同比下降[120%]。",
    "提出[三]条要求：一要提高认识，二要压实责任，三要强化督查，四要严明纪律。",
    "调研组先后走访了东风、红星、胜利[4个]村。",
    "王某某、李某某、赵某某等[2名]同志受到表扬。",
    "活动从上午9时持续到11时30分，历时[3个半小时]。",
    "转入党员88名、转出105名，净转出[19]名。",
]
RIGHT = [
    "全区现有党员86名，其中女党员30名、35岁以下党员40名。",
    "全街道共有党员1,286名。其中，男党员742名，女党员544名。",
    "会议应到党员45人，实到41人，请假4人，到会率91.1%。",
    "全镇35岁以下党员280名，占党员总数840名的三分之一。",
    "优秀党员9名，合格党员21名，基本合格党员1名，优秀等次占比不超过三分之一。",
    "每期50人，累计办班6期，共培训300人次。",
    "公示时间为3月2日至3月8日，共5个工作日。",
    "调研组先后走访了东风、红星、胜利等5个村。",
    "投入120余万元，其中财政资金80万元，自筹资金50万元。",
    "党费收入4.35万元，比上年增加0.4万元，增长10.1%。",
]


@pytest.mark.parametrize("marked", SLIPS)
def test_a_figure_that_cannot_be_is_told(marked: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    found = proofread(marked.replace("[", "").replace("]", ""))
    assert any(one.rule in {"sums", "dates"} and one.start < end and start < one.end for one in found)


@pytest.mark.parametrize("text", RIGHT)
def test_figures_that_agree_or_may_overlap_are_left_alone(text: str) -> None:
    assert proofread(text) == ()


@pytest.mark.parametrize(
    "piece", ["1、2", "，3名", "每1人2元", "占50%", "应到3名", "一是", "关于", "由3名到"]
)
def test_time_stays_in_proportion_to_the_length(piece: str) -> None:
    from time import perf_counter

    spent = []
    for size in (5_000, 20_000):
        begun = perf_counter()
        proofread(piece * (size // len(piece)))
        spent.append(perf_counter() - begun)
    assert spent[1] < 12 * spent[0] + 2
