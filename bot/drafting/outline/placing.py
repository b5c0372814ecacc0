"""Which fact goes under which section, and which measure answers which problem. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.drafting.model import Fact, Planned, Purpose
from bot.drafting.outline.likeness import alike, likeness, pairs, worded
from bot.drafting.outline.purposes import fact_purposes, lacking, purposes_of

OTHERS = "其他工作"  # the heading of what goes under no other
SAME_HEADING = 0.6  # share of the shorter heading's pairs that two wordings of one heading have in common
ALIKE = 0.12  # share of a fact that a heading, or what goes by it, must say to draw it
_ANSWERS = 0.08  # likewise of a measure that answers a problem
_GENERAL = frozenset(
    {"学习", "活动", "发展", "任务", "完成", "教育", "管理", "服务", "党建", "社区", "机制", "制度"}
)  # tie no measure to a problem
# Where a fact goes that has no section of its purpose, nearest first.
_INSTEAD: Mapping[Purpose, tuple[Purpose, ...]] = {
    "概况": ("做法", "成效"),
    "做法": ("成效", "概况"),
    "成效": ("做法", "概况"),
    "问题": ("原因",),
    "原因": ("问题",),
    "打算": ("问题",),
}
_CLAUSE = re.compile(r"[，。；：！？\n]")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])\s*")
_MEASURE = re.compile(
    r"建议|进一步|加强|建立|健全|完善|推进|推动|推行|放开|改进|希望|着力|要|将|拟|解决|理顺"
)
_FIGURE = re.compile(r"[\d×*]|[X\uff38]")
_COUNT = re.compile(r"^(?:还|仍)?有?[\d×*X\uff38]{1,6}(?:余|多)?[个名家支项件处人条]+")
_LEAD = re.compile(
    r"^(?:(?:还|仍|仍然|目前|主要)?(?:存在|有)着?(?!的)|对(?![照标接口]))"
)  # not 针对对流动党员……


def place(
    planned: Sequence[Planned],
    facts: Iterable[Fact],
    period: str = "",
    words: Mapping[str, str] | None = None,
) -> tuple[tuple[Fact, ...], ...]:
    """For each planned section its facts, in the order given; every fact stands exactly once.

    `words`: for a heading what else goes by it; see `bot.drafting.outline.planning.words_of`. A section without a heading gets none,
    unless there is no other.
    """
    places: list[list[Fact]] = [[] for _ in planned]
    given = list(facts)
    for fact, purpose in zip(given, fact_purposes(given, period), strict=True):
        at = _place_of(fact, purpose, planned, words or {})
        if at is not None:
            places[at].append(fact)
    return tuple(map(tuple, places))


def _place_of(
    fact: Fact, wanted: Purpose, planned: Sequence[Planned], words: Mapping[str, str]
) -> int | None:
    if not planned:
        return None
    open_ = [at for at, one in enumerate(planned) if one.heading] or [0]
    if fact.section:
        named = {at: alike(fact.section, planned[at].heading) for at in open_}
        own = [at for at in open_ if fact.purpose and planned[at].purpose == fact.purpose]
        for among in (own, open_):  # 成效 under 组织生活 goes under that of 成效, not that of 做法
            best = max(among, key=lambda at: (named[at], planned[at].level), default=None)
            if best is not None and named[best] >= SAME_HEADING:
                return best
    for purpose in (wanted, *_INSTEAD.get(wanted, ())):
        among = _of_purpose(planned, open_, purpose)
        if among:
            return _closest(fact, planned, among, words)
    return _closest(fact, planned, open_, words)


def _of_purpose(planned: Sequence[Planned], open_: Sequence[int], purpose: Purpose) -> list[int]:
    """The sections of a purpose; those that only name it too (主要做法及成效) where there are no others."""
    own = [at for at in open_ if planned[at].purpose == purpose]
    return own or [
        at for at in open_ if planned[at].level == 1 and purpose in purposes_of(planned[at].heading)
    ]


def _closest(fact: Fact, planned: Sequence[Planned], among: Sequence[int], words: Mapping[str, str]) -> int:
    """The likest of them; where none is, 其他工作, or the first one, which is the part 一、 that the others stand under."""
    headings = [planned[at].heading for at in among]
    said = f"{fact.section}\n{fact.text}"
    by_heading = likeness(said, headings)
    by_words = likeness(said, [f"{one}\n{words.get(one, '')}" for one in headings])
    scores = [
        one + other for one, other in zip(by_heading, by_words, strict=True)
    ]  # a heading's own words count twice
    best = max(range(len(among)), key=lambda one: (scores[one], planned[among[one]].level))
    if scores[best] >= ALIKE:
        return among[best]
    telling = [_told_by(fact.text, words.get(one, "")) for one in headings]
    if any(telling):
        return among[max(range(len(among)), key=telling.__getitem__)]
    return next((at for at in among if planned[at].heading == OTHERS), among[0])


def _told_by(text: str, words: str) -> int:
    """How many characters of the telling words of a topic (党课，读书) a fact has: one such word places 书记讲党课4次."""
    return sum(len(word) for word in words.split("，") if 1 < len(word) < 7 and word in worded(text))


def pair(problems: Sequence[Fact], measures: Sequence[Fact]) -> tuple[tuple[Fact, Fact | None], ...]:
    """Each measure, in order, with the problem it answers by shared words; a problem is answered once."""
    scored = []
    for at, measure in enumerate(measures):
        scores = likeness(measure.text, [problem.text for problem in problems])
        scored += [
            (-score, at, which)
            for which, score in enumerate(scores)
            if score >= _ANSWERS and (pairs(measure.text) & pairs(problems[which].text)) - _GENERAL
        ]
    answers: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, which in sorted(scored):
        if at not in answers and which not in taken:
            answers[at] = which
            taken.add(which)
    return tuple(
        (measure, problems[answers[at]] if at in answers else None) for at, measure in enumerate(measures)
    )


def problem_words(text: str) -> str:
    """A problem in few words, for 针对……的问题: the clause that tells the lack, in its own words, without its number, 存在
    and the count it begins with; "" where another figure stands in it.
    """
    clauses = [_COUNT.sub("", one.strip()) for one in _CLAUSE.split(_ORDINAL.sub("", text.strip()))]
    plain = [one for one in clauses if one and not _FIGURE.search(one)]
    chosen = next((one for one in plain if lacking(one)), "")
    if not chosen and not any(lacking(one) for one in clauses):
        chosen = plain[0] if plain and not _MEASURE.match(plain[0]) else ""
    return re.sub(r"(?:的)?(?:问题|现象|情况)$", "", _LEAD.sub("", chosen)).strip()
