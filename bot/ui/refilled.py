"""A request back into the form it may have come from, so that a kept draft can be written anew with more facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.drafting.editing import BY_HAND
from bot.drafting.model import Cell, Fact, Request
from bot.ui.bench import Form

_ROW = re.compile(r"表“(?P<title>[^”]*)”第\d+行")
_TOPIC = re.compile(r"[^，。；：:、\s\d]{2,12}")  # what may stand before a fact's colon


def form_of_request(request: Request) -> Form:
    """What was typed, as far as the request tells it: facts in their order, each under what it is for, the first table in the
    table's own field. What the writer filled in while editing is of the draft, not of the request.
    """
    given = [one for one in request.facts if one.where != BY_HAND]
    documents = dict.fromkeys(one.citation.source for one in given if one.citation)
    title, rows = _table(given)
    lines = [one for one in given if not one.citation and one.n not in rows]
    return Form(
        genre=request.genre,
        title=request.title,
        unit=request.unit,
        period=request.period,
        audience=request.audience,
        signer=request.signer,
        dated=request.dated.isoformat() if request.dated else "",
        length=request.length,
        facts="\n".join(_lines(lines)),
        table=_pasted(title, [one for one in request.cells if one.fact in rows]),
        documents=(*request.documents, *documents),
        sources=request.sources,
        basis=request.basis,
        outline="\n".join(request.headings),
    )


def _lines(facts: Sequence[Fact]) -> Iterator[str]:
    before = ""
    for fact in facts:
        topic = bool(_TOPIC.fullmatch(fact.section))
        head = fact.purpose or ("" if topic else fact.section)
        if head != before:
            yield f"【{head}】"
        before = head
        yield f"{fact.section}：{fact.text}" if topic else fact.text


def _table(facts: Sequence[Fact]) -> tuple[str, frozenset[int]]:
    """The title of the first table and the numbers of its rows."""
    of = {
        fact.n: found["title"]
        for fact in facts
        if not fact.citation and (found := _ROW.fullmatch(fact.where))
    }
    first = next(iter(of.values()), "")
    return first, frozenset(n for n, title in of.items() if title == first)


def _pasted(title: str, cells: Sequence[Cell]) -> str:
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.fact)]
    if not rows:
        return ""
    periods = [cell.period for cell in rows[0]]
    lines = [title, "\t".join(["指标", "单位", *periods])]
    lines += ["\t".join([row[0].indicator, row[0].unit, *(cell.text for cell in row)]) for row in rows]
    return "\n".join(lines)
