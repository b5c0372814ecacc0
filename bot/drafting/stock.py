"""What a draft may rest on, and sentences made out of it with their grounds. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.drafting.figures.ground import ground
from bot.drafting.figures.reckon import Reckoned
from bot.drafting.figures.rows import rows_in_words
from bot.drafting.model import Calculation, DraftSentence, Fact, Origin, Request
from bot.model import Citation
from bot.verify.daywords import days_in_words

_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Stock:
    """Facts, calculations and citations of a draft, numbered as in it. `given`: title, period and date of the request;
    `rows`: what the row of a table says of this period, with its change, by `Fact.n`.
    """

    facts: tuple[Fact, ...]
    calculations: tuple[Calculation, ...] = ()
    citations: tuple[Citation, ...] = ()
    given: str = ""
    year: int = 0
    rows: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def sentence(self, text: str, *facts: Fact) -> DraftSentence:
        """A sentence that tells these facts, its dates in words; one that was read in a document is cited."""
        cited = tuple(dict.fromkeys(fact.citation.n for fact in facts if fact.citation))
        return self.told(days_in_words(text), "source" if cited else "fact", facts, cited)

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


def stock_of(request: Request, reckoned: Reckoned, citations: Sequence[Citation] = ()) -> Stock:
    day = request.dated
    dated = f"{day.year}年{day.month}月{day.day}日" if day else ""
    found = _YEAR.search(request.period)
    year = int(found[0]) if found else 0
    given = f"{request.title}\n{request.period}\n{request.unit}\n{dated}"
    rows = rows_in_words(request.cells, reckoned.pieces, year)
    return Stock(request.facts, reckoned.calculations, tuple(citations), given, year, rows)
