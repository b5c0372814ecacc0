"""Rows of a spreadsheet in the knowledge base -> facts with their cells, as of a table of the request. Pure.

A row stands in its document as 第4行 指标：主题党日；单位：次；2025年：12；2026年：12. Where its columns are periods, it is told as a
row of a table is, with its changes; its citation is that line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drafting.figures.tables import read_table
from bot.drafting.model import Cell, Fact
from bot.errors import BadTable

_LINE = re.compile(r"第\d{1,6}行[ \u3000](?P<cells>[^\n]+)")
_PAIR = re.compile(r"(?P<head>[^：；]{1,30})：(?P<value>[^；]*)(?:；|$)")
_TIME = re.compile(r"(?:19|20)\d\d年|上年|本年|同期|上期|本期")
_INDICATOR = re.compile(r"指标|项目|名称|内容|类别")
_UNITS = frozenset({"单位", "计量单位"})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: where it stands in the document's text, and its cells by the head of their column."""

    start: int
    end: int
    cells: tuple[tuple[str, str], ...]


def sheets_of(text: str) -> list[tuple[str, list[Line]]]:
    """The sheets of a spreadsheet's text: the name of each, and its rows."""
    found: list[tuple[str, list[Line]]] = []
    name, at = "", 0
    for line in text.splitlines(keepends=True):
        row, words = _LINE.fullmatch(line.strip().rstrip("。")), line.strip()
        if row:
            cells = tuple((one["head"].strip(), one["value"].strip()) for one in _PAIR.finditer(row["cells"]))
            first = at + len(line) - len(line.lstrip())
            if not found or found[-1][0] != name:
                found.append((name, []))
            found[-1][1].append(Line(first, first + len(words), cells))
        elif words:
            name = words
        at += len(line)
    return found


def table_of(
    title: str, lines: Sequence[Line], first: int
) -> tuple[tuple[tuple[Line, Fact], ...], tuple[Cell, ...]] | None:
    """Facts numbered from `first`, each with its row, and their cells; None for a list of people or of meetings, whose columns
    are no periods, and for cells that hold no figures.
    """
    heads = list(dict.fromkeys(head for line in lines for head, _ in line.cells))
    if not heads or not _INDICATOR.search(heads[0]) or not any(map(_TIME.search, heads[1:])):
        return None
    if any(not (_TIME.search(one) or one in _UNITS or one in {"备注", "说明"}) for one in heads[1:]):
        return None
    rows = [[dict(line.cells).get(head, "") for head in heads] for line in lines]
    try:
        facts, cells = read_table(title, heads, rows, first=first, purpose="概况")
    except BadTable:
        return None
    at = [int(fact.where.rpartition("第")[2].removesuffix("行")) - 1 for fact in facts]
    return tuple((lines[which], fact) for which, fact in zip(at, facts, strict=True)), cells
