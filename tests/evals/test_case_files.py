"""Case files: what is read, how a broken line is told, and that the colloquial ones are true of the regulations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from evals.cases import BadCases, read_cases, write_cases
from evals.check import check
from evals.dialogues import half_of
from evals.model import Case, Place
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

HALVES = {"colloquial-dev": 118, "colloquial-heldout": 117}
SECOND = "colloquial-second"
ALL = {**HALVES, SECOND: 183}
FIRST = {f"colloquial-{number:03}" for number in range(1, 191)}
LATER = {f"colloquial-h{number:03}" for number in range(1, 46)}
GOOD = '{"id": "a", "question": "甲？"}'


def write(folder: Path, *lines: str) -> Path:
    path = folder / "题.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_all_fields_but_the_question_may_be_missing(tmp_path: Path) -> None:
    assert read_cases(write(tmp_path, '{"question": " 甲？ "}', "", '{"question": "乙？"}')) == (
        Case("1", "甲？"),
        Case("3", "乙？"),
    )


def test_a_full_case_and_fields_that_are_not_ours(tmp_path: Path) -> None:
    line = (
        '{"id": 7, "question": "甲？", "gold": [[{"source": "a.md", "article": "第一条"}, {"source": "b.md", "section": "一、"}]],'
        ' "answer_contains": ["一年"], "unanswerable": false, "as_of": "2024-01-01", "note": [1]}'
    )
    gold = ((Place("a.md", "第一条"), Place("b.md", None, "一、")),)
    assert read_cases(write(tmp_path, line)) == (Case("7", "甲？", gold, ("一年",), False, date(2024, 1, 1)),)


def test_evidence_named_twice_is_one_piece(tmp_path: Path) -> None:
    (case,) = read_cases(
        write(tmp_path, '{"question": "甲", "gold": [[{"source": "a"}], [{"source": "a"}]]}')
    )
    assert case.gold == ((Place("a"),),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"question": "甲"', "不是完整的 JSON"),
        ("[" * 100_000, "不是完整的 JSON"),
        ("[1]", "应是一个 JSON 对象"),
        ('{"id": "1"}', "缺少 question"),
        ('{"question": "  "}', "缺少 question"),
        ('{"question": "甲", "gold": {}}', "gold 应是列表"),
        ('{"question": "甲", "gold": [[]]}', "gold 的每一项应是不空的列表"),
        ('{"question": "甲", "gold": [[{"article": "第一条"}]]}', "缺少 source"),
        ('{"question": "甲", "gold": [[{"source": "a", "article": 1}]]}', "应是文字"),
        ('{"question": "甲", "gold": [[{"source": "a", "quote": ["原话"]}]]}', "应是文字"),
        ('{"question": "甲", "answer_contains": [1]}', "answer_contains 应是文字的列表"),
        ('{"question": "甲", "as_of": "2024年"}', "as_of 应写成"),
        ('{"question": "甲", "unanswerable": "no"}', "unanswerable 应写"),
        ('{"question": "甲", "unanswerable": true, "gold": [[{"source": "a"}]]}', "不能有 gold"),
        (GOOD, "编号 a 前面已经用过"),
    ],
)
def test_a_broken_line_is_named_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadCases, match=r"题\.jsonl 第 3 行有误") as caught:
        read_cases(write(tmp_path, GOOD, "", line))
    assert said in str(caught.value)
    assert caught.value.hint


def test_a_file_that_is_missing_empty_or_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadCases, match="没有题目文件"):
        read_cases(tmp_path / "无.jsonl")
    with pytest.raises(BadCases, match="没有题目"):
        read_cases(write(tmp_path, "", ""))
    gbk = tmp_path / "gbk.jsonl"
    gbk.write_bytes('{"question": "甲"}'.encode("gbk"))
    with pytest.raises(BadCases, match="不是 UTF-8"):
        read_cases(gbk)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    cases = (
        Case(
            "1", "甲？", ((Place("a", "第一条"), Place("b", quote="原话")),), ("一",), False, date(2024, 1, 1)
        ),
        Case("2", "乙", unanswerable=True),
    )
    write_cases(cases, tmp_path / "新" / "题.jsonl")
    assert read_cases(tmp_path / "新" / "题.jsonl") == cases


def half(root: Path, name: str) -> tuple[Case, ...]:
    return read_cases(root / "evals/cases" / f"{name}.jsonl")


def bare(question: str) -> str:
    return "".join(letter for letter in question if letter.isalnum())


def test_the_colloquial_questions_are_many_and_every_place_has_a_quote(root: Path) -> None:
    """As many in each file as the README says, over at least 12 regulations; evidence and a quote for each."""
    for name, count in ALL.items():
        cases = half(root, name)
        assert len(cases) == count
        assert all(case.gold for case in cases)
        assert len({case.gold[0][0].source for case in cases}) >= 12
        assert all(place.quote for case in cases for item in case.gold for place in item)


def test_the_halves_share_no_id_and_no_question(root: Path) -> None:
    """Nor does the second file, nor is a question asked twice; it is the same whatever its punctuation and spaces."""
    cases = [case for name in ALL for case in half(root, name)]
    assert len({case.id for case in cases}) == len(cases)
    assert len({bare(case.question) for case in cases}) == len(cases)


def test_the_questions_written_afterwards_are_all_held_out(root: Path) -> None:
    """`colloquial-h…` were never in the half that is tuned on: 45 of them, all held out."""
    later = {name: {case.id for case in half(root, name) if case.id in LATER} for name in HALVES}
    assert later == {"colloquial-dev": set(), "colloquial-heldout": LATER}
    assert {case.id for name in HALVES for case in half(root, name)} == FIRST | LATER


def test_the_second_file_is_split_by_the_words_of_its_questions(root: Path) -> None:
    """Numbers follow the SHA-256 of the questions, odd ones are looked at: nobody chose which; 35 regulations in all."""
    cases = half(root, SECOND)
    by_hash = sorted(cases, key=lambda case: sha256(case.question.encode()).hexdigest())
    assert [case.id for case in by_hash] == [f"second-{number:03}" for number in range(1, len(cases) + 1)]
    assert (len(half_of(cases, "dev")), len(half_of(cases, "heldout"))) == (92, 91)
    assert len({case.gold[0][0].source for case in cases}) == 35


@pytest.fixture(scope="module")
def regulations(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = Index(tmp_path_factory.mktemp("home"), HashEmbedder())
    sync([shared_data / "regulations"], index)
    yield index
    index.close()


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ALL)
def test_the_colloquial_questions_are_true_of_the_regulations(
    root: Path, regulations: Index, name: str
) -> None:
    """Every place exists, every quote stands in it, every wanted word in some place of its case."""
    assert check(half(root, name), regulations).faults == ()
