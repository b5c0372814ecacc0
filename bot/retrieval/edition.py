"""The edition of a work that a question asks for: 2021年的积分办法, 细则（2014年版）, 旧的积分办法. Found in the catalog's names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from bot.retrieval.names import Named, Names, edition_year, editions, named_work, works_in, years_of
from ingest.model import DocumentRow
from ingest.text import titled

_MADE = r"(?:版本?|修订|修正|修改|制定|印发|发布|公布|通过|施行|试行|实施)"
_DAY = r"(?:(\d{1,2})月(?:份|\d{1,2}[日号])?)?"
_OLD = (
    r"(?:(?:原来|原先|以前|从前|老)的|(?<![废陈破老新])(?:旧(?:版|(?=的|《|党章|章程|条例|细则|准则|规定|办法))|老版|原版|"
    r"原(?=《)|上一?版|上一个版本|前一版|修订前|修改前)的?)"
)
_NOW = r"(?P<now>(?:现行|最新|新版|现在的|目前的|新修订的?|修订后的?)的?(?=《|中国共产党|党章|章程|[\u4e00-\u9fff]{0,10}(?:条例|细则|准则|办法)))"
_BEFORE = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)(?:年{_DAY}(?:{_MADE})*|版)的?(?:那[版个部份])?|{_OLD}(?:那[版个部份])?|{_NOW}"
)
_BEHIND = re.compile(
    rf"[（(]((?:19|20)\d\d)年?{_DAY}(?:{_MADE})*[）)]|((?:19|20)\d\d)年?{_DAY}{_MADE}*版本?"
    r"|(?:的)?(?:旧版|老版|原版|上一版|上一个版本|前一版)本?|[（(](?:旧|旧版|老版|原版|上一版)[）)]"
)
_TAIL = re.compile(
    r"(?:条例|细则|准则|规程|章程|规则|办法|规定|制度|标准|解释(?![权说清])|党章|(?<![办方书宪])法(?![律规院官治人])|宪法)(?![》〉]?(?:的)?(?:细则|办法))"
)
_LEADING = re.compile("[《〈\\s]|中国共产党|中华人民共和国")  # a known name may begin behind these
_STOP = re.compile(r"[。！？；，,\n]")
_SURE = frozenset({"条例", "细则", "准则", "规程", "章程", "规则", "办法", "党章"})
_MOST = 10  # names of a text that are looked up
_LONGEST = 60  # characters from the year to the end of the name
# 2025年党章学习计划 is no edition of the 党章, 2025年条例执行情况 none of the 条例.
_OTHER = re.compile(
    r"[》〉]?(?:学习|培训|知识|竞赛|考试|测试|宣讲|宣传|活动|执行|落实|贯彻|修订工作|实施情况|方案|计划|总结|报告)"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """`ids`: the documents of the editions asked for; `others`: those of the other editions of their works.

    `years`: work -> the year of its edition that is meant. `question`: the question without the words that tell the
    edition, when the documents are of the very edition asked for, or of the last one before it. `notes`: of editions
    that are not here, in Chinese; `replaced`: document id -> which edition has taken its place. `at_that_time`: the question tells
    a time and not a work, so the documents are all that counted then, and none of them is called by name. `by_year`: the
    one edition asked for is told by this year.
    """

    ids: frozenset[str]
    others: frozenset[str]
    years: Mapping[str, int]
    question: str
    notes: tuple[str, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    at_that_time: bool = False
    by_year: int | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A work in the edition of `year`, or in the one before the current; `span` is where the question says which.

    `month` where it is told as a time (2022年3月的); 2026年4月修订的 tells when it was passed, which is no date of the text.
    """

    work: str
    year: int | None
    span: tuple[int, int]
    month: int | None = None
    is_now: bool = False  # the current one


def asked_edition(names: Names, question: str, *, of_today: bool = True) -> Edition | None:
    """None when the question tells no edition of a work that is known here, or nothing tells the editions apart.

    `of_today`: 现行 means the edition in force; asked of another day it means what counted then, which needs no edition.
    """
    ids: set[str] = set()
    rows_of_works: list[DocumentRow] = []
    years: dict[str, int] = {}
    notes: list[str] = []
    replaced: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    told: set[int | None] = set()
    meant: set[tuple[str, int]] = set()
    for asked in _asked(names, question):
        rows = [row for row in names.works[asked.work] if row.chunks]
        chosen = _chosen(rows, asked) if of_today or not asked.is_now else None
        if not chosen:
            continue
        found, note = chosen
        rows_of_works += rows
        told.add(asked.year)
        meant.add((asked.work, edition_year(found[0])))
        ids |= {row.id for row in found}
        years[asked.work] = edition_year(found[0])
        notes += note
        if asked.year is None or edition_year(found[0]) <= asked.year:
            spans.append(asked.span)
        replaced |= _replaced(rows, found)
    if not ids:
        return None
    alone = bool(spans) and len(meant) == 1  # what is compared must stay in the question
    others = frozenset(row.id for row in rows_of_works) - ids
    plain = _without(question, spans) if alone else question
    by_year = max((year for year in told if year), default=None) if alone else None
    noted = tuple(dict.fromkeys(notes))
    return Edition(frozenset(ids), others, years, plain, noted, replaced, by_year=by_year)


def in_edition(named: Named, edition: Edition | None) -> Named:
    """旧版细则第五条: the year of the edition that the question's words mean, where the name itself tells none."""
    if edition is None or named.year is not None or named.work not in edition.years:
        return named
    return replace(named, year=edition.years[named.work])


