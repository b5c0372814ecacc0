"""Does a clause bear on what a section tells, or does it only share a word with it? Pure.

A clause is put into the text only if one of its sentences says much of one fact, and the section says much of that sentence:
a rule on party members who moved away shares 积极分子 with a fact on them, and speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.drafting.clause import LABEL, LONGEST
from bot.drafting.model import Beside, Fact
from bot.drafting.outline.likeness import pairs
from bot.drafting.outline.material import without_figures
from ingest.text import sentences

# Read one by one: the 105 clauses offered beside the parts on what was done of the requests in evals/cases/drafts, over 66
# regulations and over the demonstration corpus. Of the 27 with 0.3 and more 26 bear on their part; below it each step
# lets in more that do not (造成浪费的 beside 党纪处分, at 0.29).
_BEARS = 0.3
_FEWEST = 3  # pairs of characters that fact and sentence share


# A sentence that is one of a list, or that says 其 of what stands before it, says nothing alone.
_NOT_ALONE = re.compile(r"[（(\d①-⑩其该此]|前款|上述|[一二三四五六七八九十]是")


def bearing(clause: str, heading: str, facts: Sequence[Fact]) -> tuple[float, int, int]:
    """How much the clause's best sentence and the section say of each other, 0 to 1, and where that sentence stands."""
    told = [pairs(without_figures(fact.text)) for fact in facts]
    section = frozenset().union(pairs(heading), *told)
    best = (0.0, 0, 0)
    for start, end in sentences(clause):
        said = pairs(LABEL.sub("", clause[start:end], count=1))
        back = len(said & section) / len(said) if said else 0.0
        for fact in told:
            forth = len(said & fact) / len(fact) if len(said & fact) >= _FEWEST else 0.0
            if forth and 2 * forth * back / (forth + back) > best[0]:
                best = (2 * forth * back / (forth + back), start, end)
    return best


def basis_for(heading: str, facts: Sequence[Fact], beside: Sequence[Beside]) -> Beside | None:
    """Of the clauses beside a section the one that bears on it most, with the words to quote: its beginning, or where that does
    not reach it the sentence that bears on the section. None where no clause does.
    """
    rated = [(bearing(one.text, heading, facts), one) for one in beside if one.role == "依据"]
    for (score, start, end), one in sorted(rated, key=lambda item: -item[0][0]):
        if score < _BEARS:
            return None
        if end <= LONGEST:
            return one
        if not _NOT_ALONE.match(one.text, start):
            return replace(one, text=one.text[start:end])
    return None
