"""Whether other evidence of an answer says another figure, or 可以 for 应当, than what the answer cites. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.question import Asked, coverage, pairs_in, plain_weight, read_question
from bot.answering.wanted import figure_for, kind_of
from bot.conflicts.figures import MODAL, alike, differing, figures_in, other_modal
from bot.conflicts.rank import LOCAL, Rank
from bot.model import Citation
from ingest.model import Hit
from ingest.text import search_form, sentences

MOST = 2  # disagreements shown
_READ = 16  # hits that are read for something else
_SAME_MATTER = 0.6  # of the words of two sentences of central rules
_ABOUT = 0.5  # of the question's weight that both sentences must hold, with the headings above them


@dataclass(frozen=True, slots=True)
class Ranked:
    """Of a document: how high it stands, and the work it is a version or a copy of."""

    rank: Rank
    work: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the answer cites says `ours`, the passage `start:end` of `hit` says `theirs`."""

    citation: Citation
    hit: Hit
    start: int
    end: int
    ours: str
    theirs: str


def conflicts(
    question: str,
    citations: Sequence[Citation],
    hits: Sequence[Hit],
    text_of: Callable[[str], str],
    ranked: Mapping[str, Ranked],
) -> tuple[Conflict, ...]:
    """At most `MOST`, each other document once. `ranked` holds the rules that count on the day asked about, and no others."""
    asked = read_question(question)
    weights = {pair: plain_weight(pair) for pair in asked.pairs}
    wanted = figure_for(asked.form)
    modal = kind_of(asked.form) in ("whether", None, "list")
    found: dict[str, Conflict] = {}
    passages: list[_Passage] | None = None
    for citation in citations:
        own = ranked.get(citation.document_id)
        if own is None or not _can_differ(citation.quote, wanted, modal=modal):
            continue
        if not _is_about(asked, weights, citation.quote, citation.heading_path):
            continue
        if passages is None:  # read once, and only where something is cited that may be contradicted
            passages = [
                one
                for hit in hits[:_READ]
                if hit.document_id in ranked
                for one in _passages(asked, weights, hit, text_of(hit.document_id), wanted, modal=modal)
            ]
        for one in passages:
            other = ranked[one.hit.document_id]
            if other.work != own.work and other.work not in found:
                said = _said(citation.quote, one.text, own.rank.level, other.rank.level, wanted, modal=modal)
                if said:
                    found[other.work] = Conflict(citation, one.hit, one.start, one.end, *said)
            if len(found) == MOST:
                return tuple(found.values())
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence of a hit that is about what was asked: `text` stands at `start:end` of its document."""

    hit: Hit
    start: int
    end: int
    text: str


def _said(
    mine: str, theirs: str, level: int, other: int, wanted: re.Pattern[str] | None, *, modal: bool
) -> tuple[str, str] | None:
    """What the two say differently. Two central rules speak of different bodies, unless they say nearly the same."""
    is_local = LOCAL in (level, other)
    if not is_local and alike(mine, theirs) < _SAME_MATTER:
        return None
    figures = differing(mine, theirs, wanted)
    if figures:
        return figures[0].text, figures[1].text
    return other_modal(mine, theirs) if modal and is_local and level != other else None


def _can_differ(text: str, wanted: re.Pattern[str] | None, *, modal: bool) -> bool:
    return bool(figures_in(text)) or (modal and wanted is None and bool(MODAL.search(text)))


def _passages(
    asked: Asked,
    weights: Mapping[str, float],
    hit: Hit,
    text: str,
    wanted: re.Pattern[str] | None,
    *,
    modal: bool,
) -> Iterator[_Passage]:
    for start, end in sentences(text, hit.start, hit.end):
        said = text[start:end]
        if _can_differ(said, wanted, modal=modal) and _is_about(asked, weights, said, hit.heading_path):
            yield _Passage(hit, start, end, said)


def _is_about(asked: Asked, weights: Mapping[str, float], text: str, headings: Sequence[str]) -> bool:
    held = pairs_in(search_form("，".join((*headings, text))))
    return bool(asked.pairs) and coverage(weights, held) >= _ABOUT
