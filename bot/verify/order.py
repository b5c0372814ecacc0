"""Who does it to whom: words around 由, 向, 协助 stand on the same side as in the evidence. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Clause, Reading, grams_of

REACH = 14  # characters to each side of the word
SAME_CLAUSE = 0.6  # of the sentence's clause, that the clause of the evidence has
CROSSED = 2  # pairs, by which the crossed reading has to win
_PIVOT = re.compile(r"由|向|协助|领导|监督|指导|委托|管理|服从|高于|低于|多于|少于|大于|优先于|代表")


def check_order(said: Reading, places: Sequence[Place]) -> Verdict | None:
    there = [clause for place in places for clause in place.reading.clauses]
    for clause in said.clauses:
        for pivot in _PIVOT.finditer(clause.text):
            straight, crossed = _sides(clause, pivot, there)
            if crossed > straight + CROSSED:
                return Verdict(False, "subject", f"“{pivot[0]}”前后的主体与依据相反")
    return None


def _sides(clause: Clause, pivot: re.Match[str], there: Sequence[Clause]) -> tuple[int, int]:
    """How many pairs stand on the same side of the word, at best, and on the other in that clause or another."""
    left = grams_of(clause.text[max(0, pivot.start() - REACH) : pivot.start()])
    right = grams_of(clause.text[pivot.end() : pivot.end() + REACH])
    straight = crossed = 0
    for other in there:
        if not clause.grams or len(clause.grams & other.grams) < SAME_CLAUSE * len(clause.grams):
            continue
        for found in re.finditer(pivot[0], other.text):
            before = grams_of(other.text[max(0, found.start() - REACH) : found.start()])
            after = grams_of(other.text[found.end() : found.end() + REACH])
            straight = max(straight, len(left & before) + len(right & after))
            crossed = max(crossed, len(left & after) + len(right & before))
    return straight, crossed
