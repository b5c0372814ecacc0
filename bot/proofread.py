"""The story of proofreading: a text -> what is wrong in it, place by place."""

from __future__ import annotations

from collections.abc import Iterable

from bot.proofreading.model import Finding, Rule, Shelf
from bot.proofreading.rules import (
    ballots,
    bodies,
    cadence,
    campaigns,
    canonical,
    confused,
    dates,
    doubled,
    echoes,
    editions,
    endings,
    facts,
    fixed,
    formulas,
    gaps,
    growth,
    homophones,
    jointed,
    levels,
    limits,
    listed,
    members,
    midstop,
    naming,
    numbered,
    numbering,
    order,
    ordinals,
    outdated,
    pairs,
    parallel,
    patterns,
    periods,
    persons,
    plena,
    private,
    quotation,
    ratios,
    recurring,
    series,
    sessions,
    slogans,
    stated,
    steps,
    stutters,
    sums,
    superseded,
    tallies,
    titles,
    wholes,
    works,
)
from bot.proofreading.sheet import read_sheet

# Where two findings overlap, that of the rule named first stands: what is certain before what is only likely.
RULES: tuple[Rule, ...] = (
    # Words that are surely wrong.
    doubled.find,
    confused.find,
    fixed.find,
    # Days and figures.
    dates.find,
    plena.find,
    sums.find,
    tallies.find,
    persons.find,
    wholes.find,
    ballots.find,
    growth.find,
    ratios.find,
    periods.find,
    cadence.find,
    steps.find,
    limits.find,
    listed.find,
    # What documents and the rules of the Party say.
    quotation.find,
    stated.find,
    facts.find,
    # Standard names, lists and wordings.
    members.find,
    order.find,
    bodies.find,
    numbered.find,
    sessions.find,
    campaigns.find,
    slogans.find,
    formulas.find,
    canonical.find,
    # Whatever a table of patterns says.
    patterns.find,
    # Marks.
    jointed.find,
    parallel.find,
    midstop.find,
    pairs.find,
    endings.find,
    # Numbers of headings and lists.
    series.find,
    levels.find,
    numbering.find,
    ordinals.find,
    # Documents and bodies by their titles and names.
    editions.find,
    titles.find,
    naming.find,
    works.find,
    outdated.find,
    superseded.find,
    # What must not go out.
    private.find,
    # What stands twice, is missing or is another character, by what is usual.
    stutters.find,
    recurring.find,
    gaps.find,
    echoes.find,
    homophones.find,
)


def proofread(text: str, shelf: Shelf | None = None, *, placeholders: bool = False) -> tuple[Finding, ...]:
    """The findings in reading order, none overlapping another. `shelf`: what rules ask of the knowledge base; without it
    nothing is said of documents. `placeholders`: also one finding that counts the XX, × and ** still to be filled in.
    """
    sheet = read_sheet(text, shelf)
    taken = bytearray(len(text))
    kept: list[Finding] = []
    for rule in RULES:
        for one in rule(sheet):
            if one.kind == "placeholder" and not placeholders:
                continue
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
                kept.append(one)
    return tuple(sorted(_without_stale(text, kept), key=lambda one: one.start))


def _without_stale(text: str, kept: list[Finding]) -> list[Finding]:
    """“意识“、坚定: once the second mark is turned to ”, the 、 behind it is right and must not be taken away too."""
    turned = {one.end for one in kept if one.suggestion == "”" and text[one.start : one.end] == "“"}
    return [one for one in kept if not (one.suggestion == "" and one.start in turned)]


def corrected(text: str, findings: Iterable[Finding]) -> str:
    """The text with the suggestions of these findings put in; those without one are left as they are."""
    pieces: list[str] = []
    at = 0
    for one in sorted(findings, key=lambda one: one.start):
        if one.suggestion is None or one.start < at:
            continue
        pieces += [text[at : one.start], one.suggestion]
        at = one.end
    return "".join([*pieces, text[at:]])
