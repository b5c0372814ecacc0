"""A model that lies, and a judge that knows which sentences it made false."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Answer, DroppedSentence, Sentence
from bot.testing import hit
from bot.testing_model import Asked
from bot.ui.handlers import citation_of
from evals.bad_model import Liar, Record, judge, lines, run
from evals.lies import LIES, TRUE, Told, lie, true_sentences
from ingest.compose import sync_folders
from ingest.config import load_settings

SOURCE = "第六条　预备党员的预备期为一年。预备期从支部大会通过之日算起，期满前支部应当听取群众意见。有下列情形之一的：（一）甲的；"
TRUTH = Told("预备党员的预备期为一年。", TRUE, 1)


def test_only_sentences_that_stand_alone_are_told_as_true() -> None:
    assert [one.text for one in true_sentences(1, SOURCE.replace("为一年", "为期限一年整"))] == [
        "预备党员的预备期为期限一年整。",
        "预备期从支部大会通过之日算起，期满前支部应当听取群众意见。",
    ]


@pytest.mark.parametrize("kind", sorted(LIES))
def test_a_lie_differs_from_its_source(kind: str) -> None:
    draw = random.Random(0)
    truths = [TRUTH, *true_sentences(1, SOURCE)]
    told = [one for truth in truths if (one := lie(kind, truth, [SOURCE], draw)) is not None]
    assert told
    assert all(one.is_false and one.text.rstrip("。") not in SOURCE for one in told)


def test_what_a_source_happens_to_say_is_no_lie() -> None:
    other = "预备党员的预备期为三年。"
    assert lie("number", TRUTH, [SOURCE, other], random.Random(0)) is None


def test_the_liar_repeats_itself() -> None:
    """Same seed, same lies: a figure can be measured again."""
    asked = Asked("", {}, _prompt())
    one, other = Liar(3), Liar(3)
    assert one(asked) == other(asked)
    assert one.told == other.told
    assert any(said.is_false for said in one.told)


def _prompt() -> bytes:
    import json

    from bot.llm.evidence import gather
    from bot.llm.prompt import answer_prompt
    from bot.testing import RULES, articles

    user = answer_prompt("预备期？", gather(articles(), lambda _: RULES, 12, 8_000)).user
    return json.dumps({"messages": [{"role": "user", "content": user}]}).encode()


def test_a_false_sentence_that_is_shown_is_seen() -> None:
    """The judge can fail; a mark makes it right."""
    told = (TRUTH, Told("预备党员的预备期为三年。", "number", 1))
    shown = Answer("q", "answered", "llm", tuple(Sentence(one.text, (1,)) for one in told))
    found = judge([Record(shown, told)])
    assert not found.holds
    assert found.shown_false == (("number", "q", "预备党员的预备期为三年。"),)
    assert "假话显示了" in "\n".join(lines(found))
    marked = (shown.sentences[0], replace(shown.sentences[1], doubt="依据中没有"))
    assert judge([Record(replace(shown, sentences=marked), told)]).holds


def test_what_nobody_said_and_what_broke_off_is_seen() -> None:
    answer = Answer("q", "answered", "llm", (Sentence("忽然多出来的话。", (1,)),))
    assert judge([Record(answer, (TRUTH,))]).unknown == (("q", "忽然多出来的话。"),)
    whole = replace(answer, sentences=(Sentence(TRUTH.text, (1,)),))
    assert judge([Record(whole, (TRUTH,), "cut")]).unbroken == (("cut", "q"),)
    assert not judge([]).holds


def test_what_the_desk_quotes_itself_is_not_for_the_model_to_say() -> None:
    """What another rule says stands behind the answer; a word changed in it is seen, and so is a lie told in its words."""
    words = "预备党员的预备期为二年。"
    quoted = citation_of(2, hit(words, words))
    shown = Answer(
        "q", "answered", "llm", (Sentence(TRUTH.text, (1,)), Sentence(words, (2,))), citations=(quoted,)
    )
    assert judge([Record(shown, (TRUTH,))]).holds
    changed = replace(shown, citations=(replace(quoted, quote="预备党员的预备期为一年。"),))
    assert judge([Record(changed, (TRUTH,))]).unknown == (("q", words),)
    assert judge([Record(shown, (TRUTH, Told(words, "number", 1)))]).shown_false == (("number", "q", words),)


def test_a_true_sentence_that_was_dropped_is_counted() -> None:
    answer = Answer("q", "answered", "llm", (), dropped=(DroppedSentence(TRUTH.text, "没有"),))
    assert judge([Record(answer, (TRUTH,))]).lost == ((TRUTH.text, "没有"),)


def test_no_lie_is_shown_over_the_demonstration_corpus(root: Path, home: Path) -> None:
    """The short form; the long one is below."""
    sync_folders(load_settings(home), [root / "corpus"])
    found = run(home, root / "evals" / "cases" / "corpus.jsonl", 30, lambda *_: None)
    assert found.answers == 30
    assert found.told_false > 50
    assert found.holds, lines(found)
    assert found.written > 15  # it does not hold because nothing is ever shown
    assert found.shown_true > 30
    assert len(found.broke) >= 3


@pytest.mark.slow
@pytest.mark.shared_data
@pytest.mark.timeout(1800)
def test_no_lie_is_shown_in_500_answers_over_the_regulations(shared_data: Path, home: Path) -> None:
    sync_folders(load_settings(home), [shared_data / "regulations"])
    found = run(home, shared_data / "quiz" / "dev.jsonl", 500, lambda *_: None)
    assert found.answers == 500
    assert found.holds, lines(found)
    assert found.shown_true > 0.9 * (found.shown_true + len(found.lost))
