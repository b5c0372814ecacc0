"""A wording that stands in several documents is one hit; an article that was named stays in each version named."""

from __future__ import annotations

from dataclasses import replace

from bot.retrieval.references import NAMED
from bot.retrieval.retrieve import distinct
from bot.testing import hit

TEXT = "第五条　党员应当按月交纳党费。"


def test_copies_are_one_hit_whatever_their_spaces() -> None:
    copy = replace(hit(TEXT, TEXT), chunk_id="d2-0", document_id="d2", text="第五条 党员应当按 月\n交纳党费")
    other = replace(hit(TEXT, TEXT), chunk_id="d3-0", document_id="d3", text="第五条　党员应当按季交纳党费。")
    first = hit(TEXT, TEXT)
    assert distinct([first, copy, other]) == (first, other)


def test_named_articles_stay_and_cover_their_copies() -> None:
    named = replace(hit(TEXT, TEXT), scores={NAMED: 1.0})
    former = replace(named, chunk_id="d2-0", document_id="d2")
    copy = replace(hit(TEXT, TEXT), chunk_id="d3-0", document_id="d3")
    assert distinct([named, former, copy]) == (named, former)
