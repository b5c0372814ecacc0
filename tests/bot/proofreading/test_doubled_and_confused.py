import pytest

from bot.proofread import corrected, proofread
from bot.proofreading.rules.confused import _contexts, _pairs


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("学习贯彻党的党的决定。", "学习贯彻党的决定。"),
        ("会议的的要求。", "会议的要求。"),
        ("对此进行进行研究。", "对此进行研究。"),
        ("但也有各别单位重视不够。", "但也有个别单位重视不够。"),
        ("各支部再接再励。", "各支部再接再厉。"),
        ("分析当前的形式任务。", "分析当前的形势任务。"),
        ("截止今年六月，共发展党员三名。", "截至今年六月，共发展党员三名。"),
        ("有效的推动了工作。", "有效地推动了工作。"),
        ("向支部反应问题。", "向支部反映问题。"),
    ],
)
def test_a_slip_is_found_and_mended(text: str, right: str) -> None:
    findings = proofread(text)
    assert all(text[one.start : one.end] == one.text for one in findings)
    assert corrected(text, findings) == right


@pytest.mark.parametrize(
    "text",
    [
        "大家研究研究，常常一个一个地谈。",
        "提升党组织组织力，做好党组织组织生活。",
        "中国共产党党员学习《中国共产党党和国家机关基层组织工作条例》。",
        "再审申请人申请人民法院调查。",
        "第二支部支部书记由大会选举，二支队支队长参加。",
        "目的的确定，为了了解情况，现在在开会。",
        "预防犯罪，相关健康知识，可以经会议决定。",
        "依照《中华人民共和国证券法》《中华人民共和国证券投资基金法》。",
        "报名截止日期为五月一日，会议截止后统计。",
        "享有权利，行使权力，履行义务。",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert proofread(text) == ()


def test_the_tables_say_something_and_no_row_is_void() -> None:
    pairs = [pair for row in _pairs().values() for pair in row]
    assert len(pairs) >= 300
    assert all(pair.wrong and pair.right and pair.wrong != pair.right for pair in pairs)
    assert all("x" in pattern.groupindex for pattern, _, _ in _contexts())


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("严格执行民主集中置。", "严格执行民主集中制。"),
        ("坚持问题导象，抓好整改。", "坚持问题导向，抓好整改。"),
        ("严格按照程续发展党员。", "严格按照程序发展党员。"),
        ("要不断题高认识。", "要不断提高认识。"),
    ],
)
def test_a_wrong_character_that_no_table_names_is_found(text: str, right: str) -> None:
    assert corrected(text, proofread(text)) == right
