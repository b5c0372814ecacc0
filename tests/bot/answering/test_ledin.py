"""An item of a list comes with its lead-in; a list comes whole, with all sentences of each item."""

from __future__ import annotations

from bot.answering.answer import compose_answer
from bot.testing import articles

FINES = """第一条　下列行为的停借期间为：
（一）逾期，六个月；
（二）污损，十二个月；
（三）丢失，十八个月。
"""
WAYS = """第一条　对读者的处理方式包括：
（一）提醒。情节较轻的，应当提醒。
（二）停借。情节较重的，应当停借。
对馆员的处理方式包括：
（一）约谈。情节较轻的，应当约谈。
（二）调岗。情节较重的，应当调岗。
"""


def ask(question: str, text: str) -> list[str]:
    return [one.text for one in compose_answer(question, articles(text), {"d1": text}.__getitem__)]


def test_an_item_never_stands_without_its_lead_in() -> None:
    said = ask("污损停借的期间是多久", FINES)
    assert said[0] == "下列行为的停借期间为："
    assert "（二）污损，十二个月；" in said


def test_items_of_one_list_stand_in_their_order_and_what_is_quoted_is_the_source() -> None:
    said = compose_answer("丢失和污损停借的期间是多久", articles(FINES), {"d1": FINES}.__getitem__)
    places = [one.quotes[0].start for one in said]
    assert places == sorted(places)
    assert all(FINES[one.quotes[0].start : one.quotes[0].end] == one.text for one in said)


def test_two_lists_of_one_article_that_say_the_same_are_both_shown_and_their_items_are_whole() -> None:
    assert ask("处理方式有哪些", WAYS) == [
        "对读者的处理方式包括：",
        "（一）提醒。情节较轻的，应当提醒。",
        "（二）停借。情节较重的，应当停借。",
        "对馆员的处理方式包括：",
        "（一）约谈。情节较轻的，应当约谈。",
        "（二）调岗。情节较重的，应当调岗。",
    ]
