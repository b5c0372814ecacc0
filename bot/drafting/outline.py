"""The outline of a draft: what is asked for, else what this genre's reports in the knowledge base have, else the built-in
skeleton. Pure; `bot.drafting.reports` brings the reports.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.drafting.genres import Genre, genre_of, topics
from bot.drafting.likeness import alike, likeness
from bot.drafting.model import Fact, Planned, Purpose, Request
from bot.drafting.offices import names
from bot.drafting.placing import ALIKE, OTHERS, SAME_HEADING, place
from bot.drafting.purposes import PURPOSES, fact_purposes, heading_purpose, purposes_of
from ingest.text import COUNTING, parse_number

Report = tuple[str, str]  # title, text

_HEADING = re.compile(
    rf"^[ \t\u3000]*(?:#{{1,6}} *)?(?:([{COUNTING}]{{1,3}})、|[（(]([{COUNTING}]{{1,3}})[）)])[ \t\u3000]*([^\n]{{0,80}})",
    re.MULTILINE,
)
_STOP = re.compile(r"[。：:；;？！]")
_LONGEST_HEADING = 40  # characters; longer is body text
_SECTIONS = 3  # purposes that a report must show to be a pattern, of which two differ
# A heading is taken over from another paper only if it claims nothing of that paper's own matter.
_CLAIMS = re.compile(
    r"\d|[“”\"《》×*]|[X\uff38]|更|显著|明显|不断|得到|取得(?!的?成)|出实效|见成效|有效|良好|突出|增强|新(?:局面|格局|作为|台阶|成效)"
)
_OWN_MATTER = re.compile(
    r"机关|社区|村|农村|学校|高校|学院|校园|国企|企业|公司|医院|街道|乡镇|两新|疫情|红色|班子|主题教育"
)
_FEW = 4  # facts of one part that are still read without headings of their own


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading of a report with the place of what stands under it: `text[start:end]`, sub-headings included."""

    planned: Planned
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """The sections 一、二、 of several reports alike in purposes; `titles` are theirs."""

    sections: tuple[Planned, ...]
    titles: tuple[str, ...]


def read_outline(text: str) -> tuple[Planned, ...]:
    """The headings 一、 and （一） of a report in reading order, with their purpose."""
    return tuple(headed.planned for headed in read_sections(text))


def read_sections(text: str) -> tuple[Headed, ...]:
    """Likewise, with their places. Of a page with several persons' reports only the first one is read."""
    marks: list[tuple[int, Planned]] = []
    last, above, end = 0, Planned("", 1), len(text)
    for match in _HEADING.finditer(text):
        heading = _STOP.split(match[3], maxsplit=1)[0].strip()
        if not heading or len(heading) > _LONGEST_HEADING:
            continue
        if match[1]:
            number = parse_number(match[1]) or 0
            if number == 1 and last > 1:
                end = match.start()
                break
            last, above = number, Planned(heading, 1, heading_purpose(heading))
            marks.append((match.start(), above))
        else:
            marks.append((match.start(), Planned(heading, 2, above.purpose or heading_purpose(heading))))
    headed: list[Headed] = []
    ends = {1: end, 2: end}  # where what stands before ends, by its level
    for start, planned in reversed(marks):
        headed.append(Headed(planned, start, ends[planned.level]))
        ends = {1: start, 2: start} if planned.level == 1 else {**ends, 2: start}
    return tuple(reversed(headed))


def learned(
    genre: Genre, reports: Iterable[Report], about: str = "", own: Collection[str] = ()
) -> tuple[Pattern, ...]:
    """The section patterns of these reports, most frequent first; every section is worded as most of them word it,
    those titled in `own` before all others.

    A heading with another office's own matter in it (机关, 社区 …) is taken only where `about` has that too; a purpose
    that is left without a wording has the genre's own.
    """
    tops = [
        (title, [one for one in read_outline(text) if one.level == 1 and one.purpose])
        for title, text in reports
    ]
    spread = Counter(one.heading for _, top in tops for one in top)
    alike_in: defaultdict[tuple[Purpose, ...], list[tuple[str, tuple[Planned, ...]]]] = defaultdict(list)
    for title, top in tops:
        once = tuple(
            _of(genre, top, purpose, spread) for purpose in dict.fromkeys(one.purpose for one in top)
        )
        if len(top) >= _SECTIONS and len(once) > 1:
            alike_in[tuple(one.purpose for one in once)].append((title, once))
    found = [_pattern(genre, purposes, members, about, own) for purposes, members in alike_in.items()]
    return tuple(sorted(found, key=lambda one: -len(one.titles)))


def _of(genre: Genre, top: Sequence[Planned], purpose: Purpose, spread: Counter[str]) -> Planned:
    """Of a report's sections for one purpose (有关建议, 下步打算) the one that most reports have, or that is likest the genre's own."""
    built_in = "".join(one.heading for one in _built_in(genre) if one.purpose == purpose)
    return max(
        (one for one in top if one.purpose == purpose),
        key=lambda one: (spread[one.heading], alike(one.heading, built_in)),
    )


