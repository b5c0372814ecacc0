"""Which of the scored sentences are shown: the best one and what belongs to it, no more. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.question import Asked, coverage, plain_weight
from bot.wanted import holds_form
from bot.weighing import Scored

MOST_UNITS = 4  # sentences or lists shown
MOST_OF_A_PART = 2  # of one part of a question that has several
# Scores are logarithms of odds: how far behind the best one a sentence may be.
SAME_ARTICLE = 4.0
ELSEWHERE = 0.8
OPEN = 4.0  # when it says `ADDS` more of the question than the others
ADDS = 0.2
SAME_WORDING = 0.7  # share of common pairs from which two sentences say the same


def choose_all(parts: Sequence[Asked], ranked: Sequence[Sequence[Scored]]) -> list[Scored]:
    """What answers each part, in the order asked, nothing twice; of one part grouped by document, best first."""
    if len(parts) == 1:
        chosen = choose(parts[0], ranked[0])
        order = list(dict.fromkeys(one.unit.hit.document_id for one in chosen))
        return sorted(chosen, key=lambda one: order.index(one.unit.hit.document_id))
    shown: list[Scored] = []
    for part, some in zip(parts, ranked, strict=True):
        best = choose(part, some)[:MOST_OF_A_PART]
        shown += [one for one in best if not any(same(one, other) for other in shown)]
    return shown


def choose(asked: Asked, ranked: Sequence[Scored]) -> list[Scored]:
    """The best unit, those near it that say something else, and those that speak of what is still open."""
    chosen: list[Scored] = []
    for one in ranked:
        behind = ranked[0].score - one.score
        if len(chosen) == MOST_UNITS or behind > OPEN:
            break
        second_list = one.unit.is_list and any(other.unit.is_list for other in chosen)
        if second_list or any(same(one, other) for other in chosen):
            continue
        near = behind <= (SAME_ARTICLE if chosen and _article(one) == _article(chosen[0]) else ELSEWHERE)
        if near or _adds(asked, one, chosen):
            chosen.append(one)
    return chosen


def _article(one: Scored) -> tuple[str, int]:
    return one.unit.hit.document_id, one.unit.hit.section_start


def _adds(asked: Asked, one: Scored, chosen: Sequence[Scored]) -> bool:
    """Whether it covers much of what the chosen ones leave open: the second half of a double question."""
    weights = {pair: plain_weight(pair) for pair in asked.pairs}
    said = frozenset().union(*(other.pairs for other in chosen))
    gain = coverage(weights, said | one.pairs) - coverage(weights, said)
    return gain >= ADDS and (asked.wanted is None or holds_form(asked.wanted, one.form))


def same(one: Scored, other: Scored) -> bool:
    """Nearly the same words, or a part of what is already shown."""
    document = one.unit.hit.document_id == other.unit.hit.document_id
    if document and set(one.unit.spans) & {*other.unit.spans, other.unit.lead}:
        return True
    left, right = _pairs(one.form), _pairs(other.form)
    return len(left & right) >= SAME_WORDING * max(1, min(len(left), len(right)))


def _pairs(form: str) -> set[str]:
    return {form[at : at + 2] for at in range(len(form) - 1)}
