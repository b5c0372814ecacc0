"""Section patterns that several reports of a genre have in common. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.drafting.genres import Genre
from bot.drafting.model import Planned, Purpose
from bot.drafting.outline.headings import read_outline
from bot.drafting.outline.likeness import alike

Report = tuple[str, str]  # title, text

_SECTIONS = 3  # purposes that a report must show to be a pattern, of which two differ
# A heading is taken over from another paper only if it claims nothing of that paper's own matter.
_CLAIMS = re.compile(
    r"\d|[“”\"《》×*]|[X\uff38]|更|显著|明显|不断|得到|取得(?!的?成)|出实效|见成效|有效|良好|突出|增强|新(?:局面|格局|作为|台阶|成效)"
)
_OWN_MATTER = re.compile(
    r"机关|社区|村|农村|学校|高校|学院|校园|国企|企业|公司|医院|街道|乡镇|两新|疫情|红色|班子|主题教育"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The sections 一、二、 of several reports alike in purposes; `titles` are theirs."""

    sections: tuple[Planned, ...]
    titles: tuple[str, ...]


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
    wording = "".join(one.heading for one in built_in(genre) if one.purpose == purpose)
    return max(
        (one for one in top if one.purpose == purpose),
        key=lambda one: (spread[one.heading], alike(one.heading, wording)),
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
            sections += [replace(one, learned=()) for one in built_in(genre) if one.purpose == purpose]
    return Pattern(tuple(sections), tuple(dict.fromkeys(title for title, _ in members)))


def _weight(heading: str, titles: list[str], own: Collection[str]) -> tuple[int, int, int, int]:
    """The unit's own wording first, of two its latest (`own` begins with it); then the most frequent, the shortest."""
    mine = [at for at, title in enumerate(own) if title in titles]
    return len(mine), -min(mine, default=0), len(titles), -len(heading)


def claims_nothing(heading: str) -> bool:
    return _CLAIMS.search(heading) is None


def is_transferable(heading: str, about: str = "") -> bool:
    """Whether a heading may stand over another paper: it claims nothing, and names only matter that paper is about."""
    return claims_nothing(heading) and all(matter in about for matter in _OWN_MATTER.findall(heading))


def built_in(genre: Genre) -> list[Planned]:
    return [part.planned for part in genre.skeleton if part.planned.level == 1]
