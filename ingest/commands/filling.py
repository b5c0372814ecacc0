"""The command that reads folders in: sync."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.console import FILE, HOME, JSON

if TYPE_CHECKING:
    from ingest.model import SyncReport


@click.command(help="读入文件夹（可多个）或单个文件；再次运行只处理有变化的文件。")
@click.argument("paths", nargs=-1, required=True, type=FILE)
@HOME
@JSON
def sync(home: Path | None, paths: tuple[Path, ...], as_json: bool) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ingest.compose import sync_folders
    from ingest.config import load_settings

    columns = (
        TextColumn("读入资料"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        report = sync_folders(
            load_settings(home),
            paths,
            lambda at: bar.update(task, completed=at.done, total=at.total, description=at.source[-40:]),
        )
    click.echo(json.dumps(_report_json(report), ensure_ascii=False)) if as_json else _print_report(report)
    if not (report.added + report.changed + report.unchanged or report.failed or report.quarantined):
        where = "、".join(str(path) for path in paths)
        click.echo(
            f"没有找到文件：{where}。可读：txt、md、docx、doc、wps、pdf、xlsx、xls、csv、pptx、ppt、网页、ofd、图片和 zip；请检查路径，或把文件放进去再同步。",
            err=True,
        )
    return 1 if report.failed else 0


def _report_json(report: SyncReport) -> dict[str, Any]:
    return {
        **{
            key: getattr(report, key)
            for key in ("added", "changed", "unchanged", "removed", "chunks", "seconds")
        },
        "failed": [asdict(failure) for failure in report.failed],
        "quarantined": [{"source": notice.source, "reason": notice.message} for notice in report.quarantined],
        "warnings": [asdict(notice) for notice in report.warnings],
        "check": [{"source": notice.source, "reason": notice.message} for notice in report.check],
    }


def _print_report(report: SyncReport) -> None:
    click.echo(f"新增 {report.added}，更新 {report.changed}，未变 {report.unchanged}，移除 {report.removed}；"
               f"写入 {report.chunks} 个分块，用时 {report.seconds:.1f} 秒。")  # fmt: skip
    for failure in report.failed:
        click.echo(f"  未读入 {failure.source}：{failure.reason}\n      怎么办：{failure.hint}")
    for held in report.quarantined:
        click.echo(f"  已隔离 {held.source}：{held.message}")
    for notice in report.warnings:
        click.echo(f"  注意 {notice.source}：{notice.message}")
    for doubt in report.check:
        click.echo(f"  请核对 {doubt.source}：{doubt.message}")
