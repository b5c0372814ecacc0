"""What speaks for a chunk is figured from its words, its place and the searches; nothing else."""

from __future__ import annotations

import pytest

from bot.retrieval.features import Features, Found, features
from ingest.model import Hit


def found(text: str, title: str = "某办法", kind: str = "办法", **known: float) -> Found:
    hit = Hit(
        "c", "d", "甲.txt", title, "第一条", (), None, 0, len(text), 0, len(text), text, True, kind, 0.0
    )
    values = {"dense": 0.0, "lexical": 0.0, "called": 0, "replaced": 0, "asked": 0.0} | known
    return Found(hit, *values.values())  # type: ignore[arg-type]


def row(question: str, *pool: Found, official: tuple[str, ...] = ()) -> list[Features]:
    return [Features(*values) for values in features(question, official, pool).tolist()]


def test_no_candidates_no_rows() -> None:
    assert features("党费", (), []).shape == (0, len(Features._fields))


def test_a_pair_that_few_candidates_have_tells_more_than_one_that_all_have() -> None:
    """党费 stands everywhere, 补交 once: who has 补交 leads by more than half."""
    rare, *others = row("补交党费", found("党员补交党费"), found("党费管理"), found("党费收缴"))
    assert rare.text == 1.0
    assert all(one.text < 0.5 for one in others)


def test_a_title_counts_for_what_the_chunk_does_not_say_itself() -> None:
    both, only = row("党费", found("交纳党费", "党费办法"), found("每月一次", "党费办法"))
    assert (both.title, only.title) == (0.0, 1.0)
    assert (both.text, only.text) == (1.0, 0.0)


def test_spaces_and_line_ends_that_a_pdf_leaves_part_no_words() -> None:
    spaced, plain = row("每月召开1次", found("一般每月召 开 1\n次"), found("一般每月召开1次"))
    assert spaced.text == plain.text == 1.0


def test_words_weigh_less_where_meaning_is_sure() -> None:
    (unsure,), (sure,) = (row("党费", found("党费", lexical=3.0, dense=dense)) for dense in (0.1, 0.8))
    assert unsure.lexical == pytest.approx(0.9)
    assert sure.lexical == pytest.approx(0.2)


def test_official_words_authority_and_standing() -> None:
    pool = (found("转为正式党员", kind="党章"), found("转正", kind="调研报告", replaced=1))
    charter, report = row("转正", *pool, official=("转为正式党员", "按期转正"))
    assert (charter.official, report.official) == (0.5, 0.0)
    assert (charter.authority, report.authority) == (1.0, 0.0)
    assert (charter.replaced, report.replaced) == (0.0, 1.0)


def test_a_question_without_a_pair_is_no_error() -> None:
    (one,) = row("？", found("党费"))
    assert (one.text, one.title) == (0.0, 0.0)
