"""Sums, shares and changes are worked out by stated rules, and what cannot be is said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.figures.claims import claim_warnings, wrong_claims
from bot.drafting.figures.ground import ground
from bot.drafting.figures.reckon import Reckoned, reckon
from bot.drafting.figures.rounding import percent
from bot.drafting.figures.rows import rows_in_words
from bot.drafting.figures.tables import read_table
from bot.drafting.model import Fact


def worked(
    rows: list[list[str | int | float]],
    columns: tuple[str, ...] = ("指标", "2024年", "2025年"),
    first: int = 1,
) -> Reckoned:
    return reckon(*read_table("党员队伍", columns, rows), first=first)


def test_a_change_and_its_rate() -> None:
    result = worked([["发展党员（名）", 10, 12]], first=4)
    assert [(one.n, one.text, one.result) for one in result.calculations] == [
        (4, "发展党员2025年比2024年增加：12-10=2（名）", "2名"),
        (5, "发展党员2025年比2024年增长：（12-10）÷10=20.0%", "20.0%"),
    ]
    assert result.pieces[0].text == "比上年增加2名，增长20.0%"
    assert result.pieces[0].calculations == (4, 5)


@pytest.mark.parametrize(
    ("row", "piece"),
    [
        (["党费（元）", "38,640", "4.347万"], "比上年增加4830元，增长12.5%"),
        (["台账（项）", 41, 26], "比上年减少15项，下降36.6%"),
        (["诉求（件）", 16, 16], "与上年持平"),
        (["办结率", "95.0%", "97.5%"], "比上年提高2.5个百分点"),
        (["党课（次）", 0, 28], "比上年增加28次"),
        (["学时（学时）", 33, 36.5], "比上年增加3.5学时，增长10.6%"),
    ],
)
def test_pieces(row: list[str | int | float], piece: str) -> None:
    assert [one.text for one in worked([row]).pieces] == [piece]


def test_a_rounded_rate_is_marked_as_rounded() -> None:
    assert "≈36.6%" in worked([["台账（项）", 41, 26]]).calculations[1].text


def test_no_rate_from_nothing_and_nothing_from_a_mask() -> None:
    assert worked([["党课（次）", 0, 28]]).warnings == (
        "表“党员队伍”：党课2024年为0，不计算2025年的增长率。",
    )
    masked = worked([["党课（次）", "X", 28]])
    assert (masked.calculations, masked.pieces) == ((), ())
    assert "没有公开" in masked.warnings[0]


def test_periods_that_are_no_neighbours_are_named() -> None:
    assert (
        worked([["党课（次）", 20, 28]], ("指标", "2023年", "2025年"))
        .pieces[0]
        .text.startswith("比2023年增加8次")
    )
    assert (
        worked([["党课（次）", 28, 20]], ("指标", "2025年上半年", "2024年上半年"))
        .pieces[0]
        .text.startswith("比上年同期增加8次")
    )
    assert worked([["党课（次）", 28, 20]], ("指标", "2025年上半年", "2024年")).pieces == ()


def test_a_part_is_a_share_and_never_more_than_the_whole() -> None:
    result = worked([["发展党员（名）", 35], ["其中：35岁以下（名）", 27]], ("指标", "2025年"))
    assert (result.calculations[0].text, result.pieces[0].text) == (
        "2025年35岁以下占发展党员：27÷35≈77.1%",
        "占77.1%",
    )
    assert (
        "请核对" in worked([["发展党员（名）", 5], ["其中：女党员（名）", 7]], ("指标", "2025年")).warnings[0]
    )


def test_totals_are_checked_worked_out_where_missing_and_never_unmasked() -> None:
    def total(parts: list[str | int], given_total: str | int) -> Reckoned:
        rows: list[list[str | int | float]] = [[f"第{n}类（名）", part] for n, part in enumerate(parts)]
        return worked([*rows, ["合计（名）", given_total]], ("指标", "2025年"))

    assert total([175, 6], 181).warnings == ()
    assert total([175, 6], 181).calculations[0].text == "党员队伍2025年合计：175+6=181（名）"
    assert "各行相加是175+6=181" in total([175, 6], 182).warnings[0]
    assert total([175, 6], "").pieces[0].text == "合计181名"
    assert total([175, 6], "X").pieces == ()
    assert total([175, "X"], "").pieces == ()


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_rate_is_right_to_a_twentieth(base: int, part: int) -> None:
    shown, exactly = percent(Decimal(part), Decimal(base))
    off = abs(Decimal(shown) - Decimal(part) * 100 / Decimal(base))
    assert off <= Decimal("0.05")
    assert exactly == (off == 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=4
    )
)
def test_every_sentence_made_of_a_table_is_grounded(values: list[tuple[int, int, int]]) -> None:
    names = ("发展党员（名）", "收缴党费（元）", "讲党课（次）", "走访群众（户）")
    rows: list[list[str | int | float]] = []
    for name, (old, new, part) in zip(names, values, strict=False):
        unit = name[-3:]
        rows += [[name, old, new], [f"其中：困难{unit}", min(part, old), min(part, new)]]
    facts, cells = read_table("队伍", ("指标", "2024年", "2025年"), rows)
    result = reckon(facts, cells)
    for text in rows_in_words(cells, result.pieces, 2025).values():
        shown, figures = ground(text, facts, result.calculations, year=2025)
        assert shown == text
        assert all(figure.n for figure in figures)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年收缴党费43470元，比上年增加4830元，增长12.6%。", "4830÷（43470-4830）=12.5%"),
        ("党员181名，其中35岁以下29名，占16.5%。", "29÷181≈16.0%"),
        ("党员20名，女党员9名，女党员占35%。", "9÷20=45%"),
        ("收集诉求360件，办结351件，办结率97.0%。", "351÷360=97.5%"),
        ("台账由上年的41项压减到26项，减少36.5%。", "（41-26）÷41≈36.6%"),
        ("台账由上年的41项压减到26项，减少14项。", "41-26=15"),
    ],
)
def test_a_claim_that_does_not_follow_is_told_with_the_calculation(text: str, wrong: str) -> None:
    (warning,) = claim_warnings([Fact(3, text, "事实第3条")])
    assert warning.startswith("事实第3条")
    assert wrong in warning


@pytest.mark.parametrize(
    "text",
    [
        "全年收缴党费43470元，比上年增加4830元，增长12.5%，按月交纳率99.4%。",
        "38名党员中，优秀12名，占31.6%；合格25名，占65.8%。",
        "平均用时由上年的3.2个工作日缩短到2.4个工作日，缩短25.0%。",
        "党员X名，其中女性X名，占30%。",
        "组织集中学习12次，书记讲党课4次，参加学习的党员占92%。",
        "参训20余名，到会率90%。",
        "到会率由上年的86.0%提高到91.5%，提高5.5个百分点。",
    ],
)
def test_claims_that_follow_or_cannot_be_checked_are_left_alone(text: str) -> None:
    assert wrong_claims(text) == ()
