"""The timetable of a card: what counts from what, where the articles say so, and an honest 无法推算 where they do not. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.question import coverage, pairs_in, plain_weight, read_question
from bot.card.model import Card, Dates, Due, Limit, Step, Timetable
from bot.card.periods import later
from bot.card.workdays import is_told, is_workday

SAME_EVENT = 0.6  # share of an anchor's words from which an earlier step is the event it names
_GETS = re.compile(r"^.*(?:收到|接到)")
_ENDS = re.compile(r"届满|期满")
_EXTENDS = re.compile(r"延长(?:办理)?期限|延长时间|延期|推迟时间|延长或者提前")
UNTOLD = "无法推算"
COUNTED = (
    "年、月、日的算法依民法典第二百零一条、第二百零二条：当日不计入，到期月的对应日为最后一日，没有对应日的为月末日；"
    "党内法规对期间算法没有统一规定，以上级党组织的口径为准。"
)
UNLIMITED = "条文没有写明期限"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens: not before `earliest`, not after `latest`; None: not known."""

    name: str
    earliest: date | None
    latest: date | None


def timetable(
    card: Card, start: date, first: int | None = None, known: Mapping[int, date] | None = None
) -> Timetable:
    """Every step's earliest and latest day, when step `first` falls on `start` and the steps in `known` on theirs.

    Without `first`, `start` is the day of the one event that the card counts from and does not itself tell of (预备期从支部党员
    大会通过之日算起, on a card that begins behind that), or else of step 1. What the first step itself counts from is taken to be
    `start`. A step is never earlier than the one before it. A limit counts from the earlier step whose words are those of its
    起算点; where there is none, nothing is guessed.
    """
    event = _outer_event(card) if first is None else None
    first = event[0] if event else first or 1
    given = {**({} if event else {first: start}), **(known or {})}
    moments: dict[int, Moment] = {}
    ends: list[Moment] = []  # 预备期满, 任期届满
    rows: list[Dates] = []
    earliest: date | None = None
    for step in card.steps:
        if step.number < first and step.number not in given:
            rows.append(Dates(step.number, None, None, why="在起算的那一步之前"))
            continue
        day = given.get(step.number)
        begun = _later_of(earliest, day or (start if event and step.number == first else None))
        due: list[Due] = []
        for limit in step.limits:
            due += _due(
                limit, step, card.steps, moments, ends, begun, start if step.number == first else None, due
            )
            begun = _ready(due, begun)
        own = [one for one in due if not one.limit.optional]
        earliest = begun
        latest = min(
            [one.latest for one in own if one.latest and one.limit.kind in {"within", "before"}], default=None
        )
        if day:
            moments[step.number] = Moment(step.title, day, day)
            rows.append(
                Dates(step.number, day, day, tuple(due), "" if step.number == first else "按填写的日期")
            )
        else:
            moments[step.number] = Moment(step.title, earliest, latest)
            rows.append(Dates(step.number, earliest, latest, tuple(due), "" if latest else _why(own)))
    counted = f"“{event[1]}”之日" if event else f"第{first}步的日子"
    notes = (f"起算日 {start} 当作{counted}。", *_notes(rows, card))
    return Timetable(start, first, tuple(rows), event[1] if event else "", notes)


def _outer_event(card: Card) -> tuple[int, str] | None:
    """The step and the words of the 起算点 of the card's first period, when it is the only one no step tells of; else None."""
    told: dict[int, Moment] = {}
    outer: list[tuple[int, str] | None] = []
    for step in card.steps:
        for limit in step.limits:
            if limit.kind in {"within", "term"} and not limit.optional:
                known = limit.anchor is None or _same_event(limit.anchor, step, card.steps, told)
                outer.append(None if known or limit.anchor is None else (step.number, limit.anchor))
        told[step.number] = Moment(step.title, None, None)
    first = outer[0] if outer else None
    return first if first and len({event[1] for event in outer if event}) == 1 else None


def _ready(due: Sequence[Due], begun: date | None) -> date | None:
    """Not before the shortest times have passed, one behind the other, and not before a 预备期 has ended."""
    for one in due:
        if one.limit.kind in {"least", "term"} and not one.limit.optional:
            begun = _later_of(begun, one.earliest)
    return begun


