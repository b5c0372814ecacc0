"""python -m bot check FILE.docx: how a document differs from the standard."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from ingest.console import FILE, JSON


@click.command(
    help="查版式：按 GB/T 9704-2012《党政机关公文格式》检查一份 .docx，逐项列出不合的地方。"
    "全部相符时退出码为 0，有不合的为 1，文件读不了为 2。"
)
@click.argument("file", metavar="文件", type=FILE)
@JSON
def check(file: Path, as_json: bool) -> int:
    from bot.official.check import check as checked
    from bot.official.standard import STANDARD
    from ingest.errors import DocumentError

    if not file.is_file():
        raise DocumentError(f"没有这个文件：{file}", hint="请写出 .docx 文件的位置；名称有空格的请加引号。")
    found = checked(file.read_bytes())
    if as_json:
        told = {"file": file.name, "standard": STANDARD, "deviations": [asdict(one) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif found:
        for n, one in enumerate(found, start=1):
            click.echo(f"{n}. {one.place}：{one.rule}，应为{one.expected}，实为{one.found}")
        click.echo(f"共 {len(found)} 处不合 {STANDARD}。")
    else:
        click.echo(f"版式与 {STANDARD} 相符。")
    return 1 if found else 0
