"""A question about what was changed -> the two versions and the article meant: 新旧细则有什么变化, 第十二条改了什么."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.retrieval.edition import works_called
from bot.retrieval.exact import names_of
from bot.retrieval.references import find_references
from bot.versions.model import Version
from bot.versions.shelf import several_versions, version_of
from ingest.index import Index

_WHAT = r"(?:什么|哪些|哪里|哪儿|哪几处|哪几条|多少|几处|几条)"
_CHANGED = re.compile(
    rf"改了{_WHAT}|改动了?{_WHAT}|修[改订]了{_WHAT}|变了{_WHAT}|有{_WHAT}.{{0,4}}(?:变化|变动|改动|修改|改变|不同|区别|差别|调整)|"
    rf"(?:新增|增加|删除|删去|删掉|去掉|取消)了{_WHAT}|(?:变化|变动|改动|修改|不同|区别|差别)(?:是|在|有){_WHAT}|新旧(?:对照|对比|条文|版本)|修[改订]前后"
)
_TWO = re.compile(r"新旧|新老|修[改订]|新版|旧版|老版|前后|原来|以前|版|相比|比起|条|改")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """Two versions of one work, and the article that is asked about (None: all of them)."""

    old: Version
    new: Version
    article: str | None


def change_asked(index: Index, question: str, today: date) -> ChangeAsked | None:
    """None where no change is asked after, or not of one work that is here in several versions."""
    if not _CHANGED.search(question) or not _TWO.search(question):
        return None
    names = names_of(index)
    found = {
        versions
        for work in works_called(names, question)
        for row in names.works[work]
        if (known := version_of(index, row.id)) and len(versions := known[0]) > 1
    }
    if not found and names_no_work(question):
        found = set(several_versions(index))
    if len(found) != 1:
        return None
    versions = found.pop()
    chosen = _chosen(versions, question, today)
    if chosen is None:
        return None
    labels = [one.article for one in find_references(question) if one.article]
    return ChangeAsked(*chosen, labels[0] if labels else None)


def names_no_work(question: str) -> bool:
    """第十二条改了什么, 新旧有什么不同: of which document, only the talk before can tell, or a library with one."""
    return not re.search(
        r"[《》]|条例|细则|准则|规程|章程|规则|办法|规定|制度|标准|党章|宪法|[\u4e00-\u9fff]法", question
    )


def asks_without_work(index: Index, question: str) -> tuple[str, ...]:
    """The titles of what could be meant, where an article's change is asked after and no document is named."""
    asked = _CHANGED.search(question) and any(one.article for one in find_references(question))
    if not asked or not names_no_work(question):
        return ()
    return tuple(versions[-1].title for versions in several_versions(index))


def _chosen(versions: tuple[Version, ...], question: str, today: date) -> tuple[Version, Version] | None:
    """The versions of the years said; of one year, against the one before it or, of the first, after it; else the last two."""
    years = sorted({int(year) for year in _YEAR.findall(question)})
    named = [version for version in versions if version.year in years]
    if len(named) > 1:
        return named[0], named[-1]
    if named:
        at = versions.index(named[0])
        return (versions[at - 1], versions[at]) if at else (versions[0], versions[1])
    if years:
        return None  # of a version that is not here nothing can be compared
    counted = [version for version in versions if version.day is None or version.day <= today]
    return (counted[-2], counted[-1]) if len(counted) > 1 else None
