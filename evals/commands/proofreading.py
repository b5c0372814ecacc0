"""python -m evals proofread: what the proofreader finds, and how often it is wrong."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.filled import filled_desk
from evals.commands.shown import progress, screen
from ingest.console import FILE, HOME, JSON

if TYPE_CHECKING:
    from evals.proofread import Judged

CASES = Path("evals/cases/proofread.jsonl")
DATA = Path("../shared/data")


@click.command(
    help="检验校对：人为错误和真实错误的召回率、准确率、法律和报告上的误报。没达到目标时退出码为 1。"
)
@click.argument("cases", type=FILE, default=CASES)
@click.option(
    "--half",
    type=click.Choice(["dev", "heldout", "both"]),
    default="both",
    show_default=True,
    help="用哪一半。",
)
@click.option("--data", type=FILE, default=DATA, show_default=True, help="原文所在的文件夹。")
@click.option(
    "--show",
    type=click.Choice(["missed", "false", "unjudged"]),
    help="逐处列出没找到的，误报的，或报告和法律里还没有人判过的。",
)
@HOME
@JSON
def proofread(home: Path | None, cases: Path, half: str, data: Path, show: str | None, as_json: bool) -> int:
    return judge_proofreading(cases, home, half=half, data=data, show=show, as_json=as_json)


def judge_proofreading(
    cases: Path,
    home: Path | None,
    *,
    half: str = "both",
    data: Path = DATA,
    show: str | None = None,
    as_json: bool = False,
) -> int:
    """Without a home nothing is quoted against a source: the cases that need one are skipped, and told."""
    from bot.proofread import proofread as by_rules
    from bot.proofreading.shelf import IndexShelf
    from evals.proofcases import read_proof_cases
    from evals.prooffigures import goals
    from evals.proofread import judge_all

    read = read_proof_cases(cases, half)
    with filled_desk(home) if home else nullcontext() as desk, progress("校对") as step:
        shelf = IndexShelf(desk.index) if desk else None
        judged = judge_all(
            read,
            lambda text: by_rules(text, shelf=shelf),
            data if data.is_dir() else None,
            shelf=shelf is not None,
            on_text=step,
        )
    _show(judged, show, as_json=as_json)
    return 1 if any(goal.held is False for goal in goals(judged)) else 0


def _show(judged: Judged, show: str | None, *, as_json: bool) -> None:
    from evals.prooffigures import false, lines, missed, table, told, unjudged

    shown = {"missed": missed, "false": false, "unjudged": unjudged}[show](judged) if show else []
    if as_json:
        click.echo(json.dumps({**told(judged), **({show: shown} if show else {})}, ensure_ascii=False))
        return
    for line in shown:
        click.echo(line)
    screen().print(table(judged))
    click.echo("\n".join(lines(judged)))
