"""The longest rising run, against trying all."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.rising import longest_rising


def rises(keys: list[int]) -> bool:
    return all(a < b for a, b in pairwise(keys))


@given(st.lists(st.integers(0, 9), max_size=9))
def test_no_run_of_keys_that_grow_is_longer(keys: list[int]) -> None:
    places = longest_rising(keys)
    assert rises(places)
    assert rises([keys[place] for place in places])
    longest = max(
        size for size in range(len(keys) + 1) if any(rises(list(some)) for some in combinations(keys, size))
    )
    assert len(places) == longest


def test_articles_are_compared_by_number_and_then_by_what_stands_behind_it() -> None:
    """第二条, 第二条之一, 第九条 (a reference), 第三条."""
    assert longest_rising([(2, 0), (2, 1), (9, 0), (3, 0)]) in ([0, 1, 2], [0, 1, 3])
