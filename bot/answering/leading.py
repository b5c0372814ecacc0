"""A rule that holds for all leads, where it says what a local guide or a rule for one kind of unit says. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.question import Asked
from bot.answering.scope import kind_unasked
from bot.answering.wanted import holds_form
from bot.answering.weighing import Scored, is_local
from ingest.model import RULE_KINDS

BEHIND = 3.5  # in the logarithm of odds: how far behind the best sentence a general one may be
_FIGURES = {"frequency", "time", "people", "figure"}


def general_first(asked: Asked, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """Where a figure is asked for and the best sentence is no general rule's: the best one of a general rule that has
    a figure and speaks of all that the other speaks of, then the rest as they are.
    """
    if asked.kind not in _FIGURES or not ranked or _is_general(asked, ranked[0]):
        return ranked
    best = ranked[0]
    for one in ranked[1:]:
        if best.score - one.score > BEHIND:
            break
        as_much = 5 * len(one.pairs & best.pairs) >= 4 * len(best.pairs)
        if (
            as_much
            and not one.unit.is_list
            and holds_form(asked.wanted, one.form)
            and _is_general(asked, one)
        ):
            return [one, *(other for other in ranked if other is not one)]
    return ranked


def _is_general(asked: Asked, one: Scored) -> bool:
    hit = one.unit.hit
    return (
        hit.article is not None
        and hit.in_force
        and hit.kind in RULE_KINDS
        and not is_local(hit, asked.form)
        and kind_unasked(hit.title, asked.form) is None
    )
