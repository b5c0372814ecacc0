from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from bot.card.dates import UNTOLD, timetable
from bot.card.ics import to_ics
from bot.card.model import Card
from bot.card.periods import later
from bot.card.testing import card_of
from bot.card.workdays import add_workdays, is_told, is_workday


@pytest.mark.parametrize(
    ("day", "amount", "unit", "end"),
    [
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),  # no such day: the month's last
        (date(2024, 1, 31), 1, "month", date(2024, 2, 29)),
        (
            date(2026, 2, 28),
            1,
            "month",
            date(2026, 3, 28),
        ),  # the day with the same number, not the month's last
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2026, 5, 1), 0.5, "year", date(2026, 11, 1)),
        (date(2026, 8, 31), -6, "month", date(2026, 2, 28)),
        (date(2026, 5, 1), 15, "day", date(2026, 5, 16)),  # the first day does not count
        (date(2026, 5, 1), 24, "hour", None),
        (date(9999, 12, 1), 1, "year", None),
    ],
)
def test_periods_end_as_the_civil_code_says(day: date, amount: float, unit: str, end: date | None) -> None:
    assert later(day, amount, unit) == end


def test_working_days_know_the_holidays_and_the_working_weekends() -> None:
    """国庆节 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked."""
    assert is_workday(date(2025, 9, 28))
    assert not is_workday(date(2025, 10, 8))
    assert add_workdays(date(2025, 9, 30), 3) == date(2025, 10, 11)
    assert add_workdays(date(2025, 10, 11), -3) == date(2025, 9, 30)


def test_beyond_the_told_years_monday_to_friday_count() -> None:
    assert is_told(2025)
    assert not is_told(2099)
    assert is_workday(date(2099, 10, 1))  # a Thursday, and a holiday that nobody has arranged yet
    assert add_workdays(date(2099, 10, 1), 2) == date(2099, 10, 5)


def told(card: Card, start: date, **given: object) -> dict[str, tuple[date | None, date | None]]:
    table = timetable(card, start, **given)  # type: ignore[arg-type]
    labels = {step.number: step.label for step in card.steps}
    return {labels[row.number]: (row.earliest, row.latest) for row in table.dates}


STORY = """第一条 申请人应当向值班室提出书面值班申请。
第二条 值班室收到书面值班申请后，应当在一个月内派人同申请人谈话。
第三条 值班室应当对申请人进行审查，并公示，公示期不少于五个工作日。
第四条 对经值班室同意的申请人，由社务委员会在十日内审批。
第五条 值班员见习期为一年，由值班室考察。
"""


def test_a_limit_counts_from_the_step_that_its_words_name() -> None:
    days = told(card_of(STORY), date(2026, 1, 31))
    assert days["第一条"] == (date(2026, 1, 31), date(2026, 1, 31))
    assert days["第二条"] == (date(2026, 1, 31), date(2026, 2, 28))
    assert days["第三条"] == (date(2026, 2, 6), None)  # five working days at the least, and no last day


def test_what_the_text_does_not_say_is_not_guessed() -> None:
    rows = timetable(card_of(STORY), date(2026, 1, 31)).dates
    fourth = next(row for row in rows if row.number == 4)
    assert fourth.latest is None
    assert UNTOLD in fourth.why


def test_a_known_day_moves_what_follows() -> None:
    days = told(card_of(STORY), date(2026, 1, 31), known={3: date(2026, 4, 1)})
    assert days["第三条"] == (date(2026, 4, 1), date(2026, 4, 1))
    assert (days["第四条"][0] or date.min) >= date(2026, 4, 1)


def test_the_start_is_the_one_event_that_the_first_period_counts_from() -> None:
    """预备期从支部大会通过之日算起: that day is what the reader gives, and the card says so."""
    text = """第一条 党支部应当将值班员编入小组。
第二条 值班员的预备期为一年。预备期从社员大会通过之日算起，期满由值班室讨论。
第三条 值班员应当向值班室提出书面转正申请。
"""
    table = timetable(card_of(text), date(2024, 2, 29))
    assert "社员大会通过" in table.notes[0]
    first = Calendar.from_ical(to_ics(card_of(text), table)).walk("VEVENT")[0]
    assert first["summary"] == "【起算】社员大会通过"
    assert [row.earliest for row in table.dates] == [None, date(2025, 2, 28), date(2025, 2, 28)]


def test_the_day_of_an_event_is_no_day_on_which_the_step_is_done() -> None:
    """Nobody of the step acts on it, and the step's own day, once known, is in the calendar too."""
    text = """第一条 值班员的预备期为一年。预备期从社员大会通过之日算起，期满由值班室讨论。
第二条 值班员应当向值班室提出书面转正申请。
"""
    card = card_of(text)
    table = timetable(card, date(2025, 6, 20), known={1: date(2026, 6, 25)})
    events = Calendar.from_ical(to_ics(card, table)).walk("VEVENT")
    days = {str(event["summary"]).partition("】")[0]: event for event in events}
    assert "谁办" not in days["【起算"]["description"]
    assert "第一条" in days["【起算"]["description"]
    assert days["【办理"].decoded("dtstart") == date(2026, 6, 25)


def test_years_whose_holidays_are_not_told_are_named() -> None:
    notes = timetable(card_of(STORY), date(2098, 12, 20)).notes
    assert any("2098" in note and "工作日" in note for note in notes)
    assert not any("放假调休" in note for note in timetable(card_of(STORY), date(2025, 3, 3)).notes)


def test_a_term_that_ends_is_counted_backwards() -> None:
    text = "第一条 小组每届任期3年，由社员大会选举产生。对任期届满的小组，值班室应当提前6个月提醒。\n"
    (row,) = timetable(card_of(text), date(2024, 3, 31)).dates
    assert [due.latest for due in row.due] == [date(2027, 3, 31), date(2026, 9, 30)]


def test_two_terms_are_two_events_and_none_takes_the_place_of_another() -> None:
    text = "第一条 甲组每届任期5年，乙组每届任期3年，由社员大会选举产生。对任期届满的小组，值班室应当提前6个月提醒。\n"
    card = card_of(text)
    events = Calendar.from_ical(to_ics(card, timetable(card, date(2024, 3, 31)))).walk("VEVENT")
    assert {event.decoded("dtstart") for event in events} == {
        date(2024, 3, 31),
        date(2029, 3, 31),
        date(2027, 3, 31),
        date(2028, 9, 30),
        date(2026, 9, 30),
    }
    assert len({event["uid"] for event in events}) == 5
