"""Names out of date on the day the text was written (outdated.tsv). A text that tells no day is left alone, but for the
works it cites in 《》: those it cites today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows

_THEN = re.compile(
    r"(?:原|原来的|时任|当时的?|曾任|前身|撤销|合并|更名|改为|并入|不再保留|历任|原称)[^，。；\n]{0,6}$"
)
_MADE = re.compile(r"(?:期间|时期|先后|陆续|相继)[^。；\n]{0,12}(?:制定|出台|颁布|印发|发布)")  # a history
_LEVELS = "局厅委部办署会院组"
_WORKS = (
    "法典",
    "法",
    "条例",
    "准则",
    "规定",
    "规则",
    "委员会",
    "部门",
    "所",
    "户",
    "人口",
    "人员",
    "妇联",
    "办公室",
)
_ENDED = re.compile("废止|失效|制定")
_TITLE = re.compile(r"《[^《》\n]{2,40}》")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_CHANGE = re.compile(r"^[^。\n]{0,16}(?:更名|改名|改为|改称|撤销|整合|合并|并入|废止|失效)")


@dataclass(frozen=True, slots=True)
class _Name:
    old: str
    new: str
    since: date
    before: str
    behind: str


def find(sheet: Sheet) -> Iterator[Finding]:
    if sheet.written is None:
        for title in _TITLE.finditer(sheet.text):
            if not _ENDED.search(sheet.text[title.end() : title.end() + 200].partition("。")[0]):
                yield from _within(sheet, title.start(), title.end(), date.today())  # noqa: DTZ011 - the reader's own day
        return
    yield from _within(sheet, 0, len(sheet.text), sheet.written)


def _within(sheet: Sheet, start: int, stop: int, day: date) -> Iterator[Finding]:
    names, end = _names(), 0
    for match in _keys().finditer(sheet.text, start, stop):
        at = match.start()
        if at < end:
            continue
        for one in names[match["key"]]:
            if sheet.text.startswith(one.old, at) and day >= one.since and _meant(sheet.text, at, one):
                end = at + len(one.old)
                told = f"“{one.old}”自{one.since.year}年{one.since.month}月起已为“{one.new}”，请核对。"
                yield found(sheet, at, end, "outdated", "机构和文件名称的变更", _offered(one), told, "doubt")
                break


def _meant(text: str, at: int, name: _Name) -> bool:
    """Not as part of another word, not said of the past, not in a title or a document's number."""
    end = at + len(name.old)
    if (at and text[at - 1] in name.before) or (end < len(text) and text[end] in name.behind):
        return False
    begin = max(text.rfind(mark, 0, at) for mark in "。\n；") + 1
    lead = text[begin:at]
    if _THEN.search(lead) or _MADE.search(lead) or _CHANGE.match(text[end : end + 30]):
        return False
    inside = text.rfind("《", 0, at) > text.rfind("》", 0, at)
    if inside and not (text[at - 1] == "《" or "中华人民共和国" in lead[-8:]):
        return False
    return not any(int(year) < name.since.year for year in _YEAR.findall(lead))


def _offered(name: _Name) -> str | None:
    """A body takes the name of the body of its level; a section of one (公安消防大队) or a text of other matter is left open."""
    return name.new if name.new[-1] in _LEVELS or name.new.endswith(_WORKS) else None


@cache
def _keys() -> re.Pattern[str]:
    """Where a name may begin; names overlap, so nothing is taken up."""
    return re.compile(rf"(?=(?P<key>{'|'.join(map(re.escape, sorted(_names())))}))")


@cache
def _names() -> Mapping[str, tuple[_Name, ...]]:
    table: dict[str, list[_Name]] = {}
    for old, new, since, before, behind, *_ in rows("outdated.tsv", 5):
        table.setdefault(old[:2], []).append(_Name(old, new, date.fromisoformat(since), before, behind))
    return {
        key: tuple(sorted(names, key=lambda one: (-len(one.old), -one.since.toordinal())))
        for key, names in table.items()
    }
