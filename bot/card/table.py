"""A card as a table: CSV, Markdown, or a workbook. The only file that imports xlsxwriter (BSD-2-Clause)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.card.model import Card, Dates, Step, Timetable
from ingest.text import titled

HEAD = ("步骤", "做什么", "谁办", "材料", "时限", "出处", "原文")
DATED = ("最早", "最迟", "日期说明")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
WIDTHS = (6, 28, 24, 30, 36, 24, 60, 12, 12, 40)


def rows(card: Card, table: Timetable | None = None) -> list[tuple[str, ...]]:
    """The head and one row for each step, then those for special cases."""
    dates = {row.number: row for row in table.dates} if table else {}
    head = (*HEAD, *DATED) if table else HEAD
    body = [
        _row(card, step, dates.get(step.number), dated=table is not None)
        for step in (*card.steps, *card.special)
    ]
    return [head, *body]


def to_csv(card: Card, table: Timetable | None = None) -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; a cell that would be a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_plain(cell) for cell in row] for row in rows(card, table))
    for note in _remarks(card, table):
        writer.writerow([_plain(note)])
    return out.getvalue().encode("utf-8-sig")


def to_markdown(card: Card, table: Timetable | None = None) -> bytes:
    head, *body = rows(card, table)
    lines = [f"# 办理卡：{card.topic}", "", f"依据：{titled(card.title)}", ""]
    lines += [_line(head), _line(["---"] * len(head)), *(_line(row) for row in body), ""]
    lines += [f"- {note}" for note in _remarks(card, table)]
    return ("\n".join(lines) + "\n").encode()


def to_xlsx(card: Card, table: Timetable | None = None) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("办理卡")
    bold = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#FBE5E5", "border": 1}
    )
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.write_string(0, 0, f"办理卡：{card.topic}（{titled(card.title)}）", book.add_format({"bold": True}))
    whole = rows(card, table)
    for at, row in enumerate(whole, 2):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell, bold if at == 2 else plain)
    for column, width in enumerate(WIDTHS[: len(whole[0])]):
        sheet.set_column(column, column, width)
    for at, note in enumerate(_remarks(card, table), len(whole) + 3):
        sheet.write_string(at, 0, note)
    sheet.freeze_panes(3, 2)
    book.close()
    return out.getvalue()


def _row(card: Card, step: Step, dates: Dates | None, *, dated: bool) -> tuple[str, ...]:
    number = f"{step.number}（特殊情形）" if step in card.special else str(step.number)
    parts = "".join(f"\n{part.text}" for part in step.parts)
    cells = (
        number,
        step.title + parts,
        "、".join(fact.text for fact in step.actors),
        "、".join(fact.text for fact in step.materials),
        "；".join(limit_text(limit.fact.text, limit.anchor) for limit in step.limits),
        f"{titled(card.title)}{step.label}",
        step.action.text,
    )
    if not dated:
        return cells
    if dates is None:
        return (*cells, "", "", "")
    return (
        *cells,
        *(day.isoformat() if day else "" for day in (dates.earliest, dates.latest)),
        explain(dates),
    )


def limit_text(words: str, anchor: str | None) -> str:
    """一个月内（自“入党申请书”起算）."""
    return f"{words}（从“{anchor}”起算）" if anchor else words


def explain(dates: Dates) -> str:
    """What each limit comes to, in Chinese; why nothing could be worked out."""
    told = [dates.why]
    for due in dates.due:
        days = [
            f"最早 {due.earliest}" if due.earliest and due.earliest != due.latest else "",
            f"到 {due.latest}" if due.latest else "",
        ]
        words = "，".join(word for word in (*days, due.note) if word)
        since = f"（自“{due.counted_from}”）" if due.counted_from and any(days) else ""
        if words and not (due.note and due.note == dates.why):
            told.append(
                f"{due.limit.fact.text}{since}：{words}{'，限特殊情形' if due.limit.optional else ''}"
            )
    return "；".join(word for word in told if word)


def _remarks(card: Card, table: Timetable | None) -> Sequence[str]:
    return (*card.warnings, *(table.notes if table else ()))


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _line(cells: Sequence[str]) -> str:
    shown = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(shown)} |"
