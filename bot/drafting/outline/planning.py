"""The outline of a draft: what is asked for, else what this genre's reports in the knowledge base have, else the built-in
skeleton. Pure; `bot.drafting.outline.reports` brings the reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.drafting.genres import Genre, genre_of, topics
from bot.drafting.model import Fact, Planned, Purpose, Request
from bot.drafting.offices import names
from bot.drafting.outline.headings import asked_for, read_sections
from bot.drafting.outline.likeness import alike, likeness, worded
from bot.drafting.outline.patterns import Report, built_in, claims_nothing, learned
from bot.drafting.outline.placing import ALIKE, OTHERS, SAME_HEADING, place
from bot.drafting.outline.purposes import PURPOSES, fact_purposes, purposes_of

_FEW = 4  # facts of one part that are still read without headings of their own


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
    return next((one for one in built_in(genre) if one.purpose == section.purpose), section)


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
            and claims_nothing(headed.planned.heading)
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
    text = worded(text)
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
