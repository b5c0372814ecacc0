"""Figures that a paper says twice: rates, halves of a year, what came and went, lists beside their number. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("全年受理诉求200件，办结180件，办结率95%。", "全年受理诉求200件，办结180件，办结率90%。"),
    ("计划整改问题40个，已整改30个，完成率70%。", "计划整改问题40个，已整改30个，完成率75%。"),
    (
        "上半年培训120人次，下半年培训80人次，全年培训220人次。",
        "上半年培训120人次，下半年培训80人次，全年培训200人次。",
    ),
    ("240名党员中，35岁以下60名，占30%。", "240名党员中，35岁以下60名，占25%。"),
    ("发展党员8名、转入5名、转出4名，净增8名。", "发展党员8名、转入5名、转出4名，净增9名。"),
    ("三季度（7月至10月）开会2次。", "三季度（7月至9月）开会2次。"),
    ("做了两件事：一是学习，二是整改，三是建制。", "做了三件事：一是学习，二是整改，三是建制。"),
    ("开展调研2次，分别在3月、5月和9月进行。", "开展调研3次，分别在3月、5月和9月进行。"),
    (
        "全镇设3个片区，党员分别为30名、20名、10名，共计70名。",
        "全镇设3个片区，党员分别为30名、20名、10名，共计60名。",
    ),
    ("村集体收入从20万元增加到60万元，增长3倍。", "村集体收入从20万元增加到60万元，增长2倍。"),
]
UNDECIDED = ["接转组织关系30人次，其中转入18人次、转出13人次。", "办理事项50件，其中线上30件、线下25件。"]
RIGHT = [
    "全年受理诉求200件，办结180件，按期办结率95%。",
    "计划整改问题40个，已整改30个，满意率70%。",
    "上半年培训120人次，下半年培训80人次，全年计划培训220人次。",
    "接转组织关系30人次，其中转入18人次、转出10人次、其他2人次。",
    "发展党员8名、转入5名、转出4名，净增9名。",
    "240名党员中，35岁以下60名，占25%。",
    "做了三件事：一是学习，二是整改。\n三是建制。",
    "全镇设3个片区，党员分别为30名、20名、10名，共计60名。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_the_figure_is_counted_again(text: str, right: str) -> None:
    findings = proofread(text)
    assert corrected(text, findings) == right
    assert proofread(right) == ()


@pytest.mark.parametrize("text", UNDECIDED)
def test_which_figure_is_wrong_is_left_to_a_person(text: str) -> None:
    (one,) = proofread(text)
    assert (one.rule, one.suggestion) == ("sums", None)


@pytest.mark.parametrize("text", RIGHT)
def test_figures_that_agree_or_mean_something_else_are_left_alone(text: str) -> None:
    assert proofread(text) == ()
