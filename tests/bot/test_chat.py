"""One question from evidence to answer or refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.chat import converse
from bot.model import Answer, Query
from bot.testing import RULES, articles, hit
from ingest.model import Hit


def talk(question: str, hits: list[Hit], text: str = RULES) -> list[Answer]:
    return list(converse(Query(question), lambda _: hits, {"d1": text}.__getitem__))


def test_answers_grow_and_the_last_is_complete() -> None:
    """Each answer repeats the one before; citations never run ahead of the sentences; the last is timed."""
    told = talk("哪些情形应当延长预备期？", articles())
    assert len(told) == 3
    for before, after in pairwise(told):
        assert after.sentences[: len(before.sentences)] == before.sentences
    for answer in told:
        used = {number for sentence in answer.sentences for number in sentence.citations}
        assert used == {citation.n for citation in answer.citations}
    assert (told[-1].status, told[-1].mode, told[-1].question) == (
        "answered",
        "extractive",
        "哪些情形应当延长预备期？",
    )
    assert told[-1].ms > 0


def test_a_superseded_source_is_warned_of() -> None:
    """The reader is told which title, once."""
    (*_, answer) = talk("预备党员的预备期是多长？", articles(in_force=False))
    assert answer.warnings == ("《某某细则》已被新版本取代或废止",)
    assert not answer.citations[0].in_force


def test_on_an_earlier_day_a_superseded_source_counted() -> None:
    """The warning says so; asked as of today it is the usual one."""

    def told(as_of: date) -> tuple[str, ...]:
        query = Query("预备党员的预备期是多长？", as_of)
        (*_, answer) = converse(query, lambda _: articles(in_force=False), {"d1": RULES}.__getitem__)
        return answer.warnings

    assert told(date(2020, 1, 1)) == ("《某某细则》当时有效，后来已被取代",)
    assert told(date.max) == ("《某某细则》已被新版本取代或废止",)


def test_a_source_without_a_date_is_told_of_where_a_day_is_asked_for() -> None:
    """Only then: without a day the date decides nothing."""

    def told(as_of: date | None) -> tuple[str, ...]:
        query = Query("预备党员的预备期是多长？", as_of)
        found = converse(query, lambda _: articles(), {"d1": RULES}.__getitem__, is_dated=lambda _: False)
        (*_, answer) = found
        return answer.warnings

    (warning,) = told(date(2020, 1, 1))
    assert "《某某细则》没有写明日期" in warning
    assert "2020-01-01" in warning
    assert told(None) == ()


def test_what_no_source_speaks_of_is_refused_with_the_nearest() -> None:
    """Far hits give no sentence, three nearest clauses and a Chinese word on what is missing."""
    far = [replace(one, scores={"lexical": 1.0, "dense": 0.1}) for one in articles()]
    (answer,) = talk("红烧肉怎么做？", far)
    assert (answer.status, answer.sentences, answer.citations) == ("refused", (), ())
    assert answer.nearest == tuple(far[:3])
    assert "红烧肉" in answer.warnings[0]


def test_nothing_found_is_refused() -> None:
    """An empty index is no reason to fail."""
    (answer,) = talk("预备党员的预备期是多长？", [])
    assert (answer.status, answer.nearest) == ("refused", ())
    assert answer.warnings


def test_quotes_that_fail_the_check_are_refused_and_reported() -> None:
    """The source changed since it was indexed: no sentence survives, each is listed as dropped."""
    (answer,) = talk("预备党员的预备期是多长？", articles(), text="换了内容")
    assert answer.status == "refused"
    assert answer.dropped
    assert "原文不一致" in answer.dropped[0].reason


def test_a_question_is_searched_once() -> None:
    """Official words are the search's own matter: 支委会 costs no second one."""
    text = "第一条　党支部委员会会议一般每月召开一次。\n"
    asked: list[str] = []

    def retrieve(query: Query) -> list[Hit]:
        asked.append(query.question)
        return [hit(text, text.strip())]

    *_, answer = converse(Query("支委会多久开一次？"), retrieve, {"d1": text}.__getitem__)
    assert asked == ["支委会多久开一次？"]
    assert answer.sentences[0].text == "党支部委员会会议一般每月召开一次。"
