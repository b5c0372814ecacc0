"""What is worked out from the cells of tables: totals checked, shares, changes against the period before. Pure.

Rules, which docs/drafting.md states: a rate has one decimal, rounded half up, ≈ where it was rounded. No rate from 0, and
nothing at all from a cell that is masked or empty; it is said why. Of an indicator in % the change is 个百分点.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from bot.drafting.figures.rounding import exact, percent, plain
from bot.drafting.figures.tables import is_total, part_of
from bot.drafting.model import Calculation, Cell, Fact

_TABLE = re.compile(r"表“([^”]*)”")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that may follow the figure of a fact: 比上年增加2名，增长20.0%; they rest on these calculations."""

    fact: int
    period: str
    text: str
    calculations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Calculations numbered from 1 (or `first`), pieces in the order of the facts, warnings for the writer (Chinese)."""

    calculations: tuple[Calculation, ...] = ()
    pieces: tuple[Piece, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """A calculation before it has its number, or only a warning."""

    fact: int
    period: str
    words: str
    sums: tuple[tuple[str, str], ...] = ()  # text and result of each calculation
    facts: tuple[int, ...] = ()
    warning: str = ""


def reckon(facts: Sequence[Fact], cells: Sequence[Cell], *, first: int = 1) -> Reckoned:
    """All that follows from the cells; `first` is the number of the first calculation."""
    tables = {fact.n: (_TABLE.search(fact.where) or [fact.where, fact.where])[1] for fact in facts}
    calculations: list[Calculation] = []
    pieces, warnings = [], []
    for table, group in groupby(cells, key=lambda cell: tables.get(cell.fact, "")):
        rows = [tuple(row) for _, row in groupby(group, key=lambda cell: cell.fact)]
        for step in (*_totals(table, rows), *_shares(table, rows), *_changes(table, rows)):
            start = first + len(calculations)
            calculations += [
                Calculation(start + at, text, result, step.facts)
                for at, (text, result) in enumerate(step.sums)
            ]
            if step.words:
                numbers = tuple(range(start, start + len(step.sums)))
                pieces.append(Piece(step.fact, step.period, step.words, numbers))
            warnings += [step.warning] if step.warning else []
    return Reckoned(tuple(calculations), tuple(sorted(pieces, key=lambda piece: piece.fact)), tuple(warnings))


def _changes(table: str, rows: Sequence[Sequence[Cell]]) -> Iterator[_Step]:
    """Each period against the one before it: the year before, or the same part of the year before."""
    for row in rows:
        dated = [(found, cell) for cell in row if (found := _YEAR.fullmatch(cell.period.strip()))]
        dated.sort(key=lambda item: (item[0][2], int(item[0][1])))
        for (old_when, old), (new_when, new) in pairwise(dated):
            if old_when[2] != new_when[2]:
                continue
            years = int(new_when[1]) - int(old_when[1])
            against = ("上年同期" if new_when[2] else "上年") if years == 1 else old.period
            yield _change(table, old, new, against)


def _change(table: str, old: Cell, new: Cell, against: str) -> _Step:
    name = part_of(new.indicator) or (f"{table}{new.indicator}" if is_total(new.indicator) else new.indicator)
    if old.value is None or new.value is None:
        missing = old if old.value is None else new
        why = "没有公开" if missing.text else "是空的"
        return _Step(
            new.fact,
            new.period,
            "",
            warning=f"表“{table}”：{name}{missing.period}的数{why}，不计算{new.period}比{against}的增减。",
        )
    before, after = exact(old.value), exact(new.value)
    difference, unit = after - before, new.unit
    head = f"{name}{new.period}比{old.period}"
    if not difference:
        return _Step(new.fact, new.period, f"与{against}持平")
    amount = plain(abs(difference))
    taken = f"{plain(max(before, after))}-{plain(min(before, after))}"
    if unit in {"%", "％"}:
        word = "提高" if difference > 0 else "下降"
        sums = ((f"{head}{word}：{taken}={amount}（个百分点）", f"{amount}个百分点"),)
        return _Step(new.fact, new.period, f"比{against}{word}{amount}个百分点", sums, (new.fact,))
    word, rate_word = ("增加", "增长") if difference > 0 else ("减少", "下降")
    first = (
        f"{head}{word}：{taken}={amount}（{unit}）" if unit else f"{head}{word}：{taken}={amount}",
        f"{amount}{unit}",
    )
    words = f"比{against}{word}{amount}{unit}"
    if before == 0:
        warning = f"表“{table}”：{name}{old.period}为0，不计算{new.period}的增长率。"
        return _Step(new.fact, new.period, words, (first,), (new.fact,), warning)
    rate, whole = percent(abs(difference), before)
    second = (f"{head}{rate_word}：（{taken}）÷{plain(before)}{'=' if whole else '≈'}{rate}%", f"{rate}%")
    return _Step(new.fact, new.period, f"{words}，{rate_word}{rate}%", (first, second), (new.fact,))


def _shares(table: str, rows: Sequence[Sequence[Cell]]) -> Iterator[_Step]:
    """A row 其中 is a share of the row above it that is none."""
    whole: Sequence[Cell] = ()
    for row in rows:
        part = part_of(row[0].indicator)
        if not part:
            whole = row
            continue
        for mine, all_of_it in _same_columns(row, whole):
            yield from _share(table, part, mine, all_of_it)


def _share(table: str, part: str, mine: Cell, whole: Cell) -> Iterator[_Step]:
    if mine.value is None or whole.value is None or mine.unit != whole.unit or mine.unit in {"%", "％"}:
        return
    of, some = exact(whole.value), exact(mine.value)
    where = f"表“{table}”：{mine.period}{whole.indicator}"
    if some > of:
        yield _Step(
            mine.fact,
            mine.period,
            "",
            warning=f"{where}{plain(of)}{whole.unit}，其中{part}却有{plain(some)}{mine.unit}，请核对。",
        )
    elif of == 0:
        yield _Step(mine.fact, mine.period, "", warning=f"{where}为0，不计算{part}所占的比例。")
    else:
        rate, exactly = percent(some, of)
        text = f"{mine.period}{part}占{whole.indicator}：{plain(some)}÷{plain(of)}{'=' if exactly else '≈'}{rate}%"
        yield _Step(mine.fact, mine.period, f"占{rate}%", ((text, f"{rate}%"),), (whole.fact, mine.fact))


def _totals(table: str, rows: Sequence[Sequence[Cell]]) -> Iterator[_Step]:
    """A row 合计 is the sum of the rows above it with its unit, or, where it stands first, of those below."""
    start = 0
    for at, row in enumerate(rows):
        if is_total(row[0].indicator):
            parts = [other for other in (rows[start:at] or rows[at + 1 :]) if _adds(other[0])]
            for cell in row:
                yield from _total(
                    table, cell, [mine for other in parts for mine, _ in _same_columns(other, (cell,))]
                )
            start = at + 1


def _adds(cell: Cell) -> bool:
    return not is_total(cell.indicator) and not part_of(cell.indicator)


def _total(table: str, cell: Cell, parts: Sequence[Cell]) -> Iterator[_Step]:
    parts = [part for part in parts if part.unit == cell.unit]
    if len(parts) < 2 or cell.unit in {"%", "％"}:
        return
    if any(part.value is None for part in parts) or (cell.value is None and cell.text):
        yield _Step(
            cell.fact,
            cell.period,
            "",
            warning=f"表“{table}”：{cell.period}有的数没有公开或是空的，合计没有核对。",
        )
        return
    values = [exact(part.value or 0) for part in parts]
    total = sum(values, Decimal(0))
    worked = f"{'+'.join(plain(value) for value in values)}={plain(total)}"
    facts = tuple(dict.fromkeys((*(part.fact for part in parts), cell.fact)))
    text = (
        f"{table}{cell.period}合计：{worked}（{cell.unit}）"
        if cell.unit
        else f"{table}{cell.period}合计：{worked}"
    )
    words = f"合计{plain(total)}{cell.unit}"
    if cell.value is None or exact(cell.value) == total:
        yield _Step(cell.fact, cell.period, words, ((text, f"{plain(total)}{cell.unit}"),), facts)
    else:
        yield _Step(
            cell.fact,
            cell.period,
            "",
            warning=f"表“{table}”：{cell.period}合计写的是{plain(exact(cell.value))}{cell.unit}，各行相加是{worked}，请核对。",
        )


def _same_columns(row: Sequence[Cell], other: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    for cell in row:
        for there in other:
            if there.period == cell.period:
                yield cell, there
