"""The judges' door: python -m evals run | check | compare | generate | lexicon | fit | bench."""

from __future__ import annotations

from pathlib import Path

import click

from evals.commands.judging import check, compare, run
from evals.commands.learning import fit, generate, lexicon
from evals.commands.timing import bench, load, plain
from ingest.console import HOME, Door

COMMANDS = (run, check, compare, generate, lexicon, fit, bench, plain, load)


@click.group(cls=Door, commands=COMMANDS, help="党务智答：用题目检验检索和回答，比较两次结果，测速度。")
@HOME
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    context.obj = home


if __name__ == "__main__":
    main()
