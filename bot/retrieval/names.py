"""What people call a document -> the documents meant: full titles, short names, 细则 where there is only one. Pure.

Names come from the catalog alone. They are compared in a folded form, see `bot.retrieval.folding`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from bot.retrieval.folding import STATED, fold, quoted_name, short, unwrapped, without_year
from ingest.model import DocumentRow, Hit

DIGEST = "法规摘编"  # a kind of document that holds only some articles of its work
_TAILS = (
    "细则",
    "条例",
    "准则",
    "规程",
    "章程",
    "规则",
    "法典",
)  # 《细则》 alone names the only work that ends so
_SHORT = 4  # characters; so short a name must begin where a word does: 章程 is not the end of 公司章程
_LONGEST = 100  # characters; the longest title of the laws has 87
_LEAST = 3  # characters of a name of which only some characters stand in the title
_IN_TITLE = re.compile(r"《([^《》]+)》")
_BOUNDARY = frozenset(
    "的下按照据在看和与及或查问是说了解读学道到由从对依遵反找给我让把以为国新老旧行见译背讲年版订改正党们"
)
_UNIT = frozenset("省市县区乡镇村街社校院部局委厅司")  # 某县发展党员工作细则 is another document
_BOOK = re.compile(
    r"(?<=民法典)(?:第?[一二三四五六七]?编?(?:总则|物权|合同|人格权|婚姻家庭|继承|侵权责任)编?|附则)$"
)


@dataclass(frozen=True, slots=True)
class Names:
    """`works`: the documents of each work; `called`: folded name -> the works that have it, by key; `longest`: how long
    a name may be that begins with these two characters.
    """

    works: Mapping[str, tuple[DocumentRow, ...]]
    called: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A work that a text names: from character `start` of the text on, in the edition of `year` if it says one."""

    work: str
    start: int
    year: int | None = None


def read_names(rows: Iterable[DocumentRow]) -> Names:
    works: defaultdict[str, list[DocumentRow]] = defaultdict(list)
    for row in rows:
        works[fold(row.work_key)[0]].append(row)  # one issuer writes 、 between two courts, another a space
    called: defaultdict[str, set[str]] = defaultdict(set)
    for key, documents in works.items():
        for row in documents:
            for name in _names_of(row):
                called[name].add(key)
    for tail in _TAILS:
        ending = {key for name, keys in called.items() if name.endswith(tail) for key in keys}
        if len(ending) == 1 and tail not in called:
            called[tail] = ending
    longest: dict[str, int] = {}
    for name in called:
        longest[name[:2]] = max(len(name), longest.get(name[:2], 0))
    return Names(
        {key: tuple(rows) for key, rows in works.items()},
        {name: tuple(sorted(keys)) for name, keys in called.items() if len(name) > 1},
        longest,
    )


def _names_of(row: DocumentRow) -> set[str]:
    stem = PurePosixPath(row.source).stem
    names = {short(name) for name in (row.title, row.work or row.title, row.work_key, stem)}
    names |= {wrapped for name in names if (wrapped := unwrapped(name))}
    return names | ({"党章"} if row.kind == "党章" or "党章" in names else set())


def calls(work: str, hit: Hit) -> bool:
    """Whether `work`, as a question says it, is the document of a hit: its name in full or in short.

    干部档案条例 is 干部人事档案工作条例, 细则 any that ends so; 党法 is not 党内法规制定条例, nor 监察法 its 实施条例.
    """
    form = short(work)
    return any(
        form == name or _is_short_for(form, name) for name in _names_of_title(hit.title, hit.source, hit.kind)
    )


def _is_short_for(form: str, name: str) -> bool:
    """Whether all of `form` stands in `name` in this order, and the two end alike."""
    if form in _TAILS:
        return name.endswith(form)
    reach, _ = _reach(form, name)
    return (
        len(form) >= _LEAST
        and reach == len(form)
        and name[-1] == form[-1]
        and (name[-2] == form[-2] or name[0] == form[0])
    )


@lru_cache(4096)  # a question is held against some dozens of hits, several times
def _names_of_title(title: str, source: str, kind: str) -> frozenset[str]:
    """The names of a document, and those in 《》 of which it treats."""
    given = {short(name) for name in (title, PurePosixPath(source).stem, *_IN_TITLE.findall(title))}
    names = given | {wrapped for name in given if (wrapped := unwrapped(name))}
    return frozenset(names | ({"党章"} if kind == "党章" or "章程" in names else set()))


def named_work(names: Names, lead: str) -> Named | None:
    """The work whose name ends `lead`, which is the text before 第X条; None when no known name stands there."""
    form, origin = fold(lead)
    form, year = without_year(form)
    form = _BOOK.sub("", form)
    quoted = quoted_name(lead)
    before = [lead[at - 1] if at else "" for at in origin]
    found = _longest(names, form, before, len(quoted or ""), year)
    if found is None:
        found = _loosely(names, form, before) if quoted is None else _loosely(names, quoted, ["", *quoted])
    if found is None and form.endswith("规定"):
        return named_work(names, lead[: lead.rindex("规定")])  # 党章规定第五条…
    if found is None or not found[0]:
        return None
    work, length = found
    start = len(form) - length
    if year is None:
        stated = STATED.search(form[:start])
        year = int(stated[1]) if stated else None
    return Named(work, origin[max(0, start)] if origin else 0, year)


