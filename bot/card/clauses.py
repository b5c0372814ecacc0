"""A document's articles as clauses with their chapters; where chapters were lost, the short line between articles is one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.card.model import Clause
from ingest.model import Hit
from ingest.text import NUMERAL

_LABEL = re.compile(
    rf"\s*(?:#+\s*)?(?:第[{NUMERAL}\d]+条(?:之[{NUMERAL}]+)?|[{NUMERAL}]+、|\d+[.．、])(?:\s*【[^】]*】)?[\s　]*"
)
_NUMBERED = re.compile(rf"([{NUMERAL}]+、|[（(][{NUMERAL}]+[）)]|\d+[.．、])")
_LOST_HEADING = re.compile(r"\n(?P<line>[^\n，。；：！？、（）]{2,16})\s*$")


def clauses_of(chunks: Sequence[Hit], text: str) -> tuple[Clause, ...]:
    """One clause for each article, or for each numbered section where there are no articles, in reading order.

    Of a document with articles what stands in front of the first is left out.
    """
    sections = {(hit.section_start, hit.section_end): hit for hit in reversed(chunks)}
    ordered = [sections[span] for span in sorted(sections)]
    has_articles = any(hit.article for hit in ordered)
    has_chapters = any(hit.heading_path for hit in ordered)
    found: list[Clause] = []
    heading: tuple[str, ...] = ()
    for hit in ordered:
        start, end = hit.section_start, hit.section_end
        lost = None if has_chapters else _LOST_HEADING.search(text, start, end)
        if lost:
            end = lost.start()
        label = hit.article if has_articles else _number(hit)
        if label:
            headings = hit.heading_path if has_chapters else heading
            begin = _LABEL.match(text, start, end)
            body = begin.end() if begin and begin.end() < end else start
            found.append(
                Clause(
                    hit,
                    label,
                    headings[: len(headings) - (not hit.article)] if headings else (),
                    text[start:end],
                    start,
                    end,
                    body,
                )
            )
        if lost:
            heading = (lost["line"].strip(),)
    return tuple(found)


def _number(hit: Hit) -> str | None:
    """一、 of 一、递交和接收入党申请书; None for text in front of the first heading."""
    if not hit.heading_path:
        return None
    numbered = _NUMBERED.match(hit.heading_path[-1])
    return numbered[1].rstrip("、.．") if numbered else None
