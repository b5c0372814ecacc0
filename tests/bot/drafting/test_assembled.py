"""A named lack is answered in the sentence that names it, once; nothing hangs at its end."""

from __future__ import annotations

from bot.drafting.assemble import assembled
from bot.drafting.genres import genre_of
from bot.drafting.model import Fact, Planned
from bot.drafting.stock import Stock


def said(*texts: str, problem: str = "") -> str:
    facts = tuple(Fact(n, text, "") for n, text in enumerate(texts, 1))
    problems = {1: Fact(9, problem, "")} if problem else {}
    stock = Stock((*facts, *problems.values()))
    planned = Planned("下一步打算", 1, "打算") if problem else Planned("主要做法", 1, "做法")
    ((*sentences,),) = assembled(planned, facts, genre_of("落实情况报告"), stock, problems)
    return "".join(one.text for one in sentences)


def test_a_named_lack_is_answered() -> None:
    assert said("“监管不严”问题：清退供应商3家，") == "针对“监管不严”问题，清退供应商3家。"
    assert said("记录不规范的问题，已统一印发记录本") == "针对记录不规范的问题，已统一印发记录本。"
    assert said("问题清单列问题5个，已整改") == "问题清单列问题5个，已整改。"


def test_it_is_not_said_twice_that_a_problem_is_answered() -> None:
    told = said("“监管不严”问题：每月检查1次", problem="监管不严，抽查不多")
    assert told.count("针对") == 1
