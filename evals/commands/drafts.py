"""python -m evals drafts: drafts of the requests, read again from the Word files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.console import FILE, HOME, JSON

if TYPE_CHECKING:
    from evals.drafts import Judged

REQUESTS = Path(__file__).parents[1] / "cases" / "drafts"


@click.command(
    help="检验起草：逐份起草、导出 Word，再从 Word 里把每个数字读出来，看有没有来路不明的；不写文件名则用 evals/cases/drafts。"
    "有来路不明的数字、站不住的引用、显示了的假话或不合 GB/T 9704 的版式时退出码为 1。"
)
@click.argument("requests", nargs=-1, type=FILE)
@click.option("--bad-model", is_flag=True, help="用一个故意说假话的模型来写。")
@click.option("--seed", type=int, default=0, show_default=True, help="说哪些假话。")
@HOME
@JSON
def drafts(requests: Sequence[Path], bad_model: bool, seed: int, home: Path | None, as_json: bool) -> int:
    from evals.drafts import judged_drafts

    files = list(requests) or sorted(REQUESTS.glob("*.toml"))
    found = judged_drafts(
        home, files, seed if bad_model else None, lambda name: click.echo(f"起草了 {name}", err=True)
    )
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            _tell(one)
    return 0 if found and all(one.holds for one in found) else 1


def _tell(one: Judged) -> None:
    click.echo(
        f"{one.request}：{one.characters} 字，{one.sentences} 句（有引用的 {one.cited} 句，未采用 {one.dropped} 句），"
        f"Word 里数字 {one.figures} 个：有来源 {one.traced}，待核实 {one.pending}，来路不明 {len(one.stray)}；"
        f"站不住的引用 {len(one.uncarried)}，显示的假话 {len(one.shown_false)}，版式不合 {len(one.deviations)}；{one.ms:.0f} 毫秒"
    )
    for name, lines in (
        ("来路不明", one.stray),
        ("站不住", one.uncarried),
        ("假话", one.shown_false),
        ("版式", one.deviations),
    ):
        for line in lines:
            click.echo(f"  {name}：{line}")
