"""A section without a model: the facts as they were given, in the genre's joining words. Pure.

Nothing is said that was not given: between the facts stand 一是, 二是 and the like, which state nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.drafting.figures.ahead import without_next
from bot.drafting.genres import Genre, Wording, filled
from bot.drafting.joined import TOGETHER, without_repeated_years
from bot.drafting.model import DraftSentence, Fact, Planned, Purpose, Request
from bot.drafting.outline.placing import problem_words
from bot.drafting.outline.purposes import named_lack
from bot.drafting.stock import Stock
from ingest.text import chinese_number

MISSING = "〔待补充：本节没有给出事实〕"
_LONGEST_PROBLEM = 24  # characters of a problem that a measure names


def assembled(
    planned: Planned, facts: Sequence[Fact], genre: Genre, stock: Stock, problems: Mapping[int, Fact]
) -> tuple[tuple[DraftSentence, ...], ...]:
    """The paragraphs of a section: one, of all its facts, or a paragraph for each where they are many; with none, a mark that
    something is missing. `problems`: the problem that a measure (by `Fact.n`) answers.
    """
    wording = genre.wording.get(planned.purpose, Wording(item="{fact}"))
    if not facts:
        return ((DraftSentence(MISSING, "wording"),),)
    many = len(facts) > 1
    lead = [DraftSentence(wording.lead, "wording")] if many and wording.lead else []
    said = without_repeated_years(facts, [stock.rows.get(fact.n, fact.text) for fact in facts], stock.year)
    told = [
        stock.sentence(
            _worded(words, n if many else 0, wording, problems.get(fact.n), planned.purpose),
            *([fact, problems[fact.n]] if fact.n in problems else [fact]),
        )
        for n, (fact, words) in enumerate(zip(facts, said, strict=True), 1)
    ]
    if len(told) > TOGETHER and "{n}" in wording.item:  # a paragraph each: nobody reads 一是 to 十一是 in one
        return tuple((one,) for one in (*lead, *told))
    return ((*lead, *told),)


def _worded(told: str, n: int, wording: Wording, problem: Fact | None, purpose: Purpose) -> str:
    """A fact as a sentence of the section; the `n`th of several, 0 for the only one."""
    text = told.strip().rstrip("。；;.，,、")
    if purpose == "打算":
        text = without_next(text)
    lack = named_lack(text)
    if lack:
        text = f"针对{lack}，{text[len(lack) + 1 :]}"
    pattern = wording.item
    slots = {"n": chinese_number(n) if n else "", "fact": text}
    if problem is not None and not lack and wording.pair and (named := _named(problem.text)):
        pattern, slots = wording.pair, {**slots, "problem": named}
    if not n:
        pattern = pattern.replace("{n}是", "")
    return filled([pattern], slots) + "。"


def _named(problem: str) -> str:
    """What a problem is called where a measure answers it; "" where that is too long."""
    words = problem_words(problem)
    return words if len(words) <= _LONGEST_PROBLEM else ""


def opening(request: Request, genre: Genre, topic: str) -> str:
    return filled(genre.openings, _slots(request, topic))


def closing(request: Request, genre: Genre, topic: str) -> str:
    return filled(genre.closings, _slots(request, topic))


def _slots(request: Request, topic: str) -> dict[str, str]:
    return {"unit": request.unit, "period": request.period, "audience": request.audience, "topic": topic}
