"""Pieces of words become sentences with the evidence they name, wherever the pieces are cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.stream import LONGEST, Said, sentences_in

ANSWER = (
    "预备党员的预备期为一年[2]。预备期从支部大会通过之日算起。[1][3]\n- **期满前**，支部应当听取群众意见；[依据4]\n"
    "1. 章程规定“应当讨论。不得拖延。”【5】。\n[6]\n还差一点[7]"
)
CUT = [
    Said("预备党员的预备期为一年。", (2,), True),
    Said("预备期从支部大会通过之日算起。", (1, 3), True),
    Said("期满前，支部应当听取群众意见；", (4,), True),
    Said("章程规定“应当讨论。不得拖延。”。", (5,), True),
    Said("还差一点", (7,), True),
]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 400])
def test_sentences_do_not_depend_on_how_the_stream_is_cut(size: int) -> None:
    pieces = [ANSWER[at : at + size] for at in range(0, len(ANSWER), size)]
    assert list(sentences_in(pieces)) == CUT


@given(st.lists(st.integers(1, 12), min_size=1, max_size=200))
def test_any_cut_gives_the_same(sizes: list[int]) -> None:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(ANSWER[at : at + size])
        at += size
    assert list(sentences_in([*pieces, ANSWER[at:]])) == CUT


def test_a_sentence_is_there_before_the_next_one_is_written() -> None:
    """The reader need not wait for the end."""
    taken = []

    def pieces() -> object:
        for piece in ("预备期为一年", "[1]。", "后"):
            taken.append(piece)
            yield piece
        raise AssertionError("read too far")

    assert next(iter(sentences_in(pieces()))) == Said("预备期为一年。", (1,), True)  # type: ignore[arg-type]
    assert taken[-1] == "后"


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1,3]", (1, 3)),
        ("[2-4]", (2, 3, 4)),
        ("【证据1】【2】", (1, 2)),
        ("［1、 2］", (1, 2)),
        ("[1][1]", (1,)),
        ("[3][99]", (3, 99)),
    ],
)
def test_marks_in_many_writings(mark: str, numbers: tuple[int, ...]) -> None:
    assert list(sentences_in([f"应当批准{mark}。"])) == [Said("应当批准。", numbers, True)]


def test_a_year_in_brackets_is_no_mark() -> None:
    assert list(sentences_in(["按照中办发[2014]33号文件办理[1]。"])) == [
        Said("按照中办发[2014]33号文件办理。", (1,), True)
    ]


def test_thoughts_are_left_out() -> None:
    said = "<think>\n先想想：三年？[1]。\n</think>\n\n预备期为一年[1]。"
    for size in (1, 4, 50):
        pieces = [said[at : at + size] for at in range(0, len(said), size)]
        assert list(sentences_in(pieces)) == [Said("预备期为一年。", (1,), True)]


def test_what_breaks_off_is_not_whole() -> None:
    assert list(sentences_in(["预备期为一年[1]。预备党员可以", "参加会议，但"])) == [
        Said("预备期为一年。", (1,), True),
        Said("预备党员可以参加会议，但", (), False),
    ]


def test_words_without_a_stop_are_cut_and_cost_no_time() -> None:
    """Sixty thousand characters that might each begin a mark."""
    begun = time.perf_counter()
    found = list(sentences_in(["[1 " * 20_000]))
    assert time.perf_counter() - begun < 5
    assert not any(said.whole for said in found[:-1])
    assert max(len(said.text) for said in found) <= LONGEST + 1
