"""Questions out of a file: good lines are asked, bad ones named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.batch import clean_question, read_batch
from bot.errors import BadBatch, EmptyQuestion
from bot.model import Query


def test_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    """Blank lines count but ask nothing; each fault says what is wrong; a byte order mark is no fault."""
    file = tmp_path / "questions.jsonl"
    lines = [
        '{"id": "a", "question": " 党费怎么交？ ", "as_of": "2020-01-31"}',
        "",
        "{broken",
        '{"id": "b"}',
        '{"id": 7, "question": "问", "as_of": "去年"}',
        '{"question": "   "}',
        "[1]",
    ]
    file.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    good, *bad = read_batch(file)
    assert (good.number, good.id, good.query) == (1, "a", Query("党费怎么交？", date(2020, 1, 31)))
    assert [(line.number, line.query) for line in bad] == [
        (3, None),
        (4, None),
        (5, None),
        (6, None),
        (7, None),
    ]
    assert all(line.fault for line in bad)


def test_a_file_that_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    """Missing, or not UTF-8."""
    with pytest.raises(BadBatch):
        read_batch(tmp_path / "missing.jsonl")
    (tmp_path / "gbk.jsonl").write_bytes('{"question": "党费"}'.encode("gbk"))
    with pytest.raises(BadBatch):
        read_batch(tmp_path / "gbk.jsonl")


def test_half_characters_are_left_out() -> None:
    """A badly encoded command line leaves lone surrogates; they would break every store below."""
    assert clean_question(" 党费\udce4 ") == "党费"
    with pytest.raises(EmptyQuestion):
        clean_question("\udce4 ")
