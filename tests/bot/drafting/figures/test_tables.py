"""A table becomes facts in words and cells; what is no figure is refused with its place."""

from __future__ import annotations

import pytest

from bot.drafting.figures.tables import read_table
from bot.errors import BadTable

COLUMNS = ("指标", "2024年", "2025年", "备注")


def one_cell(text: str | float, indicator: str = "发展党员（名）") -> tuple[str, float | None, str]:
    _, (cell,) = read_table("表", ("指标", "2025年"), [[indicator, text]])
    return cell.text, cell.value, cell.unit


def test_a_row_is_written_out_and_keeps_its_cells() -> None:
    facts, cells = read_table(
        "党员队伍",
        COLUMNS,
        [["发展党员（名）", 10, "12", ""], ["其中：女党员（名）", 3, 5, "含流动党员"]],
        first=7,
    )
    assert facts[0].text == "2024年发展党员10名；2025年发展党员12名。"
    assert facts[1].text == "2024年发展党员中，女党员3名；2025年发展党员中，女党员5名（含流动党员）。"
    assert [(fact.n, fact.where) for fact in facts] == [(7, "表“党员队伍”第1行"), (8, "表“党员队伍”第2行")]
    assert [(cell.fact, cell.period, cell.value, cell.unit) for cell in cells[:2]] == [
        (7, "2024年", 10.0, "名"),
        (7, "2025年", 12.0, "名"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,062", 1062.0),
        ("4.347万", 43470.0),
        ("１２", 12.0),
        ("12名", 12.0),
        (12.0, 12.0),
        ("十二", 12.0),
        ("0", 0.0),
        (3.5, 3.5),
        ("1.2亿", 1.2e8),
    ],
)
def test_numbers(text: str | float, value: float) -> None:
    assert one_cell(text)[1] == value


def test_units_come_from_the_indicator_a_column_or_the_cell() -> None:
    assert one_cell("12.5%", "完成率") == ("12.5%", 12.5, "%")
    assert one_cell("12场", "培训") == ("12场", 12.0, "场")
    _, (cell,) = read_table("表", ("类别", "单位", "2025年"), [["正式党员", "名", 175]])
    assert (cell.indicator, cell.unit) == ("正式党员", "名")


@pytest.mark.parametrize(
    ("text", "shown"), [("X", "X"), ("**", "**"), ("×名", "×"), ("", ""), ("—", ""), ("无", "")]
)
def test_masked_and_empty_cells_have_no_value(text: str, shown: str) -> None:
    _, cells = read_table("表", ("指标", "2024年", "2025年"), [["发展党员（名）", text, 12]])
    assert (cells[0].text, cells[0].value) == (shown, None)


def test_a_masked_cell_is_said_masked_and_an_empty_one_not_at_all() -> None:
    facts, _ = read_table(
        "表", COLUMNS, [["培训（次）", "X", "", ""], ["走访（次）", "", "", ""], ["合计（次）", "", "", ""]]
    )
    assert [fact.text for fact in facts] == ["2024年培训X次。", "表合计由各行相加得出。"]


@pytest.mark.parametrize(
    ("columns", "rows", "words"),
    [
        (COLUMNS, [["发展党员", 1, 2]], "第1行有 3 格，表头有 4 栏"),
        (("指标", "2025年"), [["发展党员（名）", "很多"]], "第1行“2025年”一栏的“很多”读不出数"),
        (("指标", "2025年"), [["发展党员（名）", "20余"]], "不是确切的数"),
        (("指标", "2025年"), [["发展党员（名）", "12%"]], "这一行的单位是“名”"),
        (("指标", "2025年"), [["", 3]], "第1行没有写指标"),
        (("指标", "2025年", "2025年"), [], "有两栏都叫“2025年”"),
        (("指标", ""), [], "第2栏没有表头"),
        (("指标", "备注"), [], "至少要有一栏数"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    columns: tuple[str, ...], rows: list[list[str | int]], words: str
) -> None:
    with pytest.raises(BadTable, match="表“党费”") as caught:
        read_table("党费", columns, rows)
    assert words in str(caught.value)
    assert caught.value.hint.endswith("。")
