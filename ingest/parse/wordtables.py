"""Word tables as rows of cell texts: merged cells once, and whether the first row names the columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.parse.headers import FIGURE, NAME
from ingest.parse.wordnames import qn

ReadCell = Callable[[Any], str]


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
    deleted = f"{qn('w:trPr')}/{qn('w:del')}"
    return [row for row in table.iter(qn("w:tr")) if _owner(row) is table and row.find(deleted) is None]


def _own_cells(row: Any) -> list[Any]:
    """Without those of a table inside a cell: its text is part of the cell's."""
    return [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]


def _owner(row: Any) -> Any:
    return next(row.iterancestors(qn("w:tbl")))


def _cells(row: Any, read: ReadCell) -> list[str]:
    texts: list[str] = []
    for cell in _own_cells(row):
        properties = cell.find(qn("w:tcPr"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        covered = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
        deleted = properties is not None and properties.find(qn("w:cellDel")) is not None
        width = span.get(qn("w:val"), "1") if span is not None else "1"
        texts.append("" if covered or deleted else read(cell))
        texts += [""] * (min(int(width), 64) - 1 if width.isascii() and width.isdigit() else 0)
    return texts


def _marked(row: Any) -> bool:
    """Whether Word repeats the row as a header on every page."""
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false")


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
