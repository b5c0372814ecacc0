"""The judges' door: python -m evals run | check | compare | generate | lexicon | fit | verify | bench."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.console import FILE, HOME, JSON, Door
from ingest.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.compose import Desk
    from evals.compare import Comparison
    from evals.fit import Fit


@click.group(cls=Door, help="党务智答：用题目检验检索和回答，比较两次结果，测速度。")
@HOME
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    context.obj = home


@main.command(help="用题目文件检验资料库：检索、引用、拒答。有题目出错时退出码为 1。")
@click.argument("cases", type=FILE)
@click.option("--out", type=FILE, help="把 result.json 和 report.html 写到这个文件夹。")
@click.option("-k", type=click.IntRange(1, 100), default=10, show_default=True, help="每题保留几条检索结果。")
@click.option("--search-only", is_flag=True, help="只检索，不提问。")
@HOME
@JSON
def run(home: Path | None, cases: Path, out: Path | None, k: int, search_only: bool, as_json: bool) -> int:
    from evals.cases import read_cases
    from evals.report import result_json, table, write_report
    from evals.run import evaluate

    read = read_cases(cases)
    with _desk(home) as desk, _progress("测评") as step:
        settings = {"file": cases.name, "sha256": _digest(cases), **_index_settings(desk)}
        evaluation = evaluate(read, desk, k=k, search_only=search_only, settings=settings, on_case=step)
    if out:
        write_report(evaluation, out)
        click.echo(f"报告已写到 {out / 'report.html'}", err=True)
    if as_json:
        click.echo(json.dumps(result_json(evaluation), ensure_ascii=False))
    else:
        _screen().print(table(evaluation))
    failed = [result for result in evaluation.results if result.error]
    for result in failed:
        click.echo(f"出错：{result.case.id} {result.case.question}：{result.error}", err=True)
    return 1 if failed else 0


@main.command(help="核对题目文件：依据是否在资料库里，引文是否一字不差，有没有重复的题。有问题时退出码为 1。")
@click.argument("cases", type=FILE)
@HOME
@JSON
def check(home: Path | None, cases: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from evals.cases import read_cases
    from evals.check import check as check_cases

    read = read_cases(cases)
    with _desk(home) as desk:
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


@main.command(help="比较两次测评的 result.json；有主要指标变差（超过容差）时退出码为 1。")
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


@main.command(
    help="从资料库按固定句式生成“某条规定了什么”的题目。题面含标题和条号，比真实提问容易，只用来查漏。"
)
@click.option("--out", type=FILE, required=True, help="写到这个题目文件（.jsonl）。")
@click.option("--count", type=click.IntRange(1), default=100, show_default=True, help="最多几题。")
@click.option("--seed", type=int, default=0, show_default=True, help="同一资料库、同一种子，题目相同。")
@click.option("--references", is_flag=True, help="改出“细则第12条第二款”这样只点条号的题目，多种写法。")
@HOME
def generate(home: Path | None, out: Path, count: int, seed: int, references: bool) -> int:
    from evals.cases import write_cases
    from evals.generate import generate_cases
    from evals.references import reference_cases

    with _desk(home) as desk, _progress("读条文") as step:
        cases = (reference_cases if references else generate_cases)(desk.index, count, seed, step)
    if not cases:
        raise ConfigError("资料库里没有分条的文件，出不了题。", hint="请先同步法规文件，再生成题目。")
    write_cases(cases, out)
    click.echo(
        f"写了 {len(cases)} 题（种子 {seed}，固定句式，题面含标题和条号，只用来查漏）：{out}", err=True
    )
    return 0


@main.command(help="逐条测量说法表：每一条涉及几题，去掉它以后依据的名次怎样变。")
@click.argument("cases", type=FILE)
@HOME
@JSON
def lexicon(home: Path | None, cases: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from rich.table import Table

    from bot.model import Query
    from bot.retrieval.lexicon import Lexicon, lexicon_in
    from bot.retrieval.retrieve import retrieve
    from evals.cases import read_cases
    from evals.lexicon import ablate
    from evals.metrics import DEPTH, evidence_of
    from evals.model import Case

    with _desk(home) as desk:

        def rank(case: Case, words: Lexicon) -> int | None:
            hits = retrieve(desk.index, Query(case.question, case.as_of), DEPTH, words)
            return next((place for place, hit in enumerate(hits, 1) if evidence_of(hit, case)), None)

        effects = ablate(read_cases(cases), lexicon_in(desk.settings.home), rank)
    if as_json:
        rows = [{**asdict(one), "gains": one.gains, "losses": one.losses, "mrr": one.mrr} for one in effects]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return 0
    grid = Table("说法", "涉及", "前移", "后移", "MRR 之和", title="说法表逐条的作用（有它和去掉它相比）")
    for one in effects:
        if one.touched:
            figures = (str(one.touched), str(one.gains), str(one.losses), f"{one.mrr:+.2f}")
            grid.add_row("、".join(one.said[:4]), *figures)
    _screen().print(grid)
    click.echo(f"{sum(not one.touched for one in effects)} 条没有题目涉及。", err=True)
    return 0


@main.command(help="逐句核对的准确率：对的句子放行多少，错的句子拦下多少，按错误种类列表。")
@click.argument("pairs", type=FILE, default=Path("evals/cases/verify-pairs.jsonl"))
@click.option("--make", type=FILE, help="先从这个文件夹的法规和手写的句子重新生成题目文件。")
@JSON
def verify(pairs: Path, make: Path | None, as_json: bool) -> int:
    from evals.verify import judged_pairs, table, told

    judged = judged_pairs(pairs, make)
    if not as_json:
        _screen().print(table(judged))
    click.echo(json.dumps(told(judged, rows_too=as_json), ensure_ascii=False), err=not as_json)
    return 0


@main.command(
    help="从知道依据的题目学检索排序的权重，逐题交叉验证，并逐项看去掉它差多少。每个 --train 给资料目录和题目文件；"
    "资料目录里的向量模型不应学过这些题。"
)
@click.option(
    "--train", type=(FILE, FILE), multiple=True, required=True, help="资料目录 题目文件；可以写多次。"
)
@click.option("--count", type=(FILE, FILE), multiple=True, help="同上；按这些题数每一条被问过几次。")
@click.option(
    "--write",
    type=FILE,
    help="把权重写进这个文件夹（ranking.toml）；是 bot/retrieval 时也写次数（asked.tsv）。",
)
@JSON
def fit(
    train: Sequence[tuple[Path, Path]], count: Sequence[tuple[Path, Path]], write: Path | None, as_json: bool
) -> int:
    from dataclasses import asdict

    from evals.cases import read_cases
    from evals.fit import count_asked, judge, write_counts, write_weights
    from evals.fit import fit as learn

    if count and write and not (write / "asked.tsv").exists():
        raise click.UsageError(
            "--count 的次数只在 --write bot/retrieval 时有用；资料目录自己的次数来自 asked.jsonl"
        )
    judged, counts = [], Counter[tuple[str, str]]()
    for home, file in train:
        with _desk(home) as desk, _progress("取候选") as step:
            judged += judge(desk.index, read_cases(file), file.stem, step)
    for home, file in count:
        with _desk(home) as desk:
            counts += count_asked(desk.index, read_cases(file))
    learned = learn(judged)
    if write:
        write_weights(learned.weights, write / "ranking.toml")
        if count:
            write_counts(counts, write / "asked.tsv")
    if as_json:
        click.echo(json.dumps({**asdict(learned), "weights": learned.weights._asdict()}, ensure_ascii=False))
        return 0
    _print_fit(learned)
    return 0


def _print_fit(learned: Fit) -> None:
    from rich.table import Table

    for group, figures in learned.figures.items():
        grid = Table("特征", "权重", *figures, title=f"{group}：逐题交叉验证；各行是去掉该特征以后的差")
        grid.add_row("全部", "", *(f"{value:.3f}" for value in figures.values()))
        for name, without in learned.without.items():
            moved = (f"{without[group][key] - value:+.3f}" for key, value in figures.items())
            grid.add_row(name, f"{getattr(learned.weights, name):.3f}", *moved)
        _screen().print(grid)


@main.command(help="测速度：首次和再次同步，与普通 LangChain 流程相比；检索；冷启动提问；启动网页。")
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
    out: Path | None,
    as_json: bool,
) -> int:
    from rich.table import Table

    from evals.bench import Bench, bench_rows
    from evals.bench import bench as run_bench
    from evals.readers import bench_readers, reader_rows

    if overlap >= chunk_size:
        raise ConfigError("重叠字数应小于分块字数。", hint="请调小 --overlap 或调大 --chunk-size。")
    if readers:
        figures = bench_readers(asked or laws, repeat, lambda doing: click.echo(doing, err=True))
    else:
        plan = Bench(laws, questions, asked, repeat, chunk_size, overlap)
        figures = run_bench(plan, lambda doing: click.echo(doing, err=True))
    dumped = json.dumps(figures, ensure_ascii=False, indent=None if as_json else 1)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(dumped + "\n", encoding="utf-8")
    if as_json:
        click.echo(dumped)
    else:
        grid = Table("项目", "结果", title="速度（机器忙闲不同，看倍数）")
        for row in reader_rows(figures) if readers else bench_rows(figures):
            grid.add_row(*row)
        _screen().print(grid)
    failed = 0 if readers else sum(one["failed"] for one in figures["sync"])
    if failed:
        click.echo(f"同步时有 {failed} 个文件读不出来。", err=True)
    return 1 if failed else 0


@main.command(hidden=True, help="测速时用来对比的普通 LangChain 流程。")
@click.argument("folder", type=FILE)
@click.option("--store", type=FILE, required=True)
@click.option("--chunk-size", type=int, default=200)
@click.option("--overlap", type=int, default=20)
def plain(folder: Path, store: Path, chunk_size: int, overlap: int) -> None:
    from evals.plain import index_plainly

    click.echo(json.dumps(index_plainly(folder, store, chunk_size, overlap)))


@main.command(hidden=True, help="测速时用来对比的 LangChain 读法。")
@click.argument("folder", type=FILE)
def load(folder: Path) -> None:
    from evals.plain import load_plainly

    click.echo(json.dumps(load_plainly(folder)))


@contextmanager
def _desk(home: Path | None) -> Iterator[Desk]:
    """The open knowledge base; EmptyHome when nothing has been read into it."""
    from bot.compose import open_desk
    from bot.errors import EmptyHome

    desk = open_desk(home)
    try:
        if not desk.index.counts().documents:
            raise EmptyHome("资料库里还没有文件。")
        yield desk
    finally:
        desk.close()


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


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that is gone when the work is done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _screen() -> Console:
    from rich.console import Console

    return Console()


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
    screen = _screen()
    screen.print(grid)
    for warning in found.warnings:
        click.echo(f"注意：{warning}")
    for change in found.changes:
        click.echo(
            f"{VERDICTS[change.before]}→{VERDICTS[change.after]}  排序 {change.ranking_before:.2f}→{change.ranking_after:.2f}  "
            f"{change.id} {change.question}"
        )
    click.echo(f"变差的指标：{'、'.join(found.worse)}" if found.worse else "没有主要指标变差。")


if __name__ == "__main__":
    main()
