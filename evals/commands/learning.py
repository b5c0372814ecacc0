"""The commands that make cases and learn from them: generate, lexicon, fit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.filled import filled_desk
from evals.commands.shown import progress, screen
from ingest.console import FILE, HOME, JSON
from ingest.errors import ConfigError

if TYPE_CHECKING:
    from evals.fit import Fit


@click.command(
    help="从资料库按固定句式生成“某条规定了什么”的题目。题面含标题和条号，比真实提问容易，只用来查漏。"
)
@click.option("--out", type=FILE, required=True, help="写到这个题目文件（.jsonl）。")
@click.option("--count", type=click.IntRange(1), default=100, show_default=True, help="最多几题。")
@click.option("--seed", type=int, default=0, show_default=True, help="同一资料库、同一种子，题目相同。")
@click.option("--references", is_flag=True, help="改出“细则第12条第二款”这样只点条号的题目，多种写法。")
@click.option(
    "--unanswerable", type=FILE, help="改从这个问答文件（如 cmrc2018-dev.jsonl）抽别的事，作没有答案的题。"
)
@HOME
def generate(
    home: Path | None, out: Path, count: int, seed: int, references: bool, unanswerable: Path | None
) -> int:
    from evals.cases import write_cases
    from evals.generate import generate_cases
    from evals.references import reference_cases
    from evals.unanswerable import unrelated_cases

    if unanswerable:
        write_cases(unrelated_cases(unanswerable, count, seed), out)
        click.echo(f"写了没有答案的题（种子 {seed}）：{out}", err=True)
        return 0
    with filled_desk(home) as desk, progress("读条文") as step:
        cases = (reference_cases if references else generate_cases)(desk.index, count, seed, step)
    if not cases:
        raise ConfigError("资料库里没有分条的文件，出不了题。", hint="请先同步法规文件，再生成题目。")
    write_cases(cases, out)
    click.echo(
        f"写了 {len(cases)} 题（种子 {seed}，固定句式，题面含标题和条号，只用来查漏）：{out}", err=True
    )
    return 0


@click.command(help="逐条测量说法表：每一条涉及几题，去掉它以后依据的名次怎样变。")
@click.argument("cases", type=FILE)
@HOME
@JSON
def lexicon(home: Path | None, cases: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from rich.table import Table

    from bot.model import Query
    from bot.retrieval.lexicon import Lexicon, lexicon_in
    from bot.retrieval.retrieve import retrieve
    from evals.cases import read_cases
    from evals.lexicon import ablate
    from evals.metrics import DEPTH, evidence_of
    from evals.model import Case

    with filled_desk(home) as desk:

        def rank(case: Case, words: Lexicon) -> int | None:
            hits = retrieve(desk.index, Query(case.question, case.as_of), DEPTH, words)
            return next((place for place, hit in enumerate(hits, 1) if evidence_of(hit, case)), None)

        effects = ablate(read_cases(cases), lexicon_in(desk.settings.home), rank)
    if as_json:
        rows = [{**asdict(one), "gains": one.gains, "losses": one.losses, "mrr": one.mrr} for one in effects]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return 0
    grid = Table("说法", "涉及", "前移", "后移", "MRR 之和", title="说法表逐条的作用（有它和去掉它相比）")
    for one in effects:
        if one.touched:
            figures = (str(one.touched), str(one.gains), str(one.losses), f"{one.mrr:+.2f}")
            grid.add_row("、".join(one.said[:4]), *figures)
    screen().print(grid)
    click.echo(f"{sum(not one.touched for one in effects)} 条没有题目涉及。", err=True)
    return 0


@click.command(
    help="从知道依据的题目学检索排序的权重，逐题交叉验证，并逐项看去掉它差多少。每个 --train 给资料目录和题目文件；"
    "资料目录里的向量模型不应学过这些题。"
)
@click.option(
    "--train", type=(FILE, FILE), multiple=True, required=True, help="资料目录 题目文件；可以写多次。"
)
@click.option("--count", type=(FILE, FILE), multiple=True, help="同上；按这些题数每一条被问过几次。")
@click.option(
    "--write",
    type=FILE,
    help="把权重写进这个文件夹（ranking.toml）；是 bot/retrieval 时也写次数（asked.tsv）。",
)
@JSON
def fit(
    train: Sequence[tuple[Path, Path]], count: Sequence[tuple[Path, Path]], write: Path | None, as_json: bool
) -> int:
    from dataclasses import asdict

    from evals.cases import read_cases
    from evals.fit import count_asked, judge, write_counts, write_weights
    from evals.fit import fit as learn

    if count and write and not (write / "asked.tsv").exists():
        raise click.UsageError(
            "--count 的次数只在 --write bot/retrieval 时有用；资料目录自己的次数来自 asked.jsonl"
        )
    judged, counts = [], Counter[tuple[str, str]]()
    for home, file in train:
        with filled_desk(home) as desk, progress("取候选") as step:
            judged += judge(desk.index, read_cases(file), file.stem, step)
    for home, file in count:
        with filled_desk(home) as desk:
            counts += count_asked(desk.index, read_cases(file))
    learned = learn(judged)
    if write:
        write_weights(learned.weights, write / "ranking.toml")
        if count:
            write_counts(counts, write / "asked.tsv")
    if as_json:
        click.echo(json.dumps({**asdict(learned), "weights": learned.weights._asdict()}, ensure_ascii=False))
        return 0
    _print_fit(learned)
    return 0


def _print_fit(learned: Fit) -> None:
    from rich.table import Table

    for group, figures in learned.figures.items():
        grid = Table("特征", "权重", *figures, title=f"{group}：逐题交叉验证；各行是去掉该特征以后的差")
        grid.add_row("全部", "", *(f"{value:.3f}" for value in figures.values()))
        for name, without in learned.without.items():
            moved = (f"{without[group][key] - value:+.3f}" for key, value in figures.items())
            grid.add_row(name, f"{getattr(learned.weights, name):.3f}", *moved)
        screen().print(grid)
