"""What a library raises while it reads a file: whose fault it is called, and what of it is written down."""

from __future__ import annotations

import logging
import zipfile
from decimal import Decimal

import docx
import pytest
from samples import saved

from ingest.parse.broken import Unreadable, told_as
from ingest.parse.door import parse


def test_out_of_memory_is_not_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker, whose limit it is, has to hear of it."""

    def swell(*_: object) -> None:
        raise MemoryError

    paper = docx.Document()
    paper.add_paragraph("各支部每年评议一次。")
    data = saved(paper)
    assert "评议" in parse(data, "评议.docx").text
    monkeypatch.setattr(zipfile.ZipFile, "read", swell)
    with pytest.raises(MemoryError):
        parse(data, "评议.docx")


def test_what_a_library_says_of_a_file_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """It quotes the file, which nobody has screened yet."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Unreadable), told_as("表格不完整"):
        float("雪松行动定于五月开始")
    with pytest.raises(Unreadable), told_as("表格不完整"):
        Decimal("雪松行动定于五月开始")
    assert "表格不完整: ValueError in " in caplog.text
    assert "test_broken.py:" in caplog.text
    assert "雪松" not in caplog.text
