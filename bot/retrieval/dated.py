"""All rules as they counted at the time a question tells: 2020年时预备期是多久. As an `Edition`, so that one path serves both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.retrieval.edition import Edition, made_on, works_called
from bot.retrieval.names import Names, edition_year, years_of
from bot.retrieval.then import Then, time_said
from ingest.index import Index
from ingest.model import RULE_KINDS, DocumentRow
from ingest.text import titled

_NORMS = RULE_KINDS | {"通知", "意见", "决定", "办事指南"}
_LAST_DAY = date(9000, 1, 1)
_KEPT = 16  # times told whose rules are kept for the next question


def edition_then(index: Index, names: Names, question: str, today: date | None = None) -> Edition | None:
    """None when the question tells no time. Papers that are no rules count for a year more: a report of 2025 is of 2026."""
    then = time_said(question, today or date.today())  # noqa: DTZ011 - the reader's own day
    if then is None:
        return None
    known = index.derived("then", dict[tuple[date, date, str], Edition])
    key = (then.first, then.last, then.said)
    counted = known.get(key)
    if counted is None:
        if len(known) >= _KEPT:
            known.clear()
        counted = known[key] = _counted_then(index, names, then)
    notes = _not_yet(names, then, counted.others)
    return replace(counted, question=then.question, notes=notes)


def _counted_then(index: Index, names: Names, then: Then) -> Edition:
    first, last, ever = (out_on(index, day) for day in (then.first, then.last, date.max))
    year_later = out_on(index, min(then.last, _LAST_DAY) + timedelta(days=366))
    ids: set[str] = set()
    others: set[str] = set()
    years: dict[str, int] = {}
    replaced: dict[str, str] = {}
    for work, documents in names.works.items():
        rows = [row for row in documents if row.kind in _NORMS and row.chunks]
        counted = [row for row in rows if row.id not in last and (row.in_force or row.id in ever)]
        ids |= {row.id for row in counted}
        others |= {row.id for row in rows if row.id in last}
        others |= {row.id for row in documents if row.kind not in _NORMS and row.id in year_later}
        if counted and (year := max(map(edition_year, counted))):
            years[work] = year
        replaced |= _told(rows, counted, first, then)
    return Edition(
        frozenset(ids),
        frozenset(others),
        years,
        then.question,
        _not_yet(names, then, last),
        replaced,
        at_that_time=True,
    )


def _told(
    rows: Sequence[DocumentRow], counted: Sequence[DocumentRow], first: Collection[str], then: Then
) -> dict[str, str]:
    """What must be said of a version that counted then: that it was replaced since, or in the middle of the time told."""
    told: dict[str, str] = {}
    now = max((edition_year(row) for row in rows if row.in_force), default=0)
    for row in counted:
        title, year = titled(row.title), edition_year(row)
        if not row.in_force and year < now:
            told[row.id] = (
                f"{title}{year}年的版本已被{now}年的版本取代，以上是{then.said}有效的{year}年版的规定"
            )
        before = [one for one in rows if one.id not in first and one not in counted]
        if row.id in first and before and (day := _begins(row)):
            old = max(map(edition_year, before))
            note = f"{title}在{then.said}换过版本：{day.year}年{day.month}月{day.day}日以前是{old}年的版本，以上是那以后的规定"
            told[row.id] = f"{told[row.id]}；{note}" if row.id in told else note
    return told


def _begins(row: DocumentRow) -> date | None:
    return row.effective or made_on(row)


def _not_yet(names: Names, then: Then, others: Collection[str]) -> tuple[str, ...]:
    """Of each work that the question calls by name and that has no version of that time here."""
    notes = []
    for work in sorted(works_called(names, then.question)):
        rows = [row for row in names.works[work] if row.chunks]
        if rows and all(row.id in others for row in rows):
            first = min(rows, key=edition_year)
            title = titled(first.title)
            notes.append(f"资料库里没有{then.said}有效的{title}，最早的是{edition_year(first)}年的。")
    return tuple(notes)


def out_on(index: Index, day: date) -> frozenset[str]:
    """Ids of the documents that did not count on `day`: worked out once a day asked about, over all documents."""
    known = index.derived("out on", dict[date, frozenset[str]])
    out = known.get(day)
    if out is None:  # other threads ask, too: what was found is kept in hand
        if len(known) >= _KEPT:
            known.clear()
        out = known[day] = frozenset(index.superseded(day))
    return out


def later(
    index: Index, names: Names, year: int, works: Collection[str], *, is_missing: bool
) -> frozenset[str]:
    """Ids of what is of other works than `works` and came after `year`, or was replaced by its end. Where the edition of
    that year `is_missing`, also of what else is of that year: no other paper may pass for it.
    """
    out = out_on(index, date(year, 12, 31))
    return frozenset(
        row.id
        for work, rows in names.works.items()
        if work not in works
        for row in rows
        if row.id in out or (is_missing and year in years_of(row))
    )
