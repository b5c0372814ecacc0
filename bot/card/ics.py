"""A timetable as a calendar file. The only file that imports icalendar (BSD-2-Clause)."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from bot.card.model import Card, Dates, Step, Timetable
from ingest.text import titled

_BEGINS = "起算"


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
            event.add("summary", _summary(mark, step, table))
            begins = mark == _BEGINS and table.event
            event.add("description", _begun(card, step, table) if begins else _description(card, step, row))
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(mark: str, step: Step, table: Timetable) -> str:
    what = table.event if mark == _BEGINS and table.event else f"第{step.number}步 {step.title}"
    return f"【{mark}】{what}"


def _days(row: Dates, table: Timetable) -> list[tuple[str, date]]:
    """Each day with what it is; two terms that end on different days have different names."""
    days: list[tuple[str, date]] = []
    if row.number == table.first:
        days.append((_BEGINS, table.start))
    if row.number == table.first and not table.event:
        pass  # the start is the day of the step itself
    elif row.earliest and row.earliest == row.latest:
        days.append(("办理", row.earliest))
    elif row.latest:
        days.append(("最迟", row.latest))
    for due in row.due:
        words = "".join(due.limit.fact.text.split())
        special = "，特殊情形" if due.limit.optional else ""
        if due.limit.kind == "least":
            if due.earliest and not special:
                days.append((f"最早：{words}", due.earliest))
        elif due.limit.kind == "term" and due.latest:
            days.append((f"期满：{words}{special}", due.latest))
        elif due.latest and (special or due.latest != row.latest):
            days.append((f"最迟：{words}{special}", due.latest))
    return _apart(days)


def _apart(days: list[tuple[str, date]]) -> list[tuple[str, date]]:
    """提前6个月 before either of two ends is one name for two days: the second is numbered."""
    seen: Counter[str] = Counter()
    named = []
    for mark, day in dict.fromkeys(days):
        seen[mark] += 1
        named.append((mark if seen[mark] == 1 else f"{mark}（{seen[mark]}）", day))
    return named


def _begun(card: Card, step: Step, table: Timetable) -> str:
    """Of a start that no step of the card tells of: what counts from it, and where that stands. Nobody acts on this day."""
    return f"“{table.event}”之日，第{step.number}步“{step.title}”的期限从这一天算起。\n出处：{titled(card.title)}{step.label}"


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
        f"出处：{titled(card.title)}{step.label}",
    ]
    return "\n".join(line for line in lines if line)


def _uid(card: Card, table: Timetable, number: int, mark: str) -> str:
    told = "\n".join((card.source, card.topic, table.start.isoformat(), str(table.first), str(number), mark))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@dangwu"
