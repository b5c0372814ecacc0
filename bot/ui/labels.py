"""How a document and a place in it are named on the page; shared by the answer and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Protocol

from bot.model import Citation
from ingest.model import REPLACEABLE_KINDS
from ingest.text import titled

HEADING_SHOWN = 24  # characters; a paragraph that serves as its own heading is cut


def where(title: str, article: str | None, heading_path: Sequence[str]) -> str:
    """《title》第X条, or the headings where there are no articles; a title that goes on after 》 stands apart."""
    name, place = titled(title), article or headings(heading_path)
    return f"{name}{place}" if article and name.endswith("》") else f"{name} {place}".rstrip()


def spot(citation: Citation) -> str:
    """Article, headings and page, as far as they are known."""
    parts = [citation.article or "", headings(citation.heading_path)]
    if citation.page is not None:
        parts.append(f"第 {citation.page} 页")
    return " · ".join(part for part in parts if part)


def title_tag(citation: Citation) -> str:
    return f'<span class="dw-title">{escape(titled(citation.title))}</span>'


class Standing(Protocol):
    """What can be in force or not: a citation, a row of the library."""

    @property
    def in_force(self) -> bool: ...
    @property
    def kind(self) -> str: ...


def badge(in_force: bool) -> str:
    return (
        '<span class="dw-badge dw-on">现行</span>'
        if in_force
        else '<span class="dw-badge dw-off">已被取代</span>'
    )


def badge_of(one: Standing) -> str:
    """现行 is said of rules only: a report or a news item is not in force, it is just there."""
    return badge(one.in_force) if one.kind in REPLACEABLE_KINDS or not one.in_force else ""


def nearest_word(articles: Iterable[str | None]) -> str:
    """What the nearest texts are called, by their articles: clauses only where each of them is one."""
    return "最接近的条款" if all(articles) else "最接近的内容"


def as_of_badge(day: date | None) -> str:
    """Whose law counts, where the reader named a day."""
    return f'<span class="dw-asof">按 {day.isoformat()} 有效的规定</span>' if day else ""


def headings(path: Sequence[str]) -> str:
    return " › ".join(part if len(part) <= HEADING_SHOWN else part[:HEADING_SHOWN] + "…" for part in path)
