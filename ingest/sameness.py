"""Whether two documents are copies of one text: a judgement over their alignment and what is known of them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import PurePosixPath

from ingest.alignment import HIDDEN, Alignment, Folded, Hunk, align
from ingest.dates import days
from ingest.model import RULE_KINDS, DocumentRow
from ingest.text import NUMERAL, ORDINAL
from ingest.titles import folded_name

_NUMERALS = frozenset(NUMERAL + "万亿0123456789")
# Changing one of these for another, or one more or less of them, changes what a rule says; OCR does it, too, so such
# a document stands for itself.
_WEIGHTY = frozenset(
    "不未无非没否应可须必能得免禁准许上下左右前后东西南北中内外正副男女大小多少高低增减加甲乙丙丁戊"
)
_SLIPS = 0.03  # of the shared characters may be misread
_SCAN = 4  # slips; a report with fewer was edited, not scanned
_RIM = 0.2  # of the shared characters may stand around them: a site's head and foot
_SHORT_RIM = 80  # characters of head and foot that are allowed to a short text, too
_FORWARDED_RIM = (
    3.0  # a notice may be so many times longer than what it forwards: its own words, other annexes
)
_WHOLE = 0.8  # of the larger text; what has less of it is a part, and copies only a version that is known
_LEAST = 120  # shared characters; shorter texts are copies only when they are the same
_HEAD = 1500  # characters: title, list of amendments, table of contents
ARTICLE = re.compile(rf"第[{ORDINAL}\d]+条")
_PART = re.compile(rf"第[{ORDINAL}\d]+[编章节条](?!之)")
_DAY = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_SAME_NEWS = timedelta(days=31)  # from the first to the last site that prints a report
_SITE = re.compile(
    r"责任?编辑|来源|作者|发布|浏览|点击|阅读|打印|关闭|分享|扫一扫|上一篇|下一篇|版权|字号|下载|首页"
)
_ORGAN = re.compile(
    r"(?:关于|最高人民法院|最高人民检察院|全国人民代表大会|常务委员会|国务院|中共中央|办公厅|[、和及])+"
)


@dataclass(frozen=True)
class Side:
    """A document and its folded text."""

    row: DocumentRow
    folded: Folded

    @cached_property
    def year(self) -> int | None:
        version = (self.row.version or "")[:4]
        return int(version) if version.isdigit() else self.dated.year if self.dated else None

    @property
    def dated(self) -> date | None:
        return self.row.issued or self.row.effective

    @cached_property
    def declares_issue(self) -> bool:
        """Whether a person told its day of issue: neither the text nor the name of the file nor a web page does."""
        day = self.row.issued
        if day is None or self.row.format in ("html", "mhtml") or day.isoformat() in self.row.source:
            return False
        return all(told != day for told, _, _ in days(self.folded.text))

    @cached_property
    def name(self) -> str:
        return folded_name(self.row.work or self.row.title)

    @cached_property
    def articles(self) -> tuple[int, ...]:
        """Where articles begin."""
        return tuple(at for at in sorted(self.folded.cuts) if ARTICLE.match(self.folded.text, at))

    @cached_property
    def body(self) -> Folded:
        """From the first article (or 总纲), where there are several and not much stands before them; else the whole."""
        if len(self.articles) < 3:
            return self.folded
        places = (
            self.articles[0],
            *(at for at in self.folded.cuts if self.folded.text.startswith("总纲", at)),
        )
        start = next((at for at in sorted(places, reverse=True) if at <= _HEAD), 0)
        cuts = frozenset(at - start for at in self.folded.cuts if at >= start)
        return Folded(self.folded.text[start:], cuts, self.folded.twice)

    @property
    def is_rule(self) -> bool:
        return self.row.kind in RULE_KINDS or len(self.articles) > 2


@dataclass(frozen=True, slots=True)
class _Match:
    """Where the smaller text and the larger agree, `(smaller, larger)`, and what differs in between."""

    start: tuple[int, int]
    end: tuple[int, int]
    shared: int
    slips: list[Hunk]
    omitted: list[Hunk]

    def covers(self, at: int) -> bool:
        return self.start[0] <= at < self.end[0]


def is_copy(one: Side, other: Side) -> bool:
    """Whether a reader who has one of them needs the other only to see where else it was printed."""
    small, large = sorted((one, other), key=lambda side: (len(side.folded.text), side.row.id))
    forwarded = _forwards(large, small)
    if not forwarded and _set_apart(one.row, other.row):
        return False
    if _two_editions(one, other, forwarded):
        return False
    apart = one.year is not None and other.year is not None and one.year != other.year
    if one.is_rule and other.is_rule:
        return _one_rule(small, large, forwarded=forwarded, apart=apart)
    return (forwarded or (not apart and _one_report(one.row, other.row))) and _one_wording(
        small, large, forwarded
    )


def _one_rule(small: Side, large: Side, *, forwarded: bool, apart: bool) -> bool:
    """One version of one regulation, whatever stands before its first article and behind its last."""
    if small.folded.text == large.folded.text:
        return True
    named = forwarded or small.name == large.name
    if not (named or _names_agree(small, large)) or not _heads_agree(small, large):
        return False
    a, b = (small.folded, large.folded) if apart else (small.body, large.body)
    if len(a.text) > len(b.text):
        small, large, a, b = large, small, b, a
    if apart and a.text[len(a.text) // 4 : -len(a.text) // 4] not in b.text:
        return False  # far quicker told than where the two differ: what was changed is no text of the former version
    match = _match(a, b, _FORWARDED_RIM if named else _RIM)
    if match is None or any(ARTICLE.match(a.text, at) for at in a.cuts if not match.covers(at)):
        return False
    part = match.omitted or match.shared < _WHOLE * min(len(b.text), len(large.body.text))
    if apart:  # printed again in a later year, if not a word was changed
        return not (match.slips or part)
    return not part or forwarded or (named and small.year is not None and large.year is not None)


def _one_wording(small: Side, large: Side, forwarded: bool) -> bool:
    """The same report, notice or news, but for what a site puts around it, or misread all over."""
    a, b = small.folded, large.folded
    if a.text == b.text:
        return True
    match = _match(a, b, _FORWARDED_RIM if forwarded else _RIM)
    if match is None or match.omitted or 0 < len(match.slips) < _SCAN or _renamed(a, match.slips):
        return False
    (i, j), (k, m) = match.start, match.end
    two = any(  # two signatures, two titles
        ours and theirs and not (_SITE.search(ours) and _SITE.search(theirs))
        for ours, theirs in ((a.text[:i], b.text[:j]), (a.text[k:], b.text[m:]))
    )
    return forwarded or (not two and _same_title(small, large, len(match.slips)))


def _match(a: Folded, b: Folded, rim: float) -> _Match | None:
    """How `a`, the smaller, stands in `b`; None when more differs than slips, left out articles, a head and a foot.
    `rim`: how much may stand around it in `b`, in lengths of what they share.
    """
    found = align(a, b)
    if found is None or found.shared < _LEAST or not _whole(a, b, found):
        return None
    sorted_out = _sorted(a, b, found.hunks)
    within = all(
        start + len(side.text) - end <= max(_SHORT_RIM, most * found.shared)
        for side, start, end, most in zip((a, b), found.start, found.end, (_RIM, rim), strict=True)
    )
    if sorted_out is None or not within or len(sorted_out[0]) > 2 + _SLIPS * found.shared:
        return None
    return _Match(found.start, found.end, found.shared, *sorted_out)


def _set_apart(one: DocumentRow, other: DocumentRow) -> bool:
    """Two units or places each have their own."""
    pairs = ((one.region, other.region), (one.unit, other.unit))
    return any(a and b and a not in b and b not in a for a, b in pairs)


def declared_year(row: DocumentRow) -> int | None:
    """The year of its version where a person told it: neither the name of the file nor the day of issue does."""
    year = (row.version or "")[:4]
    told = year in PurePosixPath(row.source).stem or (row.issued and str(row.issued.year) == year)
    return int(year) if year.isdigit() and not told else None


def _two_editions(one: Side, other: Side, forwarded: bool) -> bool:
    """Each counts from a day of its own, though not a word may differ: a rule was issued again, or came back into force.
    A day that stands around the text, or in the name of a file, may be that of a print.
    """
    a, b = one.row, other.row
    # In force from its issue: of a print, that is read as the day of the print.
    forced = [row.effective for row in (a, b) if row.effective and row.effective != row.issued]
    if len(set(forced)) > 1:
        return True
    if forwarded or not (one.is_rule and other.is_rule):
        return False
    if a.issued and b.issued and a.issued != b.issued:
        later = max((one, other), key=lambda side: side.row.issued or date.min)
        if later.declares_issue:
            return True
    if one.year is None or other.year is None or one.year == other.year:
        return False
    if declared_year((one if one.year > other.year else other).row):
        return True
    dated = any(
        day and day == other_day for day, other_day in ((a.issued, b.issued), (a.effective, b.effective))
    )
    return one.folded.text == other.folded.text and not dated


def _forwards(large: Side, small: Side) -> bool:
    """关于转发《乙》的通知 encloses 乙."""
    quoted = re.findall(r"《(.+)》", large.row.title)
    names = {small.name, folded_name(small.row.title)}
    return large.row.title != small.row.title and any(folded_name(one) in names for one in quoted)


def _one_report(one: DocumentRow, other: DocumentRow) -> bool:
    """By the same organ, and of one day; news are printed by one site after the other."""
    a, b = one.issuer, other.issuer
    if a and b and a not in b and b not in a:
        return False
    if one.issued and other.issued and one.issued != other.issued:
        return one.kind == other.kind == "其他" and abs(one.issued - other.issued) <= _SAME_NEWS
    return True


def _heads_agree(one: Side, other: Side) -> bool:
    """All days and years that one head tells stand in the other, too, which may tell more: who forwarded it, and when."""
    a, b = (
        _DAY.findall(side.folded.text[: len(side.folded.text) - len(side.body.text)]) for side in (one, other)
    )
    return any(
        all(any(day.startswith(told) or told.startswith(day) for told in theirs) for day in ours)
        for ours, theirs in ((a, b), (b, a))
    )


def _names_agree(one: Side, other: Side) -> bool:
    """One name is the other with its issuer before it, or both are the same with a slip."""
    a, b = sorted((one.name, other.name), key=len)
    if b.endswith(a):
        before = b[: -len(a)]
        return bool(_ORGAN.fullmatch(before)) or (len(a) > 5 and _is_slip(before, ""))
    differing = [pair for pair in zip(a, b, strict=False) if pair[0] != pair[1]]
    return len(a) == len(b) > 8 and len(differing) == 1 and _is_slip(*differing[0])


def _whole(a: Folded, b: Folded, found: Alignment) -> bool:
    """Where the shared text ends, a sentence ends in both, and where it begins, one begins - unless the smaller text has
    nothing more: it is cut off.
    """
    (i, j), (k, m) = found.start, found.end
    begins = i == 0 or (i in a.cuts and j in b.cuts)
    return begins and (k == len(a.text) or (k in a.cuts and m in b.cuts))


def _sorted(a: Folded, b: Folded, hunks: tuple[Hunk, ...]) -> tuple[list[Hunk], list[Hunk]] | None:
    """The slips, and the articles that the smaller text `a` leaves out; None when something else differs."""
    slips: list[Hunk] = []
    omitted: list[Hunk] = []
    for hunk in hunks:
        ours, theirs = a.text[hunk.a : hunk.b], b.text[hunk.c : hunk.d]
        if _is_slip(ours, theirs):
            slips.append(hunk)
        elif not ours and _stands_alone(b, hunk.c, hunk.d, lambda piece: bool(_PART.match(piece))):
            omitted.append(hunk)
        elif not (
            (not ours and _stands_alone(b, hunk.c, hunk.d, b.twice.__contains__))
            or (not theirs and _stands_alone(a, hunk.a, hunk.b, a.twice.__contains__))
        ):  # neither is a header of a page
            return None
    double = sum(hunk.b - hunk.a == 2 == hunk.d - hunk.c for hunk in slips)
    return None if double and len(slips) < _SCAN * double else (slips, omitted)


def _is_slip(a: str, b: str) -> bool:
    """One or two characters read for others, or one more or less; never one figure for another, never a 不 more or less.
    A character that was masked may have been any.
    """
    if max(a + b, default="") >= HIDDEN or max(len(a), len(b)) > 2 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) != len(b):
        return not set(a + b) & (_NUMERALS | _WEIGHTY)
    return not any({x, y} <= those for x, y in zip(a, b, strict=True) for those in (_NUMERALS, _WEIGHTY))


def _stands_alone(text: Folded, start: int, end: int, is_it: Callable[[str], bool]) -> bool:
    """Whether whole lines or sentences stand there and `is_it` says so of them. A passage between two that begin alike
    can be cut at several places.
    """
    while not (start in text.cuts and end in text.cuts and is_it(text.text[start:end])):
        if not start or text.text[start - 1] != text.text[end - 1]:
            return False
        start, end = start - 1, end - 1
    return True


def _renamed(a: Folded, slips: list[Hunk]) -> bool:
    """Whether one name stands for another (张村, 李村): the same slip beside the same character, time and again."""
    double = Counter(a.text[hunk.a : hunk.b] for hunk in slips if hunk.b - hunk.a == 2)
    if any(count > 1 for count in double.values()):
        return True
    beside: Counter[tuple[str, int]] = Counter()
    for hunk in slips:
        beside[a.text[max(0, hunk.a - 1) : hunk.b], 0] += 1
        beside[a.text[hunk.a : hunk.b + 1], 1] += 1
    return any(count > 1 and 4 * count > len(slips) for count in beside.values())


def _same_title(one: Side, other: Side, slips: int) -> bool:
    """The same title, one within the other or within the other's text; misread only where much else is."""
    a, b = one.name, other.name
    if a in b or b in a or (len(a) > 8 and a in other.folded.text) or (len(b) > 8 and b in one.folded.text):
        return True
    differing = sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b))
    return slips >= _SCAN and differing <= 1 + len(a) // 40
