"""Editions that the home has heard of and does not have: papers on the 2023 revision beside a text of 2018.

A work of which another document's name tells a later edition than any text that is here. Names only: no text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from bot.model import Answer
from bot.retrieval.edition import Edition
from bot.retrieval.exact import names_of
from bot.retrieval.folding import fold
from bot.retrieval.names import Names, edition_year
from ingest.index import Index
from ingest.model import DocumentRow
from ingest.text import titled

_LEAST = 4  # characters of a name; a shorter one may be a part of another word
_LONGEST = 60
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_MADE = r"(?:新?修订|修正|修改)"
# 条例2023_解读, 《条例》（2023年修订）问答; 条例2023年学习计划 tells no edition.
_BEHIND = re.compile(rf"[》〉]?[（(]?{_YEAR}(?:年?(?:版|{_MADE}|[）)])|(?!年))")
_BEFORE = re.compile(rf"{_YEAR}年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:版|{_MADE})(?:后)?的?[《〈]?")
_MAY_STAND_BEFORE = frozenset("的和与对读学解新")


@dataclass(frozen=True, slots=True)
class Heard:
    """`year`: of the newest edition told of; `by`: the title of a document that tells of it; `have`: that of the newest text here."""

    year: int
    by: str
    have: int


def with_later_edition(index: Index, answer: Answer, as_of: date | None, edition: Edition | None) -> Answer:
    """Says of each newest text cited that a later edition is known and not here; not of an edition asked for, nor of a
    day before the later one's year.
    """
    told = edition is not None and (edition.at_that_time or edition.by_year is not None)
    if answer.status != "answered" or told:
        return answer
    heard = index.derived("later editions", lambda: _heard(names_of(index)))
    rows = {one.document_id for one in answer.citations if one.in_force} & heard.keys()
    notes = [
        _told(one.title, heard[one.document_id])
        for one in answer.citations
        if one.document_id in rows and (as_of is None or as_of.year >= heard[one.document_id].year)
    ]
    return replace(answer, warnings=tuple(dict.fromkeys((*answer.warnings, *notes))))


def _told(title: str, heard: Heard) -> str:
    return (
        f"{titled(title)}引的是{heard.have}年的文本：资料库里有关于{heard.year}年修订的材料（如{titled(heard.by)}），"
        "但没有修订后的全文，条文可能已经改过，请核对新的文本"
    )


def _heard(names: Names) -> Mapping[str, Heard]:
    """By id of every document of the newest edition that is here."""
    told: dict[str, tuple[int, str]] = {}
    for own, rows in names.works.items():
        for row in rows:
            for key, year in _tells(names, row):
                if key != own and year > told.get(key, (0, ""))[0]:
                    told[key] = year, row.title
    found: dict[str, Heard] = {}
    for key, (year, by) in told.items():
        have = max(edition_year(row) for row in names.works[key])
        if 0 < have < year:
            newest = (row for row in names.works[key] if edition_year(row) == have)
            found |= {row.id: Heard(year, by, have) for row in newest}
    return found


def _tells(names: Names, row: DocumentRow) -> Iterator[tuple[str, int]]:
    """Works and years of editions that a document's title or file name tells."""
    for text in dict.fromkeys((row.title, PurePosixPath(row.source).stem)):
        for year in _BEHIND.finditer(text):
            work = _ends(names, text[: year.start()])
            if work:
                yield work, int(year[1])
        for year in _BEFORE.finditer(text):
            work = _begins(names, text[year.end() :])
            if work:
                yield work, int(year[1])


def _ends(names: Names, lead: str) -> str | None:
    form = fold(lead)[0]
    for length in range(min(len(form), _LONGEST), _LEAST - 1, -1):
        before = form[-length - 1 : -length]
        starts = not "\u3400" <= before <= "\u9fff" or before in _MAY_STAND_BEFORE
        if starts and (work := _one(names, form[-length:])):
            return work
    return None


def _begins(names: Names, rest: str) -> str | None:
    form = fold(rest)[0]
    lengths = range(min(len(form), _LONGEST), _LEAST - 1, -1)
    return next((work for length in lengths if (work := _one(names, form[:length]))), None)


def _one(names: Names, name: str) -> str | None:
    """The only work that has this name."""
    works = names.called.get(name, ())
    return works[0] if len(works) == 1 else None
