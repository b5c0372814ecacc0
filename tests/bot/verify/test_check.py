"""The seam: what verify and recite promise to their callers."""

from __future__ import annotations

from bot.verify.check import Verdict, recite, verify

MEETING = "党支部党员大会由全体党员参加，一般每季度召开 1 次。"
GROUP = "党小组会一般每月召开 1 次。"


def test_a_sentence_is_carried_by_its_own_words() -> None:
    assert verify(MEETING, [MEETING]) == Verdict(True, None, "")


def test_no_evidence_carries_nothing() -> None:
    assert verify(MEETING, []).kind == "uncited"


def test_a_wrong_citation_is_replaced_by_the_text_that_carries_the_sentence() -> None:
    assert recite(GROUP, [0], [MEETING, GROUP]) == ((1,), Verdict(True, None, ""))


def test_a_number_that_names_no_evidence_is_no_citation() -> None:
    places, verdict = recite("村民可以自愿交换宅基地。", [7], [MEETING, GROUP])
    assert places == ()
    assert (verdict.supported, verdict.kind) == (False, "uncited")
