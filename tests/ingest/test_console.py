"""The three doors speak Chinese when the user slips, and their exit codes keep the contract."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ingest.console import HOME, Day, Door, door, in_chinese
from ingest.errors import HomeError, os_words


@click.group(cls=Door)
@HOME
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    context.obj = home


@main.command()
@click.argument("what")
@click.option("--day", type=Day())
@click.option("--port", type=click.IntRange(1, 9))
@click.option("--share", type=click.FloatRange(0, 1, min_open=True))
@click.option("--least", type=click.FloatRange(min=0.1), default=0.5, show_default=True)
@click.option("--half", type=click.Choice(["dev", "heldout"]))
@click.option("--pair", nargs=2)
@click.option("--quick", is_flag=True)
@HOME
def do(what: str, day: object, home: object, **_: object) -> int:
    """Fails in the way it is told."""
    if what == "stop":
        raise KeyboardInterrupt
    if what == "home":
        raise HomeError("不能写入")
    if what == "disk":
        raise OSError(28, "No space left on device")
    if what == "missing":
        Path("没有/的.txt").read_text(encoding="utf-8")
    if what == "forbidden":
        raise PermissionError(13, "Permission denied", "x")
    if what == "package":
        raise ImportError(name="ir_measures")
    click.echo(f"{day} {home}")
    return 1 if what == "failures" else 0


@main.command(help="要写明去处。")
@click.option("--out", required=True, help="写到这里。")
def must(out: str) -> None:
    click.echo(out)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["do", "stop"], 130, "已中断"),
        (["do", "home"], 2, "--home"),
        (["do", "disk"], 2, "磁盘"),
        (["do", "package"], 2, "ir_measures"),
        (["do", "x", "--day", "2024-13-01"], 2, "2024-01-01"),
        (["do", "x", "--port", "99"], 2, "选项 --port 的值不对：99，应在 1 到 9 之间。"),
        (["do", "x", "--port", "many"], 2, "应是整数"),
        (["do", "x", "--share", "0"], 2, "0.0，应大于 0、不大于 1。"),
        (["do", "x", "--least", "0"], 2, "应不小于 0.1。"),
        (["do", "x", "--half", "both"], 2, "可以写 'dev', 'heldout'"),
        (["do", "x", "--pair", "one"], 2, "选项 --pair 后面要有 2 项内容"),
        (["do", "x", "--quick=3"], 2, "选项 --quick 后面不写内容"),
        (["must"], 2, "缺少选项：--out"),
        (["do", "missing"], 2, "读写磁盘失败（没有这个文件或文件夹）：没有/的.txt。"),
        (["do", "forbidden"], 2, "读写磁盘失败（没有权限）"),
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
    reason = result.stderr.split("\n", 1)[0]
    assert not re.search(r"Errno|[a-z]+ [a-z]+ [a-z]+", reason), "English is left"


def test_a_commands_result_is_the_exit_code() -> None:
    """0 done, 1 done with failures listed; --home counts before the command and after it."""
    assert (
        CliRunner().invoke(main, ["--home", "h", "do", "fine", "--day", "2024-02-29"]).stdout
        == "2024-02-29 h\n"
    )
    assert CliRunner().invoke(main, ["do", "failures", "--home", "h"]).exit_code == 1


def test_a_help_page_is_chinese() -> None:
    shown = (
        CliRunner().invoke(main, ["do", "--help"]).stdout
        + CliRunner().invoke(main, ["must", "--help"]).stdout
    )
    shown += CliRunner().invoke(main, ["--help"]).stdout
    for words in (
        "用法：",
        "选项:",
        "命令:",
        "--port 整数",
        "[在 1 到 9 之间]",
        "[默认 0.5; 不小于 0.1]",
        "[必写]",
    ):
        assert words in shown
    assert "显示这份说明。" in shown
    assert not re.search(r"Usage|Options|Commands|INTEGER|RANGE|default|Show", shown)


def test_the_commands_a_door_is_given_at_once_have_chinese_help_too() -> None:
    @click.command()
    @click.argument("file", metavar="文件")
    def read(file: str) -> None: ...

    shown = CliRunner().invoke(door("一扇门。", [read]), ["read", "--help"]).stdout
    assert "用法：" in shown
    assert "显示这份说明。" in shown
    assert "Usage" not in shown


def test_the_system_s_reasons_are_chinese() -> None:
    """Those of every number this machine knows: by a word, or by the number itself."""
    for number in errno.errorcode:
        assert not re.search("[a-z]{3}", os_words(OSError(number, os.strerror(number))))
    assert os_words(OSError(28, "No space left on device")) == "磁盘已满"
    assert os_words(PermissionError(13, "另一个程序正在使用此文件。")) == "另一个程序正在使用此文件"


def test_a_message_without_a_rule_stays() -> None:
    """Nothing is lost in translation."""
    assert in_chinese("Something new.") == "Something new."
