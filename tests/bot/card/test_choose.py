"""Which clauses become steps: a sentence on the matter, the matter of a mixed chapter, and one card for every way of asking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.card.find import for_others
from bot.card.make import make_card
from bot.card.model import Card
from bot.model import Query
from bot.testing import articles
from ingest.model import Hit

SHED = """第一条 值班室的成立，一般由合作社提出申请，社务委员会研究决定，批复时间不超过一个月。
第二条 人数较多的值班室，应当划分若干值班小组，并设立值班小组组长。值班小组组长由值班室指定。
第三条 成立值班室应当报社务委员会备案。
第四条 社务委员会应当定期研究讨论值班室建设，建立值班室工作联系点。
"""
MIXED = """第一条 社籍由社务委员会批准。停止社籍由社务委员会决定。恢复社籍应当经社员大会讨论。
第二条 社员应当编入一个班组。值班员变动的，应当提出值班交接申请。
第三条 值班交接由值班室登记，社务委员会应当在三日内核实值班交接。
"""


def card_for(
    question: str, text: str, title: str = "青禾合作社办法", first: int = 0, heading: tuple[str, ...] = ()
) -> Card:
    """The card where every article was found, the one at `first` much better than the others."""
    hits = [replace(hit, heading_path=heading) for hit in articles(text, title=title)]
    found = [hits[first], *(replace(hit, score=0.55) for at, hit in enumerate(hits) if at != first)]
    card = make_card(Query(question), lambda _: found, lambda _: hits, lambda _: text)
    assert card is not None
    return card


def test_an_article_with_the_words_here_and_there_is_no_step() -> None:
    card = card_for("成立值班室的程序", SHED)
    assert "第二条" not in [step.label for step in card.steps]
    assert "第三条" in [step.label for step in card.steps]


def test_of_a_chapter_on_two_matters_only_the_one_asked_for_and_its_own_act() -> None:
    card = card_for("值班交接怎么办", MIXED, first=1, heading=("第一章 社籍和值班交接管理",))
    assert [step.label for step in card.steps] == ["第二条", "第三条"]
    assert "交接" in card.steps[0].action.text


@pytest.mark.parametrize(
    "question", ["成立值班室", "怎么成立值班室", "成立值班室要走哪些程序", "成立值班室怎么办"]
)
def test_every_way_of_asking_searches_for_the_same(question: str) -> None:
    hits = articles(SHED, title="青禾合作社办法")
    sought: list[str] = []

    def search(query: Query) -> list[Hit]:
        sought.append(query.question)
        return hits

    make_card(Query(question), search, lambda _: hits, lambda _: SHED)
    assert sought == ["成立值班室流程"]


def test_a_rule_for_some_says_so() -> None:
    assert any("“机关”" in note for note in card_for("成立值班室的程序", SHED, "机关值班办法").warnings)
    assert not any("题目" in note for note in card_for("成立值班室的程序", SHED, "值班办法").warnings)


@pytest.mark.parametrize(
    ("question", "title", "others"),
    [
        ("党支部换届流程", "机关基层组织工作条例", ("机关",)),
        ("机关党支部换届流程", "机关基层组织工作条例", ()),
        ("党支部换届流程", "青石镇大学党支部换届办法", ("青石镇大学",)),
        ("党支部换届流程", "支部工作条例", ()),
    ],
)
def test_whom_a_title_names_and_the_question_does_not(
    question: str, title: str, others: tuple[str, ...]
) -> None:
    assert for_others(question, title) == others
