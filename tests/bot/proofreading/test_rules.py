"""One slip of each kind and its neighbour that is right. The sentences are our own."""

import itertools

import pytest

from bot.proofread import corrected, proofread
from bot.proofreading.model import Rule
from bot.proofreading.rules import levels, numbering, ordinals, pairs, slogans
from bot.proofreading.sheet import read_sheet

SECONDS = 8  # for 20,000 characters of the worst; some tenths of one on an idle machine
SLIPS = [
    # marks
    ("会议强调,要抓好落实。", "punctuation", "会议强调，要抓好落实。"),
    ("会议强调，，要抓好落实。", "punctuation", "会议强调，要抓好落实。"),
    ("会议强调要抓好落实，。", "punctuation", "会议强调要抓好落实。"),
    ("各级党(工)委要抓好落实。", "punctuation", "各级党（工）委要抓好落实。"),
    ("坚持“三会一课“制度。", "punctuation", "坚持“三会一课”制度。"),
    ("增强“政治意识“，坚定信心。", "punctuation", "增强“政治意识”，坚定信心。"),
    ("学习《甲条例》、《乙条例》。", "punctuation", "学习《甲条例》《乙条例》。"),
    ("转发《关于印发《甲方案》的通知》。", "punctuation", "转发《关于印发〈甲方案〉的通知》。"),
    ("培育1-2个品牌。", "punctuation", "培育1～2个品牌。"),
    ("现将情况汇报如下。\n一、概况", "punctuation", "现将情况汇报如下：\n一、概况"),
    # numbering
    ("一是学习。二是落实。四是监督。", "numbering", "一是学习。二是落实。三是监督。"),
    ("一、概况\n二、做法\n二、打算", "numbering", "一、概况\n二、做法\n三、打算"),
    ("（一）、学习要求", "numbering", "（一）学习要求"),
    ("二零二三年五月", "numerals", "二〇二三年五月"),
    # words that say a thing twice
    ("参与率仅有只有八成。", "redundant", "参与率只有八成。"),
    ("近20余名党员参加。", "redundant", "近20名党员参加。"),
    ("今年来，全镇党建有进展。", "redundant", "今年以来，全镇党建有进展。"),
    # names and their order
    ("增强政治意识、核心意识、大局意识、看齐意识。", "order", "增强政治意识、大局意识、核心意识、看齐意识。"),
    ("学习党的十九届二中、四中、三中全会精神。", "order", "学习党的十九届二中、三中、四中全会精神。"),
    ("区政府、区委高度重视。", "order", "区委、区政府高度重视。"),
    ("学习十九大三中全会精神。", "names", "学习十九届三中全会精神。"),
    ("开展“不忘初心，牢记使命”主题教育。", "names", "开展“不忘初心、牢记使命”主题教育。"),
    ("开展《主题党日活动》。", "title-marks", "开展“主题党日活动”。"),
    (
        "要按照中国共产党支部工作条例（试行），开好会。",
        "title-marks",
        "要按照《中国共产党支部工作条例（试行）》，开好会。",
    ),
    (
        "落实《党委（党组）落实全面从严治党主体责任》。",
        "title-marks",
        "落实《党委（党组）落实全面从严治党主体责任规定》。",
    ),
    # dates and sums
    ("2024年5月6日（星期二）开会。", "dates", "2024年5月6日（星期一）开会。"),
    ("2022年，庆祝建党100周年。", "dates", "2022年，庆祝建党101周年。"),
    (
        "机关党员12名、农村党员30名、企业党员8名，共计52名。",
        "sums",
        "机关党员12名、农村党员30名、企业党员8名，共计50名。",
    ),
    ("全镇有党员300名，其中女党员60名，占25%。", "sums", "全镇有党员300名，其中女党员60名，占20%。"),
    ("党员由去年的40名增加到52名，增长20%。", "sums", "党员由去年的40名增加到52名，增长30%。"),
    ("应到党员30名，实到27名，到会率95%。", "sums", "应到党员30名，实到27名，到会率90%。"),
    ("财政拨付经费5万，已到账。", "numerals", "财政拨付经费5万元，已到账。"),
]
UNDECIDED = [
    ("会议定于2023年2月30日召开。", "dates"),
    ("培训时间为2023年5月10日至5月3日。", "dates"),
    ("全镇有党员300名，其中女党员320名。", "sums"),
    ("应到党员30名，实到32名。", "sums"),
    ("党员从52名增加到40名。", "sums"),
    ("根据《甲乙丙丁，党员要交党费。", "punctuation"),
    ("机密★1年", "secrecy"),
    ("全镇脱贫〔待核实〕户。", "leftover"),
]
RIGHT = [
    "应到党员30名，实到27名，到会率90%。",
    "全镇有党员300名，其中女党员60名，占20%；大专以上学历280名。",
    "党员由去年的40名增加到52名，增长30%。",
    "2018年以前，原环保局负责检查；2016年，区卫计委开展宣传。",
    "一是学习。二是落实。三是监督。",
    "一、概况\n（一）党员\n（二）支部\n二、做法\n（一）学习\n（二）落实",
    "截至2023年6月底，共有党员30名，报名截止日期为7月1日。",
    "会议指出：“要抓好落实。”大家说：“好。”",
    "学习《甲条例》（试行）、《乙条例》。",
    "时间：14:30，比分3:2，网址为a.b.c，版本1.2。",
    "学习党的十九届二中、三中、四中、五中、六中全会精神。",
    "坚持创新发展、绿色发展，促进共享。",
    "2023年11月至2024年1月开展整治，11月至次年1月公示。",
    "2024年2月29日（星期四）开会。",
    "迎接建党100周年。2020年启动。",
    "联系电话：0571-88888888。",
]


