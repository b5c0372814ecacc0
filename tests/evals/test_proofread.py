"""How the proofreader is judged, with stand-in proofreaders over tiny cases, and that the case file is what it says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evals.__main__ import main
from evals.cases import BadCases
from evals.proofcases import ProofCase, Slip, is_proof_file, read_proof_cases
from evals.prooffigures import KINDS, false, figures, goals, lines, missed, table, told, unjudged
from evals.proofread import Judged, Proofreader, finds, judge, judge_all

FILE = Path(__file__).parents[2] / "evals" / "cases" / "proofread.jsonl"
SECOND = FILE.with_name("proofread-second.jsonl")
THIRD = FILE.with_name("proofread-third.jsonl")
FOURTH = FILE.with_name("proofread-fourth.jsonl")
PLANTED = (
    '{"id": "p", "origin": "planted", "half": "dev", "kind": "wrong-word", "text": "各别单位", "expected": '
    '[{"start": 0, "end": 2, "suggestions": ["个别"]}]}'
)


@dataclass(frozen=True)
class Finding:
    start: int
    end: int
    suggestion: str | None = None
    rule: str = "rule"


def by_words(**wrong: str) -> Proofreader:
    """Marks every place of these words and suggests the other ones."""

    def proofread(text: str) -> Sequence[Finding]:
        return [
            Finding(at, at + len(word), right)
            for word, right in wrong.items()
            for at in range(len(text))
            if text.startswith(word, at)
        ]

    return proofread


def passage(text: str, *slips: Slip, origin: str = "planted") -> ProofCase:
    return ProofCase("x", "clean" if origin == "clean" else "planted", "dev", "wrong-word", text, slips=slips)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "题.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_slip_found_with_the_wanted_words() -> None:
    case = passage("有各别单位", Slip(1, 3, "wrong-word", ("个别",)))
    (slip,) = judge(case, case.text, by_words(各别="个别")(case.text)).slips
    assert (slip.found, slip.suggested) == (True, True)


def test_the_wanted_words_may_be_made_by_a_wider_or_narrower_finding() -> None:
    case = passage("学习党的党的精神", Slip(2, 6, "doubled", ("党的",)))
    for finding in (Finding(4, 6, ""), Finding(2, 6, "党的"), Finding(0, 8, "学习党的精神")):
        assert judge(case, case.text, [finding]).slips[0].suggested


def test_found_with_other_words_or_left_to_a_person_is_found_but_not_suggested() -> None:
    case = passage("有各别单位", Slip(1, 3, "wrong-word", ("个别",)))
    for words in ("各类", None):
        (slip,) = judge(case, case.text, [Finding(1, 3, words)]).slips
        assert (slip.found, slip.suggested) == (True, False)


def test_where_no_words_are_wanted_only_the_place_counts() -> None:
    case = passage("电话13800138000", Slip(2, 13, "personal"))
    assert judge(case, case.text, [Finding(2, 13)]).slips[0].suggested is None


@pytest.mark.parametrize(
    ("start", "end", "hit"),
    [
        (1, 3, True),
        (2, 3, True),
        (0, 2, True),
        (3, 5, False),
        (0, 1, False),
        (1, 1, True),
        (3, 3, True),
        (4, 4, False),
    ],
)
def test_a_finding_must_overlap_and_an_empty_one_must_touch(start: int, end: int, hit: bool) -> None:
    assert finds(Finding(start, end), Slip(1, 3, "wrong-word")) is hit


def test_a_finding_over_everything_finds_nothing() -> None:
    assert not finds(Finding(0, 200), Slip(50, 52, "wrong-word"))


def test_the_total_of_a_wrong_sum_is_as_right_to_mark() -> None:
    slip = Slip(10, 14, "figures", (), ((2, 5),))
    assert finds(Finding(2, 5), slip)
    assert not finds(Finding(6, 9), slip)


def test_an_optional_slip_is_neither_false_to_mark_nor_missed() -> None:
    case = passage("自建平台，各别", Slip(0, 4, "real", optional=True))
    assert judge(case, case.text, []).slips == ()
    assert [mark.true for mark in judge(case, case.text, [Finding(0, 2), Finding(5, 7)]).marks] == [
        True,
        False,
    ]


def test_what_finds_no_slip_in_a_passage_is_false() -> None:
    cases = [passage("有各别单位，反应问题", Slip(1, 3, "wrong-word")), passage("反应很好", origin="clean")]
    judged = judge_all(cases, by_words(各别="个别", 反应="反映"), None)
    assert figures(judged)["precision"] == {"findings": 3, "false": 2, "share": 0.3333}
    assert figures(judged)["clean"]["findings"] == 1
    assert len(false(judged)) == 2
    assert "【反应】很好" in false(judged)[1]


def test_recall_is_told_by_kind_and_the_missed_are_listed() -> None:
    cases = [passage("各别，布署", Slip(0, 2, "wrong-word"), Slip(3, 5, "formula"))]
    judged = judge_all(cases, by_words(各别="个别"), None)
    said = figures(judged)
    assert (
        said["planted"]["share"],
        said["kinds"]["wrong-word"]["share"],
        said["kinds"]["formula"]["share"],
    ) == (0.5, 1.0, 0.0)
    assert missed(judged) == ["x 提法、会议和机构名称：各别，【布署】"]


def test_a_real_slip_is_judged_in_its_whole_document(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("前面很长。存在各别单位不重视，各别人。", encoding="utf-8")
    case = '{"id": "%s", "origin": "real", "half": "dev", "source": "seeds/a.txt", "find": "%s", "start_in_find": 2, "end_in_find": 4, "suggestions": ["个别"]}'
    cases = read_proof_cases(write(tmp_path, case % ("r1", "存在各别单位"), case % ("r2", "没有这几个字")))
    judged = judge_all(cases, by_words(各别="个别"), tmp_path)
    assert figures(judged)["real"] == {"slips": 1, "found": 1, "share": 1.0, "suggested": 1.0}
    assert figures(judged)["seeds"]["findings"] == 1  # the second 各别, which is not listed
    assert list(judged.skipped) == ["r2"]


REFUTED = (
    '{"id": "%s", "origin": "refuted", "half": "dev", "source": "%s", "find": "都有各别人", "start_in_find": 2, '
    '"end_in_find": 4, "rule": "%s", "note": "人名"}'
)


def document(tmp_path: Path, *lines: str, name: str = "seeds/a.txt", words: str = "都有各别人。") -> Judged:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(words, encoding="utf-8")
    return judge_all(read_proof_cases(write(tmp_path, *lines)), by_words(各别="个别"), tmp_path)


def test_a_refuted_finding_is_false_and_judged_and_an_unread_one_is_counted_as_false_until_it_is(
    tmp_path: Path,
) -> None:
    judged = document(tmp_path, REFUTED % ("f", "seeds/a.txt", "rule"), words="都有各别人。各别单位。")
    row = figures(judged)["seeds"]
    assert (row["marks"], row["findings"], row["unjudged"]) == (2, 2, 1)
    assert false(judged) == ["seeds/a.txt rule：都有【各别】人。各别单位。"]
    assert unjudged(judged) == ["seeds/a.txt rule：都有各别人。【各别】单位。"]
    assert any("没有人判过、先算误报的 1 处" in line for line in lines(judged))
    assert figures(judged)["real"]["slips"] == 0


def test_a_verdict_is_about_the_rule_it_was_given_on(tmp_path: Path) -> None:
    judged = document(tmp_path, REFUTED % ("f", "seeds/a.txt", "other-rule"))
    assert (false(judged), len(unjudged(judged))) == ([], 1)


def test_what_is_listed_in_a_law_that_is_read_whole_counts_there(tmp_path: Path) -> None:
    law = '{"id": "w", "origin": "whole", "half": "dev", "kind": "law", "source": "laws/x.md"}'
    slip = (REFUTED % ("r", "laws/x.md", "rule")).replace("refuted", "real")
    (result,) = document(tmp_path, law, slip, name="laws/x.md").results
    assert [(mark.true, mark.judged) for mark in result.marks] == [(True, True)]
    (result,) = document(tmp_path, law, REFUTED % ("r", "laws/x.md", "rule"), name="laws/x.md").results
    assert (result.id, result.origin) == ("w", "whole")
    assert [(mark.true, mark.judged) for mark in result.marks] == [(False, True)]


def test_a_document_with_only_optional_slips_is_read_and_a_finding_on_one_is_not_false(
    tmp_path: Path,
) -> None:
    line = (REFUTED % ("r", "seeds/a.txt", "rule")).replace('"refuted"', '"real", "optional": true')
    row = figures(document(tmp_path, line))["seeds"]
    assert (row["texts"], row["marks"], row["findings"]) == (1, 1, 0)


def test_a_slip_listed_because_it_was_found_is_no_part_of_the_recall_but_no_false_finding(
    tmp_path: Path,
) -> None:
    line = (REFUTED % ("r", "seeds/a.txt", "rule")).replace('"refuted"', '"real", "afterwards": true')
    said = figures(document(tmp_path, line))
    assert (said["real"]["slips"], said["afterwards"]["found"], said["seeds"]["findings"]) == (0, 1, 0)


def test_documents_that_are_not_here_and_a_missing_shelf_are_skipped_with_the_reason(tmp_path: Path) -> None:
    law = '{"id": "w", "origin": "whole", "half": "dev", "kind": "law", "source": "laws/x.md"}'
    quote = PLANTED.replace('"id": "p"', '"id": "q", "shelf": true')
    cases = read_proof_cases(write(tmp_path, law, quote))
    judged = judge_all(cases, by_words(), tmp_path)
    assert judged.results == ()
    assert set(judged.skipped) == {"w", "q"}
    assert any("--home" in line for line in lines(judged))
    assert judge_all(cases, by_words(), tmp_path, shelf=True).results[0].id == "q"


def test_a_span_of_a_document_is_a_passage(tmp_path: Path) -> None:
    (tmp_path / "law.md").write_text("各别。第一条　各别。", encoding="utf-8")
    line = '{"id": "c", "origin": "clean", "half": "dev", "kind": "law", "source": "law.md", "start": 3, "end": 7}'
    judged = judge_all(read_proof_cases(write(tmp_path, line)), by_words(各别="个别"), tmp_path)
    assert (judged.results[0].text, judged.results[0].marks) == ("第一条　", ())


def test_goals_hold_only_where_they_are_reached() -> None:
    case = passage("各别", Slip(0, 2, "wrong-word"))
    assert {goal.held for goal in goals(judge_all([case], by_words(各别="个别"), None))} == {True, None}
    assert not goals(judge_all([case], by_words(), None))[0].held
    assert told(Judged((), {}))["goals"]["段落上的准确率"] == {"value": None, "held": None}
    assert table(judge_all([case], by_words(), None)).row_count == 4


def test_only_one_half_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, PLANTED, PLANTED.replace('"p"', '"o"').replace("dev", "heldout"))
    assert [case.id for case in read_proof_cases(path, "heldout")] == ["o"]
    assert len(read_proof_cases(path)) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "第 2 行"),
        (PLANTED, "前面已经用过"),
        ('{"id": "b", "half": "dev"}', "缺少 'origin'"),
        (PLANTED.replace('"p"', '"b"').replace('"end": 2', '"end": 9'), "位置"),
        (PLANTED.replace('"p"', '"b"').replace("个别", "各别"), "一样"),
        (PLANTED.replace('"p"', '"b"').replace("planted", "clean"), "不能有错"),
        (PLANTED.replace('"p"', '"b"').replace('"text"', '"source": "a", "text"'), "其中一个"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadCases, match=said):
        read_proof_cases(write(tmp_path, PLANTED, line))


def test_a_case_file_of_the_proofreader_is_known_by_its_first_line(tmp_path: Path) -> None:
    assert is_proof_file(write(tmp_path, PLANTED))
    assert not is_proof_file(write(tmp_path, '{"question": "甲？"}'))
    assert not is_proof_file(write(tmp_path, "["))
    assert not is_proof_file(tmp_path / "没有.jsonl")


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_run_knows_the_case_file_and_judges_the_same(tmp_path: Path) -> None:
    doubled = (
        PLANTED.replace("各别单位", "学习党的党的精神")
        .replace('0, "end": 2', '2, "end": 6')
        .replace("个别", "党的")
    )
    path = write(
        tmp_path, doubled, '{"id": "w", "origin": "whole", "half": "heldout", "kind": "law", "source": "x"}'
    )
    alone = call("proofread", path, "--half", "dev", "--json")
    assert alone.exit_code == 0, alone.stderr
    assert json.loads(alone.stdout)["planted"] == {"slips": 1, "found": 1, "share": 1.0, "suggested": 1.0}
    assert call("run", path, "--half", "dev", "--json").stdout == alone.stdout
    assert json.loads(call("run", path, "--json").stdout)["skipped"] == {"没有 ../shared/data 里的原文": 1}


def test_what_nobody_has_judged_is_listed_on_request_and_passages_are_not(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("学习党的党的精神，学习党的党的决议。", encoding="utf-8")
    slip = REFUTED.replace("都有各别人", "的党的精神") % ("f", "seeds/a.txt", "no-such-rule")
    path = write(tmp_path, PLANTED.replace("各别单位", "学习党的党的精神"), slip)
    done = call("proofread", path, "--data", tmp_path, "--show", "unjudged")
    listed = [line for line in done.stdout.splitlines() if "【" in line]
    assert [line.split()[0] for line in listed] == ["seeds/a.txt", "seeds/a.txt"]


def test_a_goal_that_is_missed_is_told_and_shown_in_the_exit_code(tmp_path: Path) -> None:
    path = write(tmp_path, PLANTED.replace("各别单位", "这里没有错字"))
    done = call("proofread", path, "--show", "missed")
    assert done.exit_code == 1
    assert "【这里】没有错字" in done.stdout
    assert "没达到目标：人为错误的召回率 0.000" in done.stdout


def test_the_case_file_has_what_issue_6_asks_for_in_both_halves() -> None:
    cases = read_proof_cases(FILE)
    counted = [(case.origin, slip) for case in cases for slip in case.slips if not slip.optional]
    slips = Counter(origin for origin, slip in counted if not slip.afterwards)
    texts = Counter(case.origin for case in cases)
    assert slips["planted"] >= 300
    assert slips["real"] >= 80
    assert texts["clean"] >= 150
    assert texts["whole"] == 20
    assert texts["refuted"] > 0
    for half in ("dev", "heldout"):
        kinds = {
            slip.kind
            for case in cases
            if case.half == half and case.origin == "planted"
            for slip in case.slips
        }
        assert kinds == set(KINDS)


def test_the_second_file_is_for_development_has_every_kind_and_repeats_no_text_of_the_first() -> None:
    second = read_proof_cases(SECOND)
    assert {case.half for case in second} == {"dev"}
    assert {slip.kind for case in second for slip in case.slips} == set(KINDS)
    assert Counter(case.origin for case in second)["clean"] >= 60
    assert not {case.text for case in second} & {case.text for case in read_proof_cases(FILE, "dev")}


@pytest.mark.parametrize(
    ("path", "half", "planted", "slips", "clean"),
    [(THIRD, "dev", 138, 160, 20), (FOURTH, "heldout", 170, 200, 40)],
)
def test_a_file_that_was_held_out_has_every_kind_and_repeats_no_wrong_word_of_what_rule_writers_see(
    path: Path, half: str, planted: int, slips: int, clean: int
) -> None:
    cases = read_proof_cases(path)
    assert Counter(case.origin for case in cases) == {"planted": planted, "clean": clean}
    assert sum(len(case.slips) for case in cases) == slips
    assert {case.half for case in cases} == {half}
    assert {slip.kind for case in cases for slip in case.slips} == set(KINDS)
    seen = wrong_words(read_proof_cases(FILE, "dev")) | wrong_words(read_proof_cases(SECOND))
    assert not wrong_words(cases) & seen


def test_the_fourth_file_uses_no_text_and_no_wrong_word_twice_and_its_slips_stand_apart() -> None:
    cases = read_proof_cases(FOURTH)
    assert len({case.text for case in cases}) == len(cases)
    words = [
        case.text[slip.start : slip.end] for case in cases for slip in case.slips if slip.kind == "wrong-word"
    ]
    assert len(set(words)) == len(words)
    for case in cases:
        places = sorted(place for slip in case.slips for place in slip.places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))


def wrong_words(cases: Sequence[ProofCase]) -> set[str]:
    return {
        case.text[slip.start : slip.end]
        for case in cases
        if case.origin == "planted"
        for slip in case.slips
        if slip.kind in {"wrong-word", "doubled", "formula", "old-name"}
    }


def test_the_case_file_copies_no_sentences_of_the_real_documents() -> None:
    assert max(len(case.find) for case in read_proof_cases(FILE)) <= 30
    assert not [case for case in read_proof_cases(FILE) if case.source and case.text]


@pytest.mark.shared_data
def test_every_place_of_the_case_file_is_in_the_real_documents(shared_data: Path) -> None:
    judged = judge_all(read_proof_cases(FILE), by_words(), shared_data, shelf=True)
    assert judged.skipped == {}
    assert all(result.text.strip() for result in judged.results)
