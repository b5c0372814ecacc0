from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Answer, DroppedSentence, Passage, Sentence
from bot.ui import cards, handlers, labels, render, shelf
from bot.ui.talk import Opening, Talk, Turn
from bot.ui.testing import ScriptedDesk, ScriptedRow, scripted_answer, scripted_citation
from ingest.model import Hit

QUESTION = "见习期多长？"
QUOTES = ("见习期为一年。", "见习期满<三个月>内应当开会讨论。")
EVIL = "<script>alert('x')<b>\"'&"  # no slash: a path is shown by its last part


class Tags(HTMLParser):
    """All tags with their attributes, and the text; fails on a tag left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.found if name in attributes]


def talk_of(*questions: str) -> Talk:
    desk = ScriptedDesk({question: scripted_answer(question, *QUOTES) for question in questions})
    talk = Talk()
    for question in questions:
        *_, talk = handlers.ask(desk, question, "", talk)
    return talk


def passage(text: str, start: int, end: int) -> Passage:
    return Passage(text=text, quote_start=start, quote_end=end, citation=scripted_citation(1, QUOTES[0]))


def test_every_number_opens_a_passage_that_is_on_the_page() -> None:
    """Also those of earlier turns; no id stands twice."""
    talk = talk_of("甲", "乙", "丙")
    answer, sources = Tags(render.conversation(talk)), Tags(cards.sources(talk))
    opens = answer.values("data-open")
    assert opens == ["t1-1", "t1-2", "t2-1", "t2-2", "t3-1", "t3-2"]
    assert [f"p-{opened}" for opened in opens] == [value for value in sources.values("id") if value]
    assert sources.values("data-open") == opens
    ids = answer.values("id") + sources.values("id")
    assert len(ids) == len(set(ids))


def test_only_the_newest_sources_are_shown_and_no_passage_is_open() -> None:
    html = cards.sources(talk_of("甲", "乙"))
    assert re.findall(r'class="dw-turn-sources" data-turn="(t\d)"( hidden)?', html) == [
        ("t1", " hidden"),
        ("t2", ""),
    ]
    assert html.count('class="dw-passage"') == len(re.findall(r'class="dw-passage"[^>]* hidden>', html)) == 4


def test_the_quote_is_marked_in_its_article() -> None:
    marks = re.findall(r"<mark>(.*?)</mark>", cards.sources(talk_of(QUESTION)))
    assert [unescape(mark) for mark in marks] == list(QUOTES)


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_a_marked_passage_loses_no_character(text: str, start: int, end: int) -> None:
    """Whatever the offsets: the text without its tags is the text, nothing is raised."""
    html = cards.marked(passage(text, start, end))
    assert unescape(re.sub(r"</?mark>", "", html)) == unescape(text.replace("&", "&amp;"))
    assert html.count("<mark>") <= 1


def test_a_very_long_passage_is_cut_around_the_quote_and_says_so() -> None:
    text = "甲" * 10_000 + "要点" + "乙" * 9_000
    html = cards.marked(passage(text, 10_000, 10_002))
    assert "<mark>要点</mark>" in html
    assert f"前面 {10_000 - cards.AROUND} 字从略" in html
    assert f"后面 {9_000 - cards.AROUND} 字从略" in html


def test_nothing_from_a_document_or_a_reader_becomes_markup() -> None:
    citation = replace(
        scripted_citation(1, QUOTES[0]), title=EVIL, source=EVIL, quote=EVIL, heading_path=(EVIL,)
    )
    answer = Answer(
        EVIL,
        "answered",
        "extractive",
        sentences=(Sentence(EVIL, (1,)),),
        citations=(citation,),
        warnings=(EVIL,),
        dropped=(DroppedSentence(EVIL, EVIL),),
    )
    gone = replace(citation, document_id="gone")
    desk = ScriptedDesk({EVIL: answer, "乙": replace(answer, citations=(gone,))}, text=EVIL * 9)
    talk = Talk()
    for question in (EVIL, "乙"):
        *_, talk = handlers.ask(desk, question, "", talk)
    failed = Talk((Turn(1, EVIL, error=EVIL, hint=EVIL, finished=True),), notice=EVIL)
    row = ScriptedRow(source=EVIL, title=EVIL, kind=EVIL)
    state = Opening("syncing", done=1, total=2, source=EVIL)
    pages = [
        render.conversation(talk),
        cards.sources(talk),
        render.conversation(failed),
        render.notice(failed),
    ]
    pages += [shelf.library([row]), shelf.opening(state)]
    pages += [
        shelf.opening(Opening(phase, message=EVIL, hint=EVIL, problems=(EVIL,)))
        for phase in ("failed", "ready")
    ]
    for html in pages:
        assert "<script" not in html
        assert "alert(" in Tags(html).text


def test_a_growing_answer_shows_its_numbers_before_its_sources() -> None:
    first = next(talk for talk in _growing() if talk.turns[-1].answer)
    html = render.conversation(first)
    assert 'data-open="t1-1"' in html
    assert 'data-open="t1-2"' not in html
    assert "dw-writing" in html
    assert "dw-card" not in cards.sources(first)


def _growing() -> list[Talk]:
    desk = ScriptedDesk({QUESTION: scripted_answer(QUESTION, *QUOTES)})
    return list(handlers.ask(desk, QUESTION, "", Talk()))


def test_a_refusal_looks_like_none_of_the_answers() -> None:
    *_, talk = handlers.ask(ScriptedDesk({}), "天气", "2024-01-01", Talk())
    html = render.conversation(talk)
    assert "dw-refusal" in html
    assert "dw-answer" not in html
    assert "按 2024-01-01 有效的规定" in html
    assert render.NO_EVIDENCE in html


def test_the_items_of_a_list_stand_on_lines_of_their_own() -> None:
    answer = Answer(
        QUESTION, "answered", "extractive", tuple(Sentence(text, ()) for text in ("分情况：", "（一）转正；"))
    )
    html = render.conversation(Talk((Turn(1, QUESTION, answer=answer, finished=True),)))
    assert re.findall(r'class="(dw-sentence[^"]*)"', html) == ["dw-sentence", "dw-sentence dw-item"]


def test_superseded_sources_say_so() -> None:
    citation = replace(scripted_citation(1, QUOTES[0]), in_force=False)
    answer = replace(scripted_answer(QUESTION, QUOTES[0]), citations=(citation,))
    *_, talk = handlers.ask(ScriptedDesk({QUESTION: answer}), QUESTION, "", Talk())
    for html in (render.conversation(talk), cards.sources(talk)):
        assert "已被取代" in html
        assert "现行" not in html


def test_in_force_is_said_of_rules_only() -> None:
    """A report or a news item is not in force; that something was superseded is said of everything."""
    citation = replace(scripted_citation(1, QUOTES[0]), kind="情况报告")
    answer = replace(scripted_answer(QUESTION, QUOTES[0]), citations=(citation,))
    *_, talk = handlers.ask(ScriptedDesk({QUESTION: answer}), QUESTION, "", Talk())
    shown = render.conversation(talk) + cards.sources(talk) + shelf.library([ScriptedRow(kind="其他")])
    assert "现行" not in shown
    assert "现行" in cards.sources(talk_of(QUESTION))
    assert "现行" in shelf.library([ScriptedRow(kind="条例")])
    assert "已被取代" in labels.badge_of(replace(citation, in_force=False))


@pytest.mark.parametrize(
    ("articles", "said"), [(("第一条", "第二条"), "最接近的条款"), (("第一条", None), "最接近的内容")]
)
def test_the_nearest_are_called_clauses_only_where_all_are(
    articles: tuple[str | None, ...], said: str
) -> None:
    """Above the list in the talk, and above the cards."""
    nearest = tuple(_near(article) for article in articles)
    *_, talk = handlers.ask(ScriptedDesk({}, nearest=nearest), "天气", "", Talk())
    for html in (render.conversation(talk), cards.sources(talk)):
        assert re.findall("最接近的..", html) == [said]


def _near(article: str | None) -> Hit:
    place: dict[str, int] = {"start": 0, "end": 5, "section_start": 0, "section_end": 20}
    where: dict[str, str | None] = {"article": article, "title": "办法", "source": "办法.txt", "kind": "办法"}
    told: dict[str, Any] = {**place, **where, "heading_path": (), "page": None, "in_force": True}
    return Hit(chunk_id="c", document_id="scripted", text="第一条　本", score=0.1, **told)


@pytest.mark.parametrize(
    ("title", "article", "path", "said"),
    [
        ("党章", "第七条", ("第一章 党员",), "《党章》第七条"),
        ("《党章》摘编", None, ("一、党员", "（一）条件"), "《党章》摘编 一、党员 › （一）条件"),
        ("报告", None, (), "《报告》"),
    ],
)
def test_a_place_is_named_by_article_or_headings(
    title: str, article: str | None, path: tuple[str, ...], said: str
) -> None:
    assert labels.where(title, article, path) == said


def test_the_library_counts_and_lists_every_document_up_to_a_limit() -> None:
    rows = [
        ScriptedRow(title=f"文{n:04}", effective=date(2024, 5, 1) if n else None)
        for n in range(shelf.ROWS_SHOWN + 1)
    ]
    html = shelf.library(rows[:2])
    assert html.index("文0000") < html.index("文0001")
    assert "<b>2</b> 份资料，<b>6</b> 个条款" in html
    assert "2024-05-01" in html
    assert "2023-12-01" in html  # the day of issue, where no day in force is known
    full = shelf.library(rows)
    assert full.count("<tr>") == shelf.ROWS_SHOWN + 1  # and the head
    assert f"前 {shelf.ROWS_SHOWN} 份" in full


def test_copies_stand_in_the_row_of_their_original() -> None:
    """One whose original has gone has a row of its own."""
    rows = [
        ScriptedRow(title="甲办法", id="a"),
        ScriptedRow(title="转发甲办法的通知", source="转发<b>.txt", id="b", copy_of="a"),
        ScriptedRow(title="乙办法", id="c", copy_of="gone"),
    ]
    html = shelf.library(rows)
    assert html.count("<tr>") == 2 + 1
    assert "内容相同：转发&lt;b&gt;.txt" in html
    assert '<span class="dw-file">办法.txt</span>' in html  # under its title, in every row
    assert "转发甲办法的通知" not in html
    assert "<b>3</b> 份资料" in html
    assert "有 1 份与别的内容相同" in html
    assert "内容相同" not in shelf.library(rows[:1])


def test_the_bar_tells_the_share_done() -> None:
    html = shelf.opening(Opening("syncing", done=3, total=12, source="法规/党章.md"))
    assert 'aria-valuenow="25"' in html
    assert "width:25%" in html
    assert "第 3 / 12 份" in html
    assert "党章.md" in html
    assert "法规/" not in html
    assert shelf.opening(Opening("ready")) == ""


def test_a_title_that_goes_on_after_its_brackets_stands_apart_from_the_article() -> None:
    """《条例》第七条, but 《条例》要点摘编 第七条."""
    assert labels.where("工作条例", "第七条", ()) == "《工作条例》第七条"
    assert labels.where("《工作条例》要点摘编", "第七条", ()) == "《工作条例》要点摘编 第七条"


@pytest.mark.parametrize(("ms", "told"), [(0.4, "不到 0.1 秒"), (99.9, "不到 0.1 秒"), (1240.0, "1.2 秒")])
def test_a_short_time_is_not_told_as_none(ms: float, told: str) -> None:
    answer = replace(scripted_answer(QUESTION, *QUOTES), ms=ms)
    *_, talk = handlers.ask(ScriptedDesk({QUESTION: answer}), QUESTION, "", Talk())
    assert f"处出处 · {told}<" in render.conversation(talk)


def test_whose_law_counts_stands_at_the_answer_and_at_its_sources() -> None:
    *_, talk = handlers.ask(
        ScriptedDesk({QUESTION: scripted_answer(QUESTION, *QUOTES)}), QUESTION, "2020-01-01", Talk()
    )
    assert "按 2020-01-01 有效的规定" in render.conversation(talk)
    assert "按 2020-01-01 有效的规定" in cards.sources(talk)
    assert "有效的规定" not in render.conversation(talk_of(QUESTION)) + cards.sources(talk_of(QUESTION))


def test_a_sentence_that_no_source_carries_is_marked() -> None:
    """With the reason, and only that sentence."""
    answer = replace(
        scripted_answer("q"),
        sentences=(Sentence("甲甲甲。", (1,)), Sentence("乙乙乙。", (), "依据中没有<b>")),
    )
    shown = render.conversation(Talk((Turn(1, "q", answer=answer, finished=True),)))
    assert shown.count("未核对到原文") == 1
    assert 'title="依据中没有&lt;b&gt;"' in shown
    assert shown.index("甲甲") < shown.index("乙乙") < shown.index("未核对到原文")
