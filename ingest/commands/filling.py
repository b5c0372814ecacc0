"""The command that reads folders in: sync."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ingest.console import FILE, HOME, JSON


@click.command(help="读入文件夹（可多个）或单个文件；再次运行只处理有变化的文件。")
@click.argument("paths", metavar="文件夹或文件...", nargs=-1, required=True, type=FILE)
@HOME
@JSON
def sync(home: Path | None, paths: tuple[Path, ...], as_json: bool) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ingest.compose import sync_folders
    from ingest.config import load_settings
    from ingest.told import report_json, report_lines
    from ingest.worker import stand_back

    stand_back()
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
    click.echo(
        json.dumps(report_json(report), ensure_ascii=False) if as_json else "\n".join(report_lines(report))
    )
    if not (report.added + report.changed + report.unchanged or report.failed or report.quarantined):
        where = "、".join(str(path) for path in paths)
        click.echo(
            f"没有找到文件：{where}。可读：txt、md、docx、doc、wps、pdf、xlsx、xls、csv、pptx、ppt、网页、ofd、图片和 zip；请检查路径，或把文件放进去再同步。",
            err=True,
        )
    return 1 if report.failed else 0
