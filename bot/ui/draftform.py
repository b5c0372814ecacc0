"""The request form: what was typed -> Request, with what is wrong told in the form's own words. Pure."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.drafting.genres import genres
from bot.drafting.model import Request
from bot.drafting.request import request_of
from bot.errors import BadRequest
from bot.ui.bench import Form
from ingest.text import read_day

_NEEDED = {"title": "标题", "unit": "单位", "period": "时期"}
_LEAST, _MOST = 200, 20_000  # as `bot.drafting.request`
_TABLE = "今年的数据"  # the title of a table that was pasted without one
_NUMBERED = re.compile(r"（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、")


def genre_names() -> list[str]:
    return [one.name for one in genres()]


@lru_cache(1)
def example() -> Form:
    """A form filled in with an invented unit's year, so that a first draft is two clicks away."""
    data = tomllib.loads(files("bot.ui").joinpath("example.toml").read_text(encoding="utf-8"))
    typed: dict[str, Any] = {
        name: words.strip() if isinstance(words, str) else words for name, words in data.items()
    }
    return Form(**typed)


def library_choices(documents: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What can be chosen of the library, given (title, source) of each document: label and pattern, folders first."""
    folders = Counter(parent for _, source in documents for parent in _folders(source))
    whole = [
        (f"{folder}/ 整个文件夹（{count} 份）", f"{folder}/*") for folder, count in sorted(folders.items())
    ]
    return whole + sorted((f"{title}（{source}）", source) for title, source in documents)


def _folders(source: str) -> list[str]:
    parts = source.split("/")[:-1]
    return ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]


def request_from(form: Form) -> Request:
    """BadRequest (or BadTable) with the field's own name for what is missing or cannot be read."""
    missing = [label for name, label in _NEEDED.items() if not getattr(form, name).strip()]
    if missing:
        raise BadRequest(f"还没有填写{'、'.join(missing)}", hint="带 * 的几项和至少一条事实是必须写的。")
    if not (form.facts.strip() or form.table.strip() or form.documents):
        raise BadRequest(
            "还没有今年的事实", hint="请在“今年的事实”里一行写一条，或贴一张表，或选资料库里的文件。"
        )
    data: dict[str, Any] = {
        "genre": form.genre,
        "title": form.title,
        "unit": form.unit,
        "period": form.period,
        "audience": form.audience,
        "signer": form.signer,
        "dated": _dated(form.dated),
        "length": _length(form.length),
        "facts": form.facts,
        "documents": list(form.documents),
        "sources": list(form.sources),
        "basis": form.basis,
        "headings": headings(form.outline),
        "table": [_table(form.table)] if form.table.strip() else [],
    }
    return request_of(data)


def headings(outline: str) -> list[str]:
    """The lines of an outline that was edited; a line without a number is a heading too."""
    return [line.strip() for line in outline.splitlines() if _NUMBERED.sub("", line.strip(), count=1).strip()]


def _dated(typed: str) -> str | None:
    if not typed.strip():
        return None
    if read_day(typed) is None:
        hint = "请写成 2027-01-08 或 2027年1月8日 的样子，或者留空。"
        raise BadRequest(f"成文日期“{typed.strip()}”不是日期", hint=hint)
    return typed.strip()


def _length(typed: float | None) -> int:
    if typed is None:
        return 3000
    if not _LEAST <= typed <= _MOST:
        raise BadRequest(f"大约字数应在 {_LEAST} 到 {_MOST} 之间", hint="不写就是 3000 字。")
    return round(typed)


def _table(pasted: str) -> dict[str, Any]:
    """Lines of a spreadsheet: cells between tabs, the heads first; above them may stand one line with the title."""
    lines = [[cell.strip() for cell in line.split("\t")] for line in pasted.splitlines() if line.strip()]
    title = _TABLE
    if len(lines) > 1 and not any(lines[0][1:]) and any(lines[1][1:]):
        title, lines = lines[0][0], lines[1:]
    heads = _without_tail(lines[0])
    if len(heads) < 2 or len(lines) < 2:
        raise BadRequest(
            "一张表里没有认出表头和各行",
            hint="请从电子表格里连表头一起复制再粘贴：第一行是表头（指标、单位、各年份），每格之间是制表符。",
        )
    rows = [(row + [""] * len(heads))[: max(len(heads), len(_without_tail(row)))] for row in lines[1:]]
    return {"title": title, "columns": heads, "rows": rows}


def _without_tail(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row
