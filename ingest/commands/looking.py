"""The commands that change nothing: status, show, doctor, and read, which only measures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ingest.commands.opened import find, open_home
from ingest.console import FILE, HOME, JSON
from ingest.errors import IndexMismatch
from ingest.model import REPLACEABLE_KINDS
from ingest.text import titled

if TYPE_CHECKING:
    from ingest.index import Index
    from ingest.model import DocumentRow, Hit


_SHOWN = 60  # characters of a chunk, unless all of it is asked for


@click.command(help="资料库里有什么。")
@HOME
@JSON
def status(home: Path | None, as_json: bool) -> None:
    from ingest.told import left_out_lines

    index = open_home(home)
    counts, rows, left = index.counts(), index.documents(), index.left_out()
    names = {row.id: row.source for row in rows}
    masking = _masking(home, rows)
    if as_json:
        click.echo(json.dumps({"home": str(index.home), **asdict(counts), "embedding": index.embedder.name, "mask_personal": masking.on,
                               "files": [_row_json(row, names) for row in rows],
                               "left_out": [asdict(one) for one in left]}, ensure_ascii=False, default=str))  # fmt: skip
        return
    click.echo(
        f"资料目录：{index.home}\n文件 {counts.documents} 份，分块 {counts.chunks} 个，向量模型 {index.embedder.name}"
    )
    if masking.said:
        click.echo(masking.said)
    for row in rows:
        about = " ".join(filter(None, (titled(row.title), row.kind, row.version, _standing(row))))
        same = f"，与 {names[row.copy_of]} 内容相同" if row.copy_of in names else ""
        doubt = "  请核对" if row.quality.check else ""
        click.echo(f"  {row.source}  {about} {row.chunks} 块{same}{doubt}")
    for line in left_out_lines(left):
        click.echo(line)


@click.command(help="看一份文件读成了什么：描述、结构、分块、清理掉的内容。")
@click.argument("source", metavar="文件")
@click.option("--full", is_flag=True, help="分块的文字全部显示；不写则每块只显示开头。")
@HOME
@JSON
def show(home: Path | None, source: str, full: bool, as_json: bool) -> None:
    from ingest.personal import counts, personal_data
    from ingest.told import dropped_lines, quality_lines

    index = open_home(home)
    row = find(index, source)
    chunks = index.chunks_of(row.id)
    personal = counts(personal_data(index.text(row.id))) if row.personal is None else row.personal
    same = _variants(row, index.documents())
    if as_json:
        about = {
            **_row_json(row, {row.copy_of or "": same[0]} if same else {}),
            "same_as": same,
            "masked": row.personal is not None,
        }
        click.echo(json.dumps({**about, "personal": personal, "outline": _outline(chunks), "dropped": row.dropped, "warnings": row.warnings,
                               "chunks": [_chunk_json(hit, _last_page(index, hit)) for hit in chunks]}, ensure_ascii=False, default=str))  # fmt: skip
        return
    standing = _standing(row)
    click.echo(f"{titled(row.title)}  {row.source}\n类别 {row.kind}；文号 {row.number or '无'}；印发 {row.issued or '不详'}；施行 {row.effective or '不详'}；"
               f"{standing and standing + '；'}格式 {row.format}")  # fmt: skip
    click.echo(f"发文机关 {row.issuer or '不详'}；地区 {row.region or '无'}；单位 {row.unit or '无'}；"
               f"同时废止 {'、'.join(row.repeals) or '无'}")  # fmt: skip
    if same:
        click.echo(f"  内容相同：{'、'.join(same)}")
    if personal:
        found = "，".join(f"{kind} {count} 处" for kind, count in personal.items())
        click.echo(f"  个人信息：{found}{'' if row.personal is None else '（已遮盖）'}")
    for line in (*quality_lines(row.quality), *dropped_lines(row.dropped)):
        click.echo(f"  {line}")
    for warning in row.warnings:
        click.echo(f"  注意：{warning}")
    for hit in chunks:
        label = " / ".join([*hit.heading_path, *([hit.article] if hit.article else [])]) or "（文首）"
        label += _pages_said(hit.page, _last_page(index, hit))
        shown = hit.text if full or len(hit.text) <= _SHOWN else f"{hit.text[:_SHOWN]}……"
        click.echo(
            f"[{hit.start}:{hit.end}] {label}\n    {shown.replace(chr(10), chr(10) + '    ' if full else ' ')}"
        )


@click.command(help="检查资料库是否完好、三个存储是否一致。")
@HOME
@JSON
def doctor(home: Path | None, as_json: bool) -> int:
    from ingest.config import load_settings
    from ingest.services import services

    index, used = open_home(home), services(load_settings(home, must_exist=True))
    counts = index.store_counts()
    mismatch = ""
    try:
        index.check_rules()
    except IndexMismatch as error:
        mismatch = f"{error}{error.hint}"
    agree = len(set(counts.values())) == 1
    masking = _masking(home, index.documents())
    if as_json:
        found = {
            "counts": counts,
            "mismatch": mismatch,
            "mask_personal": masking.on,
            "unmasked": masking.left,
            "services": [asdict(service) for service in used],
        }
        ok = agree and not mismatch and not masking.left
        click.echo(json.dumps({"ok": ok, **found}, ensure_ascii=False))
    else:
        verdict = "一致" if agree else "不一致，请运行 python -m ingest reindex"
        click.echo(
            f"目录 {counts['catalog']} 块，向量 {counts['vectors']} 块，全文 {counts['lexical']} 块：{verdict}"
        )
        click.echo(mismatch or "模型与规则：一致")
        if masking.said:
            click.echo(masking.said)
        for one in used:
            click.echo(f"{one.name}（{one.model}，{one.where}）：{one.gets}")
    return 0 if agree and not mismatch and not masking.left else 1


@click.command(hidden=True, help="测速用：只把文件夹里的文件读成文字，不入库。")
@click.argument("folder", type=FILE)
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=0,
    help="几个工作进程，同步用两个；0 是在本进程里一份接一份。",
)
def read(folder: Path, workers: int) -> None:
    from ingest.timing import time_reading

    click.echo(json.dumps(time_reading(folder, workers)))


class _Masking(NamedTuple):
    on: bool
    left: int  # documents that were not looked through yet although the setting is on
    said: str  # Chinese; "" when the setting is off and nothing is masked


def _masking(home: Path | None, rows: Sequence[DocumentRow]) -> _Masking:
    from ingest.config import load_settings

    on = load_settings(home, must_exist=True).index.mask_personal
    masked = sum(row.personal is not None for row in rows)  # looked through: most have nothing to mask
    having = sum(bool(row.personal) for row in rows)
    left = len(rows) - masked if on else 0
    if on:
        rest = f"；还有 {left} 份没有检查，请把它们所在的文件夹再同步一次" if left else ""
        found = (
            f"已检查 {masked} 份，其中 {having} 份有号码，已遮盖"
            if having
            else f"已检查 {masked} 份，没有发现号码"
        )
        return _Masking(on, left, f"个人信息：遮盖后入库（index.mask_personal），{found}{rest}。")
    still = f"个人信息：设置已关，{having} 份仍是遮盖过的，再同步一次恢复原文。" if having else ""
    return _Masking(on, left, still)


def _standing(row: DocumentRow) -> str:
    """现行 is said of rules only: a report or a news item is not in force, it is just there."""
    if not row.in_force:
        return "已被取代或废止"
    return "现行" if row.kind in REPLACEABLE_KINDS else ""


def _outline(chunks: list[Any]) -> list[list[str]]:
    """Distinct heading paths with their articles, in reading order."""
    return [
        list(path)
        for path in dict.fromkeys(
            (*hit.heading_path, *([hit.article] if hit.article else [])) for hit in chunks
        )
        if path
    ]


def _row_json(row: DocumentRow, names: Mapping[str, str]) -> dict[str, Any]:
    """`copy_of` is the source that stands for it; `names` are the sources by id."""
    return {
        key: value
        for key, value in asdict(row).items()
        if key not in ("path", "work_key", "declared", "dropped", "warnings", "sketch")
    } | {"copy_of": names.get(row.copy_of or "")}


def _variants(row: DocumentRow, rows: Sequence[DocumentRow]) -> list[str]:
    """The sources of the other documents with this one's text, the one that stands for all first."""
    first = row.copy_of or row.id
    if first not in {other.id for other in rows}:  # taken out since the last sync
        first = row.id
    same = [other for other in rows if first in (other.id, other.copy_of) and other.id != row.id]
    return [other.source for other in sorted(same, key=lambda other: other.id != first)]


def _last_page(index: Index, hit: Hit) -> int | None:
    """The page on which a chunk ends."""
    return index.page_at(hit.document_id, hit.end - 1) or hit.page


def _pages_said(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    return f" 第 {first} 页" if last in (None, first) else f" 第 {first}–{last} 页"


def _chunk_json(hit: Hit, last_page: int | None) -> dict[str, Any]:
    return {"chunk_id": hit.chunk_id, "article": hit.article, "heading_path": hit.heading_path, "page": hit.page, "last_page": last_page,
            "start": hit.start, "end": hit.end, "text": hit.text}  # fmt: skip
