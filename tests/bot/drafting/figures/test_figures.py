"""Every figure that states something is read, nothing else is, and equal figures compare as equal."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.drafting.figures.ground import same_value
from bot.drafting.figures.reading import figures_in, read
from bot.drafting.model import PENDING


def texts_of(text: str) -> list[str]:
    return [figure for _, _, figure in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("发展党员十二名，占百分之十二点五，三分之二以上同意", ["十二名", "百分之十二点五", "三分之二"]),
        ("由3至5家增至10—12家", ["3至5家", "10—12家"]),
        ("投入4.347万元、1.2亿元、43,470元、20余万元", ["4.347万元", "1.2亿元", "43,470元", "20余万元"]),
        ("截至2025年12月31日，12月31日前，二〇二五年三月", ["2025年12月31日", "12月31日", "二〇二五年三月"]),
        ("2025-12-31；2023—2025年；1—9月；8月至9月", ["2025-12-31", "2023—2025年", "1—9月", "8月至9月"]),
        ("翻两番，提高2.5个百分点，是去年的1.5倍，三成以上", ["两番", "2.5个百分点", "1.5倍", "三成"]),
        ("依据第十二条、〔2024〕5号", ["第十二条", "〔2024〕5号"]),
        ("十几名、数十名、上百人、近千名、30多个", ["十几名", "数十名", "上百人", "近千名", "30多个"]),
        ("14时30分至17时，9:00，3比1", ["14时30分", "17时", "9:00", "3比1"]),
        ("过半数同意，每半年一次，半年内", ["过半数", "半年", "一次", "半年"]),
        ("第一季度3次，一季度，2个季度，前8个月", ["第一季度", "3次", "一季度", "2个季度", "8个月"]),
        ("党员 181 名， 2025 年 3 月", ["181 名", "2025 年 3 月"]),
        ("０.５％，１２名", ["０.５％", "１２名"]),
        ("一百零三人，一千二百六十四元，两亿元", ["一百零三人", "一千二百六十四元", "两亿元"]),
        ("测评表35份，收回35份", ["35份", "35份"]),
        ("在206室，分机8203", ["206室", "8203"]),
        ("配备一名专职副书记，新建一个党支部", ["一名", "一个"]),
        ("她说“预备期为一年”", ["一年"]),
        ("宣讲X余场次，调阅12批次，服务1.2万人次", ["X余场次", "12批次", "1.2万人次"]),
    ],
)
def test_what_states_something_is_read(text: str, wanted: list[str]) -> None:
    assert texts_of(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "一、基本情况\n（一）组织建设。一是抓学习，二是抓落实。第一，提高认识。",
        "1. 总体情况\n（2）主要做法\n3、存在问题\n附件1：名单",
        "“三会一课”制度，四个意识、两个维护、八项规定精神，“两新”组织，一岗双责，三严三实",
        "党的二十大和二十届二中、三中全会精神，十九届六中全会，省第十五届人大",
        "第一书记张某，第二党支部，第三党小组，第一时间，第一责任人",
        "“四点半学校”“十五分钟生活服务圈”“1+N”模式，“134”行动",
        "迈上一个新台阶，一批品牌，统一部署，进一步，一定程度，一月一主题，一人一策，逐一核对",
        "百年党史、千家万户、千方百计、万众一心、十分重要，长三角，红十字",
        "XX区委、×社区、**街道，X同志",
        "按GB/T 9704-2012用A4纸，5G网络",
        f"发展党员{PENDING}名",
        "《2024年度党建工作报告》",
        "作为一名党员，完成了一次谈话",
    ],
)
def test_numbering_and_names_are_no_figures(text: str) -> None:
    assert texts_of(text) == []


@pytest.mark.parametrize(
    "text", ["X个", "×次", "**万元", "XX名", "X余万元", "X%", "X月X日", "第X批", "X至X家", "____人"]
)
def test_masks_are_masked(text: str) -> None:
    (figure,) = read(f"共有{text}。")
    assert figure.masked
    assert figure.text == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("十二名", "12名"), ("43470元", "4.347万元"), ("12.5%", "百分之十二点五"), ("一年", "12个月"), ("两周", "14天"),
        ("43,470元", "４３４７０元"), ("三千元", "3000元"), ("第四季度", "四季度"), ("1.2亿元", "12000万元"), ("12名", "12人"),
        ("三至五家", "3—5家"), ("二〇二五年三月", "2025年3月"),
    ],
)  # fmt: skip
def test_the_same_figure_written_otherwise_is_equal(one: str, other: str) -> None:
    (first,), (second,) = read(one), read(other)
    assert first.unit == second.unit
    assert same_value(first, second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12名", "12家"),
        ("12%", "12个百分点"),
        ("20余名", "20名"),
        ("12名", "13名"),
        ("3月", "3个月"),
        ("30天", "30个工作日"),
    ],
)
def test_other_figures_are_not(one: str, other: str) -> None:
    (first,), (second,) = read(one), read(other)
    assert first.unit != second.unit or not same_value(first, second)


PIECES = [
    "发展党员",
    "12名",
    "十二名",
    "，",
    "。",
    "X个",
    "20%",
    "第十二条",
    "2025年3月1日",
    "“三会一课”",
    "（一）",
    "一是",
    "余",
    "万",
    "半",
    "至",
    "-",
    PENDING,
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_figures_stand_in_order_where_they_say(text: str) -> None:
    last = 0
    for figure in read(text):
        assert last <= figure.start <= figure.core_start < figure.core_end <= figure.end
        assert text[figure.start : figure.end] == figure.text
        last = figure.end


@example(10812380, "名")
@example(12345, "元")
@given(st.integers(0, 10**9), st.sampled_from(["名", "家", "元", "个", "次", "%", "件"]))
def test_every_arabic_number_is_read_with_its_value(number: int, unit: str) -> None:
    (figure,) = read(f"共有{number}{unit}。")  # 10812380 holds the number of a hot line
    assert (figure.low, figure.text) == (float(number), f"{number}{unit}")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "X",
        "1,",
        "1年",
        "第一",
        "百分之",
        "（1）",
        "“",
        "12名、",
        "3至",
        "2025年1月",
        "半",
        "_",
        "《",
        "1+",
        " ",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(16_000) < 40 * seconds(1_000) + 0.5
