"""Which pairs stand in which texts: read at once, they are what looking for each in each gives."""

from __future__ import annotations

import random

import pytest

from bot.retrieval.pairs import pairs_of, standing


def test_the_pairs_of_a_question_leave_its_marks_out() -> None:
    assert pairs_of("党费，怎么交？") == ("党费", "费怎", "怎么", "么交")
    assert pairs_of("？") == ()


def test_a_pair_is_not_found_across_two_texts() -> None:
    assert standing(("党费",), ("入党", "费用", "党费")).tolist() == [[False], [False], [True]]


def test_blanks_part_a_pair_only_where_they_count() -> None:
    texts = ("召 开", "召\n\u3000开", "召\t开")
    assert standing(("召开",), texts).ravel().tolist() == [True, True, False]
    assert standing(("召开",), texts, blanks=False).ravel().tolist() == [False, False, False]


def test_case_makes_no_difference_and_a_pair_asked_twice_counts_twice() -> None:
    assert standing(("pd", "df", "pd"), ("PDF 文件", "docx")).tolist() == [[True] * 3, [False] * 3]


def test_nothing_to_look_for_and_nowhere_to_look() -> None:
    assert standing((), ("党费",)).shape == (1, 0)
    assert standing(("党费",), ()).shape == (0, 1)
    assert standing(("党费",), ("", " ")).tolist() == [[False], [False]]


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_looking_for_each_in_each_gives(seed: int) -> None:
    """Also for characters beyond the first 65,536, as in some names."""
    luck = random.Random(seed)
    letters = "党费交纳支部Ab \n\u3000，𠮷龥a"
    texts = ["".join(luck.choices(letters, k=luck.randrange(40))) for _ in range(30)]
    pairs = pairs_of("".join(luck.choices("党费交纳支部ab𠮷龥", k=luck.randrange(2, 30))))
    plain = [text.lower().replace(" ", "").replace("\n", "").replace("\u3000", "") for text in texts]
    assert standing(pairs, texts).tolist() == [[pair in text for pair in pairs] for text in plain]
