"""REQUEST.toml -> Request. What is wrong with it is told in Chinese, with the key it concerns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from bot.drafting.bullets import PURPOSES, purpose_named, read_bullets, read_fact, renumbered
from bot.drafting.figures.tables import read_table
from bot.drafting.genres import genre_of
from bot.drafting.model import Cell, Fact, Request
from bot.errors import BadRequest
from ingest.errors import toml_words
from ingest.text import read_day

_GIVEN = ConfigDict(extra="forbid", frozen=True)
_TOML_HINT = (
    '值两边的引号、等号、逗号和方括号要用英文半角的（" = , [ ]），不能是“ ” ＝ ，；每一项左边是英文名（genre、title……），'
    "引号和括号要成对。样子见 docs/drafting.md。"
)
_PAPERS = (".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xls")
_NO_REQUEST = (
    "请求是写明文种、标题和事实的 .toml 文件，样子见 docs/drafting.md；也可以在网页的“起草”里填。"
    "要从资料库里的文件取事实，在请求里写 documents。"
)
# What the keys are called on the page; a message names both.
_CALLED = {
    "genre": "文种",
    "title": "标题",
    "unit": "单位",
    "period": "时期",
    "audience": "主送",
    "signer": "署名",
    "dated": "成文日期",
    "length": "大约字数",
    "headings": "提纲",
    "sources": "可用的资料",
    "documents": "取事实的文件",
    "basis": "先引依据",
    "facts": "今年的事实",
    "fact": "事实",
    "table": "表",
    "columns": "表头",
    "rows": "各行",
    "text": "文字",
    "purpose": "用途",
    "section": "归在哪个标题下",
}
_WRONG = {
    "missing": "没有写",
    "string_type": "应是一段文字，请加引号",
    "int_type": "应是整数，如 3000，不加引号",
    "int_parsing": "应是整数，如 3000，不加引号",
    "list_type": "应是一个列表",
    "bool_type": "应是 true 或 false",
}


def _known_purpose(purpose: str) -> str:
    if purpose and purpose not in PURPOSES:
        raise ValueError(f"purpose 只能是 {'、'.join(PURPOSES)} 之一，不能是“{purpose}”")
    return purpose


class GivenFact(BaseModel):
    model_config = _GIVEN

    text: str = Field(min_length=1)
    purpose: str = ""
    section: str = ""

    _known = field_validator("purpose")(_known_purpose)


class GivenTable(BaseModel):
    """`columns`: the indicator, if wanted the unit, then a period each; `rows`: cells as text or numbers."""

    model_config = _GIVEN

    title: str = Field(min_length=1)
    columns: list[str] = Field(min_length=2)
    rows: list[list[str | int | float]] = Field(min_length=1)
    purpose: str = "概况"
    section: str = ""

    _known = field_validator("purpose")(_known_purpose)


class Given(BaseModel):
    """What the file may say; see docs/drafting.md."""

    model_config = _GIVEN

    genre: str = Field(min_length=1)
    title: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    period: str = Field(min_length=1)
    audience: str = ""
    signer: str = ""
    dated: date | str | None = None
    length: int = Field(default=3000, ge=200, le=20_000)
    headings: list[str] = []
    sources: list[str] = []
    documents: list[str] = []
    basis: bool = False
    facts: str | list[str] = ""
    fact: list[GivenFact] = []
    table: list[GivenTable] = []


def read_request(path: Path) -> Request:
    """BadRequest when the file is not there, is no TOML or says what no request may say."""
    if path.suffix.lower() in _PAPERS:
        raise BadRequest(f"{path.name} 是一份文稿，不是起草的请求", hint=_NO_REQUEST)
    try:
        return request_of(tomllib.loads(_decoded(path)))
    except OSError as error:
        raise BadRequest(f"打不开请求文件 {path}", hint="请检查文件名和所在文件夹。") from error
    except UnicodeDecodeError as error:
        raise BadRequest(
            f"{path} 不是写对了的 TOML 文件：认不出文字的编码",
            hint="请用记事本打开，确认文字正常后“另存为”，编码选 UTF-8，再试。",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise BadRequest(f"{path} 不是写对了的 TOML 文件：{toml_words(error)}", hint=_TOML_HINT) from error


def _decoded(path: Path) -> str:
    """Notepad saves UTF-8, UTF-16 (and says so) or, on older machines, GBK."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16").replace("\r\n", "\n")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return text.replace("\r\n", "\n")


