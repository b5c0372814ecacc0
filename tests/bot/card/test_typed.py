"""The days that a reader types for steps that are done."""

from __future__ import annotations

from datetime import date

import pytest

from bot.card.typed import NotUnderstood, known_days


@pytest.mark.parametrize(
    "typed",
    [
        "12=2026-08-01，第13步：2026年8月10日",
        "12＝2026/8/1 13=2026.8.10",
        "12=20260801、13=二〇二六年八月十日",
    ],
)
def test_days_are_read_in_every_way_that_dates_are_written(typed: str) -> None:
    assert known_days(typed) == {12: date(2026, 8, 1), 13: date(2026, 8, 10)}


def test_nothing_typed_is_no_day() -> None:
    assert known_days("  ") == {}


@pytest.mark.parametrize("typed", ["18=2026-02-30", "18=明天", "2026-08-01", "18="])
def test_what_is_no_day_of_a_step_is_told(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="步骤=日期"):
        known_days(typed)


def test_a_long_gap_takes_no_time() -> None:
    """The test's limit would end it: each space was once a beginning of its own."""
    with pytest.raises(NotUnderstood):
        known_days("1" + " " * 20_000 + "1")
    assert known_days("12=2026-08-01" + " " * 20_000 + "13=2026-08-10").keys() == {12, 13}
