"""The sentences picked are the source's own and the right ones come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import compose_answer
from bot.model import RawSentence
from bot.testing import RULES, articles, hit


def ask(question: str, text: str = RULES) -> tuple[RawSentence, ...]:
    return compose_answer(question, articles(text), {"d1": text}.__getitem__)


def test_the_sentence_with_the_time_answers_how_long() -> None:
    """Of many sentences about the 预备期 the one that says how long comes first, without its 第六条."""
    assert ask("预备党员的预备期是多长？")[0].text == "预备党员的预备期为一年。"


def test_a_list_comes_with_the_line_that_introduces_it() -> None:
    """Lead-in and items, each a sentence of its own, in their order."""
    texts = [sentence.text for sentence in ask("哪些情形应当延长预备期？")]
    assert texts[:3] == [
        "有下列情形之一的，应当延长预备期：",
        "（一）没有按时参加学习的；",
        "（二）没有按月交纳党费的。",
    ]


def test_a_named_article_is_shown_whole() -> None:
    """第六条 has two sentences; both are given and nothing else."""
    texts = [sentence.text for sentence in ask("第六条是什么内容？")]
    assert texts == ["预备党员的预备期为一年。", "预备期从支部大会通过之日算起，期满前支部应当听取群众意见。"]


def test_the_same_wording_elsewhere_is_cited_not_repeated() -> None:
    """Two documents with one sentence give one sentence with two places."""
    hits = [*articles(), *articles(document="d2", title="另一细则")]
    raw = compose_answer("预备党员的预备期是多长？", hits, {"d1": RULES, "d2": RULES}.__getitem__)
    assert [sentence.text for sentence in raw].count("预备党员的预备期为一年。") == 1
    assert {quote.hit.document_id for quote in raw[0].quotes} == {"d1", "d2"}


def test_parts_of_a_line_joined_by_semicolons_stay_one_statement() -> None:
    """甲的，……；乙的，……。 is cited as it stands."""
    text = "第一条　比例为：三千元以下的，交纳百分之零点五；三千元以上的，交纳百分之一。\n"
    assert [one.text for one in ask("交纳比例是多少？", text)] == [text.split("　")[1].strip()]


def test_headings_and_announcements_are_no_answers() -> None:
    """A report's heading line and 现将……如下 say nothing, however well they match."""
    text = "2025年党费收缴情况\n现将2025年党费收缴情况报告如下：\n全年收缴党费4300元。\n"
    found = hit(text, text.strip(), headings=("2025年党费收缴情况",))
    raw = compose_answer("2025年党费收缴情况怎样？", [found], {"d1": text}.__getitem__)
    assert [sentence.text for sentence in raw] == ["全年收缴党费4300元。"]


def test_both_halves_of_a_double_question_are_answered() -> None:
    """The second sentence scores lower but speaks of what the first leaves open."""
    text = (
        "第一条　党员大会每季度召开一次。\n第二条　民主评议党员每年开展一次。\n第三条　党费每月交纳一次。\n"
    )
    texts = {sentence.text for sentence in ask("党员大会和民主评议多久一次？", text)}
    assert texts == {"党员大会每季度召开一次。", "民主评议党员每年开展一次。"}


def test_a_piece_of_an_article_brings_the_lead_in_of_its_list() -> None:
    """Only the second item was found; the line that introduces it stands outside the hit and is shown too."""
    section = RULES[RULES.index("第五条") : RULES.index("第六条")].rstrip()
    piece = hit(RULES, "（二）没有按月交纳党费的。", article="第五条")
    whole = hit(RULES, section)
    found = replace(piece, section_start=whole.start, section_end=whole.end)
    raw = compose_answer("哪些情形延长预备期？", [found], {"d1": RULES}.__getitem__)
    assert raw[0].text == "有下列情形之一的，应当延长预备期："


@given(st.text(), st.text(alphabet="第一二条　：；。（）\n党员预备期是", min_size=1, max_size=200))
def test_every_quote_is_verbatim(question: str, text: str) -> None:
    """Never raises, whatever stands in question or text; each quote is at its place; nothing found gives nothing."""
    if not text.strip():
        return
    found = hit(text, text.strip())
    for sentence in compose_answer(question, [found], {"d1": text}.__getitem__):
        for quote in sentence.quotes:
            assert text[quote.start : quote.end] == quote.text == sentence.text
    assert compose_answer(question, [], {"d1": text}.__getitem__) == ()


def test_a_changed_source_is_quoted_as_it_was_found() -> None:
    """When the document no longer holds the hit, its own words are all there is (and `cite` will drop them)."""
    raw = compose_answer("预备党员的预备期是多长？", articles(), {"d1": "换了内容"}.__getitem__)
    assert raw[0].text == "预备党员的预备期为一年。"


def test_of_two_sentences_the_one_that_means_the_question_leads() -> None:
    """Where words do not tell them apart; the cosines asked for are of the first text of every unit."""
    text = "第一条　党员大会由支部书记召集。第二句。\n第二条　党员大会由多数党员到会方可举行。\n"
    hits = articles(text)
    asked: list[Sequence[str]] = []

    def alike(_: str, texts: Sequence[str]) -> list[float]:
        asked.append(texts)
        return [float("多数" in one) for one in texts]

    plain, meant = (
        compose_answer("党员大会由谁召集，多少人算数", hits, {"d1": text}.__getitem__, alike=given)
        for given in (None, alike)
    )
    assert "召集" in plain[0].text
    assert "多数" in meant[0].text
    assert [one for one in asked[0] if "多数" in one]
    assert all(one == asked[0] for one in asked)
