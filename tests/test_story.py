"""The whole story in one test: the demonstration corpus goes in, cited answers come out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.compose import Desk, open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Desk]:
    """The corpus in a fresh home, with the builtin model."""
    home = tmp_path_factory.mktemp("home")
    report = sync_folders(load_settings(home), [root / "corpus"])
    assert report.failed == ()
    assert report.added >= 30
    opened = open_desk(home)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("预备党员的预备期是多长？", "一年", "发展党员工作细则_2026修订"),
        ("入党介绍人要几名？", "两名", "发展党员"),
        ("支委会多久开一次？", "每月", "支部工作条例"),
        ("组织生活会每年开几次？", "每年至少1次", "支部工作条例"),
    ],
)
def test_a_question_is_answered_in_the_words_of_its_source(
    desk: Desk, question: str, words: str, source: str
) -> None:
    """Answered, every quote verbatim, the answer in a quote from the fitting source, or in one that names it as its own."""
    answer = desk.ask(question)
    assert answer.status == "answered"
    for citation in answer.citations:
        assert desk.index.text(citation.document_id)[citation.start : citation.end] == citation.quote
    telling = [citation for citation in answer.citations if words in citation.quote]
    assert any(source in citation.source or source in citation.quote for citation in telling)
    numbers = {citation.n for citation in answer.citations}
    assert all(sentence.citations and set(sentence.citations) <= numbers for sentence in answer.sentences)


def test_a_citation_opens_at_its_words(desk: Desk) -> None:
    """The passage holds the whole article, the quote inside it where the offsets say."""
    citation = desk.ask("预备党员的预备期是多长？").citations[0]
    passage = desk.passage(citation)
    assert passage.text[passage.quote_start : passage.quote_end] == citation.quote
    assert len(passage.text) >= len(citation.quote)


def test_a_question_about_other_matters_is_refused(desk: Desk) -> None:
    """A refusal shows the nearest clauses and cites nothing."""
    answer = desk.ask("红烧肉怎么做才好吃？")
    assert (answer.status, answer.citations) == ("refused", ())
    assert answer.nearest


def test_the_version_follows_the_date_asked_about(desk: Desk) -> None:
    """In 2020 the text of 2014 counted; today that of 2026 does."""
    question = "《发展党员工作细则》规定入党申请书递交后多久派人谈话？"
    then, now = (desk.search(question, as_of=day)[0] for day in (date(2020, 1, 1), None))
    assert "2014" in then.source
    assert "2014" not in now.source


def test_answers_grow_while_they_are_made(desk: Desk) -> None:
    """Streaming never takes a sentence back, and ends with what ask() gives."""
    steps = list(desk.stream("支部党员大会多久开一次？"))
    lengths = [len(step.sentences) for step in steps]
    assert lengths == sorted(lengths)
    assert steps[-1].sentences == desk.ask("支部党员大会多久开一次？").sentences
