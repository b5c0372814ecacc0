"""python -m bot proofread FILE: what is wrong in a paper, place by place; with --out, a copy with the suggestions in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from ingest.console import FILE, HOME, JSON
from ingest.errors import DamagedDocument, EmptyDocument, UnsupportedFormat, VanishedDocument

if TYPE_CHECKING:
    from bot.proofreading.model import Finding, Shelf
    from bot.proofreading.word import Opened

_PLAIN = {".txt", ".md"}
_NO_SHELF = "没有用到资料库：文件名称、废止情况和引文没有核对。可用 --home 指定资料目录。"


@click.command(
    help="校对一份 .docx、.txt 或 .md：错别字、标点、序号、名称、日期和数字，引文与资料库中的原文对照。"
    "没有问题退出码为 0，有问题为 1。"
)
@click.argument("file", metavar="文件", type=FILE)
@click.option("--out", type=FILE, help="把有建议的问题改好，另存为这个文件；格式与原件相同。")
@click.option("--accept", help="只改这几个，写编号，如 1,3,5；不写则改所有确定的问题。")
@HOME
@JSON
def proofread(home: Path | None, file: Path, out: Path | None, accept: str | None, as_json: bool) -> int:
    from bot.proofread import proofread as find
    from bot.proofreading.record import findings_json, findings_text

    suffix = file.suffix.lower()
    if out and (out.suffix.lower() != suffix or out.resolve() == file.resolve()):
        raise click.UsageError(f"--out 应是另一个以 {suffix} 结尾的文件")
    if accept is not None and out is None:
        raise click.UsageError("--accept 要和 --out 一起用")
    wanted = None if accept is None else _numbers(accept)
    text, opened = _read(file, suffix)
    with _shelf(home) as shelf:
        if shelf is None:
            click.echo(_NO_SHELF, err=True)
        begun = perf_counter()
        findings = find(text, shelf, placeholders=True)
        ms = (perf_counter() - begun) * 1000
    if wanted and max(wanted) > len(findings):
        raise click.UsageError(f"--accept 里的 {max(wanted)} 没有：一共 {len(findings)} 条")
    click.echo(
        json.dumps(findings_json(file.name, text, findings, ms), ensure_ascii=False)
        if as_json
        else findings_text(text, findings)
    )
    if out:
        if bare := [
            str(n) for n, one in enumerate(findings, 1) if n in (wanted or ()) and one.suggestion is None
        ]:
            click.echo(f"第 {'、'.join(bare)} 条没有建议，要人来改。", err=True)
        accepted = [
            one
            for n, one in enumerate(findings, 1)
            if one.suggestion is not None and (one.kind == "slip" if wanted is None else n in wanted)
        ]
        click.echo(f"改了 {_write(text, opened, accepted, out)} 处，已写到 {out}", err=True)
    return 1 if any(one.kind != "placeholder" for one in findings) else 0


def _numbers(accept: str) -> frozenset[int]:
    parts = [part.strip() for part in accept.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not parts or not all(
        part.isascii() and part.isdigit() and 0 < len(part) < 9 and int(part) for part in parts
    ):
        raise click.UsageError("--accept 只写编号，用逗号隔开，如 1,3,5")
    return frozenset(map(int, parts))


def _read(file: Path, suffix: str) -> tuple[str, Opened | None]:
    if file.is_dir():
        raise UnsupportedFormat(f"{file.name} 是一个文件夹。", hint="一次校对一份，请写文件的名称。")
    if not file.is_file():
        raise VanishedDocument(f"没有 {file.name} 这个文件。", hint="请检查文件名和所在的文件夹。")
    if suffix == ".docx":
        from bot.proofreading.word import open_word

        opened = open_word(file)
        text = opened.text
    elif suffix in _PLAIN:
        opened, text = None, _decoded(file)
    else:
        hint = "校对能读 .docx、.txt 和 .md；其他格式请在办公软件里另存为 .docx。"
        raise UnsupportedFormat(f"不能校对 {file.name}。", hint=hint)
    if not text.strip():
        raise EmptyDocument(f"{file.name} 里没有文字。")
    return text, opened


def _decoded(file: Path) -> str:
    raw = file.read_bytes()
    # Notepad's own "Unicode" is UTF-16 and says so.
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise DamagedDocument(
        f"{file.name} 不是文本文件。", hint="请用记事本打开，确认内容正常后另存为 UTF-8，再校对。"
    )


def _write(text: str, opened: Opened | None, accepted: list[Finding], out: Path) -> int:
    if opened is not None:
        from bot.proofreading.word import save_corrected

        return save_corrected(opened, accepted, out)
    from bot.proofread import corrected

    out.write_text(corrected(text, accepted), encoding="utf-8")
    return len(accepted)


@contextmanager
def _shelf(home: Path | None) -> Iterator[Shelf | None]:
    """The knowledge base, where there is one; a paper can be proofread without."""
    from bot.compose import open_desk
    from bot.proofreading.shelf import IndexShelf
    from ingest.config import load_settings

    if not (load_settings(home).home / "catalog.db").is_file():
        yield None
        return
    desk = open_desk(home)
    try:
        yield IndexShelf(desk.index) if desk.index.counts().documents else None
    finally:
        desk.close()
