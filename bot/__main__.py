"""The workers' door: python -m bot serve | ask | chat | search | changes | card | draft | check | proofread."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from bot.batch import clean_question, read_batch
from bot.card.door import card
from bot.contract import answer_json, hits_json, search_json
from bot.conversation.rewrite import told
from bot.drafting.door import draft
from bot.errors import EmptyQuestion, LongQuestion, PortInUse
from bot.filled import filled_desk
from bot.model import Query
from bot.official.door import check
from bot.printed import answer_text, hits_text
from bot.proofreading.door import proofread
from ingest.console import FILE, HOME, JSON, Day, door
from ingest.errors import ConfigError, os_words

if TYPE_CHECKING:
    from datetime import date

    from bot.compose import Desk
    from bot.model import Answer

BATCH = click.option(
    "--batch", type=FILE, help="JSON Lines 文件，一行一个问题，turns 写此前各问；逐行输出 JSON。"
)
AS_OF = click.option("--as-of", type=Day(), help="按哪一天有效的规定回答，如 2024-01-01。")


main = door("党务智答：每一句都能点开原文的问答。", [card, draft, check, proofread])


@main.command(help="找出与问题最接近的内容。")
@click.argument("query", metavar="[问题]", required=False)
@click.option("-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="给出几条。")
@BATCH
@AS_OF
@HOME
@JSON
def search(
    home: Path | None, query: str | None, k: int, batch: Path | None, as_of: date | None, as_json: bool
) -> int:
    def one(desk: Desk, asked: Query, before: Sequence[Answer] = ()) -> tuple[Any, float]:
        begun = perf_counter()
        hits = desk.search(desk.understood(asked.question, before), k, asked.as_of)
        return hits, round((perf_counter() - begun) * 1000, 2)

    def batch_record(desk: Desk, asked: Query, before: Sequence[Answer]) -> dict[str, Any]:
        hits, ms = one(desk, asked, before)
        return {"hits": hits_json(hits), "ms": ms}

    if batch:
        return _run_batch(home, batch, as_of, batch_record)
    asked = Query(clean_question(query or ""), as_of)
    with filled_desk(home) as desk:
        hits, ms = one(desk, asked)
        for note in desk.missing(asked.question, asked.as_of):
            click.echo(note, err=True)
    click.echo(_dumps(search_json(asked.question, hits, ms)) if as_json else hits_text(hits))
    return 0


@main.command(help="提问：给出带出处的回答，没有依据就说明并列出最接近的内容。")
@click.argument("question", metavar="[问题]", required=False)
@BATCH
@AS_OF
@HOME
@JSON
def ask(
    home: Path | None, question: str | None, batch: Path | None, as_of: date | None, as_json: bool
) -> int:
    if batch:
        return _run_batch(
            home,
            batch,
            as_of,
            lambda desk, one, before: answer_json(desk.ask(one.question, one.as_of, before)),
        )
    asked = Query(clean_question(question or ""), as_of)
    with filled_desk(home) as desk:
        answer = desk.ask(asked.question, asked.as_of)
    click.echo(_dumps(answer_json(answer)) if as_json else answer_text(answer))
    return 0


@main.command(help="新旧对照：一个文件的两个版本逐条比，标出不同。不写名称时列出有几个版本的文件。")
@click.argument("name", metavar="[文件名称]", required=False)
@click.option("--article", help="只看这一条，如 第十二条；新旧条号都可以。")
@click.option("--from", "since", type=Day(), help="旧的是这一天有效的版本；不写则是前一个版本。")
@click.option("--to", "until", type=Day(), help="新的是这一天有效的版本；不写则是今天的。")
@HOME
@JSON
def changes(
    home: Path | None,
    name: str | None,
    article: str | None,
    since: date | None,
    until: date | None,
    as_json: bool,
) -> int:
    from bot.versions.door import changes_told

    with filled_desk(home) as desk:
        click.echo(changes_told(desk.index, name, article, since, until, as_json=as_json))
    return 0


@main.command(
    help="接着问：一行一个问题，追问按前面的问答理解；空行清空前文，Ctrl+D（Windows 上 Ctrl+Z）结束。"
)
@AS_OF
@HOME
@JSON
def chat(home: Path | None, as_of: date | None, as_json: bool) -> int:
    before: tuple[Answer, ...] = ()
    with filled_desk(home) as desk:
        for line in _typed():
            if not line.strip():
                before = ()
                continue
            try:
                question = clean_question(line)
            except (EmptyQuestion, LongQuestion) as error:  # one slip ends no talk
                click.echo(f"{error}{error.hint}", err=True)
                continue
            before += (desk.ask(question, as_of, before),)
            click.echo(_dumps(answer_json(before[-1])) if as_json else answer_text(before[-1]) + "\n")
    return 0


@main.command(help="打开问答网页。")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="只在本机用 127.0.0.1；给全单位用 0.0.0.0。"
)
@click.option("--port", type=click.IntRange(1, 65535), default=7860, show_default=True)
@HOME
def serve(home: Path | None, host: str, port: int) -> None:
    _check_port(host, port)  # before the page is built: that takes seconds

    from bot.ui.app import serve as serve_page

    serve_page(home, host, port)


def _run_batch(
    home: Path | None,
    path: Path,
    as_of: date | None,
    record: Callable[[Desk, Query, Sequence[Answer]], dict[str, Any]],
) -> int:
    """One JSON line for each good line, in order; 1 when a line was broken. A line's own as_of wins."""
    broken, lines = 0, read_batch(path)
    with filled_desk(home) as desk:
        for line in lines:
            if line.query is None:
                broken += 1
                click.echo(f"第 {line.number} 行：{line.fault}", err=True)
                continue
            asked = Query(line.query.question, line.query.as_of or as_of)
            before = told(desk.ask, line.turns, asked.as_of)
            click.echo(_dumps({"id": line.id, **record(desk, asked, before)}))
    if broken:
        click.echo(f"有 {broken} 行没有处理。", err=True)
    return 1 if broken else 0


def _typed() -> Iterator[str]:
    """What is typed or piped in, line by line; a person at a terminal is shown where to type."""
    while True:
        if sys.stdin.isatty():
            click.echo("问：", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            return
        yield line


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ConfigError(
            f"不认识地址 {host}。", hint="请用 --host 127.0.0.1（本机）或 0.0.0.0（全单位）。"
        ) from error
    with socket.socket(family, kind, protocol) as probe:
        if sys.platform != "win32":  # a port whose last user has just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise PortInUse(f"端口 {host}:{port} 用不了：{os_words(error)}") from error


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
