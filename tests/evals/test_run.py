"""What each case is judged on, and how the judgements add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.model import Answer, Citation
from evals.model import Case, Evaluation, Place
from evals.run import evaluate
from ingest.model import Hit

FIRST, SECOND, THIRD = (Place("办法.md", f"第{number}条") for number in "一二三")
Make = Callable[..., Hit]
Cite = Callable[..., Citation]
Compose = Callable[..., Answer]


def one(evaluation: Evaluation, name: str) -> float:
    return evaluation.metrics["answers"][name]


def test_citations_are_judged_against_gold_and_against_the_text(
    fake_desk: Callable[..., Any], citation: Cite, answer: Compose
) -> None:
    """One of two citations is gold; one of two pieces is cited; one of two wanted words is quoted."""
    said = answer(citation("第一条"), citation("第三条", n=2))
    case = Case("1", "多久？", ((FIRST,), (SECOND,)), ("一年", "三个月"))
    done = evaluate([case], fake_desk(answers={"多久？": said}))
    figures = done.metrics["answers"]
    assert figures == {
        "citation_precision": 0.5, "citation_recall": 0.5, "contains": 0.5, "verbatim": 1.0,
        "false_refusal": 0.0, "right": 0.0,
    }  # fmt: skip
    assert done.results[0].asked is not None
    assert done.results[0].asked.missing == ("三个月",)


def test_a_changed_quote_is_found_out(fake_desk: Callable[..., Any], citation: Cite, answer: Compose) -> None:
    """The words and the article are right, but they are not what stands there: not verbatim, so not right."""
    said = answer(citation("第一条", quote="见习期为一年！"), citation("第一条"))
    done = evaluate([Case("1", "多久？", ((FIRST,),))], fake_desk(answers={"多久？": said}))
    assert one(done, "verbatim") == 0.5
    assert done.results[0].verdict == "wrong"


def test_wanted_words_are_not_put_together_from_two_quotes(
    fake_desk: Callable[..., Any], citation: Cite, answer: Compose
) -> None:
    said = answer(citation("第一条"), citation("第三条", n=2))
    case = Case("1", "多久？", (), ("一年。延长",))
    assert one(evaluate([case], fake_desk(answers={"多久？": said})), "contains") == 0.0


def test_refusals_are_right_where_there_is_no_answer_and_wrong_where_there_is(
    fake_desk: Callable[..., Any], citation: Cite, answer: Compose
) -> None:
    cases = [
        Case("1", "天气？", unanswerable=True),
        Case("2", "股票？", unanswerable=True),
        Case("3", "多久？", ((FIRST,),)),
        Case("4", "随便问问"),
    ]
    done = evaluate(cases, fake_desk(answers={"股票？": answer(citation("第二条"))}))
    assert [result.verdict for result in done.results] == ["right", "wrong", "wrong", "unjudged"]
    assert one(done, "refusal") == 0.5
    assert one(done, "false_refusal") == 1.0
    assert one(done, "citation_recall") == 0.0
    assert "citation_precision" not in done.metrics["answers"]
    assert one(done, "right") == pytest.approx(1 / 3, abs=1e-4)


def test_search_only_asks_nothing(fake_desk: Callable[..., Any], hit: Make) -> None:
    cases = [Case("1", "甲", ((FIRST,),)), Case("2", "乙", ((FIRST,),)), Case("3", "坏题")]
    found = {"甲": [hit("别的.md"), hit("办法.md", "第一条")], "乙": [hit("别的.md")]}
    done = evaluate(cases, fake_desk(found=found), search_only=True)
    assert done.metrics["retrieval"]["hit@1"] == 0.0
    assert done.metrics["retrieval"]["hit@5"] == 0.5
    assert done.metrics["retrieval"]["MRR@10"] == 0.25
    assert done.metrics["answers"] == {}
    assert [result.verdict for result in done.results] == ["right", "wrong", "unjudged"]
    assert done.counts["with_gold"] == 2
    assert set(done.metrics["latency"]) == {"search_p50_ms", "search_p95_ms"}


def test_k_limits_what_is_kept_not_what_is_measured(fake_desk: Callable[..., Any], hit: Make) -> None:
    hits = [hit(f"{number}.md") for number in range(20)] + [hit("办法.md", "第一条")]
    case = Case("1", "甲", ((FIRST,),))
    done = evaluate([case], fake_desk(found={"甲": hits}), k=3, search_only=True)
    assert [found.source for found in done.results[0].hits] == ["0.md", "1.md", "2.md"]
    assert (done.metrics["retrieval"]["recall@10"], done.metrics["retrieval"]["recall@100"]) == (0.0, 1.0)


def test_a_case_that_fails_is_named_and_counts_in_no_figure(
    fake_desk: Callable[..., Any], citation: Cite, answer: Compose
) -> None:
    desk = fake_desk(answers={"多久？": answer(citation("第一条"))})
    cases = [Case("1", "坏题", ((FIRST,),)), Case("2", "多久？", ((FIRST,),))]
    seen: list[tuple[int, int]] = []
    done = evaluate(cases, desk, on_case=lambda at, of: seen.append((at, of)))
    assert [result.verdict for result in done.results] == ["failed", "right"]
    assert done.results[0].error == "问题是空的。 请写一句话。"
    assert one(done, "right") == 1.0
    assert done.counts["failed"] == 1
    assert seen == [(1, 2), (2, 2)]


def test_the_day_asked_for_reaches_the_desk(fake_desk: Callable[..., Any]) -> None:
    desk = fake_desk()
    evaluate([Case("1", "甲", as_of=date(2020, 1, 1))], desk, search_only=True)
    assert set(desk.days) == {date(2020, 1, 1)}