@pytest.mark.parametrize(("text", "rule", "right"), SLIPS)
def test_slips_are_found_and_mended(text: str, rule: str, right: str) -> None:
    findings = proofread(text)
    assert rule in {one.rule for one in findings}
    assert corrected(text, findings) == right
    assert proofread(right) == ()


@pytest.mark.parametrize(("text", "rule"), UNDECIDED)
def test_slips_that_a_person_must_decide_are_found(text: str, rule: str) -> None:
    findings = [one for one in proofread(text) if one.rule == rule]
    assert findings
    assert findings[0].suggestion is None
    assert findings[0].source
    assert findings[0].message.endswith("。")


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert proofread(text) == ()


def test_personal_data_is_masked() -> None:
    (one,) = proofread("联系人手机13812345678。")
    assert (one.rule, one.suggestion) == ("personal", "138******78")


def test_adverts_of_download_sites_are_deleted() -> None:
    text = "仅供学习 禁止外传\n各支部要抓好落实。"
    assert corrected(text, proofread(text)) == "\n各支部要抓好落实。"


def test_placeholders_are_one_finding_and_only_where_they_are_wanted() -> None:
    text = "全区有社区XX个、党员×名、经费**万元。"
    assert proofread(text) == ()
    (one,) = proofread(text, placeholders=True)
    assert (one.kind, one.suggestion) == ("placeholder", None)
    assert "3处" in one.message


def test_findings_never_overlap_and_hold_their_text() -> None:
    text = "\n".join(text for text, *_ in SLIPS)
    findings = proofread(text)
    assert all(text[one.start : one.end] == one.text for one in findings)
    assert all(one.end <= other.start for one, other in itertools.pairwise(findings))


def test_hostile_text_takes_no_longer() -> None:
    """Long runs of what the patterns look for: time stays in proportion to the length."""
    from time import perf_counter

    for piece in (
        "12名、",
        "“",
        "（",
        "存在不够",
        "《关于",
        "1,111,",
        "党的党",
        "近二十",
        "由3名到",
        "、",
        "1",
        " ",
        "\n",
        " \n",
    ):
        text = piece * (20_000 // len(piece))
        begun = perf_counter()
        proofread(text)
        assert perf_counter() - begun < SECONDS, piece


@pytest.mark.parametrize(
    ("rule", "piece"),
    [
        (levels.find, "一、\n（1）甲\n（2）乙\n"),
        (numbering.find, "（一）\n2.\n（三）\n"),
        (ordinals.find, "首先，甲。其次，乙。"),
        (pairs.find, "》"),
        (pairs.find, "“党"),
        (slogans.find, "先后"),
    ],
)
def test_a_rule_goes_over_a_long_text_once(rule: Rule, piece: str) -> None:
    from time import perf_counter

    sheet = read_sheet(piece * (200_000 // len(piece)))
    begun = perf_counter()
    sum(1 for _ in rule(sheet))
    assert perf_counter() - begun < SECONDS


def test_hostile_brackets_take_no_longer() -> None:
    """Deep nests, marks of one kind over marks of another, quotations that no paragraph ends."""
    from time import perf_counter

    for text in ("（" * 20_000 + "）" * 20_000, "（" * 20_000 + "\n" + "》" * 20_000, "“甲\n" * 10_000):
        begun = perf_counter()
        proofread(text)
        assert perf_counter() - begun < SECONDS, text[:3]
