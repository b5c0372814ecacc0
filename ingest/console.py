"""The manners of the three doors (python -m ingest, bot, evals): shared options, mistakes told in Chinese, exit codes.

0 done, 1 done with failures listed, 2 wrong usage or configuration, 130 interrupted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from ingest.errors import KnowledgeBaseError, os_words
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
    (r"Missing (?:option|parameter):? '?(.+?)'?(?:\..*)?$", r"缺少选项：\1"),
    (r"Missing command.*", "缺少命令"),
    (r"Option '(.+?)' requires (\d+) arguments.*", r"选项 \1 后面要有 \2 项内容"),
    (r"Option '(.+?)' requires an argument.*", r"选项 \1 后面缺少内容"),
    (r"Option '(.+?)' does not take a value.*", r"选项 \1 后面不写内容"),
    (r"Argument '(.+?)' takes (\d+) values.*", r"参数 \1 要有 \2 项"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多出了参数：\1（带空格的内容请加引号）"),
    (r"Invalid value for '(.+?)': (.+) is not in the range (.+?)\.?$", r"选项 \1 的值不对：\2，应\3"),
    (r"Invalid value for '(.+?)': '(.+)' is not a valid integer.*", r"选项 \1 的值不对：\2，应是整数"),
    (
        r"Invalid value for '(.+?)': '(.+)' is not a valid (?:float|number).*",
        r"选项 \1 的值不对：\2，应是数字",
    ),
    (r"Invalid value for '(.+?)': '(.+)' is not a valid .+", r"选项 \1 的值不对：\2"),
    (r"Invalid value for '(.+?)': '(.+)' is not one of (.+?)\.?$", r"选项 \1 的值不对：\2，可以写 \3"),
    (r"Invalid value for '(.+?)': \w+ '(.+)' does not exist.*", r"选项 \1 的值不对：没有 \2"),
    (r"Invalid value for '(.+?)': (.+)", r"选项 \1 的值不对：\2"),
)
_RANGE = re.compile(r"(?:(-?[\d.]+)(<=?))?x(?:(<=?|>=?)(-?[\d.]+))?")
_BOUNDS = {">=": "不小于", ">": "大于", "<=": "不大于", "<": "小于"}
# The words of a help page.
_HELP_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示这份说明。",
    "[required]": "[必写]",
}
_TYPES = {"INTEGER": "整数", "FLOAT": "数字", "PATH": "路径", "TEXT": "文字"}
_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}


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


class ChineseHelp(click.HelpFormatter):
    """A help page whose own words are Chinese, ranges included."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for theirs, ours in _USAGE.items():
            args = args.replace(theirs, ours)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HELP_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_typed(first), _helped(second)) for first, second in rows], col_max, col_spacing)


class ChineseContext(click.Context):
    formatter_class = ChineseHelp


class Door(click.Group):
    """A group of commands whose results are exit codes and whose user's mistakes never show a traceback."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **kept: Any) -> None:
        super().__init__(*args, **kept)
        for cmd in self.commands.values():  # those given at once do not pass through add_command
            cmd.context_class = ChineseContext

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.context_class = ChineseContext
        super().add_command(cmd, name)

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
            where = f"：{error.filename}" if error.filename else ""
            return (
                2,
                f"读写磁盘失败（{os_words(error)}）{where}。",
                "请检查磁盘空间、网络盘和文件夹权限后重试。",
            )
        case _:
            return 130, "已中断。", "再运行一次同样的命令即可；同步到一半的，已经写完的部分都在，会接着做完。"


def in_chinese(message: str) -> str:
    """What click says of a wrong command line; a message it has no rule for stays as it is."""
    for pattern, ours in _CLICK_SAYS:
        if re.match(pattern, message):
            return _ranged(re.sub(pattern, ours, message, count=1).rstrip("。."))
    return message


def _ranged(text: str) -> str:
    """A range as click writes it, in words: 1<=x<=9 is 在 1 到 9 之间, x>=0.1 is 不小于 0.1."""

    def words(found: re.Match[str]) -> str:
        least, after, before, most = found.groups()
        if after == before == "<=":
            return f"在 {least} 到 {most} 之间"
        told = [f"{_BOUNDS['>' + after[1:]]} {least}"] if after else []
        return "、".join((*told, *([f"{_BOUNDS[before]} {most}"] if before else [])))

    return _RANGE.sub(lambda found: words(found) if any(found.groups()) else found[0], text)


def _typed(option: str) -> str:
    """`-k INTEGER RANGE` as `-k 整数`."""
    first, *rest = option.replace(" RANGE", "").split(" ")
    return " ".join((first, *(_TYPES.get(word, word) for word in rest)))


def _helped(text: str) -> str:
    told = (
        _HELP_WORDS.get(text, text)
        .replace("[default: ", "[默认 ")
        .replace("[required]", _HELP_WORDS["[required]"])
    )
    return _ranged(told) if "[" in told else told


def _leave(code: int, reason: str, hint: str) -> NoReturn:
    click.echo(f"错误：{reason}\n怎么办：{hint}", err=True)
    sys.exit(code)
