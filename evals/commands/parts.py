"""The commands that judge one part by itself: verify, bad-model."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evals.commands.shown import progress, screen
from ingest.console import FILE, HOME, JSON


@click.command(help="逐句核对的准确率：对的句子放行多少，错的句子拦下多少，按错误种类列表。")
@click.argument("pairs", type=FILE, default=Path("evals/cases/verify-pairs.jsonl"))
@click.option("--make", type=FILE, help="先从这个文件夹的法规和手写的句子重新生成题目文件。")
@JSON
def verify(pairs: Path, make: Path | None, as_json: bool) -> int:
    from evals.verify import judged_pairs, table, told

    judged = judged_pairs(pairs, make)
    if not as_json:
        screen().print(table(judged))
    click.echo(json.dumps(told(judged, rows_too=as_json), ensure_ascii=False), err=not as_json)
    return 0


@click.command(help="让一个故意写错的语言模型回答：有一句假话被当作有依据显示出来，退出码为 1。")
@click.argument("cases", type=FILE)
@click.option("--answers", type=click.IntRange(1), default=500, show_default=True, help="要多少个回答。")
@click.option("--seed", type=int, default=0, show_default=True, help="同一资料库、同一种子，假话相同。")
@HOME
@JSON
def bad_model(home: Path | None, cases: Path, answers: int, seed: int, as_json: bool) -> int:
    from evals.bad_model import lines, run

    with progress("提问") as step:
        found = run(home, cases, answers, step, seed)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(lines(found)))
    return 0 if found.holds else 1
