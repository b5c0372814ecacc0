"""Word tables as rows of cell texts: merged cells once, and whether the first row names the columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.parse.headers import FIGURE, NAME
from ingest.parse.wordnames import qn

ReadCell = Callable[[Any], str]
_ROW, _CELL, _VALUE = qn("w:tr"), qn("w:tc"), qn("w:val")
_ROW_PROPERTIES, _DELETED, _HEADER = qn("w:trPr"), qn("w:del"), qn("w:tblHeader")
_CELL_PROPERTIES, _MERGED, _SPAN, _CELL_DELETED = (
    qn("w:tcPr"),
    qn("w:vMerge"),
    qn("w:gridSpan"),
    qn("w:cellDel"),
)
# What stands in a table or row and is never around its rows or cells.
_NOT_AROUND = {_CELL, _ROW_PROPERTIES, *map(qn, ("w:tblPr", "w:tblGrid", "w:tblPrEx", "w:p", "w:tbl"))}


def frame_of(table: Any) -> Any | None:
    """The cell of a table of one cell: a frame around paragraphs, which stand for themselves. None for any other."""
    rows = _rows(table)
    cells = _own_cells(rows[0]) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def read_table(table: Any, read: ReadCell) -> tuple[list[list[str]], bool]:
    """`(rows, headed)`; a cell merged over columns or rows has its text once, the places it covers are empty.

    Rows and cells whose deletion is tracked are left out. `read` gives a cell's text.
    """
    rows = _rows(table)
    cells = [_cells(row, read) for row in rows]
    kept = [(row, texts) for row, texts in zip(rows, cells, strict=True) if any(texts)]
    if not kept:
        return [], False
    texts = [row_texts for _, row_texts in kept]
    return texts, (_marked(kept[0][0]) and len(kept) > 1) or _names_columns(texts)


def _rows(table: Any) -> list[Any]:
    return [row for row in _own(table, _ROW) if _property(row, _ROW_PROPERTIES, _DELETED) is None]


def _own_cells(row: Any) -> list[Any]:
    """Without those of a table inside a cell: its text is part of the cell's."""
    return _own(row, _CELL)


def _own(container: Any, wanted: str) -> list[Any]:
    """Rows of a table or cells of a row, through the controls and insertions that may stand around them."""
    found: list[Any] = []
    for child in container:
        tag = child.tag
        if tag == wanted:
            found.append(child)
        elif tag not in _NOT_AROUND:
            found += _own(child, wanted)
    return found


def _property(element: Any, properties: str, wanted: str) -> Any | None:
    # lxml's own search takes five times as long as a walk over so few children.
    for child in element:
        if child.tag == properties:
            return next((one for one in child if one.tag == wanted), None)
    return None


def _cells(row: Any, read: ReadCell) -> list[str]:
    texts: list[str] = []
    for cell in _own_cells(row):
        told = {one.tag: one.get(_VALUE) for child in cell if child.tag == _CELL_PROPERTIES for one in child}
        covered = _MERGED in told and told[_MERGED] != "restart"
        texts.append("" if covered or _CELL_DELETED in told else read(cell))
        width = told.get(_SPAN) or "1"
        texts += [""] * (min(int(width), 64) - 1 if width.isascii() and width.isdigit() else 0)
    return texts


def _marked(row: Any) -> bool:
    """Whether Word repeats the row as a header on every page."""
    mark = _property(row, _ROW_PROPERTIES, _HEADER)
    return mark is not None and mark.get(_VALUE, "true") not in ("0", "false")


def _names_columns(rows: list[list[str]]) -> bool:
    header, body = rows[0], rows[1:]
    if len(header) < 2 or not body or not all(header) or len(set(header)) < len(header):
        return False
    if any(len(name) > 20 or FIGURE.fullmatch(name) for name in header):
        return False
    # 姓名｜张三｜性别｜男 is a form, whose rows stand for themselves.
    if all(NAME.fullmatch(name) for name in header):
        return not all(NAME.fullmatch(cell) for cell in body[0])
    columns = [[row[i] for row in body if i < len(row) and row[i]] for i in range(len(header))]
    return len(body) > 1 and any(cells and all(map(FIGURE.fullmatch, cells)) for cells in columns)
