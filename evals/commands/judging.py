"""The commands that judge a knowledge base by cases: run, check, compare."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.filled import filled_desk
from evals.commands.proofreading import judge_proofreading
from evals.commands.shown import progress, screen
from ingest.console import FILE, HOME, JSON

if TYPE_CHECKING:
    from bot.compose import Desk
    from evals.compare import Comparison


@click.command(help="用题目文件检验资料库：检索、引用、拒答。有题目出错时退出码为 1。")
@click.argument("cases", type=FILE)
@click.option("--out", type=FILE, help="把 result.json 和 report.html 写到这个文件夹。")
@click.option("-k", type=click.IntRange(1, 100), default=10, show_default=True, help="每题保留几条检索结果。")
@click.option("--search-only", is_flag=True, help="只检索，不提问。")
@click.option(
    "--half", type=click.Choice(["dev", "heldout"]), help="只用编号为单数（dev）或双数（heldout）的对话。"
)
@HOME
@JSON
def run(
    home: Path | None,
    cases: Path,
    out: Path | None,
    k: int,
    search_only: bool,
    half: str | None,
    as_json: bool,
) -> int:
    from evals.proofcases import is_proof_file

    if is_proof_file(cases):  # the proofreader's cases have no questions: texts and the slips in them
        return judge_proofreading(cases, home, half=half or "both", as_json=as_json)

    from evals.cases import read_cases
    from evals.dialogues import half_of, understood, with_follow_ups
    from evals.report import result_json, table, write_report
    from evals.run import evaluate

    read = read_cases(cases)
    read = half_of(read, half) if half else read
    with filled_desk(home) as desk, progress("测评") as step:
        settings = {"file": cases.name, "sha256": _digest(cases), **_index_settings(desk)}
        settings |= {"half": half} if half else {}
        how: dict[str, Any] = {"k": k, "search_only": search_only, "on_case": step}
        evaluation = evaluate(understood(read, desk), desk, settings=settings, **how)
        evaluation = with_follow_ups(evaluation, read, desk, **how)
    if out:
        write_report(evaluation, out)
        click.echo(f"报告已写到 {out / 'report.html'}", err=True)
    if as_json:
        click.echo(json.dumps(result_json(evaluation), ensure_ascii=False))
    else:
        screen().print(table(evaluation))
    failed = [result for result in evaluation.results if result.error]
    for result in failed:
        click.echo(f"出错：{result.case.id} {result.case.question}：{result.error}", err=True)
    return 1 if failed else 0


@click.command(
    help="核对题目文件：依据是否在资料库里，引文是否一字不差，有没有重复的题。有问题时退出码为 1。"
)
@click.argument("cases", type=FILE)
@HOME
@JSON
def check(home: Path | None, cases: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from evals.cases import read_cases
    from evals.check import check as check_cases

    read = read_cases(cases)
    with filled_desk(home) as desk:
        checked = check_cases(read, desk.index)
    if as_json:
        click.echo(json.dumps(asdict(checked), ensure_ascii=False))
    else:
        for fault in checked.faults:
            click.echo(f"{fault.id} {fault.question}：{fault.what}")
        told = f"有 {len(checked.faults)} 处问题。" if checked.faults else "没有问题。"
        click.echo(
            f"核对了 {checked.cases} 题、{checked.places} 处依据、{checked.quotes} 段引文，{told}", err=True
        )
    return 1 if checked.faults else 0


@click.command(help="比较两次测评的 result.json；有主要指标变差（超过容差）时退出码为 1。")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option(
    "--tolerance", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="允许变差多少。"
)
@JSON
def compare(before: Path, after: Path, tolerance: float, as_json: bool) -> int:
    from dataclasses import asdict

    from evals.compare import compare as compare_results
    from evals.compare import read_result

    found = compare_results(read_result(before), read_result(after), tolerance)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _print_comparison(found)
    return 1 if found.worse else 0


def _index_settings(desk: Desk) -> dict[str, Any]:
    """What the figures depend on; no path of this machine, so that a result can be kept as a baseline."""
    counts = desk.index.counts()
    embedder = desk.index.embedder
    name = Path(embedder.name).name
    return {
        "embedding": name,
        "fingerprint": embedder.fingerprint,
        "documents": counts.documents,
        "chunks": counts.chunks,
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _print_comparison(found: Comparison) -> None:
    from rich.table import Table

    from evals.report import GROUPS, VERDICTS, shown

    grid = Table("类别", "指标", title="两次测评")
    for column in ("前", "后", "变化"):
        grid.add_column(column, justify="right")
    for one in found.deltas:
        values = [shown(one.group, value) for value in (one.before, one.after)]
        word = "更好" if one.gain > 0 else "变差" if one.gain < 0 else "相同"
        grid.add_row(GROUPS[one.group], one.name, *values, f"{one.after - one.before:+.3f} {word}")
    screen().print(grid)
    for warning in found.warnings:
        click.echo(f"注意：{warning}")
    for change in found.changes:
        click.echo(
            f"{VERDICTS[change.before]}→{VERDICTS[change.after]}  排序 {change.ranking_before:.2f}→{change.ranking_after:.2f}  "
            f"{change.id} {change.question}"
        )
    click.echo(f"变差的指标：{'、'.join(found.worse)}" if found.worse else "没有主要指标变差。")
