"""From lines to `Parsed`: the one place where block offsets are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.model import Block, Parsed


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or table row as a parser reads it; `page` is 1-based or None."""

    text: str
    kind: str = "paragraph"
    level: int = 0
    page: int | None = None


def lay_out(
    lines: Iterable[Line], form: str, properties: Mapping[str, str], warnings: Sequence[str] = ()
) -> Parsed:
    """The lines joined by a line feed, each as one block: `text[block.start:block.end]` is that line.

    No line may hold a line feed; blank lines must be left out by the caller.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for line in lines:
        end = position + len(line.text)
        blocks.append(Block(position, end, line.kind, line.level, line.page))
        texts.append(line.text)
        position = end + 1
    return Parsed("\n".join(texts), tuple(blocks), form, dict(properties), tuple(warnings))


def table_lines(rows: Sequence[Sequence[str]], *, headed: bool, page: int | None = None) -> list[Line]:
    """A table as text, one line per row: 表头：值；表头：值 when `headed`, else the cells joined by ；.

    A cell that is empty is left out; a headed table of nothing but its header gives that header.
    """
    if headed and len(rows) > 1:
        header, body = rows[0], rows[1:]
        texts = [_headed_row(header, row) for row in body]
    else:
        texts = ["；".join(cell for cell in row if cell) for row in rows]
    return [Line(text, "row", page=page) for text in texts if text]


def _headed_row(header: Sequence[str], row: Sequence[str]) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    cells = ((name.rstrip("：:"), cell) for name, cell in zip(names, row, strict=False) if cell)
    return "；".join(f"{name}：{cell}" if name and name != cell else cell for name, cell in cells)
