"""The manners of the three doors (python -m ingest, bot, evals): shared options, mistakes told in Chinese, exit codes.

0 done, 1 done with failures listed, 2 wrong usage or configuration, 130 interrupted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from ingest.errors import KnowledgeBaseError
from ingest.text import read_day

FILE = click.Path(path_type=Path)
HOME = click.option(
    "--home",
    type=FILE,
    callback=lambda context, _, value: value or context.obj,  # given before the command or after it
    help="资料目录；不写则用 DANGWU_HOME 或系统默认位置。",
)
JSON = click.option("--json", "as_json", is_flag=True, help="标准输出只给一份 JSON。")

# What click says of a wrong command line, which it has no Chinese for.
_CLICK_SAYS = (
    (r"No such option:? '?(.+?)'?(?:\..*)?$", r"没有这个选项：\1"),
    (r"No such command '(.+?)'.*", r"没有这个命令：\1"),
    (r"Missing argument '(.+?)'.*", r"缺少参数：\1"),
    (r"Missing command.*", "缺少命令"),
    (r"Option '(.+?)' requires an argument.*", r"选项 \1 后面缺少内容"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多出了参数：\1（带空格的内容请加引号）"),
    (r"Invalid value for '(.+?)': (.+) is not in the range (.+?)\.?$", r"选项 \1 的值不对：\2，应在 \3 之间"),
    (r"Invalid value for '(.+?)': '(.+)' is not a valid .+", r"选项 \1 的值不对：\2"),
    (r"Invalid value for '(.+?)': (.+)", r"选项 \1 的值不对：\2"),
)


class Day(click.ParamType[date]):
    """A date written 2024-01-01, 2024年1月1日 or in another of the ways that `read_day` reads."""

    name = "年-月-日"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> date:
        day = value if isinstance(value, date) else read_day(str(value))
        if day is None:
            self.fail(
                f"{value}，日期请写成 2024-01-01 或 2024年1月1日 的样子，并确认有这一天。", param, context
            )
        return day


class Door(click.Group):
    """A group of commands whose results are exit codes and whose user's mistakes never show a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        _speak_utf8()
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:  # a door without a command says what there is
            click.echo(error.format_message(), err=True)
            sys.exit(2)
        except BrokenPipeError:  # whoever read our output has gone
            sys.stderr.close()
            sys.exit(1)
        except (
            click.UsageError,
            click.Abort,
            KeyboardInterrupt,
            KnowledgeBaseError,
            ImportError,
            OSError,
        ) as error:
            _leave(*_told(error))
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else 0)


def door(help: str, commands: Sequence[click.Command] = ()) -> click.Group:  # noqa: A002 - as click calls it
    """A door with its commands; --home may stand before the command, too."""

    @click.group(cls=Door, commands=commands, help=help)
    @HOME
    @click.pass_context
    def main(context: click.Context, home: Path | None) -> None:
        context.obj = home

    return main


def _speak_utf8() -> None:
    """A Windows console may default to a code page without Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _told(error: BaseException) -> tuple[int, str, str]:
    """Exit code, what went wrong and what to do."""
    match error:
        case click.UsageError():
            return 2, f"命令写得不对：{in_chinese(error.format_message())}。", "在命令后面加 --help 看用法。"
        case KnowledgeBaseError():
            return 2, str(error), error.hint
        case ImportError():
            again = "请按 README 重新安装：pip install -c constraints.txt -e .[dev]"
            return 2, f"缺少软件包：{error.name}。", again
        case OSError():
            return 2, f"读写磁盘失败：{error}。", "请检查磁盘空间、网络盘和文件夹权限后重试。"
        case _:
            return 130, "已中断。", "已经写完的部分都在；再运行一次同样的命令会接着做完。"


def in_chinese(message: str) -> str:
    """What click says of a wrong command line; a message it has no rule for stays as it is."""
    for pattern, ours in _CLICK_SAYS:
        if re.match(pattern, message):
            return re.sub(pattern, ours, message, count=1).rstrip("。.")
    return message


def _leave(code: int, reason: str, hint: str) -> NoReturn:
    click.echo(f"错误：{reason}\n怎么办：{hint}", err=True)
    sys.exit(code)
