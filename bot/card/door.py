"""python -m bot card QUESTION: the card on the screen, as JSON, as a table, as a calendar."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from bot.batch import clean_question
from bot.card.model import Card, Timetable
from bot.card.typed import NotUnderstood, check_steps, known_days
from ingest.console import FILE, HOME, JSON, Day

NOTHING = "资料库里没有找到说明怎样办理这件事的条文。可以换一种说法，或先导入有关规定。"
T = TypeVar("T")
_ENDINGS = {".csv", ".xlsx", ".md"}


@click.command(
    help="办理卡：一件事分几步、谁来办、要什么材料、什么时限，每一项都有出处；给出起算日就推算日期。"
    "没有找到条文时退出码为 1，问的不是办理时为 2。"
)
@click.argument("question", metavar="[问题]", required=False)
@click.option("--start", type=Day(), help="起算日，如 2026-05-01；卡上会说明把它当作哪一天。")
@click.option("--first", type=click.IntRange(1, 999), help="起算日是第几步的日子。")
@click.option(
    "--known", multiple=True, metavar="步骤=日期", help="已经知道的日子，如 18=2026-08-01；可以写多次。"
)
@click.option("--as-of", type=Day(), help="按哪一天有效的规定，如 2024-01-01。")
@click.option("--ics", type=FILE, help="把日期写成日历文件（.ics），需要 --start。")
@click.option("--out", type=FILE, help="把卡写成表：.csv、.xlsx 或 .md。")
@HOME
@JSON
def card(
    home: Path | None,
    question: str | None,
    start: date | None,
    first: int | None,
    known: Sequence[str],
    as_of: date | None,
    ics: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    from bot.card.record import card_json, card_text
    from bot.filled import filled_desk

    asked = clean_question(question or "")
    _check(start, ics, out, known)
    days = _typed(lambda: known_days("，".join(known)))
    with filled_desk(home) as desk:
        made = desk.card(asked, as_of)
    if made is None:
        click.echo(NOTHING, err=True)
        return 1
    table = _timetable(made, start, first, days)
    _write(made, table, ics, out)
    click.echo(json.dumps(card_json(made, table), ensure_ascii=False) if as_json else card_text(made, table))
    return 0


def _check(start: date | None, ics: Path | None, out: Path | None, known: Sequence[str]) -> None:
    if (ics or known) and start is None:
        raise click.UsageError("--ics 和 --known 需要 --start，否则没有日期可算")
    if out and out.suffix.lower() not in _ENDINGS:
        raise click.UsageError(f"--out 的文件名应以 {'、'.join(sorted(_ENDINGS))} 结尾")


def _timetable(made: Card, start: date | None, first: int | None, known: dict[int, date]) -> Timetable | None:
    from bot.card.dates import timetable

    if start is None:
        return None
    _typed(lambda: check_steps(made, first, *known))
    return timetable(made, start, first, known)


def _typed(read: Callable[[], T]) -> T:
    try:
        return read()
    except NotUnderstood as error:
        raise click.UsageError(str(error).rstrip("。")) from error


def _write(made: Card, table: Timetable | None, ics: Path | None, out: Path | None) -> None:
    if ics and table:
        from bot.card.ics import to_ics

        ics.write_bytes(to_ics(made, table))
        click.echo(f"日历已写到 {ics}", err=True)
    if out:
        from bot.card.table import to_csv, to_markdown, to_xlsx

        writers = {".csv": to_csv, ".md": to_markdown, ".xlsx": to_xlsx}
        out.write_bytes(writers[out.suffix.lower()](made, table))
        click.echo(f"表格已写到 {out}", err=True)