def works_in(names: Names, text: str) -> set[str]:
    """Keys of all works that a text calls by a known name, wherever it stands; the longest name at a place counts."""
    form, origin = fold(text)
    found: set[str] = set()
    start = 0
    while start < len(form):
        last = text[origin[start] - 1] if origin[start] else ""
        longest = min(len(form) - start, names.longest.get(form[start : start + 2], 0))
        for length in range(longest, 1, -1):
            keys = names.called.get(form[start : start + length])
            if keys is not None and _begins_there(last, length):
                found.update(keys)
                start += length - 1
                break
        start += 1
    return found


def _longest(
    names: Names, form: str, before: Sequence[str], quoted: int, year: int | None
) -> tuple[str, int] | None:
    """The longest known name that ends `form`, with its length: at least the last `quoted` characters.

    `before` holds, for each character of `form`, what stands in front of it in the text.
    A name that another unit's stands before, as in 某县发展党员工作细则, gives ("", 0): it is none of the known ones.
    """
    for length in range(min(len(form), _LONGEST), max(quoted, 2) - 1, -1):
        keys = names.called.get(form[-length:])
        if keys is None:
            continue
        if length == quoted or _begins_there(before[len(form) - length], length):
            return _best(names, keys, year), length
        if length > _SHORT:
            return "", 0
    return None


def _begins_there(last: str, length: int) -> bool:
    """Whether a name of `length` characters may begin behind the character `last`."""
    if not "\u3400" <= last <= "\u9fff":
        return True
    return last in _BOUNDARY if length <= _SHORT else last not in _UNIT


def _loosely(names: Names, form: str, before: Sequence[str]) -> tuple[str, int] | None:
    """干部档案条例 for 干部人事档案工作条例: the longest end of `form` whose characters stand in a name in this order.

    The two end alike, and of several names the one that holds them closest is meant; None when two hold them so.
    """
    if len(form) < _LEAST:
        return None
    found: list[tuple[int, int, int, str]] = []
    for name in names.called:
        if len(name) > _LEAST and name[-1] == form[-1]:
            reach, first = _reach(form, name)
            if reach >= _LEAST and (name[-2] == form[-2] or name[0] == form[-reach]):
                found.append((-reach, len(name) - first, len(name), name))
    if not found:
        return None
    nearest = min(found)
    length = -nearest[0]
    works = {key for *same, name in found if tuple(same) == nearest[:3] for key in names.called[name]}
    if len(works) > 1 or not _begins_there(before[len(form) - length], 0):
        return None
    return works.pop(), length


def _reach(form: str, name: str) -> tuple[int, int]:
    """How many of the last characters of `form` stand in `name` in order, and where the first of them stands."""
    at, count = len(name), 0
    for character in reversed(form):
        before = name.rfind(character, 0, at)
        if before < 0:
            break
        at, count = before, count + 1
    return count, at


def _best(names: Names, keys: Sequence[str], year: int | None) -> str:
    """Of works with one name: that of `year` (修正案（2004年）), rules in force before others, the longer before its digest."""

    def rank(key: str) -> tuple[bool, bool, bool, int, str]:
        rows = names.works[key]
        of_year = year is not None and any(edition_year(row) == year for row in rows)
        whole = any(row.kind != DIGEST for row in rows)
        return (
            not of_year,
            not any(row.in_force for row in rows),
            not whole,
            -max(row.chunks for row in rows),
            key,
        )

    return min(keys, key=rank)


def edition_year(row: DocumentRow) -> int:
    """The year a version dates from; 0 when nothing says it."""
    if row.version and row.version[:4].isdigit():
        return int(row.version[:4])
    day = row.effective or row.issued
    return day.year if day else 0


def years_of(row: DocumentRow) -> set[int]:
    """Every year a version may be called by: of its name, its issue and its coming into force."""
    return {day.year for day in (row.issued, row.effective) if day} | {edition_year(row)} - {0}


def editions(
    rows: Sequence[DocumentRow], year: int | None, excluded: frozenset[str] | set[str] = frozenset()
) -> tuple[DocumentRow, ...]:
    """The documents of the edition that is meant, best copy first; empty when none had been made by then.

    `year`: the edition of that year, or the last one before it; else the newest in force, or the newest at all.
    `excluded` are ids of documents that did not count on the day that is asked about.
    """
    rows = [row for row in rows if row.id not in excluded]
    if year is not None:
        rows = [row for row in rows if edition_year(row) <= year]
    elif not excluded:
        rows = [row for row in rows if row.in_force] or rows
    newest = max((edition_year(row) for row in rows), default=0)
    chosen = [row for row in rows if edition_year(row) == newest]
    return tuple(sorted(chosen, key=_copy_rank))


def _copy_rank(row: DocumentRow) -> tuple[bool, bool, int, str]:
    """Whole texts before digests, a title that holds the work's name before a misspelt one, longer before cut off."""
    return (row.kind == DIGEST, fold(row.work_key)[0] not in fold(row.title)[0], -row.chunks, row.source)
