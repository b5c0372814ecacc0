"""From lines to `Parsed`: the one place where block offsets are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.model import Block, Parsed
from ingest.parse.rawrows import Cells, numbered, row_lines, starred_cells

_HEAD_LINES = 20  # of which the secrecy gate looks for bare marks


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or table row as a parser reads it; `page` is 1-based or None.

    `rows` stands on a table's first line: its first rows as the file has them, for the secrecy gate.
    """

    text: str
    kind: str = "paragraph"
    level: int = 0
    page: int | None = None
    rows: tuple[Cells, ...] = ()


def lay_out(
    lines: Iterable[Line],
    form: str,
    properties: Mapping[str, str],
    warnings: Sequence[str] = (),
    aside: Iterable[str] = (),
) -> Parsed:
    """The lines joined by a line feed, each as one block: `text[block.start:block.end]` is that line.

    No line may hold a line feed; blank lines must be left out by the caller. `aside` is told beside the text
    (`Parsed.aside`), and so are the first rows of tables as they stand.
    """
    lines = list(lines)
    texts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for line in lines:
        end = position + len(line.text)
        blocks.append(Block(position, end, line.kind, line.level, line.page))
        texts.append(line.text)
        position = end + 1
    return Parsed(
        "\n".join(texts),
        tuple(blocks),
        form,
        dict(properties),
        tuple(warnings),
        (*aside, *_raw_tables(lines)),
    )


def _raw_tables(lines: Sequence[Line]) -> list[str]:
    """The head of the document with its tables as they stand, and the starred cells of any table."""
    tables = [line.rows for line in lines if line.rows]
    if not tables:
        return []
    top = [line for line in lines[:_HEAD_LINES] if line.page == lines[0].page]
    head = [piece for line in top for piece in (row_lines(line.rows) or [line.text])]
    return [view for cells in (head, *map(starred_cells, tables)) if (view := "\n".join(cells))]


def table_lines(rows: Sequence[Sequence[str]], *, headed: bool, page: int | None = None) -> list[Line]:
    """A table as text, one line per row: 表头：值；表头：值 when `headed`, else the cells joined by ；.

    A cell that is empty is left out; a headed table of nothing but its header gives that header.
    """
    raw = numbered(rows)
    rows = [row for row in rows if any(row)]
    if headed and len(rows) > 1:
        header, body = rows[0], rows[1:]
        texts = [_headed_row(header, row) for row in body]
    else:
        texts = ["；".join(cell for cell in row if cell) for row in rows]
    read = [Line(text, "row", page=page) for text in texts if text]
    return [replace(line, rows=tuple(raw[:_HEAD_LINES])) for line in read[:1]] + read[1:]


def _headed_row(header: Sequence[str], row: Sequence[str]) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    cells = ((name.rstrip("：:"), cell) for name, cell in zip(names, row, strict=False) if cell)
    return "；".join(f"{name}：{cell}" if name and name != cell else cell for name, cell in cells)
