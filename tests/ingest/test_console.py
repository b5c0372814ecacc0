"""The three doors speak Chinese when the user slips, and their exit codes keep the contract."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from ingest.console import HOME, Day, Door, in_chinese
from ingest.errors import HomeError


@click.group(cls=Door)
@HOME
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    context.obj = home


@main.command()
@click.argument("what")
@click.option("--day", type=Day())
@click.option("--port", type=click.IntRange(1, 9))
@HOME
def do(what: str, day: object, port: int | None, home: object) -> int:
    """Fails in the way it is told."""
    if what == "stop":
        raise KeyboardInterrupt
    if what == "home":
        raise HomeError("不能写入")
    if what == "disk":
        raise OSError(28, "No space left on device")
    if what == "package":
        raise ImportError(name="ir_measures")
    click.echo(f"{day} {home}")
    return 1 if what == "failures" else 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["do", "stop"], 130, "已中断"),
        (["do", "home"], 2, "--home"),
        (["do", "disk"], 2, "磁盘"),
        (["do", "package"], 2, "ir_measures"),
        (["do", "x", "--day", "2024-13-01"], 2, "2024-01-01"),
        (["do", "x", "--port", "99"], 2, "1<=x<=9"),
        (["do", "x", "--nothing"], 2, "没有这个选项：--nothing"),
        (["do"], 2, "缺少参数：WHAT"),
        (["undo"], 2, "没有这个命令：undo"),
        (["do", "x", "y"], 2, "多出了参数"),
    ],
)
def test_every_slip_is_told_in_chinese(arguments: list[str], code: int, words: str) -> None:
    """A reason and what to do on stderr, nothing on stdout, no traceback."""
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert result.stderr.lstrip().startswith("错误：")
    assert "\n怎么办：" in result.stderr


def test_a_commands_result_is_the_exit_code() -> None:
    """0 done, 1 done with failures listed; --home counts before the command and after it."""
    assert (
        CliRunner().invoke(main, ["--home", "h", "do", "fine", "--day", "2024-02-29"]).stdout
        == "2024-02-29 h\n"
    )
    assert CliRunner().invoke(main, ["do", "failures", "--home", "h"]).exit_code == 1


def test_a_message_without_a_rule_stays() -> None:
    """Nothing is lost in translation."""
    assert in_chinese("Something new.") == "Something new."
