"""What the dictionaries know, and which of their words are slips."""

from __future__ import annotations

from evals.typos.listed import frequencies, phrases


def test_a_slip_that_a_dictionary_lists_is_no_phrase() -> None:
    known = set(phrases())
    assert {"家喻户晓", "刻不容缓"} <= known
    assert not {"走头无路", "家谕户晓"} & known


def test_words_have_their_frequency_and_persons_none() -> None:
    often = frequencies()
    assert often["健全"] > often["修葺"] > 0
    assert "建全" not in often
    assert "死灰复然" not in often  # listed there, but never counted
    assert not {"张德江", "王建国"} & set(often)