def _pattern(
    genre: Genre,
    purposes: tuple[Purpose, ...],
    members: list[tuple[str, tuple[Planned, ...]]],
    about: str,
    own: Collection[str],
) -> Pattern:
    sections = []
    for at, purpose in enumerate(purposes):
        worded: defaultdict[str, list[str]] = defaultdict(list)
        for title, once in members:
            if is_transferable(once[at].heading, about):
                worded[once[at].heading].append(title)
        if worded:
            heading = max(worded, key=lambda one: _weight(one, worded[one], own))
            sections.append(Planned(heading, 1, purpose, tuple(dict.fromkeys(worded[heading]))))
        else:
            sections += [replace(one, learned=()) for one in _built_in(genre) if one.purpose == purpose]
    return Pattern(tuple(sections), tuple(dict.fromkeys(title for title, _ in members)))


def _weight(heading: str, titles: list[str], own: Collection[str]) -> tuple[int, int, int, int]:
    """The unit's own wording first, of two its latest (`own` begins with it); then the most frequent, the shortest."""
    mine = [at for at, title in enumerate(own) if title in titles]
    return len(mine), -min(mine, default=0), len(titles), -len(heading)


def is_transferable(heading: str, about: str = "") -> bool:
    """Whether a heading may stand over another paper: it claims nothing, and names only matter that paper is about."""
    return _CLAIMS.search(heading) is None and all(matter in about for matter in _OWN_MATTER.findall(heading))


def _built_in(genre: Genre) -> list[Planned]:
    return [part.planned for part in genre.skeleton if part.planned.level == 1]


def plan(request: Request, reports: Iterable[Report]) -> tuple[Planned, ...]:
    """The outline: the headings asked for; else the pattern of this unit's own or most reports, with what the facts need
    besides. Headings （一） are those the facts are given under, the unit's own earlier ones, or the topics the facts are of.
    """
    if request.headings:
        return asked_for(request.headings)
    genre, reports = genre_of(request.genre), list(reports)
    purposes = fact_purposes(request.facts, request.period)
    sections = _top(genre, request, purposes, reports)
    outline: list[Planned] = []
    for section in sections:
        facts = [
            fact
            for fact, purpose in zip(request.facts, purposes, strict=True)
            if _goes_into(purpose, section, sections)
        ]
        outline += [section, *_below(section, facts, sections, genre, request, reports)]
    return _without_empty(outline, genre, request, reports) if request.facts else tuple(outline)


def _without_empty(
    outline: list[Planned], genre: Genre, request: Request, reports: list[Report]
) -> tuple[Planned, ...]:
    """A heading （一） that no fact goes under is left out, and one that stands alone, and all where most facts go under none;
    so is a part 一、 that a report may do without. What goes under none of several is 其他工作.
    """
    placed = place(outline, request.facts, request.period, words_of(outline, reports))
    optional = {part.planned.purpose for part in genre.skeleton if part.optional and part.planned.level == 1}
    fixed = {fact.section for fact in request.facts} | {part.planned.heading for part in genre.skeleton}
    kept: list[Planned] = []
    for at, (section, facts) in enumerate(zip(outline, placed, strict=True)):
        if section.level == 2:
            continue
        under = [
            (one, its)
            for one, its in zip(outline[at + 1 :], placed[at + 1 :], strict=True)
            if its and one.level == 2 and one.purpose == section.purpose
        ]
        below = [one for one, _ in under]
        if not facts and not below and section.purpose in optional - {"概况"}:
            continue
        kept.append(section)
        if any(one.heading in fixed for one in below) or (
            len(below) > 1 and len(facts) <= sum(len(its) for _, its in under)
        ):
            kept += below
        if facts and len(below) > 1 and kept[-1] == below[-1]:
            kept.append(Planned(OTHERS, 2, section.purpose))
    return tuple(kept)


def asked_for(headings: Iterable[str]) -> tuple[Planned, ...]:
    """Headings as a user writes them, with or without 一、 and （一）; what stands under a heading is for the same."""
    outline: list[Planned] = []
    above: Purpose = ""
    for line in headings:
        match = _HEADING.match(line.strip())
        heading = (match[3] if match else line).strip().rstrip("。：: ")
        if not heading:
            continue
        if match and match[2]:
            outline.append(Planned(heading, 2, heading_purpose(heading) or above))
        else:
            above = heading_purpose(heading)
            outline.append(Planned(heading, 1, above))
    return tuple(outline)


