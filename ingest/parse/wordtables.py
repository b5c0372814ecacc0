"""Word tables as rows of cell texts: merged cells once, and whether the first row names the columns."""

from __future__ import annotations

import re
from typing import Any

from ingest.parse.wordnames import qn
from ingest.parse.wordtext import plain_text

# A first row of nothing but such nouns names columns; 姓名｜张三｜性别｜男 is a form, whose rows stand for themselves.
_COLUMN_NAME = re.compile(
    r".{0,12}(?:序号|编号|姓名|名单|性别|民族|职务|职级|岗位|单位|部门|支部|组织|时间|日期|时限|期限|年度|地点|内容|名称|"
    r"数|数量|人数|金额|合计|比例|占比|标准|备注|项目|类别|类型|电话|情况|说明|措施|责任人|方式|要求|事项|任务|问题|依据|指标|得分|分值|材料|步骤|阶段|条文|罪名)"
    r"(?:[（(].{1,10}[）)])?"
)
_FIGURE = re.compile(r"[\d.,%％年月日\-/:：元人次个]+")


def read_table(table: Any) -> tuple[list[list[str]], bool]:
    """`(rows, headed)`; a cell merged over columns or rows has its text once, the places it covers are empty."""
    rows = [row for row in table.iter(qn("w:tr")) if _owner(row) is table]
    cells = [_cells(row) for row in rows]
    kept = [(row, texts) for row, texts in zip(rows, cells, strict=True) if any(texts)]
    if not kept:
        return [], False
    texts = [row_texts for _, row_texts in kept]
    return texts, (_marked(kept[0][0]) and len(kept) > 1) or _names_columns(texts)


def _owner(row: Any) -> Any:
    return next(row.iterancestors(qn("w:tbl")))


def _cells(row: Any) -> list[str]:
    texts: list[str] = []
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue  # of a table inside this cell: its text is part of the cell's
        properties = cell.find(qn("w:tcPr"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        covered = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
        width = span.get(qn("w:val"), "1") if span is not None else "1"
        texts.append("" if covered else _cell_text(cell))
        texts += [""] * (min(int(width), 64) - 1 if width.isascii() and width.isdigit() else 0)
    return texts


def _cell_text(cell: Any) -> str:
    paragraphs = (plain_text(paragraph) for paragraph in cell.iter(qn("w:p")))
    return " ".join(" ".join(text.split()) for text in paragraphs if text.strip())


def _marked(row: Any) -> bool:
    """Whether Word repeats the row as a header on every page."""
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false")


def _names_columns(rows: list[list[str]]) -> bool:
    header, body = rows[0], rows[1:]
    if len(header) < 2 or not body or not all(header) or len(set(header)) < len(header):
        return False
    if any(len(name) > 20 or _FIGURE.fullmatch(name) for name in header):
        return False
    if all(_COLUMN_NAME.fullmatch(name) for name in header):
        return not all(_COLUMN_NAME.fullmatch(cell) for cell in body[0])
    columns = [[row[i] for row in body if i < len(row) and row[i]] for i in range(len(header))]
    return len(body) > 1 and any(cells and all(map(_FIGURE.fullmatch, cells)) for cells in columns)
