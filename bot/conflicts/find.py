"""Whether other evidence of an answer says another figure, or 可以 for 应当, than what the answer cites. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conflicts.figures import alike, differing, other_modal
from bot.conflicts.rank import LOCAL, Rank
from bot.model import Citation
from bot.question import Asked, coverage, pairs_in, plain_weight, read_question
from bot.wanted import figure_for, kind_of
from ingest.model import Hit
from ingest.text import search_form, sentences

MOST = 2  # disagreements shown
_SAME_MATTER = 0.6
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
    for citation in citations:
        if citation.document_id not in ranked or not _is_about(
            asked, weights, citation.quote, citation.heading_path
        ):
            continue
        own, rank = ranked[citation.document_id].work, ranked[citation.document_id].rank.level
        for hit in hits:
            other = ranked.get(hit.document_id)
            if other is None or other.work == own or other.work in found:
                continue
            for start, end in _about(asked, weights, hit, text_of(hit.document_id)):
                text = text_of(hit.document_id)[start:end]
                is_local = LOCAL in (rank, other.rank.level)
                # Two central rules speak of different bodies, unless they say nearly the same.
                same_matter = is_local or alike(citation.quote, text) >= _SAME_MATTER
                figures = differing(citation.quote, text, wanted) if same_matter else None
                said = (figures[0].text, figures[1].text) if figures else None
                if said is None and modal and is_local and rank != other.rank.level:
                    said = other_modal(citation.quote, text)
                if said:
                    found[other.work] = Conflict(citation, hit, start, end, *said)
                    break
            if len(found) == MOST:
                return tuple(found.values())
    return tuple(found.values())


def _about(asked: Asked, weights: Mapping[str, float], hit: Hit, text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text, hit.start, hit.end):
        if _is_about(asked, weights, text[start:end], hit.heading_path):
            yield start, end


def _is_about(asked: Asked, weights: Mapping[str, float], text: str, headings: Sequence[str]) -> bool:
    held = pairs_in(search_form("，".join((*headings, text))))
    return bool(asked.pairs) and coverage(weights, held) >= _ABOUT