def _due(
    limit: Limit,
    step: Step,
    steps: Sequence[Step],
    moments: Mapping[int, Moment],
    ends: list[Moment],
    begun: date | None,
    start: date | None,
    before: Sequence[Due],
) -> list[Due]:
    """What a limit comes to: one line, or one for each 任期 that may end."""
    if limit.kind in {"every", "condition", "fixed"} or limit.unit == "hour":
        told = {"every": "按周期办理", "fixed": "按日历日期办理", "condition": "是条件，不是期限"}
        return [Due(limit, "", None, None, told.get(limit.kind, "按学时计算，不推算日期"))]
    origins = _origins(limit, step, steps, moments, ends, begun, start, before)
    if not origins:
        why = f"起算点“{limit.anchor}”的日期{UNTOLD}" if limit.anchor else f"条文没有写明从何时起算，{UNTOLD}"
        return [Due(limit, limit.anchor or "", None, None, why)]
    found = [_counted(limit, origin) for origin in origins]
    if limit.kind == "term":
        ends += [Moment(f"{limit.fact.text}届满", one.earliest, one.latest) for one in found]
    return found


def _counted(limit: Limit, origin: Moment) -> Due:
    sign = -1 if limit.kind == "before" else 1
    earliest = later(origin.earliest, sign * limit.amount, limit.unit) if origin.earliest else None
    latest = later(origin.latest, sign * limit.amount, limit.unit) if origin.latest else None
    if limit.kind in {"within", "before"}:
        note = "" if latest else f"“{origin.name}”最迟哪一天{UNTOLD}"
        return Due(limit, origin.name, None, latest, _rest(latest, note, limit))
    exact = latest if limit.kind == "term" else None
    return Due(limit, origin.name, earliest, exact, "")


def _rest(latest: date | None, note: str, limit: Limit) -> str:
    if latest and limit.kind == "within" and not is_workday(latest):
        return "这一天是休息日，请提前办理"
    return note


def _origins(
    limit: Limit,
    step: Step,
    steps: Sequence[Step],
    moments: Mapping[int, Moment],
    ends: Sequence[Moment],
    begun: date | None,
    start: date | None,
    before: Sequence[Due],
) -> list[Moment]:
    if limit.optional and before and not limit.anchor:  # 可以延长，延长期限不得超过……; 特殊情况最长不得超过……
        base = next((one for one in reversed(before) if not one.limit.optional), before[-1])
        if _EXTENDS.search(step.clause.text[: limit.fact.end - step.clause.start][-40:]):
            return [Moment("原期限届满", base.earliest, base.latest)] if base.latest else []
        limit = base.limit
    if limit.anchor and _ENDS.search(limit.anchor) and ends:
        return list(ends)
    event = _same_event(limit.anchor, step, steps, moments) if limit.anchor else None
    if event:
        return [event]
    if not start and limit.kind == "least" and begun:
        return [Moment("本步开始", begun, None)]
    return [Moment(limit.anchor or "起算日", start, start)] if start else []


def _same_event(
    anchor: str, step: Step, steps: Sequence[Step], moments: Mapping[int, Moment]
) -> Moment | None:
    """The earlier step that the anchor speaks of: its act has most of the anchor's words. The nearest of equals."""
    asked = read_question(_GETS.sub("", anchor)).pairs
    weights = {pair: plain_weight(pair) for pair in asked if len(pair) > 1}
    best, found = SAME_EVENT, None
    for other in steps:
        if other.number >= step.number or other.number not in moments:
            continue
        act = _own_words(
            " ".join([other.title, other.action.text, *(part.text for part in other.parts)]), other
        )
        share = 0.8 * coverage(weights, pairs_in(act)) + 0.2 * coverage(weights, pairs_in(other.clause.text))
        if weights and share >= best:
            moment = moments[other.number]
            best, found = share, Moment(f"第{other.number}步 {other.title}", moment.earliest, moment.latest)
    return found


def _own_words(act: str, step: Step) -> str:
    """Without the events that the step itself only counts from."""
    for limit in step.limits:
        act = act.replace(limit.anchor or "\0", "")
    return act


def _why(due: Sequence[Due]) -> str:
    missing = [one.note for one in due if UNTOLD in one.note]
    return missing[0] if missing else f"{UNLIMITED}，{UNTOLD}最迟日期"


def _later_of(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _notes(rows: Sequence[Dates], card: Card) -> list[str]:
    notes = [COUNTED, "“最早”是按前后步骤和最短时间推出的下限，不等于条文要求在这一天办理。"]
    workdays = any(limit.unit == "workday" for step in card.steps for limit in step.limits)
    days = [day for row in rows for day in (row.earliest, row.latest) if day]
    untold = sorted({day.year for day in days if not is_told(day.year)})
    if untold and workdays:
        years = "、".join(str(year) for year in untold)
        notes.append(f"{years} 年的放假调休安排不在日历中，工作日和休息日按周一至周五推算，公布后请重算。")
    elif untold:
        years = "、".join(str(year) for year in untold)
        notes.append(f"{years} 年的放假调休安排不在日历中，是否休息日按周一至周五判断。")
    return notes
