"""How high a rule stands: 党章, 准则, 条例, 规定 and the like, then what a province, a town or a school made. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.model import DocumentRow

_CENTRAL = (
    (frozenset({"党章"}), 1, "党章"),
    (frozenset({"准则"}), 2, "准则"),
    (frozenset({"条例"}), 3, "条例"),
    (frozenset({"规定", "办法", "规则", "细则"}), 4, ""),
)
LOCAL = 5
_LOCAL_RULES = frozenset({"条例", "规定", "办法", "规则", "细则", "规程", "章程", "通知", "意见", "办事指南"})
_PLACE = re.compile(
    r"[《“]?(?:关于印发|关于)?[《“]?(?!普通|党和国家|党政|各|全)[\u4e00-\u9fff]{2,10}?(?:[省市县区镇乡村](?![级域])|街道|社区|师大|学院|大学|中学|小学|公司|集团|医院)"
)


@dataclass(frozen=True, slots=True)
class Rank:
    """`level` 1 is the highest; `name` is what the reader is told, `of` whose rule it is where it is a local one."""

    level: int
    name: str
    of: str = ""

    @property
    def told(self) -> str:
        return f"地方或单位文件，{self.of}" if self.of else self.name


def rank_of(row: DocumentRow) -> Rank | None:
    """None for what is no rule of the Party: a report, a national law."""
    place = _place(row)
    if place is not None:
        return Rank(LOCAL, "地方或单位文件", place) if row.kind in _LOCAL_RULES else None
    for kinds, level, name in _CENTRAL:
        if row.kind in kinds:
            return Rank(level, name or row.kind)
    return None


def _place(row: DocumentRow) -> str | None:
    """Whose a local rule is: as its issuer tells it, else as its title or its file's name begins."""
    if row.region or row.unit:
        return row.unit or row.region
    for name in (row.title, PurePosixPath(row.source).stem):
        found = _PLACE.match(name)
        if found:
            return re.sub(r"^[《“]?(?:关于印发|关于)?[《“]?", "", found[0])
    return None
