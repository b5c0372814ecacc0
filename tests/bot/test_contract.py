"""The JSON that users' scripts read: exactly the keys of the contract."""

from __future__ import annotations

import json

from bot.chat import converse
from bot.contract import answer_json, search_json
from bot.model import Answer, Query, Sentence
from bot.printed import answer_text, hits_text
from bot.testing import RULES, articles

HIT_KEYS = ["rank", "chunk_id", "source", "title", "article", "heading_path", "page", "score", "text"]


def test_search_has_the_contract_s_keys() -> None:
    """Ranks count from 1."""
    told = search_json("问", articles(), 1.5)
    assert list(told) == ["query", "hits", "ms"]
    assert [list(one) for one in told["hits"]] == [HIT_KEYS] * 4
    assert [one["rank"] for one in told["hits"]] == [1, 2, 3, 4]


def test_ask_has_the_contract_s_keys() -> None:
    """An answer as one JSON document; numbers in sentences point at citations."""
    *_, answer = converse(
        Query("预备党员的预备期是多长？"), lambda _: articles(page=3), {"d1": RULES}.__getitem__
    )
    told = json.loads(json.dumps(answer_json(answer), ensure_ascii=False))
    assert list(told) == [
        "question", "status", "mode", "sentences", "citations", "nearest", "dropped", "warnings", "ms",
        "standalone",
    ]  # fmt: skip
    assert list(told["citations"][0]) == [
        "n", "source", "title", "article", "heading_path", "page", "quote", "start", "end", "in_force",
    ]  # fmt: skip
    assert told["sentences"][0] == {"text": "预备党员的预备期为一年。", "citations": [1]}
    assert told["nearest"] == []


def test_a_refusal_lists_the_nearest_as_hits() -> None:
    """The same shape as in a search."""
    (answer,) = converse(Query("红烧肉？"), lambda _: articles(), lambda _: "换了内容")
    assert [list(one) for one in answer_json(answer)["nearest"]] == [HIT_KEYS] * 3


def test_the_terminal_shows_numbers_places_and_quotes() -> None:
    """[1] behind the sentence; 《title》, article, page and the quoted words below."""
    *_, answer = converse(
        Query("预备党员的预备期是多长？"),
        lambda _: articles(page=3, in_force=False),
        {"d1": RULES}.__getitem__,
    )
    shown = answer_text(answer)
    assert shown.startswith("预备党员的预备期为一年。[1]")
    assert "[1] 《某某细则》 第六条 第3页（d1.txt）\n    “预备党员的预备期为一年。”" in shown
    assert "注意：《某某细则》已被新版本取代或废止" in shown
    assert "【已被取代或废止】" in hits_text(articles(in_force=False))
    assert hits_text([]) == "没有找到相关内容。"


def test_a_doubt_is_told_where_there_is_one() -> None:
    """Who reads the JSON must be able to tell what is carried from what is only marked."""
    answer = Answer("q", "answered", "llm", (Sentence("甲。", (1,)), Sentence("乙。", (), "依据中没有")))
    assert answer_json(answer)["sentences"] == [
        {"text": "甲。", "citations": [1]},
        {"text": "乙。", "citations": [], "doubt": "依据中没有"},
    ]
    printed = answer_text(answer)
    assert "乙。【未核对到原文】" in printed
    assert "甲。[1]\n" in printed
