"""The same indicator with different values, in the facts, the tables and earlier reports; both sources are named. Pure.

Compared are figures with the same words right before them and the same unit. Values that differ are reported where both are
of one year or a year is not known; of two years, only a value that is the same, for it may have been copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bot.drafting.figures.beside import said
from bot.drafting.figures.ground import same_value
from bot.drafting.figures.stated import Figure
from bot.drafting.figures.tables import is_total, part_of
from bot.drafting.figures.units import measure_of
from bot.drafting.model import Cell, Fact
from bot.model import Citation
from ingest.text import titled

_CLAUSE_MARK = re.compile(r"[，。；：！？、（）,;:\n]|\d[^，。；：、]?")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
# Words that name no indicator alone: what was done, and who did it.
_NO_INDICATOR = re.compile(
    r"^(?:.{1,2}率|完成|办结|增加|减少|增长|下降|提高|请假|实到|应到|优秀|合格|基本合格|回收|接收|转入|转出|涉及|不足|其他|个人|每人|会前集中|出席|列席)$|(?:社区|支部|街道|学历|机关|组织|学院|学校|中心|系|村|办|委|局)$"
)
_OWNER = re.compile(
    r"^(?:关于)?([\u4e00-\u9fff]{2,24}?)(?=关于|抓|机关党建|党建|基层|20\d\d|年度|发展党员|工作|主题党日|述职|书记|“)"
)
_ANYONE = frozenset(("", "基层", "年度", "本年度", "全年"))
_BODY = re.compile("^中共|工作委员会|委员会|党工委|工委|党委|党总支|党支部|支部|总支|党组")
_SCOPES = (
    "年末",
    "年底",
    "截至",
    "累计",
    "全年",
    "上半年",
    "下半年",
    "正式党员",
    "预备党员",
    "含",
    "不含",
    "人次",
    "在册",
    "应到",
    "实到",
    "计划",
    "目标",
)
_AMONG = re.compile(r"\d[个名家户人]中[^，。；]{0,20}$")  # 41名中党员17名 are not all there are
_MANY = 2  # differences from one report that are still told one by one
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Value:
    """What one source says of an indicator; `year` 0: not known."""

    name: str
    figure: Figure
    year: int
    where: str
    text: str
    row: int = 0  # of the table it stands in, by `Fact.n`
    paper: str = ""  # an earlier report that names no year
    given: bool = True  # by the request; two earlier papers may differ as they like
    words: str = ""  # the words before the figure as they were written, for whoever reads the warning


def conflicts(
    facts: Sequence[Fact],
    cells: Sequence[Cell] = (),
    passages: Sequence[tuple[str, Citation]] = (),
    *,
    year: int = 0,
    unit: str = "",
) -> tuple[str, ...]:
    """Chinese sentences, one for each indicator of which two sources differ or two years agree.

    `year` and `unit`: the report's. Where a unit is given, passages of reports that name another one are left out.
    """
    passages = [(text, citation) for text, citation in passages if not unit or _own(unit, citation.title)]
    groups: dict[tuple[str, str], list[_Value]] = defaultdict(list)
    for value in _values(facts, cells, passages, year):
        groups[value.name, value.figure.unit].append(value)
    warnings: dict[tuple[object, ...], str] = {}
    undated: dict[str, dict[str, str]] = defaultdict(dict)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if not (one.given or other.given):
                continue
            key = (one.name, one.figure.low, other.figure.low, other.figure.unit, one.year == other.year)
            warning = _compared(one, other)
            if warning and key not in warnings:
                warnings[key] = warning
                if paper := one.paper or other.paper:
                    now, then = (other, one) if one.paper else (one, other)
                    undated[paper][warning] = f"{now.name}{_shown(then)}，这次{_shown(now)}"
    return _gathered(list(warnings.values()), undated)


def _gathered(warnings: list[str], undated: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Many differences from one report of no known year are one warning: it is most likely of another year."""
    many = {paper: told for paper, told in undated.items() if len(told) > _MANY}
    gone = {warning for told in many.values() for warning in told}
    return (
        *(warning for warning in warnings if warning not in gone),
        *(
            f"{paper}没有写明是哪一年的，有{len(told)}项和这次的数不同（{'；'.join(told.values())}），如果说的是同一年，请核对后统一。"
            for paper, told in many.items()
        ),
    )


