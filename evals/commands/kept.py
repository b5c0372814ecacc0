"""python -m evals kept: whether full questions are left alone when they follow another talk's question."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.filled import filled_desk
from ingest.console import FILE, HOME, JSON


@click.command(help="独立的问题接在不相干的一问后面，应原样不动：列出被改写的。有被改写的时退出码为 1。")
@click.argument("cases", type=FILE)
@click.option("--after", type=FILE, required=True, help="对话的题目文件，取其中各段的第一问作前文。")
@HOME
@JSON
def kept(home: Path | None, cases: Path, after: Path, as_json: bool) -> int:
    from evals.cases import read_cases
    from evals.dialogues import kept as bent_of

    read, firsts = read_cases(cases), [case for case in read_cases(after) if not case.before]
    with filled_desk(home) as desk:
        bent = bent_of(read, firsts, desk)
    share = round(1 - len(bent) / len(read), 4)
    if as_json:
        made = [{"id": case.id, "question": case.question, "made": question} for case, question in bent]
        click.echo(json.dumps({"cases": len(read), "kept": share, "bent": made}, ensure_ascii=False))
    else:
        for case, question in bent:
            click.echo(f"{case.id} {case.question} → {question}")
        click.echo(f"{len(read)} 题，原样不动的占 {share:.4f}。", err=True)
    return 1 if bent else 0