def of_year(rows: Sequence[DocumentRow], year: int) -> tuple[DocumentRow, ...]:
    """The documents of the edition of a year: named by it, issued or come into force in it. Where none is, the last one
    before it stands in, and before all of them the one that counts today.
    """
    own = {edition_year(row) for row in rows if year in years_of(row)} - {0}
    return editions(rows, year if year in own or not own else max(own)) or editions(rows, None)


def no_edition(rows: Sequence[DocumentRow], year: int, shown: DocumentRow) -> list[str]:
    """What is said when an edition of `year` is asked for and `shown` stands in for it; nothing when it is of that year."""
    had = sorted({edition_year(row) for row in rows} - {0})
    if year in years_of(shown) or not edition_year(shown):  # of an undated one nobody can tell
        return []
    title = titled(shown.title)
    there = "、".join(f"{one}年" for one in had)
    if edition_year(shown) > year:
        return [f"资料库里没有{year}年的{title}，有的是{there}的，最早的也在那以后。"]
    return [f"资料库里没有{year}年的{title}，有的是{there}的；这里按{edition_year(shown)}年的版本查找。"]


def _asked(names: Names, question: str) -> Iterator[_Asked]:
    for marker in _BEFORE.finditer(question):
        rest = question[marker.end() : marker.end() + _LONGEST]
        rest = _STOP.split(rest)[0]
        for end in reversed([tail.end() for tail in _TAIL.finditer(rest)]):
            named = None if _OTHER.match(rest, end) else named_work(names, rest[:end])
            if named is not None and not _LEADING.sub("", rest[: named.start]):
                year = int(marker[1]) if marker[1] else None
                is_now = marker["now"] is not None
                yield _Asked(named.work, year, marker.span(), _month(marker, 2), is_now)
                break
    for marker in _BEHIND.finditer(question):
        lead = question[: marker.start()]
        at = 1 if marker[1] else 3
        said = marker[at]
        if (bare := lead.rstrip("》〉")) and any(tail.end() == len(bare) for tail in _TAIL.finditer(bare)):
            named = named_work(names, lead)
            if named is not None:
                yield _Asked(named.work, int(said) if said else None, marker.span(), _month(marker, at + 1))


def works_called(names: Names, text: str) -> set[str]:
    """Keys of the works that a text calls by a name in full or, where it ends in 条例, 办法 and so on, in short."""
    tails = (
        tail for tail in islice(_TAIL.finditer(text), _MOST) if tail[0] in _SURE
    )  # 公司法规定 names no 规定
    ends = (text[: tail.end()] for tail in tails)
    return works_in(names, text) | {
        named.work for lead in ends if (named := named_work(names, lead[-_LONGEST:]))
    }


def _month(marker: re.Match[str], group: int) -> int | None:
    month = int(marker[group]) if marker[group] and not re.search(_MADE, marker[0]) else 0
    return month if 1 <= month <= 12 else None


def _chosen(rows: Sequence[DocumentRow], asked: _Asked) -> tuple[tuple[DocumentRow, ...], list[str]] | None:
    """The documents of the edition and what is to be said of it; None where there is nothing to choose from."""
    had = sorted({edition_year(row) for row in rows} - {0})
    if not had:
        return None
    year = asked.year
    if asked.is_now:
        return editions(rows, None), []
    if year is None:
        current = edition_year(editions(rows, None)[0])
        if not current:
            return None
        former = [one for one in had if one < current]
        if not former:
            title = titled(rows[0].title)
            return editions(rows, None), [f"资料库里没有{title}更早的版本，这里按{current}年的版本查找。"]
        return editions(rows, former[-1]), []
    if asked.month is not None:
        then = [row for row in rows if (day := made_on(row)) is None or day < _next_month(year, asked.month)]
        rows_then = then if any(edition_year(row) for row in then) else rows
    else:
        rows_then = rows
    found = of_year(rows_then, year)
    notes = no_edition(rows, year, found[0])
    return _one_of_the_year(found, asked.month, notes)


def _next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def made_on(row: DocumentRow) -> date | None:
    """The day a version was issued, else that of its force; None where only a year is known."""
    return row.issued or row.effective


def _one_of_the_year(
    found: tuple[DocumentRow, ...], month: int | None, notes: list[str]
) -> tuple[tuple[DocumentRow, ...], list[str]]:
    """Of several editions of one year that of the month, or the last one; what else there is is told."""
    months = sorted(
        {day.month for row in found if row.copy_of is None and row.issued and (day := made_on(row))}
    )
    if len(months) < 2:
        return found, notes
    meant = max([one for one in months if month is None or one <= month], default=months[-1])
    kept = tuple(row for row in found if (day := made_on(row)) is None or day.month == meant)
    if month is not None:
        return kept, notes
    had = "、".join(f"{one}月" for one in months)
    title, year_of = titled(found[0].title), edition_year(found[0])
    told = f"{year_of}年的{title}有{had}共{len(months)}个版本，这里按{meant}月的版本查找；要查另外的版本，请写明月份。"
    return kept, [*notes, told]


def _replaced(rows: Sequence[DocumentRow], found: Sequence[DocumentRow]) -> dict[str, str]:
    year = edition_year(found[0])
    later = max((edition_year(row) for row in rows if row.in_force), default=0)
    if later <= year:
        return {}
    title = titled(found[0].title)
    told = f"{title}{year}年的版本已被{later}年的版本取代，以上是{year}年版的规定"
    return {row.id: told for row in found if not row.in_force}


def _without(question: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(set(spans), reverse=True):
        question = question[:start] + question[end:]
    return question
