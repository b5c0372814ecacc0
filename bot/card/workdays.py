"""Chinese working days: weekends, statutory holidays and the working weekends that make up for them.

The only file that imports chinese_calendar (MIT, offline). The State Council tells a year's arrangement late in the year before, so
the calendar ends with the last year told; beyond it Monday to Friday count, and `is_told` is False.
"""

from __future__ import annotations

from datetime import date, timedelta


def is_told(year: int) -> bool:
    """Whether the calendar has the holidays of that year."""
    import chinese_calendar

    try:
        chinese_calendar.is_workday(date(year, 6, 1))
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    """By the holiday arrangement where it is known, else Monday to Friday."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def add_workdays(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself does not count; before it where `count` is negative."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day