def _own(unit: str, title: str) -> bool:
    """Whether a report is of this unit, or its title names none: 星湖社区2024年度… is of 望川街道星湖社区委员会."""
    named = _OWNER.match(title.strip("《》"))
    owner = _BODY.sub("", _BODY.sub("", named[1])) if named else ""
    owner = "" if owner in _ANYONE else owner
    return not owner or _BODY.sub("", _BODY.sub("", unit)).endswith(owner)


def _values(
    facts: Sequence[Fact], cells: Sequence[Cell], passages: Sequence[tuple[str, Citation]], year: int
) -> Iterator[_Value]:
    tabled = {cell.fact for cell in cells}
    for cell in cells:
        if cell.value is not None and not is_total(cell.indicator):
            unit, scale = measure_of(cell.unit)
            when = _YEAR.match(cell.period)
            figure = Figure(
                0,
                0,
                cell.text,
                0,
                0,
                "quantity",
                unit,
                round(cell.value * scale, 6),
                round(cell.value * scale, 6),
            )
            where = next(fact.where for fact in facts if fact.n == cell.fact)
            text = cell.text if cell.text.endswith(cell.unit) else cell.text + cell.unit
            yield _Value(
                part_of(cell.indicator) or cell.indicator,
                figure,
                int(when[1]) if when else 0,
                f"{where}“{cell.period}”一栏",
                text,
                row=cell.fact,
            )
    told = [
        (fact, value)
        for fact in facts
        if fact.n not in tabled
        for value in _said(fact.text, fact.where, year)
    ]
    whole = {value.name for fact, value in told if not fact.section}
    for fact, value in told:
        longer = f"{fact.section}{value.name}"  # 问题清单：列问题15个 is the 问题清单列问题 of another fact
        yield replace(value, name=longer, words="") if fact.section and longer in whole else value
    for text, citation in passages:
        stated = _YEAR.search(citation.title)
        place = f"{titled(citation.title)}{'/'.join(citation.heading_path)}" + (
            f"第{citation.page}页" if citation.page else ""
        )
        for value in _said(text, place, int(stated[1]) if stated else 0, given=False):
            yield value if stated else replace(value, paper=titled(citation.title))


def _said(text: str, where: str, year: int, *, given: bool = True) -> Iterator[_Value]:
    for one in said(text, year):
        name = one.beside.name
        plain = one.figure.kind == "quantity" and not one.figure.masked and one.figure.low == one.figure.high
        if (
            plain
            and not _AMONG.search(text[: one.figure.start])
            and len(name) >= _SHORTEST
            and not _NO_INDICATOR.search(name)
            and name.isalpha()
        ):
            yield _Value(
                name,
                one.figure,
                max(one.beside.year, 0),
                where,
                f"{text}\0{one.figure.text}",
                given=given,
                words=_clause_before(text, one.figure.start),
            )


def _clause_before(text: str, at: int) -> str:
    """The words of the clause in front of a figure, as written: 集中学习24次 -> 集中学习."""
    return _CLAUSE_MARK.split(text[max(0, at - 40) : at])[-1].strip()


def _compared(one: _Value, other: _Value) -> str:
    if one.where == other.where or (one.row == other.row != 0 and not one.year and not other.year):
        return ""  # 总数 and 已完成 of one row are two things
    same = same_value(one.figure, other.figure)
    shown = f"“{one.words or one.name}”在{one.where}是{_shown(one)}，在{other.where}是{_shown(other)}"
    if one.year and other.year and one.year != other.year:
        years = f"前者是{one.year}年的，后者是{other.year}年的"
        return (
            f"{shown}，{years}，两个数相同，请核对是否沿用了另一年的数。"
            if same and _tells(one.figure)
            else ""
        )
    if same:
        return ""
    reasons = []
    if not one.year or not other.year:
        reasons.append("可能不是同一年的数")
    scopes = [word for word in _SCOPES if (word in one.text) != (word in other.text)]
    reasons.append(f"可能口径不同（{'、'.join(scopes)}）" if scopes else "可能口径不同或有一处写错")
    return f"{shown}，{'，或'.join(reasons)}，请核对后统一。"


def _tells(figure: Figure) -> bool:
    """Whether the same value in two years is striking: 28次 is, 20万元 is not, nor 12次, which is once a month, nor 35岁."""
    digits = f"{figure.low:g}".replace(".", "").strip("0")
    return len(digits) > 1 and figure.low != 12 and figure.unit not in {"天", "岁", "年"}


def _shown(value: _Value) -> str:
    return value.text.rpartition("\0")[2]
