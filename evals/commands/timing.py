"""The commands that measure speed: bench, and what it starts to compare with: plain, load."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evals.commands.shown import screen
from ingest.console import FILE, JSON
from ingest.errors import ConfigError


@click.command(help="测速度：首次和再次同步，与普通 LangChain 流程相比；检索；冷启动提问；启动网页。")
@click.option(
    "--laws", type=FILE, default=Path("../shared/data/laws"), show_default=True, help="同步这个文件夹。"
)
@click.option("--questions", type=FILE, help="在同步好的资料库上检索这个题目文件。")
@click.option("--asked", type=FILE, help="冷启动提问和启动网页用的文件夹（法规）；不写则不测。")
@click.option(
    "--repeat", type=click.IntRange(1, 20), default=1, show_default=True, help="轮数；每轮交换先后。"
)
@click.option(
    "--chunk-size", type=click.IntRange(20), default=200, show_default=True, help="普通流程的分块字数。"
)
@click.option("--overlap", type=click.IntRange(0), default=20, show_default=True, help="普通流程的重叠字数。")
@click.option("--readers", is_flag=True, help="只测读文件：PDF、扫描件、DOCX、OFD，与 LangChain 的读法相比。")
@click.option(
    "--during-sync", is_flag=True, help="只测一边同步 --laws、一边向 --asked 的资料提问要等多久，每秒一问。"
)
@click.option("--out", type=FILE, help="把结果写成这个 JSON 文件。")
@JSON
def bench(
    laws: Path,
    questions: Path | None,
    asked: Path | None,
    repeat: int,
    chunk_size: int,
    overlap: int,
    readers: bool,
    during_sync: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    from rich.table import Table

    from evals.bench import Bench, bench_rows
    from evals.bench import bench as run_bench
    from evals.readers import bench_readers, reader_rows

    if during_sync and asked is None:
        raise ConfigError("没有写明要问哪些资料。", hint="请用 --asked 指出法规的文件夹。")
    if overlap >= chunk_size:
        raise ConfigError("重叠字数应小于分块字数。", hint="请调小 --overlap 或调大 --chunk-size。")

    def tell(doing: str) -> None:
        click.echo(doing, err=True)

    if readers:
        figures, rows = bench_readers(asked or laws, repeat, tell), reader_rows
    elif during_sync and asked:
        from evals.during import bench_during_sync, during_rows

        figures, rows = bench_during_sync(asked, laws, tell), during_rows
    else:
        plan = Bench(laws, questions, asked, repeat, chunk_size, overlap)
        figures, rows = run_bench(plan, tell), bench_rows
    dumped = json.dumps(figures, ensure_ascii=False, indent=None if as_json else 1)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(dumped + "\n", encoding="utf-8")
    if as_json:
        click.echo(dumped)
    else:
        grid = Table("项目", "结果", title="速度（机器忙闲不同，看倍数）")
        for row in rows(figures):
            grid.add_row(*row)
        screen().print(grid)
    failed = sum(one["failed"] for one in figures.get("sync", ()))
    if failed:
        click.echo(f"同步时有 {failed} 个文件读不出来。", err=True)
    return 1 if failed else 0


@click.command(hidden=True, help="测速时用来对比的普通 LangChain 流程。")
@click.argument("folder", type=FILE)
@click.option("--store", type=FILE, required=True)
@click.option("--chunk-size", type=int, default=200)
@click.option("--overlap", type=int, default=20)
def plain(folder: Path, store: Path, chunk_size: int, overlap: int) -> None:
    from evals.plain import index_plainly

    click.echo(json.dumps(index_plainly(folder, store, chunk_size, overlap)))


@click.command(hidden=True, help="测速时用来对比的 LangChain 读法。")
@click.argument("folder", type=FILE)
def load(folder: Path) -> None:
    from evals.plain import load_plainly

    click.echo(json.dumps(load_plainly(folder)))
