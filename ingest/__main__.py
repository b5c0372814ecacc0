"""The administrators' door: python -m ingest sync | status | show | remove | reindex | adapt | doctor."""

from __future__ import annotations

from pathlib import Path

import click

from ingest.commands.changing import adapt, reindex, remove
from ingest.commands.filling import sync
from ingest.commands.looking import doctor, read, show, status
from ingest.console import HOME, Door

COMMANDS = (sync, status, show, remove, reindex, adapt, doctor, read)


@click.group(cls=Door, commands=COMMANDS, help="党务智答：把法规和本单位材料读进资料库。")
@HOME
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    context.obj = home


if __name__ == "__main__":
    main()
