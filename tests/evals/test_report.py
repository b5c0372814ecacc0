"""Reports and comparisons of results."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.model import Answer, Citation
from evals.compare import BadResult, compare, read_result
from evals.generate import write_questions
from evals.model import Case, Evaluation, Place
from evals.report import page, result_json, worst_first, write_report
from evals.run import evaluate
from ingest.model import Hit

FIRST = Place("办法.md", "第一条")
NASTY = "<script>alert('甲')</script>"


@pytest.fixture
def evaluation(
    fake_desk: Callable[..., Any],
    hit: Callable[..., Hit],
    citation: Callable[..., Citation],
    answer: Callable[..., Answer],
) -> Evaluation:
    cases = [
        Case("好", "多久？", ((FIRST,),), ("一年",)),
        Case("险", NASTY, ((FIRST,),), (NASTY + "！",)),
        Case("坏", "坏题", ((FIRST,),)),
    ]
    found = {"多久？": [hit("办法.md", "第一条")], NASTY: [hit(NASTY, "第二条", (NASTY,), NASTY)]}
    answers = {
        "多久？": answer(citation("第一条")),
        NASTY: answer(citation("第二条", quote=NASTY, source=NASTY)),
    }
    return evaluate(cases, fake_desk(found=found, answers=answers), settings={"file": NASTY})


class Tags(HTMLParser):
    """Counts elements and collects their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href"}]


def test_the_page_escapes_every_word_from_outside_and_needs_nothing_else(evaluation: Evaluation) -> None:
    text = page(evaluation)
    tags = Tags(text)
    assert "script" not in tags.seen
    assert tags.links == []
    # question, wanted word, hit source, hit heading, hit text, quote, quote source, missing word, settings
    assert text.count("&lt;script&gt;") == 9
    assert tags.seen.count("details") == 3


def test_the_page_shows_the_worst_first_with_marks(evaluation: Evaluation) -> None:
    assert [result.case.id for result in worst_first(evaluation.results)] == ["坏", "险", "好"]
    text = page(evaluation)
    assert text.index("问题是空的。") < text.index("与原文不一致") < text.index("见习期为一年。")
    assert "引文缺少要点" in text
    assert '<b class="yes">✓</b> 见习期为一年。' in text


def test_the_result_file_holds_everything_as_plain_values(evaluation: Evaluation, tmp_path: Path) -> None:
    write_report(evaluation, tmp_path / "新")
    read = read_result(tmp_path / "新" / "result.json")
    assert read == result_json(evaluation)
    assert set(read) == {"settings", "counts", "metrics", "cases"}
    assert read["cases"][0]["asked"]["citations"][0]["verbatim"] is True
    assert (tmp_path / "新" / "report.html").read_text("utf-8") == page(evaluation)


def result(
    right: float = 0.5, refused: float = 0.1, verdict: str = "right", rank: float = 1.0
) -> dict[str, Any]:
    return {
        "metrics": {"answers": {"right": right, "false_refusal": refused}, "latency": {"search_p50_ms": 5.0}},
        "cases": [
            {"case": {"id": "1", "question": "甲"}, "verdict": verdict, "ranking": {"nDCG@10": rank}},
            {"case": {"id": "2", "question": "乙"}, "verdict": "right", "ranking": {}},
        ],
    }


def test_equal_results_have_no_changes() -> None:
    found = compare(result(), result())
    assert (found.changes, found.worse, found.warnings) == ((), (), ())


def test_a_fall_beyond_the_tolerance_is_worse() -> None:
    assert compare(result(right=0.5), result(right=0.45)).worse == ("right",)
    assert compare(result(right=0.5), result(right=0.45), tolerance=0.05).worse == ()
    assert compare(result(right=0.5), result(right=0.6)).worse == ()


def test_more_false_refusals_are_worse_and_fewer_are_not() -> None:
    assert compare(result(refused=0.1), result(refused=0.2)).worse == ("false_refusal",)
    assert compare(result(refused=0.2), result(refused=0.1)).worse == ()


def test_slower_is_shown_but_does_not_fail() -> None:
    slow = result()
    slow["metrics"]["latency"] = {"search_p50_ms": 50.0}
    found = compare(result(), slow)
    assert found.worse == ()
    assert [one.gain for one in found.deltas if one.group == "latency"] == [-45.0]


def test_changed_cases_come_worst_first() -> None:
    before, after = result(), result(verdict="wrong", rank=0.2)
    before["cases"][1]["verdict"] = "wrong"
    assert [(one.id, one.before, one.after) for one in compare(before, after).changes] == [
        ("1", "right", "wrong"),
        ("2", "wrong", "right"),
    ]
    assert [one.id for one in compare(result(rank=1.0), result(rank=0.5)).changes] == ["1"]


def test_a_lost_figure_is_worse_and_other_questions_are_told() -> None:
    after = result()
    del after["metrics"]["answers"]["right"]
    del after["cases"][1]
    found = compare(result(), after)
    assert found.worse == ("right",)
    assert len(found.warnings) == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"metrics": {}}'])
def test_a_file_that_is_no_result_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(content)
    with pytest.raises(BadResult):
        read_result(path)
    with pytest.raises(BadResult, match="没有结果文件"):
        read_result(tmp_path / "none.json")


def test_generated_questions_repeat_with_the_seed_and_name_their_article() -> None:
    articles = [("a.md", "办法", f"第{number}条") for number in "一二三四五六七八"] + [
        ("b.md", "《章程》摘编", "第一条")
    ]
    first = write_questions(articles, 9, seed=3)
    assert first == write_questions(articles, 9, seed=3)
    assert first != write_questions(articles, 9, seed=4)
    assert {(place.source, place.article) for case in first for item in case.gold for place in item} == {
        (source, article) for source, _, article in articles
    }
    for case in first:
        place = case.gold[0][0]
        assert ("《办法》" if place.source == "a.md" else "《章程》摘编") + str(
            place.article
        ) in case.question
    assert len(write_questions(articles, 3, seed=0)) == 3
    assert json.dumps([case.id for case in first]).count("generated-") == 9