def _top(genre: Genre, request: Request, told: Sequence[Purpose], reports: list[Report]) -> list[Planned]:
    """The sections 一、: learned, with those of the skeleton that a fact needs; without reports, the skeleton."""
    about = f"{request.unit}{request.title}"
    own = [title for title, _ in reports if names(request.unit, title)]
    patterns = learned(genre, reports, about, own)
    # 办结率提高 is also told among what was done; a part of its own needs facts given for it.
    purposes = {*told} - {"成效"} | {fact.purpose for fact in request.facts}
    best = max(patterns, key=lambda one: (len({*own} & {*one.titles}), len(one.titles)), default=None)
    parts = [part for part in genre.skeleton if part.planned.level == 1]
    if best is None:
        return [part.planned for part in parts if not part.optional or part.planned.purpose in purposes]
    alone = purposes - {one.purpose for one in best.sections}
    sections = [_without_what_is_not_there(one, genre, alone) for one in best.sections]
    covered = {purpose for one in sections for purpose in (one.purpose, *purposes_of(one.heading))}
    is_own = bool({*own} & {*best.titles})
    for part in parts:
        missing = part.planned
        if missing.purpose not in covered and (missing.purpose in purposes or not (is_own or part.optional)):
            before = [PURPOSES.index(one.purpose) < PURPOSES.index(missing.purpose) for one in sections]
            sections.insert(sum(before), missing)
    return sections


def _without_what_is_not_there(section: Planned, genre: Genre, purposes: set[Purpose]) -> Planned:
    """存在问题及原因分析 is 存在的问题 where no fact tells a reason, or where reasons have a part of their own."""
    also = {*purposes_of(section.heading)} - {section.purpose}
    if also & {"原因", "打算"} <= purposes:
        return section
    return next((one for one in _built_in(genre) if one.purpose == section.purpose), section)


def _below(
    section: Planned,
    facts: Sequence[Fact],
    sections: Sequence[Planned],
    genre: Genre,
    request: Request,
    reports: list[Report],
) -> list[Planned]:
    given = _given(facts, sections, section)
    if given or section.purpose != "做法":
        return given
    said = "\n".join(fact.text for fact in facts)
    needed = [
        part.planned
        for part in genre.skeleton
        if part.planned.level == 2 and any(word in said for word in part.needs)
    ]
    if len(facts) < _FEW:
        return needed
    own = [] if needed else _own(facts, request, reports)
    return needed + own + _by_topic(facts, needed + own, reports)


def _goes_into(purpose: Purpose, section: Planned, sections: Sequence[Planned]) -> bool:
    if any(one.purpose == purpose for one in sections):
        return section.purpose == purpose
    if purpose == "成效" and not any("成效" in purposes_of(one.heading) for one in sections):
        return section.purpose == "做法"
    return purpose in purposes_of(section.heading)


def _given(facts: Sequence[Fact], sections: Sequence[Planned], section: Planned) -> list[Planned]:
    """The headings that the facts are given under, as far as they are not those of a section."""
    wordings: list[str] = []
    for fact in facts:
        known = [one.heading for one in sections] + wordings
        if fact.section and all(alike(fact.section, one) < SAME_HEADING for one in known):
            wordings.append(fact.section)
    return [Planned(one, 2, section.purpose) for one in wordings]


def _own(facts: Sequence[Fact], request: Request, reports: list[Report]) -> list[Planned]:
    """The headings of this unit's latest report that has at least two for these facts."""
    for title, text in reports:
        if not names(request.unit, title):
            continue
        below = [
            headed
            for headed in read_sections(text)
            if headed.planned.level == 2
            and headed.planned.purpose == "做法"
            and _CLAIMS.search(headed.planned.heading) is None
        ]
        bodies = [text[one.start : one.end] for one in below]
        drawn = Counter(_likest(fact.text, bodies) for fact in facts)
        used = [one for at, one in enumerate(below) if drawn[at]]
        if len(used) > 1:
            return [replace(one.planned, learned=(title,)) for one in used]
    return []


def _by_topic(facts: Sequence[Fact], headed: Sequence[Planned], reports: list[Report]) -> list[Planned]:
    """The topics of those facts that go under none of the headings that are there."""
    words = words_of(headed, reports)
    there = [f"{one.heading}\n{words.get(one.heading, '')}" for one in headed]
    used = {_topic(fact.text) for fact in facts if _likest(fact.text, there) is None}
    return [Planned(topic.heading, 2, "做法") for topic in topics() if topic.heading in used]


def _topic(text: str) -> str | None:
    """The heading of the topic with the most of its words in a text."""
    counts = [(sum(len(word) for word in topic.words if word in text), topic.heading) for topic in topics()]
    most = max(counts, key=lambda one: one[0])
    return most[1] if most[0] else None


def _likest(text: str, candidates: Sequence[str]) -> int | None:
    scores = likeness(text, candidates)
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= ALIKE else None


def words_of(planned: Iterable[Planned], reports: Iterable[Report] = ()) -> dict[str, str]:
    """For each heading （一） what goes by it: the words of its topic, and what stood under it in the reports it was learned
    from.
    """
    by_title = dict(reports)
    words: dict[str, str] = {}
    for one in planned:
        if one.level != 2:
            continue
        said = [
            "，".join(topic.words)
            for topic in topics()
            if not one.learned
            and (
                topic.heading == one.heading
                or any(word in one.heading for word in topic.words if len(word) > 2)
            )
        ]
        for title in one.learned:
            text = by_title.get(title, "")
            said += [
                text[headed.start : headed.end]
                for headed in read_sections(text)
                if headed.planned.heading == one.heading
            ]
        words[one.heading] = "\n".join(said)
    return words
