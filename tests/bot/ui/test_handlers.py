from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.batch import QUESTION_LENGTH
from bot.model import Answer
from bot.ui import handlers, render
from bot.ui.talk import Talk
from bot.ui.testing import SCRIPTED_TEXT, ScriptedDesk, scripted_answer
from ingest.errors import IndexMismatch
from ingest.model import Hit

QUESTION = "见习期多长？"
ANSWER = scripted_answer(QUESTION, "见习期为一年。", "最长不超过一年。")


def hit(document_id: str = "scripted") -> Hit:
    return Hit(
        chunk_id="c1",
        document_id=document_id,
        source="办法.txt",
        title="见习办法",
        article="第一条",
        heading_path=(),
        page=None,
        start=0,
        end=5,
        section_start=0,
        section_end=20,
        text=SCRIPTED_TEXT[:5],
        in_force=True,
        kind="制度",
        score=0.1,
    )


def last(
    desk: ScriptedDesk | None, question: str = QUESTION, day: str = "", talk: Talk | None = None
) -> Talk:
    *_, final = handlers.ask(desk, question, day, talk or Talk())
    return final


def test_an_answer_grows_and_ends_with_the_passage_of_every_citation() -> None:
    talks = list(handlers.ask(ScriptedDesk({QUESTION: ANSWER}), QUESTION, "", Talk()))
    told = [len(talk.turns[-1].answer.sentences) if talk.turns[-1].answer else 0 for talk in talks]
    assert told == [0, 1, 2, 2]
    assert [talk.turns[-1].finished for talk in talks] == [False, False, False, True]
    for place in talks[-1].turns[-1].places:
        assert place.passage is not None
        quote = place.passage.text[place.passage.quote_start : place.passage.quote_end]
        assert quote == place.citation.quote


class Panic(BaseException):
    """What a store written in Rust raises when it breaks: no Exception."""


class BrokenDesk(ScriptedDesk):
    """Breaks after its first sentence, with what it is given; None: it ends without one word."""

    def __init__(self, breaks: BaseException | None) -> None:
        super().__init__({})
        self._breaks = breaks

    def stream(self, question: str, as_of: date | None = None) -> Iterator[Answer]:
        if self._breaks is not None:
            yield ANSWER
            raise self._breaks


@pytest.mark.parametrize("breaks", [None, Panic("store"), OSError("disk"), KeyError("x"), MemoryError()])
def test_whatever_breaks_ends_as_a_chinese_word_with_what_to_do(breaks: BaseException | None) -> None:
    """No exception leaves the handler, no turn stays unfinished, and the next question is answered."""
    broken = last(BrokenDesk(breaks))
    turn = broken.turns[-1]
    assert turn.finished
    assert "回答" in turn.error
    assert "再问一次" in turn.hint
    html = render.conversation(broken)
    assert "dw-error" in html
    assert "正在查找" not in html
    assert last(ScriptedDesk({QUESTION: ANSWER}), talk=broken).turns[-1].error == ""


def test_turns_keep_their_numbers_when_old_ones_leave_the_page() -> None:
    """Ids are built on the numbers, so a number is never used twice."""
    desk, talk = ScriptedDesk({QUESTION: ANSWER}), Talk()
    for _ in range(handlers.TURNS_KEPT + 3):
        talk = last(desk, talk=talk)
    assert [turn.number for turn in talk.turns] == list(range(4, handlers.TURNS_KEPT + 4))


@pytest.mark.parametrize("typed", ["2024-01-02", "2024/1/2", "2024.1.2", " 2024年1月2日 "])
def test_the_day_reaches_the_desk(typed: str) -> None:
    desk = ScriptedDesk({QUESTION: ANSWER})
    assert last(desk, day=typed).turns[-1].as_of == date(2024, 1, 2)
    assert desk.asked == [(QUESTION, date(2024, 1, 2))]


@pytest.mark.parametrize("typed", ["去年", "2024-02-30", "2024-13-01", "20240101x"])
def test_a_wrong_day_is_told_and_nothing_is_asked(typed: str) -> None:
    desk, before = ScriptedDesk({QUESTION: ANSWER}), Talk()
    talk = last(desk, day=typed, talk=before)
    assert typed in talk.notice
    assert "2024-01-01" in talk.notice
    assert not talk.accepted
    assert talk.turns == before.turns
    assert desk.asked == []


def test_questions_that_cannot_be_asked_are_told_why() -> None:
    desk = ScriptedDesk({})
    assert last(None).notice == handlers.NOT_READY
    assert "写下问题" in last(desk, "  \n").notice
    assert "太长" in last(desk, "问" * (QUESTION_LENGTH + 1)).notice
    assert desk.asked == []


def test_a_notice_goes_away_with_the_next_good_question() -> None:
    talk = last(ScriptedDesk({QUESTION: ANSWER}), talk=Talk(notice="不是一个日期"))
    assert talk.notice == ""
    assert talk.accepted


def test_a_refusal_opens_its_nearest_clauses() -> None:
    turn = last(ScriptedDesk({}, nearest=(hit(),)), "天气").turns[-1]
    assert turn.answer is not None
    assert turn.answer.status == "refused"
    assert [(place.citation.n, place.citation.quote) for place in turn.places] == [(1, SCRIPTED_TEXT[:5])]
    assert turn.places[0].passage is not None


def test_a_document_removed_meanwhile_leaves_its_card() -> None:
    turn = last(ScriptedDesk({}, nearest=(hit("gone"),)), "天气").turns[-1]
    assert turn.places[0].passage is None
    assert not turn.error


def test_an_error_is_told_with_its_hint_and_the_talk_goes_on() -> None:
    desk = ScriptedDesk(
        {"坏": IndexMismatch("索引与设置不符。"), "怪": RuntimeError("boom"), QUESTION: ANSWER}
    )
    known = last(desk, "坏")
    assert (known.turns[0].error, known.turns[0].hint) == ("索引与设置不符。", IndexMismatch.default_hint)
    unknown = last(desk, "怪", talk=known)
    assert unknown.turns[1].error
    assert "boom" not in unknown.turns[1].error
    assert [bool(turn.error) for turn in last(desk, talk=unknown).turns] == [True, True, False]
