"""python -m evals picking | refusal: learn which sentence answers, and when none does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.filled import filled_desk
from ingest.console import FILE, JSON

if TYPE_CHECKING:
    from bot.compose import Desk
    from evals.model import Case

_T = TypeVar("_T")
_CASES = click.option(
    "--cases", type=(FILE, FILE), multiple=True, required=True, help="资料目录 题目文件；可以写多次。"
)
_ODD = click.option(
    "--odd", type=(FILE, FILE), multiple=True, help="同 --cases，但只用编号为单数的题：双数的留作检验。"
)
_PLAIN = click.option(
    "--plain",
    type=(FILE, FILE),
    multiple=True,
    help="同 --cases，但不用说法表：看没见过的说法会怎样。--odd 里有的文件仍只用单数的题。",
)


@click.command(help="学哪一句在回答：逐题交叉验证，并逐项看去掉一个特征以后的差。")
@_CASES
@_ODD
@_PLAIN
@click.option(
    "--fit", "write", type=FILE, help="把权重写进这个文件（bot/answering/weighing.toml）；不写则只看。"
)
@JSON
def picking(
    cases: Sequence[tuple[Path, Path]],
    odd: Sequence[tuple[Path, Path]],
    plain: Sequence[tuple[Path, Path]],
    write: Path | None,
    as_json: bool,
) -> int:
    from evals.inside import weighed
    from evals.picking import learn_picking, lessons_of, write_picking

    learned = learn_picking(
        _gathered(cases, plain, lambda desk, *rest: lessons_of(partial(weighed, desk), *rest), odd)
    )
    if write:
        write_picking(learned.weights, write)
    if as_json:
        click.echo(json.dumps({**asdict(learned), "weights": learned.weights._asdict()}, ensure_ascii=False))
        return 0
    rows: list[tuple[str, ...]] = [("全部", "", *(f"{share:.3f}" for share in learned.first.values()))]
    for name, weight in learned.weights._asdict().items():
        moved = learned.without.get(name, learned.first)
        rows.append(
            (name, f"{weight}", *(f"{moved[one] - share:+.3f}" for one, share in learned.first.items()))
        )
    _table(("特征", "权重", *learned.first), rows, "第一句就答对的比例；各行是去掉该特征以后的差")
    return 0


@click.command(
    help="从有答案和没有答案的题学什么时候该拒答：逻辑回归，逐题交叉验证。每个 --cases 给资料目录和题目文件。"
)
@_CASES
@_ODD
@_PLAIN
@click.option(
    "--refused",
    type=click.FloatRange(0, 1),
    default=0.94,
    show_default=True,
    help="没有答案的题至少拒答多少。",
)
@click.option(
    "--fit", "write", type=FILE, help="把权重和门槛写进这个文件（bot/refusing/refusal.toml）；不写则只看。"
)
@JSON
def refusal(
    cases: Sequence[tuple[Path, Path]],
    odd: Sequence[tuple[Path, Path]],
    plain: Sequence[tuple[Path, Path]],
    refused: float,
    write: Path | None,
    as_json: bool,
) -> int:
    from evals.inside import strength
    from evals.refusal import calibrate, lessons_of, write_calibration

    gathered = _gathered(cases, plain, lambda desk, *rest: lessons_of(partial(strength, desk), *rest), odd)
    found = calibrate(gathered, refused)
    if write:
        write_calibration(found, write)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return 0
    rows = [(f"{at:+.2f}", *(f"{share:.3f}" for share in shares.values())) for at, shares in found.curve]
    _table(("门槛", *found.curve[0][1]), rows, "各组拒答的比例：逐题交叉验证，门槛从中线算起")
    weights = "，".join(f"{name} {value}" for name, value in asdict(found.weights).items())
    click.echo(f"权重：{weights}\n门槛：{found.least}（从中线算起 {found.margin:+.2f}）")
    return 0


def _gathered(
    cases: Sequence[tuple[Path, Path]],
    plain: Sequence[tuple[Path, Path]],
    lessons_of: Callable[[Desk, Sequence[Case], str, Callable[[int, int], None]], list[_T]],
    odd: Sequence[tuple[Path, Path]] = (),
) -> list[_T]:
    """The lessons of every file; of `odd` the odd numbers only; those of `plain` as if the home had no everyday words,
    the odd numbers only where the file is among `odd`, too.
    """
    from bot.retrieval.lexicon import lexicon_of
    from evals.cases import read_cases
    from evals.dialogues import half_of

    lessons: list[_T] = []
    for own, (home, file) in [*((True, one) for one in (*cases, *odd)), *((False, one) for one in plain)]:
        with filled_desk(home) as desk:
            asked = desk if own else replace(desk, lexicon=lexicon_of([]))
            name = file.stem + ("" if own else "（不用说法表）")
            read = read_cases(file)
            seen = half_of(read, "dev") if (home, file) in odd else read
            lessons += lessons_of(asked, seen, name, lambda *_: None)
        click.echo(f"看过 {name}", err=True)
    return lessons


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    grid = Table(*columns, title=title)
    for row in rows:
        grid.add_row(*row)
    Console().print(grid)
