"""The commands that change what was read in: remove, reindex, adapt."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.commands.opened import matches, open_home
from ingest.console import FILE, HOME, JSON
from ingest.errors import ConfigError
from ingest.text import titled

if TYPE_CHECKING:
    from ingest.adapt import Adaptation


@click.command(help="从资料库移除文件（磁盘上的原件不动）；名称只写一部分时，列出相符的文件，问过再移除。")
@click.argument("source", metavar="文件")
@click.option("--yes", is_flag=True, help="不再询问，移除所有相符的文件。")
@HOME
def remove(home: Path | None, source: str, yes: bool) -> None:
    index = open_home(home)
    exact, near = matches(index, source)
    if not exact and not yes:
        click.echo(f"“{source}”不是完整的名称，与它相符的有 {len(near)} 份：", err=True)
        for row in near:
            click.echo(f"  {row.source}  {titled(row.title)}", err=True)
        _ask_first(f"要从资料库移除{'这一份' if len(near) == 1 else f'这 {len(near)} 份'}吗？")
    rows = exact or near
    with index.writing():
        index.remove([row.id for row in rows])
    for row in rows:
        click.echo(f"已移除 {row.source}；原件未动，再次同步所在文件夹会重新读入。")


def _ask_first(question: str) -> None:
    """ConfigError unless the answer is yes; where nobody can answer, too."""
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort:
        click.echo(err=True)  # ends the line of the question
        agreed = False
    if not agreed:
        raise ConfigError("没有移除。", hint="写全文件名称就不再询问；或加 --yes 移除所有相符的文件。")


@click.command(help="换了向量模型或升级后，用资料库里的文字重建索引。")
@HOME
def reindex(home: Path | None) -> None:
    index = open_home(home)
    with index.writing():
        for done, total in index.rebuild():
            click.echo(f"\r重建索引 {done}/{total}", err=True, nl=done == total)
    click.echo(f"索引已重建：{index.counts().chunks} 个分块。")


@click.command(help="让自带模型学本单位的资料和确认过的问题；变好了才换上，--undo 退回。")
@click.option(
    "--pairs", type=FILE, help='确认过的问题，每行一个 JSON：{"question", "source", "article"}，或评测题。'
)
@click.option(
    "--minutes", type=click.FloatRange(min=0.1), default=5.0, show_default=True, help="学习最多用几分钟。"
)
@click.option("--undo", "back", is_flag=True, help="退回上一个模型。")
@HOME
@JSON
def adapt(home: Path | None, pairs: Path | None, minutes: float, back: bool, as_json: bool) -> int:
    from ingest import adapt as story
    from ingest.config import load_settings

    settings = load_settings(home, must_exist=True)

    def say(line: str) -> None:
        click.echo(line, err=True)

    if back:
        former = story.undo(settings, say)
        click.echo(json.dumps({"model": former})) if as_json else click.echo(f"已退回模型 {former}。")
        return 0
    report = story.adapt(settings, pairs, minutes, say)
    click.echo(json.dumps(asdict(report), ensure_ascii=False)) if as_json else _print_adaptation(report)
    return 0 if report.installed else 1


def _print_adaptation(report: Adaptation) -> None:
    what = "个问题" if report.judged_by == "pairs" else "个句子"
    if report.not_found:
        click.echo(f"注意：{report.not_found} 个问题的出处不在资料库里，没有用上。", err=True)
    click.echo(f"在留出的 {report.held_out} {what}上（只看向量检索）：")
    names = {"hit1": "首条命中", "hit5": "前五条命中", "recall10": "前十条召回", "mrr10": "MRR@10"}
    before, after = asdict(report.before), asdict(report.after)
    for key, name in names.items():
        click.echo(f"  {name}：{before[key]:.3f} -> {after[key]:.3f}")
    click.echo(
        "已换上新模型并重建索引；不满意可运行 python -m ingest adapt --undo 退回。"
        if report.installed
        else "新模型没有更好（看四项的平均），没有换上，什么也没有改动。"
    )
