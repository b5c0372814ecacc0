"""The procedure card on the page as HTML: the steps in a table, every fact a link to its words in the article. Pure functions.

The articles are on the page already, closed; a link's target lies in one, and the browser opens it there. The files are in the
links themselves, so that nothing is left on the server.
"""

from __future__ import annotations

import itertools
import logging
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from bot.card.ics import to_ics
from bot.card.model import Card, Dates, Fact, Limit, Step, Timetable
from bot.card.record import others_text
from bot.card.table import explain, limit_text, to_csv, to_markdown, to_xlsx
from bot.card.topic import asks_how
from bot.errors import NoProcedure
from bot.ui.labels import badge
from bot.ui.talk import AnsweringDesk, Talk
from ingest.errors import KnowledgeBaseError
from ingest.text import titled

log = logging.getLogger(__name__)

_EMPTY = ' class="dwc-none"'  # narrow pages leave it out, with its label
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(talk: Talk) -> tuple[str, date | None] | None:
    """The newest question, standing alone, and its day, when it asks how something is done and has been answered; else None."""
    if not talk.turns:
        return None
    turn = talk.turns[-1]
    if turn.answer is None or turn.error or turn.answer.status != "answered":
        return None
    question = turn.answer.standalone or turn.answer.question or turn.question
    return (question, turn.as_of) if asks_how(question) else None


def card_for(desk: AnsweringDesk | None, talk: Talk) -> Card | None:
    """The card of the newest question; None where it asks for something else or no article tells it."""
    question = asked(talk)
    if desk is None or question is None:
        return None
    try:
        return desk.card(*question)
    except NoProcedure:  # only “怎么办”: nothing is named that could be done
        return None
    except KnowledgeBaseError as error:
        log.warning("card for %s: %s", question[0], error)  # the answer stands; a card is not offered
        return None


def shown(card: Card, table: Timetable | None = None, notice: str = "") -> str:
    """The whole card; `notice` says what was wrong with the dates that were typed."""
    dates = {row.number: row for row in table.dates} if table else {}
    heads = ["步骤", "谁办", "材料", "时限", *(["日期"] if table else [])]
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "".join(_row(step, dates.get(step.number), dated=table is not None) for step in card.steps)
    special = "".join(_row(step, None, dated=table is not None) for step in card.special)
    if special:
        rows += (
            f'<tr class="dwc-apart"><td colspan="{len(heads)}">特殊情形（不在通常顺序中）</td></tr>{special}'
        )
    wrong = f'<p class="dw-notice" role="alert">{escape(notice)}</p>' if notice else ""
    return (
        f'<div class="dwc"><p class="dwc-head"><b>办理卡：{escape(card.topic)}</b>'
        f"<span>依据 {escape(titled(card.title))}</span>{badge(card.in_force)}</p>{wrong}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"{_notes(card, table)}{_links(card, table)}</div>"
    )


def _row(step: Step, dates: Dates | None, *, dated: bool) -> str:
    parts = "".join(f"<li>{_link(step, fact)}</li>" for fact in step.parts)
    listed = f'<ul class="dwc-parts">{parts}</ul>' if parts else ""
    cells = [
        (
            "步骤",
            f'<b class="dw-n">{step.number}</b> <b>{_link(step, step.action, step.title)}</b>{listed}{_article(step)}',
        ),
        ("谁办", "、".join(_link(step, fact) for fact in step.actors)),
        ("材料", "、".join(_link(step, fact) for fact in step.materials)),
        ("时限", "<br>".join(_limit(step, limit) for limit in step.limits)),
    ]
    if dated:
        cells.append(("日期", _dates(dates) if dates else ""))
    return (
        "<tr>"
        + "".join(f'<td data-label="{name}"{"" if body else _EMPTY}>{body}</td>' for name, body in cells)
        + "</tr>"
    )


def _link(step: Step, fact: Fact, words: str = "") -> str:
    return f'<a href="#{_anchor(step, fact)}">{escape(words or fact.text)}</a>'


def _limit(step: Step, limit: Limit) -> str:
    return _link(step, limit.fact, limit_text(limit.fact.text, limit.anchor))


def _anchor(step: Step, fact: Fact) -> str:
    return f"dwc-{step.number}-{fact.start}"


def _dates(dates: Dates) -> str:
    days = [("最早", dates.earliest), ("最迟", dates.latest)]
    told = "".join(f'<span class="dwc-day">{name} <b>{day}</b></span>' for name, day in days if day)
    return f'{told}<span class="dwc-why">{escape(explain(dates))}</span>'


def _article(step: Step) -> str:
    """The article with the words of every fact marked; closed until one of its words is asked for."""
    text, start = step.clause.text, step.clause.start
    facts = (step.action, *step.actors, *step.materials, *(limit.fact for limit in step.limits), *step.parts)
    return f'<details><summary>{escape(step.label)} 原文</summary><div class="dwc-text">{_marked(text, start, step, facts)}</div></details>'


def _marked(text: str, offset: int, step: Step, facts: Iterable[Fact]) -> str:
    """Facts may lie inside one another: each begins at an empty target, and what any of them covers is marked."""
    spans = {(fact.start - offset, fact.end - offset): fact for fact in facts}
    targets = {start: _anchor(step, fact) for (start, _), fact in spans.items()}
    action = (step.action.start - offset, step.action.end - offset)
    cuts = sorted({0, len(text), *(at for span in spans for at in span)})
    out = []
    for start, end in itertools.pairwise(cuts):
        piece = escape(text[start:end])
        inner = any(a <= start and end <= b for a, b in spans if (a, b) != action)
        outer = action[0] <= start and end <= action[1]
        kind = "" if not (inner or outer) else ' class="dwc-fact"' if inner else ""
        target = f' id="{targets[start]}"' if start in targets else ""
        out.append(f"<mark{target}{kind}>{piece}</mark>" if inner or outer else piece)
    return "".join(out)


def _notes(card: Card, table: Timetable | None) -> str:
    others = [f"另有规定：{others_text(card)}"] if card.others else []
    notes: Sequence[str] = (*others, *card.warnings, *(table.notes if table else ()))
    return '<ul class="dwc-notes">' + "".join(f"<li>{escape(note)}</li>" for note in notes) + "</ul>"


def _links(card: Card, table: Timetable | None) -> str:
    made = [
        ("Excel 表", "xlsx", XLSX, to_xlsx(card, table)),
        ("CSV 表", "csv", "text/csv", to_csv(card, table)),
        ("Markdown", "md", "text/markdown", to_markdown(card, table)),
    ]
    if table:
        made.insert(0, ("日历 .ics", "ics", "text/calendar", to_ics(card, table)))
    links = "".join(
        f'<a class="dwc-file" download="办理卡-{escape(card.topic)}.{ending}" href="data:{kind};base64,{b64encode(data).decode()}">{name}</a>'
        for name, ending, kind, data in made
    )
    hint = "" if table else '<span class="dw-muted">填写起算日后可下载日历</span>'
    return f'<p class="dwc-files">下载：{links}{hint}</p>'
