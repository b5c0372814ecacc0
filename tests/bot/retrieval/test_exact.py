"""Articles looked up by name in real stores, what is said of numbers that are not there, and references followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answering.answer import asked_articles, compose_answer
from bot.chat import converse
from bot.compose import Desk
from bot.model import Answer, Query
from bot.retrieval.exact import look_up, named_first
from bot.retrieval.mentioned import CITED_BY, cited_by_first, mentioned
from bot.retrieval.reranker import reranked
from ingest.config import load_settings
from ingest.embed import embedding_text
from ingest.index import Index
from ingest.model import Hit, Reading, Source
from ingest.reading import read
from ingest.testing import HashEmbedder

EMBEDDER = HashEmbedder()
RULES_2020 = "中国共产党见习细则\n（2020年3月1日发布）\n第一条　见习期为两年。\n第二条　见习期满讨论转正。\n第三条　旧的第三条。\n第四条　旧的第四条。"
RULES = (
    "中国共产党见习细则\n（2024年3月1日发布）\n第一条　见习期为一年。\n"
    "第二条　见习期满讨论转正。\n有下列情形之一的，延长见习期：\n（一）没有参加学习；\n（二）没有交纳费用。\n"
    "第三条　依照本细则第一条、前条第二款和《中华人民共和国监察法》第二条办理；不适用《某某法》第一条。前款另有规定的除外。"
)
LAW = (
    "中华人民共和国监察法\n（2018年3月20日通过）\n第一条　为了监督，制定本法。\n第二条　坚持集中统一。"
    + "领导机关依照法律行使职权。" * 120
)


def reading(name: str, text: str) -> Reading:
    data = text.encode()
    return read(Source(Path("/nowhere"), name, len(data), 0), {}, data, name)


@pytest.fixture
def index(home: Path) -> Iterator[Index]:
    """Two versions of one work, the older one replaced, and a law with a long article."""
    opened = Index(home, EMBEDDER)
    readings = [
        reading("见习细则_2020.txt", RULES_2020),
        reading("见习细则_2024.txt", RULES),
        reading("监察法.txt", LAW),
    ]
    texts = [embedding_text("", c.heading_path, c.text) for one in readings for c in one.chunks]
    with opened.writing():
        opened.write(readings, EMBEDDER.encode_documents(texts))
        opened.set_in_force({readings[0].document.id: False})
    yield opened
    opened.close()


def found(index: Index, question: str, as_of: date | None = None) -> list[tuple[str, str | None]]:
    hits = look_up(index, Query(question, as_of)).hits
    return list(dict.fromkeys((hit.source, hit.article) for hit in hits))


def told(index: Index, question: str) -> Answer:
    """The last word of a conversation that finds nothing but what is named."""
    *_, last = converse(
        Query(question),
        lambda query: named_first(index, query, ()),
        index.text,
        missing=lambda query: look_up(index, query).notes,
    )
    return last


NEW, OLD, LAWS = "见习细则_2024.txt", "见习细则_2020.txt", "监察法.txt"


def test_articles_come_in_the_order_named(index: Index) -> None:
    assert found(index, "《监察法》第2条、细则第三条和第1条") == [
        (LAWS, "第二条"),
        (NEW, "第三条"),
        (NEW, "第一条"),
    ]


def test_a_long_article_comes_whole(index: Index) -> None:
    parts = look_up(index, Query("监察法第二条")).hits
    assert len(parts) > 1
    assert (
        "".join(hit.text for hit in parts) == index.text(parts[0].document_id)[parts[0].start : parts[-1].end]
    )


def test_the_version_is_that_of_the_year_the_day_or_now(index: Index) -> None:
    assert found(index, "见习细则第一条") == [(NEW, "第一条")]
    assert found(index, "2020年见习细则第一条") == [(OLD, "第一条")]
    assert found(index, "见习细则第一条", date(2022, 1, 1)) == [(OLD, "第一条")]
    assert found(index, "见习细则第四条") == []  # the older version's article passes for none of today's
    exact = look_up(index, Query("2010年见习细则第一条"))
    assert exact.notes == (
        "资料库里没有2010年的《中国共产党见习细则》，有的是2020年、2024年的，最早的也在那以后。",
    )
    assert exact.hits == ()  # no later edition passes for it
    between = look_up(index, Query("2022年见习细则第一条"))
    assert between.notes == (
        "资料库里没有2022年的《中国共产党见习细则》，有的是2020年、2024年的；这里按2020年的版本查找。",
    )
    assert between.hits[0].source == OLD


def test_a_day_before_the_first_version_has_no_article(index: Index) -> None:
    """What was not yet made cannot have counted; nothing newer passes for it."""
    exact = look_up(index, Query("见习细则第一条", date(2010, 1, 1)))
    assert exact.hits == ()
    assert exact.notes == ("资料库里没有《中国共产党见习细则》在2010-01-01有效的版本。",)


def test_a_number_that_is_not_there(index: Index) -> None:
    answer = told(index, "见习细则第九十九条")
    assert (answer.status, answer.warnings) == (
        "refused",
        ("《中国共产党见习细则》共有3条，没有第九十九条。",),
    )
    both = told(index, "见习细则第一条、第九十九条")
    assert both.status == "answered"
    assert [one.article for one in both.citations] == ["第一条"]
    assert both.warnings == answer.warnings


def test_a_paragraph_is_answered_with_its_words(index: Index) -> None:
    assert [one.text for one in told(index, "细则第二条第一款").sentences] == ["见习期满讨论转正。"]
    assert [one.text for one in told(index, "细则第二条第（二）项").sentences] == ["（二）没有交纳费用。"]
    whole = told(index, "细则第二条第九款是什么")
    assert len(whole.sentences) == 4
    assert whole.warnings == ("《中国共产党见习细则》第二条共2款，没有第9款，以下是整条。",)
    assert whole.citations[0].quote == "见习期满讨论转正。"


@pytest.mark.parametrize(
    "asking", ["{}", "帮我找一下{}", "我想看看{}的原文", "请问{}是怎么规定的？", "{}怎么说"]
)
def test_a_wish_to_read_it_is_answered_with_it(index: Index, asking: str) -> None:
    """Whatever the politeness and the year, and however little the words of article and question have in common."""
    answer = told(index, asking.format("《中国共产党见习细则》（2024年版）第一条"))
    assert [one.text for one in answer.sentences] == ["见习期为一年。"]


def test_a_question_that_asks_for_more_is_answered_as_any_other(index: Index) -> None:
    """The article comes first, but which of its sentences answers is chosen."""
    question = "细则第二条规定什么情形延长见习期，由谁批准"
    hits = named_first(index, Query(question), ())
    assert hits[0].article == "第二条"
    assert asked_articles(question, hits) == ()
    assert compose_answer(question, hits, index.text)


def test_two_versions_that_say_the_same_are_both_shown(home: Path, index: Index) -> None:
    """Who asks for both wants to see both; copies of anything else are shown once."""
    middle = reading("见习细则_2022.txt", RULES_2020.replace("2020", "2022"))
    with index.writing():
        index.write([middle], EMBEDDER.encode_documents([chunk.text for chunk in middle.chunks]))
    desk = Desk(load_settings(home), index)
    answer = desk.ask("2020年见习细则第二条、2022年见习细则第二条")
    assert [one.source for one in answer.citations] == [OLD, "见习细则_2022.txt"]
    assert desk.mentioned(answer.citations[0]) == ()


def test_what_names_no_article_or_no_known_document_finds_nothing(index: Index) -> None:
    for question in (
        "见习期多长",
        "第二条是什么",
        "某某法第二条",
        "《某县见习细则》第二条",
        "依照本细则第二条",
    ):
        assert look_up(index, Query(question)) == look_up(index, Query("见习期"))


def test_named_articles_stand_before_what_was_found(index: Index) -> None:
    """Once each, with what the searches said of them kept; a reranker does not move them."""
    ranked = [hit for row in index.documents() for hit in index.chunks_of(row.id) if hit.article]
    hits = named_first(index, Query("细则第二条"), ranked)
    assert (hits[0].source, hits[0].article) == (NEW, "第二条")
    assert len({hit.chunk_id for hit in hits}) == len(hits) == len(ranked)
    again = reranked(hits, "细则第二条", lambda _, texts: [float("旧" in text) for text in texts])
    assert again[0] == hits[0]
    assert "旧" in again[1].text


def article(index: Index, question: str) -> Hit:
    return look_up(index, Query(question)).hits[0]


def test_what_an_article_refers_to(index: Index) -> None:
    """In its own document, the one before it, and another document; one that is not here is left out."""
    targets = mentioned(index, article(index, "细则第三条"))
    places = list(dict.fromkeys((hit.source, hit.article) for hit in targets))
    assert places == [(NEW, "第一条"), (NEW, "第二条"), (LAWS, "第二条")]
    assert all(hit.scores[CITED_BY] == 1.0 for hit in targets)
    assert [hit.scores.get("paragraph") for hit in targets[:2]] == [None, 2.0]
    assert mentioned(index, article(index, "细则第一条")) == ()


def test_further_evidence_is_what_the_first_hits_refer_to(index: Index) -> None:
    third, first = article(index, "细则第三条"), article(index, "细则第一条")
    further = cited_by_first(index, (third, first))
    assert first.chunk_id not in {hit.chunk_id for hit in further}
    assert {hit.article for hit in further} == {"第二条"}


def test_names_follow_the_documents(index: Index) -> None:
    """A document that comes or goes while the index is open is known, or no longer known, by name."""
    assert found(index, "值班规程第一条") == []
    late = reading("值班规程.txt", "值班规程\n第一条　每日值班。\n第二条　交接班。")
    with index.writing():
        index.write([late], EMBEDDER.encode_documents([chunk.text for chunk in late.chunks]))
    assert found(index, "值班规程第一条") == [("值班规程.txt", "第一条")]
    with index.writing():
        index.remove([late.document.id])
    assert found(index, "值班规程第一条") == []
