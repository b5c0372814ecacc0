"""python -m bot draft REQUEST.toml: the draft as a Word file, Markdown or plain text, or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.filled import filled_desk
from ingest.console import FILE, HOME, JSON
from ingest.errors import HomeError

_ENDINGS = (".docx", ".md", ".txt")


@click.command(help="按请求文件起草报告：每个数字都有来源或标〔待核实〕。请求文件的写法见 docs/drafting.md。")
@click.argument("request", metavar="请求文件", type=FILE)
@click.option("--out", type=FILE, help="写成这个文件：.docx（GB/T 9704 版式）、.md 或 .txt。")
@click.option("--no-sources", is_flag=True, help="不附“引用依据和数据来源”。")
@click.option("--outline", "outline_only", is_flag=True, help="只列提纲，不写正文。")
@HOME
@JSON
def draft(
    request: Path,
    out: Path | None,
    no_sources: bool,
    outline_only: bool,
    home: Path | None,
    as_json: bool,
) -> int:
    from bot.drafting.contract import draft_json, outline_json
    from bot.drafting.printed import draft_text, outline_text
    from bot.drafting.request import read_request

    if out and out.suffix.lower() not in _ENDINGS:
        raise click.UsageError(f"--out 的文件名应以 {'、'.join(_ENDINGS)} 结尾")
    asked = read_request(request)
    with filled_desk(home) as desk:
        if outline_only:
            planned = desk.outline(asked)
            click.echo(_dumps(outline_json(planned)) if as_json else outline_text(planned))
            return 0
        *_, made = desk.draft(asked)
    if out:
        from bot.drafting.export import export

        try:
            out.write_bytes(export(made, out.suffix.lower(), sources=not no_sources))
        except OSError as error:
            hint = (
                "请换一个文件名或文件夹，或先关闭正打开它的程序。"
                if out.parent.is_dir()
                else f"没有 {out.parent} 这个文件夹，请先建好，或换一个文件夹。"
            )
            raise HomeError(f"{out} 写不了", hint=hint) from error
        click.echo(f"草稿已写到 {out}", err=True)
    click.echo(_dumps(draft_json(made)) if as_json else draft_text(made))
    return 0


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
