"""What is seen of a question in a text is what taking the text apart would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question import pairs_in, read_question
from bot.answering.sight import sight_of
from ingest.text import search_form

WORDS = st.lists(
    st.sampled_from(
        [
            "转正",
            "预备党员",
            "转为正式党员",
            "没人搭理",
            "派人谈话",
            "2025年",
            "abc",
            "3.5%",
            "党费",
            "支部",
            "，",
            "的",
        ]
    ),
    max_size=12,
).map("".join)


@given(WORDS, WORDS)
def test_what_is_found_is_what_stands_there(question: str, text: str) -> None:
    """Pairs, lone characters, words of letters and figures, and official wordings of everyday words alike."""
    asked = read_question(question)
    assert sight_of(asked).found(search_form(text)) == pairs_in(text) & asked.pairs
