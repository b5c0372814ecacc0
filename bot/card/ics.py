"""A timetable as a calendar file. The only file that imports icalendar (BSD-2-Clause)."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from bot.card.model import Card, Dates, Step, Timetable


def to_ics(card: Card, table: Timetable, made: datetime | None = None) -> bytes:
    """One all-day event for each known day: the start, the earliest days that a period sets, and every last day.

    The same card and timetable give the same events (UID), so that importing again renews them. `made`: default now.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//dangwu//procedure card//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"办理卡：{card.topic}")
    steps = {step.number: step for step in card.steps}
    stamp = made or datetime.now(UTC)
    for row in table.dates:
        for mark, day in _days(row, table):
            event = Event()
            step = steps[row.number]
            event.add("uid", _uid(card, table, row.number, mark))
            event.add("dtstamp", stamp)
            event.add("dtstart", day)
            event.add("dtend", day + timedelta(days=1))
            event.add("summary", f"【{mark}】第{row.number}步 {step.title}")
            event.add("description", _description(card, step, row))
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _days(row: Dates, table: Timetable) -> list[tuple[str, date]]:
    if row.number == table.first:
        days = [("起算", table.start)]
    elif row.earliest and row.earliest == row.latest:
        days = [("办理", row.earliest)]
    else:
        days = [("最迟", row.latest)] if row.latest else []
    days += [("期满", due.latest) for due in row.due if due.limit.kind == "term" and due.latest]
    for due in row.due:
        if due.latest and due.limit.kind != "term" and (due.limit.optional or row.number == table.first):
            mark = "最迟，特殊情形" if due.limit.optional else "最迟"
            days.append((mark, due.latest))
        elif (
            due.earliest
            and due.limit.kind == "least"
            and not due.limit.optional
            and row.earliest == due.earliest
        ):
            days.append(("最早", due.earliest))
    return list(dict.fromkeys(days))


def _description(card: Card, step: Step, row: Dates) -> str:
    due = [
        f"{one.limit.fact.text}：自“{one.counted_from}”起算"
        for one in row.due
        if one.counted_from and (one.latest or one.earliest)
    ]
    who = "、".join(fact.text for fact in step.actors)
    lines = [
        f"谁办：{who}" if who else "",
        *due,
        f"原文：{step.action.text}",
        f"出处：《{card.title.strip('《》')}》{step.label}",
    ]
    return "\n".join(line for line in lines if line)


def _uid(card: Card, table: Timetable, number: int, mark: str) -> str:
    told = "\n".join((card.source, card.topic, table.start.isoformat(), str(table.first), str(number), mark))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@dangwu"
