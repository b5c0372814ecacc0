"""Facts that tell again what another one tells: every figure of theirs, of the same thing, stands there too. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.drafting.figures.beside import said
from bot.drafting.model import Fact

_Told = tuple[str, str, float, float]


def repeat_warnings(facts: Sequence[Fact], year: int = 0) -> Iterator[str]:
    """A Chinese sentence for each fact that another one holds whole; the shorter of the two is the one to leave out."""
    told = [(fact, _told(fact.text, year)) for fact in facts]
    for at, (fact, figures) in enumerate(told):
        for which, (other, more) in enumerate(told):
            again = figures and figures <= more and which != at
            if again and (figures < more or which < at):
                yield f"{fact.where}的数字在{other.where}里已经写了，是同一件事就只留一处，请核对"
                break


def _told(text: str, year: int) -> frozenset[_Told]:
    """What its figures say; nothing where one of them has no name of its own."""
    found = [one for one in said(text, year) if one.figure.kind == "quantity" and not one.label]
    if any(len(one.beside.name) < 2 or one.figure.masked for one in found):
        return frozenset()
    return frozenset((one.beside.name, one.figure.unit, one.figure.low, one.figure.high) for one in found)
