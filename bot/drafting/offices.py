"""Whose a document is and which year it tells of, by its title and what the catalog says. Pure."""

from __future__ import annotations

import re

from ingest.model import DocumentRow

_FORM = r"(?:工作委员会|委员会|党总支|党支部|党工委|党委|党组|总支|支部)?(?:书记)?"
_TAIL = re.compile(_FORM + "$")
_HEAD = re.compile("^" + _FORM)
_LOWER = re.compile(r"^(?:所属|下属|各)?[\u4e00-\u9fff\d]{1,9}?(?:党支部|支部|党小组|党总支|社区|村)(?!党建)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[_）)\s]|学年|$)")


def core(unit: str) -> str:
    """A unit's name without the words for its committee: 中共星湖社区委员会, 星湖社区党委 -> 星湖社区; of a branch that has a
    number its name up to that: 星湖社区第二党支部书记 -> 星湖社区第二.
    """
    bare = re.sub(r"^(?:中国共产党|中共)", "", unit.strip())
    numbered = re.match(r".{2,40}?第[一二三四五六七八九十\d]{1,3}(?=党?支部|党小组)", bare)
    return numbered[0] if numbered else _TAIL.sub("", bare, count=1)


def is_of(unit: str, row: DocumentRow) -> bool:
    """Whether the unit itself wrote it, by its title or by who the catalog says issued it."""
    return any(names(unit, told) for told in (row.title, row.unit or "", row.issuer or ""))


def names(unit: str, told: str) -> bool:
    """Whether a title or a name is the unit's own; 星湖社区第二党支部 is another than 星湖社区, and so is 望川街道."""
    name = core(unit)
    if len(name) < 2 or name not in told:
        return False
    behind = told.partition(name)[2]
    lower = _LOWER.match(_HEAD.sub("", behind, count=1))
    return lower is None or "关于" in lower[0]


def year_of(row: DocumentRow) -> int:
    """The year a report tells of; 0 where nothing says it. What is dated in January tells of the year before."""
    for told in (row.title, row.source):
        if found := _YEAR.findall(told):
            return max(map(int, found))
    if row.issued is None:
        return 0
    return row.issued.year - (row.issued.month < 3)


def year_in(period: str) -> int:
    """The last year that a period names: 2024年1月至2025年6月 -> 2025; 0 where it names none."""
    return max((int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", period)), default=0)
