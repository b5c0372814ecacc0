"""python -m evals cards CASES.jsonl: how good the procedure cards are."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.filled import filled_desk
from ingest.console import FILE, HOME, JSON


@click.command(
    help="检验办理卡：步骤、时限、谁办、材料的准确率和召回率，开发题和留出题分开。题目本身有错时退出码为 1。"
)
@click.argument("cases", type=FILE)
@click.option("--half", type=click.Choice(["dev", "heldout"]), help="只看其中一半。")
@click.option("--detail", is_flag=True, help="逐题列出漏掉的和多出的。")
@HOME
@JSON
def cards(home: Path | None, cases: Path, half: str | None, detail: bool, as_json: bool) -> int:
    from evals.cards import read_card_cases
    from evals.cardtable import judge_all, judged_json, judged_text

    read = [case for case in read_card_cases(cases) if half in {None, case.half}]
    with filled_desk(home) as desk:
        judged, wrong = judge_all(read, desk)
    for fault in wrong:
        click.echo(fault, err=True)
    click.echo(
        json.dumps(judged_json(judged), ensure_ascii=False) if as_json else judged_text(judged, detail=detail)
    )
    return 1 if wrong else 0
