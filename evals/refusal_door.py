"""python -m evals refusal: learns when to refuse, and shows what each threshold would do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from ingest.console import FILE, JSON


@click.command(
    help="从有答案和没有答案的题学什么时候该拒答：逻辑回归，逐题交叉验证。每个 --cases 给资料目录和题目文件。"
)
@click.option(
    "--cases", type=(FILE, FILE), multiple=True, required=True, help="资料目录 题目文件；可以写多次。"
)
@click.option("--plain", type=(FILE, FILE), multiple=True, help="同上，但不用说法表：看没见过的说法会怎样。")
@click.option(
    "--refused",
    type=click.FloatRange(0, 1),
    default=0.95,
    show_default=True,
    help="没有答案的题至少拒答多少。",
)
@click.option("--fit", "write", type=FILE, help="把权重和门槛写进这个文件（bot/refusal.toml）；不写则只看。")
@JSON
def refusal(
    cases: Sequence[tuple[Path, Path]],
    plain: Sequence[tuple[Path, Path]],
    refused: float,
    write: Path | None,
    as_json: bool,
) -> int:
    from rich.console import Console
    from rich.table import Table

    from bot.compose import open_desk
    from bot.retrieval.lexicon import lexicon_of
    from evals.cases import read_cases
    from evals.refusal import calibrate, lessons_of, write_calibration

    lessons = []
    for home, file, own in [*((*one, True) for one in cases), *((*one, False) for one in plain)]:
        desk = open_desk(home)
        try:
            asked = desk if own else replace(desk, lexicon=lexicon_of([]))
            name = file.stem + ("" if own else "（不用说法表）")
            lessons += lessons_of(asked, read_cases(file), name, lambda *_: None)
        finally:
            desk.close()
        click.echo(f"看过 {name}", err=True)
    found = calibrate(lessons, refused)
    if write:
        write_calibration(found, write)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return 0
    screen = Console()
    grid = Table("门槛", *found.curve[0][1], title="各组拒答的比例：逐题交叉验证，门槛从中线算起")
    for threshold, shares in found.curve:
        grid.add_row(f"{threshold:+.2f}", *(f"{share:.3f}" for share in shares.values()))
    screen.print(grid)
    for name, value in asdict(found.weights).items():
        screen.print(f"{name} = {value}")
    screen.print(f"least = {found.least}")
    return 0
