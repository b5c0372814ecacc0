"""Figures against values worked out by hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import log2

import pytest

from evals.metrics import assign, evidence_of, percentile, ranking_figures, stands_in
from evals.model import Case, Place
from ingest.model import Hit

MakeHit = Callable[..., Hit]
A, A2, B = Place("甲.md", "第一条"), Place("乙.md", "第七条"), Place("丙.md", "第二条")


@pytest.mark.parametrize(
    ("place", "fits"),
    [
        (Place("办法.md"), True),
        (Place("办法.md", "第三条"), True),
        (Place("办法.md", "第四条"), False),
        (Place("办法.md", None, "五、预备期"), True),
        (Place("办法.md", "第三条", "六、其他"), False),
        (Place("法.md", "第三条"), False),
        (Place("法规/办法.md", "第三条"), True),
    ],
)
def test_a_place_is_a_source_and_what_else_it_names(hit: MakeHit, place: Place, fits: bool) -> None:
    """A section is part of one heading; a source matches whole path parts at its end, never half a file name."""
    assert stands_in(hit("单位/法规/办法.md", "第三条", ("第一章", "五、预备期和转正")), place) is fits


def test_alternatives_of_one_piece_of_evidence_count_once(hit: MakeHit) -> None:
    """The second alternative is right to the reader but finds nothing new; its place in the list stays taken."""
    case = Case("1", "问", ((A, A2), (B,)))
    hits = [hit("甲.md", "第一条"), hit("丁.md"), hit("乙.md", "第七条"), hit("丙.md", "第二条")]
    assert assign(hits, case) == (0, None, None, 1)
    assert evidence_of(hits[2], case) == (0,)
    figures = ranking_figures({"1": assign(hits, case)}, [case])["1"]
    assert figures["recall@10"] == 1.0
    assert figures["MRR@10"] == 1.0
    assert figures["nDCG@10"] == pytest.approx((1 + 1 / log2(5)) / (1 + 1 / log2(3)))


def test_two_chunks_of_one_article_count_once(hit: MakeHit) -> None:
    case = Case("1", "问", ((A,), (B,)))
    items = assign([hit("甲.md", "第一条", text="上"), hit("甲.md", "第一条", text="下")], case)
    assert items == (0, None)
    assert ranking_figures({"1": items}, [case])["1"]["recall@10"] == 0.5


def test_a_hit_that_fits_two_pieces_goes_to_the_one_with_fewer_alternatives(hit: MakeHit) -> None:
    case = Case("1", "问", ((A, A2), (A,)))
    assert assign([hit("甲.md", "第一条"), hit("乙.md", "第七条")], case) == (1, 0)


def test_ranks_beyond_the_cutoff_count_only_for_deeper_figures() -> None:
    case = Case("1", "问", ((A,),))
    figures = ranking_figures({"1": (*[None] * 10, 0)}, [case])["1"]
    assert figures == {
        "hit@1": 0, "hit@5": 0, "hit@10": 0, "recall@10": 0, "recall@100": 1, "MRR@10": 0, "nDCG@10": 0
    }  # fmt: skip


def test_third_place_gives_a_third() -> None:
    case = Case("1", "问", ((A,),))
    figures = ranking_figures({"1": (None, None, 0)}, [case])["1"]
    assert (figures["hit@1"], figures["hit@5"]) == (0, 1)
    assert figures["MRR@10"] == pytest.approx(1 / 3)
    assert figures["nDCG@10"] == pytest.approx(0.5)  # 1 / log2(4)


def test_a_case_that_found_nothing_has_zeros_and_one_without_gold_has_no_figures() -> None:
    figures = ranking_figures({"1": (), "2": (None,)}, [Case("1", "问", ((A,),)), Case("2", "问")])
    assert set(figures) == {"1"}
    assert set(figures["1"].values()) == {0.0}


def test_recall_at_ten_is_found_items_over_items(hit: MakeHit) -> None:
    """With one place a piece, as in the public legal set: the share of its pieces among the first ten hits."""
    chance = random.Random(7)
    for _ in range(30):
        wanted = chance.sample(range(40), chance.randint(1, 6))
        case = Case("1", "问", tuple((Place(f"{number}.md"),) for number in wanted))
        order = chance.sample(range(40), 40)
        items = assign([hit(f"{number}.md") for number in order], case)
        by_hand = len(set(order[:10]) & set(wanted)) / len(wanted)
        assert ranking_figures({"1": items}, [case])["1"]["recall@10"] == pytest.approx(by_hand)


@pytest.mark.parametrize(("share", "value"), [(50, 3), (95, 5), (20, 1), (21, 2)])
def test_a_percentile_is_one_of_the_values(share: int, value: int) -> None:
    assert percentile([5, 1, 4, 2, 3], share) == value
