"""A sheet's cells as lines: titles, tables under their headers, captions and notes, in reading order.

A data row reads `第5行 姓名：王一；职务：书记`: the number is the row's own in the sheet, so that a citation says
where it stands although a sheet has no pages (`Line.page` is None; the sheet is the heading above).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.parse.headers import FIGURE, NAME, PERIOD
from ingest.parse.lines import Line, table_lines

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; counted from 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: `cells` maps columns (from 1) to texts, none empty."""

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` ascend; `merged` are its merged areas, whose text stands in their first cell."""

    name: str
    rows: Sequence[Row]
    merged: Sequence[Area] = field(default_factory=tuple)


_MOST_FILLED = 500_000  # cells that merges may fill: no honest sheet comes near
_TALLEST_HEADER = 4
_UNDER_BAND = 0.7  # share of a later header's words that name columns, when a line of its own announces it
_NOTE = re.compile(
    r"[（(]?(?:注|备注|说明|填表说明|填报说明|填写说明|附注|注意事项)\d?\s*[：:.、]|填[表报写]说明"
)
_CAPTION = re.compile(r"[^：:；。]{1,12}[：:]")
_BESIDE_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")


def sheet_lines(sheet: Sheet, *, level: int) -> list[Line]:
    """The sheet's lines without its name; `level` is the heading level of a table's title."""
    return _Reading(sheet, level).lines()


@dataclass(frozen=True, slots=True)
class _Header:
    names: Mapping[int, str]
    last: int  # number of its last row
    own: frozenset[str]


class _Reading:
    """One pass over a sheet; what a row is depends on what stood before it."""

    def __init__(self, sheet: Sheet, level: int) -> None:
        self._rows = sheet.rows
        self._level = level
        self._area = {(area[0], area[1]): area for area in sheet.merged}
        self._filled = _filled(sheet)
        self._header: _Header | None = None
        self._form = False
        self._in_notes = False
        self._after_band = False

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        i, previous = 0, 0
        while i < len(self._rows):
            row = self._rows[i]
            gap = bool(previous) and row.number > previous + 1
            loose = self._header is None and not self._form
            if self._is_band(i, gap=gap):
                lines.append(self._band(row, i, gap=gap))
            elif self._are_captions(i, gap=gap):
                lines.append(Line("；".join(row.cells.values())))
            elif (loose or gap or self._after_band) and (
                header := self._header_at(i, least=self._least(loose=loose))
            ):
                self._header, self._form, self._in_notes, self._after_band = header, False, False, False
                while i + 1 < len(self._rows) and self._rows[i + 1].number <= header.last:
                    i += 1
            else:
                lines += self._data(row, i, start=loose or gap)
                self._after_band = False
            previous = max(self._rows[i].number, self._bottom(self._rows[i]))
            i += 1
        return lines

    def _bottom(self, row: Row) -> int:
        return max(self._area.get((row.number, column), (0, 0, 0, 0))[2] for column in row.cells)

    def _wide(self, row: Row, column: int) -> bool:
        area = self._area.get((row.number, column))
        return area is not None and area[3] > area[1]

    def _alone(self, row: Row) -> bool:
        return len(row.cells) == 1 and row.number not in self._filled

    def _is_band(self, i: int, *, gap: bool) -> bool:
        """Whether the row is one text over or under a table rather than a row of it."""
        row = self._rows[i]
        if not self._alone(row):
            return False
        ((column, text),) = row.cells.items()
        if self._wide(row, column) or self._in_notes or _NOTE.match(text):
            return True
        if self._header is None and not self._form:
            return True
        following = self._rows[i + 1] if i + 1 < len(self._rows) else None
        return gap and (
            following is None
            or following.number > row.number + 1
            or self._alone(following)
            or self._header_at(i + 1, least=_UNDER_BAND) is not None
        )

    def _band(self, row: Row, i: int, *, gap: bool) -> Line:
        (text,) = row.cells.values()
        note = bool(_NOTE.match(text))
        anew = gap and self._header_at(i + 1, least=_UNDER_BAND) is not None
        opens = anew or (self._header is None and not self._form) or (self._form and gap)
        # A second line under a title, a note or a sentence is no heading.
        plain = note or len(text) > 40 or bool(re.search("[：:。；]", text)) or text.startswith(("（", "("))
        under = (self._after_band and not gap) or (self._in_notes and not anew)
        self._in_notes = (self._in_notes and not anew) or (note and self._header is not None)
        self._after_band = True
        if plain or under:
            return Line(text)
        return Line(text, "heading", self._level if opens else self._level + 1)

    def _are_captions(self, i: int, *, gap: bool) -> bool:
        """填报单位：…  日期：… above a table, 审核人：… below it."""
        row = self._rows[i]
        if len(row.cells) > 6 or not all(_CAPTION.match(text) for text in row.cells.values()):
            return False
        if self._form or row.number in self._filled:
            return False
        rest = self._rows[i + 1 : i + 4]
        ends = not any(
            len(one.cells) > 1 and not _CAPTION.match(next(iter(one.cells.values()))) for one in rest
        )
        return self._header is None or gap or ends or self._in_notes

    def _least(self, *, loose: bool) -> float:
        # A row taken for a header is not read as data: the less announces it, the surer its words must be.
        return 0.0 if loose else _UNDER_BAND if self._after_band else 1.0

    def _header_at(self, i: int, *, least: float) -> _Header | None:
        """The header that begins with row `i`, if it is one; `least` of its words (a share) must name columns."""
        if i >= len(self._rows):
            return None
        top = self._rows[i]
        last = self._last_header_row(i)
        if len(top.cells) < 2 or top.number in self._filled or last is None:
            return None
        rows = [row for row in self._rows[i : i + _TALLEST_HEADER] if row.number <= last]
        parts = self._parts(rows)
        leaves = [names[-1] for _, names in sorted(parts.items())]
        if not _may_head(leaves) or i + len(rows) >= len(self._rows):
            return None
        naming = sum(bool(NAME.fullmatch(leaf) or PERIOD.fullmatch(leaf)) for leaf in leaves)
        below = list(self._rows[i + 1].cells.values())
        if naming < least * len(leaves) or (len(rows) == 1 and _is_form(list(top.cells.values()), below)):
            return None
        joined = {column: "/".join(texts) for column, texts in parts.items()}
        return _Header(joined, last, frozenset(map(_name, top.cells.values())))

    def _parts(self, rows: Sequence[Row]) -> dict[int, list[str]]:
        """For each column what the header's rows say of it, from the top, a merged cell once."""
        parts: dict[int, list[str]] = {}
        for row in rows:
            for column, text in row.cells.items():
                area = self._area.get((row.number, column), (0, 0, 0, column))
                for covered in range(column, min(area[3], column + 255) + 1):
                    names = parts.setdefault(covered, [])
                    if not names or names[-1] != _name(text):
                        names.append(_name(text))
        return parts

    def _last_header_row(self, i: int) -> int | None:
        """The number of the header's last row as its merges tell; None if they are those of data."""
        top = self._rows[i]
        last, k = top.number, i
        grouped = tall = flat = False
        while k < len(self._rows) and self._rows[k].number <= last:
            row = self._rows[k]
            below = self._rows[k + 1] if k + 1 < len(self._rows) else None
            for column in row.cells:
                first, left, bottom, right = self._area.get((row.number, column), (row.number, column) * 2)
                last = max(last, bottom)
                tall, flat = tall or bottom > first, flat or (bottom == first and right == left)
                if right > left and bottom == row.number and below and below.number == row.number + 1:
                    inner = [text for at, text in below.cells.items() if left <= at <= right]
                    if len(inner) > 1 and not any(_is_figure(text) for text in inner):
                        grouped, last = True, max(last, below.number)
            k += 1
        if last - top.number >= _TALLEST_HEADER or (tall and flat and not grouped):
            return None
        return last

    def _data(self, row: Row, i: int, *, start: bool) -> list[Line]:
        cells = {**self._filled.get(row.number, {}), **row.cells}
        columns = sorted(cells)
        texts = [cells[column] for column in columns]
        mark = f"第{row.number}行 "
        if self._header is None:
            following = list(self._rows[i + 1].cells.values()) if i + 1 < len(self._rows) else []
            self._form = self._form or (start and _is_form(texts, following))
            read = table_lines([_pairs(texts) if self._form else texts], headed=False)
        else:
            names = [self._header.names.get(column, "") for column in columns]
            if len(texts) > 1 and frozenset(map(_name, texts)) == self._header.own:
                return []  # the header again, as on every printed page
            read = table_lines([names, texts], headed=True)
        return [Line(mark + line.text, line.kind) for line in read]


def _filled(sheet: Sheet) -> dict[int, dict[int, str]]:
    """`{row: {column: text}}` for the rows that a merge down a column covers, its own row aside."""
    rows = {row.number: row for row in sheet.rows}
    numbers = [row.number for row in sheet.rows]
    filled: dict[int, dict[int, str]] = {}
    left = _MOST_FILLED
    for top, column, bottom, _ in sheet.merged:
        text = rows[top].cells.get(column, "") if top in rows else ""
        if not text or bottom == top:
            continue
        at = bisect_left(numbers, top + 1)
        while at < len(numbers) and numbers[at] <= bottom and left:
            filled.setdefault(numbers[at], {})[column] = text
            at, left = at + 1, left - 1
    return filled


def _name(text: str) -> str:
    """A header cell's words without the spaces that set 姓 名 apart."""
    return _BESIDE_CHINESE.sub("", text)


def _is_figure(text: str) -> bool:
    return bool(FIGURE.fullmatch(text)) and not PERIOD.fullmatch(text)


def _may_head(leaves: Sequence[str]) -> bool:
    if len(leaves) < 2 or len(set(leaves)) < 2 or FIGURE.fullmatch(leaves[0]):
        return False
    return not any(len(leaf) > 40 or _is_figure(leaf) for leaf in leaves)


def _is_form(first: Sequence[str], second: Sequence[str]) -> bool:
    """姓名｜张三｜性别｜男 over 籍贯｜山东｜…: fields and what is filled in, side by side."""
    if len(first) < 2 or not second:
        return False
    labels = [bool(NAME.fullmatch(_name(text)) or PERIOD.fullmatch(text)) for text in first]
    return labels[0] and not labels[1] and bool(NAME.fullmatch(_name(second[0])))


def _pairs(texts: Sequence[str]) -> list[str]:
    """A form's row with each field joined to what is filled in beside it."""
    pairs: list[str] = []
    waiting = ""
    for text in texts:
        label = bool(NAME.fullmatch(_name(text)))
        if waiting:
            pairs.append(waiting if label else f"{waiting}：{text}")
            waiting = _name(text) if label else ""
        elif label:
            waiting = _name(text)
        else:
            pairs.append(text)
    return [*pairs, waiting] if waiting else pairs
