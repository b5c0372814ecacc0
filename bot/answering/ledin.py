"""Items of a list never stand without the line that leads them in: （一）主动交代…… is no rule by itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.weighing import Scored
from ingest.errors import KnowledgeBaseError


def led(chosen: Sequence[Scored], text_of: Callable[[str], str]) -> list[Scored]:
    """The same, the items of one list together and in their order, as a list with its lead-in."""
    shown: list[Scored] = []
    done: set[tuple[str, int]] = set()
    for one in chosen:
        lead = one.unit.lead
        if lead is None or one.unit.is_list:
            shown.append(one)
            continue
        place = (one.unit.hit.document_id, lead[0])
        if place in done:
            continue
        done.add(place)
        items = sorted(
            (
                other
                for other in chosen
                if (other.unit.hit.document_id, other.unit.lead) == (one.unit.hit.document_id, lead)
            ),
            key=lambda other: other.unit.spans[0],
        )
        shown.append(_with_lead(one, items, text_of))
    return shown


def _with_lead(one: Scored, items: Sequence[Scored], text_of: Callable[[str], str]) -> Scored:
    lead = one.unit.lead
    try:
        text = text_of(one.unit.hit.document_id)[slice(*lead)] if lead else ""
    except (KeyError, KnowledgeBaseError):
        text = ""
    if lead is None or not text.strip():
        return one
    spans = (lead, *(item.unit.spans[0] for item in items))
    texts = (text, *(item.unit.texts[0] for item in items))
    return replace(one, unit=replace(one.unit, spans=spans, texts=texts, is_list=True))
