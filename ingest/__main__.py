"""The administrators' door: python -m ingest sync | status | show | remove | reindex | adapt | doctor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ingest.console import FILE, HOME, JSON, Door
from ingest.errors import ConfigError, IndexMismatch

if TYPE_CHECKING:
    from ingest.adapt import Adaptation
    from ingest.index import Index
    from ingest.model import DocumentRow, Hit


_SHOWN = 60  # characters of a chunk, unless all of it is asked for


@click.group(cls=Door, help="党务智答：把法规和本单位材料读进资料库。")
@HOME
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    context.obj = home


@main.command(help="读入文件夹（可多个）或单个文件；再次运行只处理有变化的文件。")
@click.argument("paths", nargs=-1, required=True, type=FILE)
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


@main.command(help="资料库里有什么。")
@HOME
@JSON
def status(home: Path | None, as_json: bool) -> None:
    from ingest.told import left_out_lines

    index = _open(home)
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
        state = "现行" if row.in_force else "已被取代或废止"
        same = f"，与 {names[row.copy_of]} 内容相同" if row.copy_of in names else ""
        doubt = "  请核对" if row.quality.check else ""
        click.echo(
            f"  {row.source}  {_titled(row.title)} {row.kind} {row.version or ''} {state} {row.chunks} 块{same}{doubt}"
        )
    for line in left_out_lines(left):
        click.echo(line)


@main.command(hidden=True, help="测速用：只把文件夹里的文件一份接一份地读成文字，不入库。")
@click.argument("folder", type=FILE)
def read(folder: Path) -> None:
    import gc
    from time import perf_counter

    from ingest.parse.door import parse

    gc.disable()  # as in the workers that read for a sync
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    parse(paths[0].read_bytes(), paths[0].name)  # imports
    begun = perf_counter()
    characters = sum(len("".join(parse(path.read_bytes(), path.name).text.split())) for path in paths)
    seconds = round(perf_counter() - begun, 4)
    click.echo(json.dumps({"files": len(paths), "characters": characters, "seconds": seconds}))


@main.command(help="看一份文件读成了什么：描述、结构、分块、清理掉的内容。")
@click.argument("source")
@click.option("--full", is_flag=True, help="分块的文字全部显示；不写则每块只显示开头。")
@HOME
@JSON
def show(home: Path | None, source: str, full: bool, as_json: bool) -> None:
    from ingest.personal import counts, personal_data
    from ingest.told import dropped_lines, quality_lines

    index = _open(home)
    row = _find(index, source)
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
    click.echo(f"{_titled(row.title)}  {row.source}\n类别 {row.kind}；文号 {row.number or '无'}；印发 {row.issued or '不详'}；施行 {row.effective or '不详'}；"
               f"{'现行' if row.in_force else '已被取代或废止'}；格式 {row.format}")  # fmt: skip
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


@main.command(help="从资料库移除文件（磁盘上的原件不动）；名称只写一部分时，列出相符的文件，问过再移除。")
@click.argument("source")
@click.option("--yes", is_flag=True, help="不再询问，移除所有相符的文件。")
@HOME
def remove(home: Path | None, source: str, yes: bool) -> None:
    index = _open(home)
    exact, near = _matches(index, source)
    if not exact and not yes:
        click.echo(f"“{source}”不是完整的名称，与它相符的有 {len(near)} 份：", err=True)
        for row in near:
            click.echo(f"  {row.source}  {_titled(row.title)}", err=True)
        _ask_first(f"要从资料库移除{'这一份' if len(near) == 1 else f'这 {len(near)} 份'}吗？")
    rows = exact or near
    with index.writing():
        index.remove([row.id for row in rows])
    for row in rows:
        click.echo(f"已移除 {row.source}；原件未动，再次同步所在文件夹会重新读入。")


@main.command(help="换了向量模型或升级后，用资料库里的文字重建索引。")
@HOME
def reindex(home: Path | None) -> None:
    index = _open(home)
    with index.writing():
        for done, total in index.rebuild():
            click.echo(f"\r重建索引 {done}/{total}", err=True, nl=done == total)
    click.echo(f"索引已重建：{index.counts().chunks} 个分块。")


@main.command(help="让自带模型学本单位的资料和确认过的问题；变好了才换上，--undo 退回。")
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

    settings = load_settings(home)

    def say(line: str) -> None:
        click.echo(line, err=True)

    if back:
        former = story.undo(settings, say)
        click.echo(json.dumps({"model": former})) if as_json else click.echo(f"已退回模型 {former}。")
        return 0
    report = story.adapt(settings, pairs, minutes, say)
    click.echo(json.dumps(asdict(report), ensure_ascii=False)) if as_json else _print_adaptation(report)
    return 0 if report.installed else 1


@main.command(help="检查资料库是否完好、三个存储是否一致。")
@HOME
@JSON
def doctor(home: Path | None, as_json: bool) -> int:
    index = _open(home)
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
    return 0 if agree and not mismatch and not masking.left else 1


def _open(home: Path | None) -> Index:
    from ingest.compose import open_index
    from ingest.config import load_settings

    return open_index(load_settings(home))


class _Masking(NamedTuple):
    on: bool
    left: int  # documents that were not looked through yet although the setting is on
    said: str  # Chinese; "" when the setting is off and nothing is masked


def _masking(home: Path | None, rows: Sequence[DocumentRow]) -> _Masking:
    from ingest.config import load_settings

    on = load_settings(home).index.mask_personal
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


def _find(index: Index, source: str) -> DocumentRow:
    exact, near = _matches(index, source)
    if len(near) == 1 or exact:
        return (exact or near)[0]
    raise ConfigError(
        f"“{source}”对应多份文件。", hint="请写全路径，例如：" + "、".join(row.source for row in near[:3])
    )


def _matches(index: Index, source: str) -> tuple[list[DocumentRow], list[DocumentRow]]:
    """The document of exactly this name (at most one), and all whose name or title holds it; ConfigError for none."""
    rows = index.documents()
    exact = [row for row in rows if source in (row.source, row.path)][:1]
    near = [row for row in rows if source in row.source or source in row.title]
    if exact or near:
        return exact, near
    raise ConfigError(f"资料库里没有“{source}”。", hint="请运行 python -m ingest status 查看已有文件的名称。")


def _titled(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"


def _ask_first(question: str) -> None:
    """ConfigError unless the answer is yes; where nobody can answer, too."""
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort:
        click.echo(err=True)  # ends the line of the question
        agreed = False
    if not agreed:
        raise ConfigError("没有移除。", hint="写全文件名称就不再询问；或加 --yes 移除所有相符的文件。")


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


if __name__ == "__main__":
    main()
