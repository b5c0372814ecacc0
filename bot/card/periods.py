"""Periods of time as the law counts them. Pure.

民法典第二百零一条: 按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算. 第二百零二条: 按照年、月计算期间的，到期月的
对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日. So one month from 31 January ends on 28 (29) February, and one month
from 28 February ends on 28 March. Party rules have no article of their own on this; the notice on the timetable says so.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.card.workdays import add_workdays

HALF_YEAR = 6  # months


def later(day: date, amount: float, unit: str) -> date | None:
    """The last day of the period that begins with the day after `day`; None for hours, and past the calendar's end.

    A negative amount counts backwards: 提前6个月, 选举日的二十日前.
    """
    try:
        if unit in {"year", "month"}:
            return _months_later(day, round(amount * (12 if unit == "year" else 1)))
        if unit == "day":
            return day + timedelta(days=round(amount))
        if unit == "workday":
            return add_workdays(day, round(amount))
    except (OverflowError, ValueError):  # a year beyond 9999
        return None
    return None


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
