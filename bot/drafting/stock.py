"""What a draft may rest on, and sentences made out of it with their grounds. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drafting.ground import ground
from bot.drafting.model import Calculation, DraftSentence, Fact, Origin, Request
from bot.model import Citation

_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Stock:
    """Facts, calculations and citations of a draft, numbered as in it. `given`: title, period and date of the request."""

    facts: tuple[Fact, ...]
    calculations: tuple[Calculation, ...] = ()
    citations: tuple[Citation, ...] = ()
    given: str = ""
    year: int = 0

    def sentence(self, text: str, *facts: Fact) -> DraftSentence:
        """A sentence that tells these facts; one that was read in a document is cited."""
        cited = tuple(dict.fromkeys(fact.citation.n for fact in facts if fact.citation))
        return self.told(text, "source" if cited else "fact", facts, cited)

    def wording(self, text: str) -> DraftSentence:
        """Words that join; the only figures in them may be those of the request's own title and period."""
        return self.told(text, "wording", (), ())

    def told(
        self, text: str, origin: Origin, facts: Sequence[Fact], citations: Sequence[int]
    ) -> DraftSentence:
        """With every figure on these facts and citations, or on a calculation; else marked."""
        numbers = {fact.n for fact in facts}
        reckoned = [one for one in self.calculations if numbers.intersection(one.facts)]
        sources = [self.citations[n - 1] for n in citations]
        words, figures = ground(text, facts, reckoned, sources, given=self.given, year=self.year)
        return DraftSentence(words, origin, tuple(fact.n for fact in facts), tuple(citations), figures)


def stock_of(
    request: Request, calculations: Sequence[Calculation] = (), citations: Sequence[Citation] = ()
) -> Stock:
    dated = request.dated.isoformat() if request.dated else ""
    year = _YEAR.search(request.period)
    given = "\n".join((request.title, request.period, request.unit, dated))
    return Stock(request.facts, tuple(calculations), tuple(citations), given, int(year[0]) if year else 0)
