from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.card.dates import timetable
from bot.card.table import to_csv
from bot.card.testing import card_of
from bot.errors import NoProcedure
from bot.model import Answer
from bot.ui.cardpanel import GONE
from bot.ui.cardpanel import shown as panel_shown
from bot.ui.opening import Doorway
from bot.ui.procedure import asked, card_for, shown
from bot.ui.talk import Talk, Turn
from bot.ui.testing import ScriptedDesk, scripted_answer
from ingest.errors import KnowledgeBaseError

TEXT = """第一条 申请人应当向值班室提出<书面>值班申请。
第二条 值班室收到值班申请后，应当在一个月内派人同申请人谈话。
"""


def talk(question: str, *, refused: bool = False) -> Talk:
    answer = (
        scripted_answer(question, "见习期为一年。")
        if not refused
        else Answer(question, "refused", "extractive")
    )
    return Talk(turns=(Turn(number=1, question=question, answer=answer, finished=True),))


def test_a_card_is_offered_for_a_procedure_that_was_answered() -> None:
    assert asked(talk("值班办理程序")) == ("值班办理程序", None)
    assert asked(talk("值班期是多长？")) is None
    assert asked(talk("值班办理程序", refused=True)) is None
    assert asked(Talk()) is None


def test_a_follow_up_has_the_card_of_what_it_was_understood_as() -> None:
    """那转正呢: the card of the question standing alone, as the command line makes it."""
    answer = replace(scripted_answer("那交接呢", "见习期为一年。"), standalone="值班交接怎么办")
    turn = Turn(number=1, question="那交接呢", answer=answer, finished=True)
    assert asked(Talk(turns=(turn,))) == ("值班交接怎么办", None)


def test_an_empty_cell_is_marked_so_that_a_narrow_page_leaves_out_its_label() -> None:
    page = shown(card_of(TEXT))
    assert '<td data-label="材料" class="dwc-none"></td>' in page
    assert not re.search(r'<td data-label="[^"]*"></td>', page)


def test_none_is_offered_where_no_article_tells_it() -> None:
    desk = ScriptedDesk({})
    assert card_for(desk, talk("值班办理程序")) is None
    assert card_for(None, talk("值班办理程序")) is None
    for trouble in (NoProcedure("不是办理。"), KnowledgeBaseError("资料库坏了。")):
        desk.cards["值班办理程序"] = trouble
        assert card_for(desk, talk("值班办理程序")) is None
    desk.cards["值班办理程序"] = card_of(TEXT)
    assert card_for(desk, talk("值班办理程序")) is not None


def test_every_fact_links_to_marked_words_and_nothing_of_a_document_is_markup() -> None:
    """Each href has its id; the words at it are the fact's own beginning."""
    page = shown(card_of(TEXT), timetable(card_of(TEXT), date(2026, 1, 31)))
    assert "<书面>" not in page
    assert "&lt;书面&gt;" in page
    targets = re.findall(r'href="#([^"]+)"', page)
    ids = re.findall(r'id="([^"]+)"', page)
    assert set(targets) <= set(ids)
    assert len(ids) == len(set(ids))
    assert "2026-02-28" in page
    assert "text/calendar" in page


def test_without_a_start_there_is_no_calendar() -> None:
    page = shown(card_of(TEXT))
    assert "text/calendar" not in page
    assert "填写起算日" in page


def test_a_cell_that_would_be_a_formula_is_text() -> None:
    card = card_of("第一条 =SUM(1)的申请人应当向值班室提出值班申请。\n第二条 值班室应当审查值班申请。\n")
    assert b",=SUM" not in to_csv(card)


def test_what_is_typed_wrongly_is_told_on_the_card() -> None:
    desk = ScriptedDesk({})
    desk.cards["值班办理程序"] = card_of(TEXT)
    doorway = Doorway(lambda _: desk)
    doorway.start()
    while doorway.desk is None:
        pass
    now = talk("值班办理程序")
    assert "“明天”不是一个日期" in panel_shown(doorway, now, "明天", "")
    assert "没有第 9 步" in panel_shown(doorway, now, "2026-01-31", "9=2026-02-01")
    assert "请先填写起算日" in panel_shown(doorway, now, "", "1=2026-02-01")
    assert "2026-02-28" in panel_shown(doorway, now, "2026-01-31", "")
    assert GONE in panel_shown(doorway, talk("别的事怎么办"), "", "")
    doorway.close()
