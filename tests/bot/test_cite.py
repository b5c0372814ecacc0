"""Citations are true or they are not given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.cite import cite
from bot.model import Quote, RawSentence
from bot.testing import RULES, hit

DOCUMENTS = {"d1": RULES, "d2": "别的文件。"}


def quote(text: str, start: int, document: str = "d1") -> Quote:
    return Quote(
        hit(RULES, "第四条　预备党员由党委批准。", document=document), text, start, start + len(text), 1.0
    )


def test_numbers_follow_the_order_of_appearance_and_a_place_keeps_its_number() -> None:
    """First seen is [1]; the same place again is [1] again."""
    first, second = quote("预备党员", 4), quote("党委", RULES.index("党委"))
    cited = cite([RawSentence("甲", (first,)), RawSentence("乙", (second, first))], DOCUMENTS.__getitem__)
    assert [sentence.citations for sentence in cited.sentences] == [(1,), (2, 1)]
    assert [citation.n for citation in cited.citations] == [1, 2]


def test_a_false_quote_is_dropped_with_its_reason() -> None:
    """Words that do not stand at their place, a source that is gone, no quote at all: each is told."""
    raw = [
        RawSentence("改过的", (quote("预备党团", 4),)),
        RawSentence("没有的文件", (quote("预备党员", 4, document="gone"),)),
        RawSentence("没有出处", ()),
    ]
    cited = cite(raw, DOCUMENTS.__getitem__)
    assert not cited.sentences
    assert not cited.citations
    assert ["原文不一致" in cited.dropped[0].reason, "不在资料库" in cited.dropped[1].reason] == [True, True]
    assert cited.dropped[2].reason


def test_the_page_is_the_quotes_own_and_the_hits_where_none_is_known() -> None:
    """A home that an older version filled knows only where chunks begin."""
    there = replace(quote("预备党员", 4), hit=hit(RULES, "第四条　预备党员由党委批准。", page=3))

    def pages(page_at: Callable[[str, int], int | None]) -> list[int | None]:
        cited = cite([RawSentence("甲", (there,))], DOCUMENTS.__getitem__, page_at)
        return [citation.page for citation in cited.citations]

    assert pages(lambda document, at: 7 if (document, at) == ("d1", 4) else None) == [7]
    assert pages(lambda *_: None) == [3]


def test_one_true_quote_keeps_the_sentence_and_only_it_is_cited() -> None:
    """A false quote beside a true one gets no number."""
    cited = cite([RawSentence("甲", (quote("假的", 4), quote("预备党员", 4)))], DOCUMENTS.__getitem__)
    assert [citation.quote for citation in cited.citations] == ["预备党员"]


QUOTES = st.builds(
    lambda text, start, end, document: Quote(
        hit(RULES, "预备党员由党委批准", document=document), text, start, end, 0.5
    ),
    st.one_of(st.text(max_size=5), st.sampled_from(["预备党员", "第四条", "别的", "。"])),
    st.integers(-3, len(RULES) + 3),
    st.integers(-3, len(RULES) + 3),
    st.sampled_from(["d1", "d2", "gone"]),
)


@given(
    st.lists(st.builds(RawSentence, st.text(max_size=5), st.lists(QUOTES, max_size=4).map(tuple)), max_size=5)
)
def test_no_quote_is_given_that_its_source_does_not_hold(raw: list[RawSentence]) -> None:
    """Never raises; every citation is verbatim at its place; every sentence is kept or dropped; numbers exist."""
    cited = cite(raw, DOCUMENTS.__getitem__)
    for citation in cited.citations:
        assert DOCUMENTS[citation.document_id][citation.start : citation.end] == citation.quote != ""
    assert len(cited.sentences) + len(cited.dropped) == len(raw)
    numbers = {citation.n for citation in cited.citations}
    assert all(sentence.citations and set(sentence.citations) <= numbers for sentence in cited.sentences)
    assert numbers == set(range(1, len(numbers) + 1))
