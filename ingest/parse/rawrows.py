"""A table's first rows as they stand, for the secrecy gate: the text says them in other words (表头：值).

In a form 密级 says what this file is; in a list of files it says what those are. A column 密级 of such a list is left
out, and below the names of a list's columns only a mark with its star counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ingest.parse.headers import NAME

_ROWS = 20  # rows of a table that may be a head, as many as the lines of a text
_LEAST_NAMES = 0.6  # share of a row's cells that name columns, from which it heads a list
_HINT = re.compile("密|㊙|[内內][ \t\u3000]*部")
_STAR = re.compile(r"[★☆⭐🌟✩✪✫✬✭✮✯✰⋆✡⍟*＊\u2217]")
_LEVEL = re.compile(r"[绝絕机機秘祕內内][\s\u3000]*[密部]")
_SECRECY = re.compile(
    r"[（(【]?(?:文件|资料|项目|载体)?(?:密级|密别|密等|保密[等级]级别?|保密级别|涉密[等级]级别?|涉密级别|涉密程度|秘密等级)"
    r"(?:[（(][^）)]{0,16}[）)])?[）)】]?[:：]?"
)
# What stands beside the mark in the head of a document (GB/T 9704): a row of nothing else belongs to this file.
_ELEMENT = re.compile(
    r"(?:份号|编号|文号|发文字号|发文机关|收文号|紧急程度|缓急|缓急程度|签发人?|会签|保密期限|期限|成文日期|日期|印数|份数|页数)[:：]?"
)
_LESSON = re.compile("题目|试题|题干|答案|选项|示例|样例|样式|格式|范例|写法|标注要求|填写说明")

Cells = Mapping[int, str]


def row_lines(rows: Iterable[Cells]) -> list[str]:
    """The rows down to the names of a list's columns, cells parted by a tab; 密级 over 机密 as one line 密级：机密."""
    kept = list(islice(rows, _ROWS))
    lines: list[str] = []
    for at, row in enumerate(kept):
        below = kept[at + 1] if at + 1 < len(kept) else {}
        lines.append("\t".join(row.values()))
        if _lists_others(row, below) or _teaches(row):
            break
        if len(row) > 1:
            lines += [f"{text}：{below[at]}" for at, text in row.items() if _is_label(text) and at in below]
    return lines


def starred_cells(rows: Iterable[Cells]) -> list[str]:
    """The cells of the first rows one by one; of those that speak of secrecy only such as have a star.

    None where the table is a lesson on marks: its cells are samples.
    """
    kept = list(islice(rows, _ROWS))
    if any(map(_teaches, kept)):
        return []
    cells: list[str] = []
    others: set[int] = set()
    for at, row in enumerate(kept):
        below = kept[at + 1] if at + 1 < len(kept) else {}
        if _lists_others(row, below):
            others = {column for column, text in row.items() if _is_label(text)}
        cells += [
            text
            for column, text in row.items()
            if column not in others and (_STAR.search(text) or not _HINT.search(text))
        ]
    return cells if any(_HINT.search(cell) for cell in cells) else []


def asides(rows: Sequence[Cells]) -> Iterator[str]:
    """Both views of a table that stands for itself, as the sheet of a workbook does; each is a passage of its own."""
    for view in (row_lines(rows), starred_cells(rows)):
        if any(_HINT.search(line) for line in view):
            yield "\n".join(view)


def numbered(rows: Iterable[Sequence[str]]) -> list[Cells]:
    """Rows given as lists, by column; without empty cells, and without rows of nothing else."""
    found = ({column: text for column, text in enumerate(row, 1) if text.strip()} for row in rows)
    return [row for row in found if row]


def _is_label(text: str) -> bool:
    return _SECRECY.fullmatch("".join(text.split())) is not None


def _lists_others(row: Cells, below: Cells) -> bool:
    """Whether the row names the columns of a list, rather than the fields of this file's own head."""
    texts = list(row.values())
    labels = [at for at, text in enumerate(texts) if _is_label(text)]
    filled_in = any(_LEVEL.match(texts[at + 1]) for at in labels if at + 1 < len(texts))
    rest = [text for text in texts if not _is_label(text) and not _ELEMENT.fullmatch("".join(text.split()))]
    if len(texts) < 2 or filled_in or not rest or not below:
        return False
    naming = sum(bool(NAME.fullmatch("".join(text.split()))) for text in texts)
    return bool(labels) or naming >= _LEAST_NAMES * len(texts)


def _teaches(row: Cells) -> bool:
    return any(len(text) <= 12 and _LESSON.search(text) for text in row.values())
