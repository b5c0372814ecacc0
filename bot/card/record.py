"""A card and its timetable as JSON and as lines for a terminal. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.card.model import Card, Dates, Fact, Step, Timetable
from bot.card.table import explain, limit_text
from ingest.text import titled


def card_json(card: Card, table: Timetable | None = None) -> dict[str, Any]:
    """`citation` is the `n` of one of `citations`; `start` and `end` count the document's characters."""
    dates = {row.number: row for row in table.dates} if table else {}
    return {
        "question": card.question,
        "topic": card.topic,
        "title": card.title,
        "source": card.source,
        "in_force": card.in_force,
        "steps": [_step(step, dates.get(step.number)) for step in card.steps],
        "special": [_step(step, None) for step in card.special],
        "citations": [{**asdict(one), "heading_path": list(one.heading_path)} for one in card.citations],
        "others": list(card.others),
        "warnings": [*card.warnings, *(table.notes if table else ())],
        "start": table.start.isoformat() if table else None,
    }


def _step(step: Step, dates: Dates | None) -> dict[str, Any]:
    told = {
        "number": step.number,
        "title": step.title,
        "article": step.label,
        "heading_path": list(step.headings),
        "action": _fact(step.action),
        "actors": [_fact(fact) for fact in step.actors],
        "materials": [_fact(fact) for fact in step.materials],
        "limits": [
            {
                **_fact(limit.fact),
                "kind": limit.kind,
                "amount": limit.amount,
                "unit": limit.unit,
                "counts_from": limit.anchor,
                "optional": limit.optional,
            }
            for limit in step.limits
        ],
        "parts": [_fact(fact) for fact in step.parts],
    }
    if dates:
        days = {"earliest": dates.earliest, "latest": dates.latest}
        told["dates"] = {
            **{key: day.isoformat() if day else None for key, day in days.items()},
            "told": explain(dates),
        }
    return told


def _fact(fact: Fact) -> dict[str, Any]:
    return {"text": fact.text, "start": fact.start, "end": fact.end, "citation": fact.n}


def card_text(card: Card, table: Timetable | None = None) -> str:
    dates = {row.number: row for row in table.dates} if table else {}
    lines = [f"办理卡：{card.topic}", f"依据：{titled(card.title)}（{card.source}）", ""]
    for step in card.steps:
        lines += _lines(step, dates.get(step.number))
    if card.special:
        lines += ["特殊情形（不在通常顺序中）：", ""]
        for step in card.special:
            lines += _lines(step, None)
    if card.others:
        lines.append(f"另有规定：{others_text(card)}")
    lines += [f"注意：{note}" for note in (*card.warnings, *(table.notes if table else ()))]
    return "\n".join(lines)


def others_text(card: Card) -> str:
    """Other documents that speak of it, and how to see their cards."""
    return "、".join(titled(title) for title in card.others) + "（要看它的卡，把书名写进问题）"


def _lines(step: Step, dates: Dates | None) -> list[str]:
    lines = [f"{step.number}. {step.title}　{step.label}[{step.action.n}]"]
    lines += [f"   　{part.text}" for part in step.parts]
    named = (
        ("谁办", "、".join(fact.text for fact in step.actors)),
        ("材料", "、".join(fact.text for fact in step.materials)),
        ("时限", "；".join(limit_text(limit.fact.text, limit.anchor) for limit in step.limits)),
    )
    lines += [f"   {name}：{words}" for name, words in named if words]
    if dates:
        days = [
            f"最早 {dates.earliest}" if dates.earliest else "",
            f"最迟 {dates.latest}" if dates.latest else "",
        ]
        lines.append("   日期：" + "；".join(word for word in (*days, explain(dates)) if word))
    return [*lines, ""]
