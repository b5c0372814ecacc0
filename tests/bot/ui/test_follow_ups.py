"""The page remembers a talk: what the desk is given, what the reader sees of it, and how a new topic begins."""

from __future__ import annotations

from dataclasses import replace

from bot.ui import cards, handlers, render
from bot.ui.talk import Talk
from bot.ui.testing import ScriptedDesk, scripted_answer

FIRST, SECOND, THIRD = "见习期多长？", "能延长吗", "谁批准"
STANDALONE = "见习期<能>延长吗"


def desk() -> ScriptedDesk:
    understood = replace(scripted_answer(SECOND, "最长不超过一年。"), standalone=STANDALONE)
    return ScriptedDesk({FIRST: scripted_answer(FIRST, "见习期为一年。"), SECOND: understood})


def ask(on: ScriptedDesk, question: str, talk: Talk) -> Talk:
    *_, final = handlers.ask(on, question, "", talk)
    return final


def test_the_desk_is_given_the_answers_before() -> None:
    on = desk()
    talk = ask(on, SECOND, ask(on, FIRST, Talk()))
    ask(on, THIRD, talk)
    assert [[one.question for one in before] for before in on.before] == [[], [FIRST], [FIRST, SECOND]]


def test_how_it_was_understood_stands_below_what_was_typed() -> None:
    on = desk()
    talk = ask(on, SECOND, ask(on, FIRST, Talk()))
    shown = render.conversation(talk)
    assert shown.count("理解为：") == 1
    assert shown.index(f"<p>{SECOND}</p>") < shown.index("理解为：见习期&lt;能&gt;延长吗")
    assert "见习期&lt;能&gt;延长吗" in cards.sources(talk)


def test_a_new_topic_forgets_but_keeps_what_is_on_the_page() -> None:
    on = desk()
    talk = handlers.new_topic(ask(on, SECOND, ask(on, FIRST, Talk())))
    assert render.conversation(talk).endswith(render.NEW_TOPIC)
    talk = ask(on, SECOND, ask(on, FIRST, talk))
    assert [[one.question for one in before] for before in on.before] == [[], [FIRST], [], [FIRST]]
    assert [turn.number for turn in talk.turns] == [1, 2, 3, 4]
    shown = render.conversation(talk)
    assert shown.count(render.NEW_TOPIC) == 1
    assert shown.index('id="t2"') < shown.index(render.NEW_TOPIC) < shown.index('id="t3"')


def test_an_empty_page_has_no_topic_to_leave() -> None:
    assert handlers.new_topic(Talk()) == Talk()


def test_a_turn_that_broke_is_nothing_to_lean_on() -> None:
    on = ScriptedDesk({FIRST: RuntimeError("broken")})
    ask(on, SECOND, ask(on, FIRST, Talk()))
    assert on.before == [(), ()]
