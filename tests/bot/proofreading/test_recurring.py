"""What stands twice with something between, an item twice in a list, words of two characters twice. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("镇党委先后三次先后召开会议。", "镇党委先后三次召开会议。"),
    ("要进一步压实进一步责任。", "要进一步压实责任。"),
    ("会议研究了研究发展党员事宜。", "会议研究了发展党员事宜。"),
    ("街道组织党员组织观看教育片。", "街道组织党员观看教育片。"),
    ("全镇共有党员共300名。", "全镇共有党员300名。"),
    ("坚持一月一学一月一学。", "坚持一月一学。"),
    ("2026年2026年，全镇发展党员12名。", "2026年，全镇发展党员12名。"),
    ("做到早部署、早部署、早落实。", "做到早部署、早落实。"),
    ("要强化责任意识、强化责任意识，狠抓落实。", "要强化责任意识，狠抓落实。"),
    ("要高度重视此项工作，高度重视此项工作，抓好落实。", "要高度重视此项工作，抓好落实。"),
    ("镇里走访慰问慰问老党员。", "镇里走访慰问老党员。"),
    ("支部要抓实抓实各项任务。", "支部要抓实各项任务。"),
    ("发挥党员的先锋的先锋模范作用。", "发挥党员的先锋模范作用。"),
    ("经研究研究决定，同意该请示。", "经研究决定，同意该请示。"),
    ("县里对各乡镇各乡镇进行督查。", "县里对各乡镇进行督查。"),
]
TOLD = [
    ("要增强政治意识、大局意识、政治意识。", "政治意识"),
    ("参加人员有支委、党小组长、支委和入党积极分子。", "支委"),
    ("各支部要高度重视，精心组织，高度重视，确保实效。", "高度重视"),
    ("一是抓学习教育，二是抓制度落实，三是抓学习教育。", "抓学习教育"),
    ("一、加强学习教育\n二、规范组织生活\n三、加强学习教育", "加强学习教育"),
    (
        "支部召开大会，学习了文件，讨论了计划。\n会上，大家畅谈体会。\n支部召开大会，学习了文件，讨论了计划。",
        "支部召开大会，学习了文件，讨论了计划。",
    ),
    ("完善了《议事规则》《财务制度》《议事规则》等制度。", "《议事规则》"),
]
RIGHT = [
    "仲裁员由双方共同选定或者共同委托。",
    "主任委员、副主任委员、委员由大会选举产生。",
    "党支部书记、党支部副书记、党支部委员均已到位。",
    "设立总支部委员会、支部委员会。",
    "增强思想自觉和行动自觉。",
    "每一次走访，都是一次提醒；每一次走访，都有新的收获。",
    "支队支队长到村里走访，问题要好好研究研究。",
    "大家一个一个地说，一步一步地走。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_the_second_goes(text: str, right: str) -> None:
    assert corrected(text, proofread(text)) == right


@pytest.mark.parametrize(("text", "again"), TOLD)
def test_what_comes_again_is_told_where_it_stands(text: str, again: str) -> None:
    (one,) = [one for one in proofread(text) if one.rule == "doubled"]
    assert (one.text, one.start) == (again, text.rindex(again))


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_said_again_on_purpose_stays(text: str) -> None:
    assert [one for one in proofread(text) if one.rule == "doubled"] == []