def request_of(data: Mapping[str, Any]) -> Request:
    """The request that these keys make; BadRequest names the first key that is wrong."""
    try:
        given = Given.model_validate(data)
    except ValidationError as error:
        raise BadRequest(_told(error.errors()[0])) from error
    facts, cells = _material(given)
    if not facts and not given.documents:
        raise BadRequest(
            "请求里没有事实", hint="请在 facts、[[table]] 或 documents 里给出今年的情况，一条一行。"
        )
    return Request(
        genre=genre_of(given.genre).name,
        title=given.title.strip(),
        unit=given.unit.strip(),
        period=given.period.strip(),
        audience=given.audience.strip().rstrip("：:"),
        signer=given.signer.strip(),
        dated=_day(given.dated),
        length=given.length,
        headings=tuple(given.headings),
        sources=tuple(given.sources),
        documents=tuple(given.documents),
        basis=given.basis,
        facts=facts,
        cells=cells,
    )


def _material(given: Given) -> tuple[tuple[Fact, ...], tuple[Cell, ...]]:
    bullets = given.facts if isinstance(given.facts, str) else "\n".join(given.facts)
    facts = [_ahead(fact, given.period) for fact in read_bullets(bullets)]
    for one in given.fact:
        read = read_fact(one.text.strip(), len(facts) + 1, "事实", one.purpose or one.section)
        facts.append(Fact(read.n, read.text, read.where, read.purpose, one.section or read.section))
    cells: list[Cell] = []
    for table in given.table:
        rows, values = read_table(
            table.title,
            table.columns,
            table.rows,
            first=len(facts) + 1,
            purpose=purpose_named(table.purpose),
            section=table.section,
        )
        facts.extend(rows)
        cells.extend(values)
    return renumbered(facts), tuple(cells)


def _ahead(fact: Fact, period: str) -> Fact:
    """下半年：… in a report on the first half of a year is what will be done."""
    later = fact.section == "下半年" and "上半年" in period
    return replace(fact, purpose="打算", section="") if later else fact


def _day(dated: date | str | None) -> date | None:
    if dated is None or isinstance(dated, date):
        return dated
    day = read_day(dated)
    if day is None:
        raise BadRequest(f"dated 写的“{dated}”不是日期", hint="请写成 2026-01-09 或 2026年1月9日 的样子。")
    return day


def _told(error: ErrorDetails) -> str:
    keys = ".".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"])
    place = f"{_called(error['loc'])}（{keys}）" if _called(error["loc"]) else keys
    if error["type"] == "extra_forbidden":
        near = get_close_matches(str(error["loc"][-1]), Given.model_fields, 1)
        return f"不认识 {keys} 这一项" + (f"，是不是 {near[0]}？" if near else "")
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] in {"too_short", "string_too_short"}:
        return f"{place}是空的"
    if error["type"] in {"greater_than_equal", "less_than_equal"}:
        return f"{place}应在 200 到 20000 之间"
    return f"{place}{_WRONG.get(error['type'], '写得不对')}"


def _called(loc: Sequence[str | int]) -> str:
    """第2张表的表头 for table.2.columns; "" for a key that nothing is called by."""
    words = ""
    for part in loc:
        words += f"第{part + 1}个的" if isinstance(part, int) else _CALLED.get(part, "")
    return words.removesuffix("的")
