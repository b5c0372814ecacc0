"""A table of a request -> a fact in words for each row, and its figures as cells. Pure.

The first column names the indicator, with its unit in brackets or in a column 单位; each other column is a period (or a
group). A cell holds a number (1,062; 4.347万; 12.5%; 12名), a mask (X, **), or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.drafting.figures.units import ARABIC, CHINESE, MAGNITUDE, MASKED, measure_of, value_of
from bot.drafting.model import Cell, Fact, Purpose
from bot.errors import BadTable

_UNIT_COLUMNS = frozenset({"单位", "计量单位"})
_NOTE_COLUMNS = frozenset({"备注", "说明", "注"})
_NOTHING = frozenset({"", "-", "—", "——", "–", "/", "…", "……", "无", "空"})
_BRACKETS = re.compile(r"^(?P<name>[^（(]{1,80})[（(](?:单位[:：])?(?P<unit>[^（()）]{1,8})[）)]$")
_NUMBER = re.compile(rf"(?P<number>{ARABIC}|{CHINESE})(?P<times>{MAGNITUDE})?(?P<unit>[^\d\s]{{0,8}})")
_PART = re.compile(r"^[\s　]*其中[:：、，]?[\s　]*")
_TOTAL = re.compile(r"^(?:合计|总计|共计|小计|总数)$")
_TIME = re.compile(r"\d|[年季月]|同期|上期|本期")
_NOT_EXACT = re.compile(r"^[约近超]|(?<=[\d十百千万])[余多几]|左右|以上|以下")


def read_table(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | int | float]],
    *,
    first: int = 1,
    purpose: Purpose = "",
    section: str = "",
) -> tuple[tuple[Fact, ...], tuple[Cell, ...]]:
    """The facts of the rows, numbered from `first`, and all cells that hold a figure, a mask, or nothing.

    Raises `BadTable` with the row and the column for whatever is no figure; nothing is guessed.
    """
    heads = [str(column).strip() for column in columns]
    _check_heads(name, heads)
    facts: list[Fact] = []
    cells: list[Cell] = []
    whole = ""
    for at, row in enumerate(rows, start=1):
        if len(row) != len(heads):
            raise BadTable(f"表“{name}”第{at}行有 {len(row)} 格，表头有 {len(heads)} 栏。")
        values = dict(zip(heads, (_text(cell) for cell in row), strict=True))
        indicator, unit = _indicator(values, heads[0])
        if not indicator:
            raise BadTable(f"表“{name}”第{at}行没有写指标。")
        n = first + len(facts)
        row_cells = [
            _cell(name, at, n, indicator, unit, head, values[head])
            for head in heads[1:]
            if head not in _UNIT_COLUMNS | _NOTE_COLUMNS
        ]
        whole = whole if _PART.match(indicator) else indicator
        notes = [values[head] for head in heads[1:] if head in _NOTE_COLUMNS and values[head]]
        text = _in_words(name, indicator, whole, row_cells, notes)
        if text:
            facts.append(Fact(n, text, f"表“{name}”第{at}行", purpose, section))
            cells += row_cells
    return tuple(facts), tuple(cells)


def part_of(indicator: str) -> str:
    """其中：女党员 -> 女党员; "" for a row that is no part of another."""
    found = _PART.match(indicator)
    return indicator[found.end() :] if found else ""


def is_total(indicator: str) -> bool:
    return bool(_TOTAL.match(indicator))


def _check_heads(name: str, heads: Sequence[str]) -> None:
    if len(heads) < 2 or not any(head not in _UNIT_COLUMNS | _NOTE_COLUMNS for head in heads[1:]):
        raise BadTable(f"表“{name}”除指标外至少要有一栏数。")
    for at, head in enumerate(heads, start=1):
        if not head:
            raise BadTable(f"表“{name}”第{at}栏没有表头。")
        if head in heads[: at - 1]:
            raise BadTable(f"表“{name}”有两栏都叫“{head}”。")


def _text(cell: str | float) -> str:
    """As a person would write it: 12.0 of a spreadsheet is 12."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _indicator(values: dict[str, str], head: str) -> tuple[str, str]:
    unit = next((values[column] for column in _UNIT_COLUMNS if values.get(column)), "")
    bracketed = _BRACKETS.match(values[head]) or _BRACKETS.match(
        values[head].replace("(", "（").replace(")", "）")
    )
    if bracketed:
        return bracketed["name"].strip(), unit or bracketed["unit"].strip()
    return values[head].strip(), unit


def _cell(name: str, at: int, n: int, indicator: str, unit: str, head: str, text: str) -> Cell:
    if text in _NOTHING:
        return Cell(n, indicator, unit, head, "", None)
    masked = MASKED.match(text)
    if masked:
        return Cell(n, indicator, unit or text[masked.end() :], head, masked[0], None)
    where = f"表“{name}”第{at}行“{head}”一栏"
    number = _NUMBER.fullmatch(text)
    if _NOT_EXACT.search(text):
        raise BadTable(f"{where}的“{text}”不是确切的数。", hint="表里请写确切的数；约数请写成一条事实。")
    value = value_of(number["number"] + (number["times"] or "")) if number else None
    if not number or value is None:
        raise BadTable(f"{where}的“{text}”读不出数。")
    said = number["unit"]
    if said and unit and measure_of(said) != measure_of(unit):
        raise BadTable(
            f"{where}写的是“{text}”，这一行的单位是“{unit}”，两者对不上。",
            hint="请把单位改成一致，或从格子里去掉单位。",
        )
    return Cell(n, indicator, unit or said, head, text, value)


def _in_words(name: str, indicator: str, whole: str, cells: Sequence[Cell], notes: Sequence[str]) -> str:
    """2024年发展党员10名，2025年发展党员12名（备注）。 Cells that hold nothing are left out; so is a row
    without any, but for a total that is to be worked out.
    """
    part = part_of(indicator)
    thing = f"{whole}中，{part}" if part else f"{name}{indicator}" if is_total(indicator) else indicator
    filled = [cell for cell in cells if cell.text]
    if len(filled) > 1 and not any(_TIME.search(cell.period) for cell in filled) and not is_total(indicator):
        told = "、".join(f"{cell.period}{_amount(cell)}" for cell in filled)  # 整改措施总数36条、已完成34条
        return f"{thing}{told}" + (f"（{'；'.join(notes)}）" if notes else "") + "。"
    said = [f"{cell.period}{thing}{_amount(cell)}" for cell in filled]
    if not said:
        return f"{thing}由各行相加得出。" if is_total(indicator) else ""
    return "；".join(said) + (f"（{'；'.join(notes)}）" if notes else "") + "。"


def _amount(cell: Cell) -> str:
    return cell.text if cell.unit and cell.text.endswith(cell.unit) else f"{cell.text}{cell.unit}"
