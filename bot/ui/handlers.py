"""What happens when the reader asks. No gradio here: a talk goes in, growing talks come out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.batch import clean_question
from bot.errors import EmptyQuestion, LongQuestion
from bot.model import Answer, Citation
from bot.ui.talk import AnsweringDesk, Place, Talk, Turn
from ingest.errors import KnowledgeBaseError
from ingest.model import Hit
from ingest.text import read_day

log = logging.getLogger(__name__)

TURNS_KEPT = 20  # a talk lives in the server's memory; older turns leave the page
NOT_READY = "现在还不能提问，请看页面上方的说明。"
_AGAIN = "请再问一次；仍然这样时，请管理员查看后台窗口中的错误信息，并重新启动 python -m bot serve。"


class WrongDate(ValueError):
    """A date the reader typed that is none; `str(error)` is a Chinese sentence for them."""


def parse_day(text: str) -> date | None:
    """The day typed, in the ways that `ingest.text.read_day` reads; None where nothing is typed."""
    if not text.strip():
        return None
    day = read_day(text)
    if day is None:
        raise WrongDate(
            f"“{text.strip()}”不是一个日期。请写成 2024-01-01 的样子，或者留空（按今天的规定回答）。"
        )
    return day


def ask(desk: AnsweringDesk | None, question: str, day: str, talk: Talk) -> Iterator[Talk]:
    """The talk as the answer grows; the last one is final. Never raises: what goes wrong is told in the talk."""
    try:
        as_of = parse_day(day)
        question = clean_question(question) if desk is not None else ""
    except (WrongDate, EmptyQuestion, LongQuestion) as error:
        yield replace(talk, notice=_objection(error), accepted=False)
        return
    if desk is None:
        yield replace(talk, notice=NOT_READY, accepted=False)
        return
    number = talk.turns[-1].number + 1 if talk.turns else 1
    asked = Turn(number=number, question=question, as_of=as_of, begins=talk.fresh)
    for turn in _answer(desk, asked, talk.remembered()):
        yield Talk(turns=(*talk.turns, turn)[-TURNS_KEPT:], accepted=True)


def new_topic(talk: Talk) -> Talk:
    """What was asked and answered stays on the page, but the next question is read without it."""
    return replace(talk, fresh=bool(talk.turns), notice="", accepted=False)


def citation_of(n: int, hit: Hit) -> Citation:
    """A clause that was found, as a citation of its whole text, so that it opens like one."""
    return Citation(
        n=n,
        document_id=hit.document_id,
        source=hit.source,
        title=hit.title,
        article=hit.article,
        heading_path=hit.heading_path,
        page=hit.page,
        quote=hit.text,
        start=hit.start,
        end=hit.end,
        section_start=hit.section_start,
        section_end=hit.section_end,
        in_force=hit.in_force,
        kind=hit.kind,
    )


def _objection(error: Exception) -> str:
    if isinstance(error, EmptyQuestion):
        return "请先写下问题。"
    return f"{error}{error.hint}" if isinstance(error, LongQuestion) else str(error)


def _answer(desk: AnsweringDesk, turn: Turn, before: Sequence[Answer]) -> Iterator[Turn]:
    yield turn
    try:
        answer = None
        for answer in desk.stream(turn.question, turn.as_of, before):
            turn = replace(turn, answer=answer)
            yield turn
        if answer is None:
            yield replace(turn, finished=True, error="没有得到回答。", hint=_AGAIN)
        else:
            yield replace(turn, places=_places(desk, answer), finished=True)
    except KnowledgeBaseError as error:
        yield replace(turn, finished=True, error=str(error), hint=error.hint)
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except (
        BaseException
    ):  # the door to the reader: nothing may leave the page hanging, not even a store's panic
        log.exception("answering failed")
        yield replace(turn, finished=True, error="回答时出了意外。", hint=_AGAIN)


def _places(desk: AnsweringDesk, answer: Answer) -> tuple[Place, ...]:
    if answer.status == "answered":
        return tuple(place_of(desk, citation) for citation in answer.citations)
    return tuple(place_of(desk, citation_of(n, hit)) for n, hit in enumerate(answer.nearest, 1))


def place_of(desk: AnsweringDesk, citation: Citation) -> Place:
    """The citation with the article it stands in, as far as that can still be opened."""
    try:
        return Place(citation, desk.passage(citation), desk.changes(citation))
    except (KeyError, KnowledgeBaseError) as error:
        # The document was removed after it answered: the card stays, with its quote.
        log.warning("passage of %s: %s", citation.source, error)
        return Place(citation, None)
