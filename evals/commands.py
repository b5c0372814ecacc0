"""Commands of `python -m evals` that have a file of their own behind them, and no room in `__main__`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from ingest.console import FILE, HOME, JSON


@click.command(help="让一个故意写错的语言模型回答：有一句假话被当作有依据显示出来，退出码为 1。")
@click.argument("cases", type=FILE)
@click.option("--answers", type=click.IntRange(1), default=500, show_default=True, help="要多少个回答。")
@click.option("--seed", type=int, default=0, show_default=True, help="同一资料库、同一种子，假话相同。")
@HOME
@JSON
def bad_model(home: Path | None, cases: Path, answers: int, seed: int, as_json: bool) -> int:
    from rich.console import Console
    from rich.progress import Progress

    from evals.bad_model import lines, run

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("提问", total=answers)
        found = run(home, cases, answers, lambda done, _: bar.update(task, completed=done), seed)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(lines(found)))
    return 0 if found.holds else 1


@click.command(hidden=True, help="测速时用来对比的普通 LangChain 流程。")
@click.argument("folder", type=FILE)
@click.option("--store", type=FILE, required=True)
@click.option("--chunk-size", type=int, default=200)
@click.option("--overlap", type=int, default=20)
def plain(folder: Path, store: Path, chunk_size: int, overlap: int) -> None:
    from evals.plain import index_plainly

    click.echo(json.dumps(index_plainly(folder, store, chunk_size, overlap)))


@click.command(hidden=True, help="测速时用来对比的 LangChain 读法。")
@click.argument("folder", type=FILE)
def load(folder: Path) -> None:
    from evals.plain import load_plainly

    click.echo(json.dumps(load_plainly(folder)))


COMMANDS: Final[Mapping[str, click.Command]] = {"bad-model": bad_model, "plain": plain, "load": load}
