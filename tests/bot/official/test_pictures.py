"""The page as LibreOffice draws it, measured: text area, 22 lines, 28 characters, page numbers, 版记."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from bot.official.model import Paper, Para
from bot.official.standard import PAGE
from bot.official.testing import FULL_LINES, sample
from bot.official.write import to_docx

POINT = 25.4 / 72
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed"),
]


def drawn(paper: Paper, folder: Path) -> pypdfium2.PdfDocument:
    (folder / "a.docx").write_bytes(to_docx(paper))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return pypdfium2.PdfDocument((folder / "a.pdf").read_bytes())


def characters(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Each character with its left, top, right and bottom in mm from the upper left corner."""
    text, height = page.get_textpage(), page.get_height()
    found = []
    for n in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(n)
        one = text.get_text_range(n, 1)
        if one.strip():
            found.append(
                (one, left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT)
            )
    return found


def test_a_full_page_has_22_lines_of_28_characters_in_the_text_area(tmp_path: Path) -> None:
    pdf = drawn(Paper("", paragraphs=(Para(FULL_LINES * 30),)), tmp_path)
    assert len(pdf) == 3  # 1,350 characters in lines of 28 (the first of 26): 49 lines
    for page, outside in ((pdf[0], "right"), (pdf[1], "left")):
        every = characters(page)
        low = PAGE.top + PAGE.text_height
        body = [one for one in every if one[4] < low + 0.5]
        lines = Counter(
            round((one[2] + one[4]) / 2 / (PAGE.text_height / 22) - PAGE.top / (PAGE.text_height / 22) - 0.5)
            for one in body
        )
        assert len(lines) == 22, sorted(lines)
        assert Counter(lines.values()).most_common(1)[0][0] == 28
        assert min(one[1] for one in body) == pytest.approx(PAGE.left, abs=1.5)
        assert max(one[3] for one in body) == pytest.approx(PAGE.left + PAGE.text_width, abs=1.5)
        assert PAGE.top <= min(one[2] for one in body) <= PAGE.top + 4
        number = [one for one in every if one[4] >= low + 0.5]
        dash = next(one for one in number if one[0] == "—")
        assert (dash[2] + dash[4]) / 2 - low == pytest.approx(7, abs=1)
        free = (
            PAGE.left + PAGE.text_width - max(one[3] for one in number)
            if outside == "right"
            else min(one[1] for one in number) - PAGE.left
        )
        assert free == pytest.approx(4.9, abs=1)  # one character of 14 points


def test_a_whole_document_is_drawn_as_the_standard_has_it(tmp_path: Path) -> None:
    pdf = drawn(sample(), tmp_path)
    first, last = characters(pdf[0]), characters(pdf[len(pdf) - 1])
    agency = next(one for one in first if one[0] == "中")
    assert agency[2] - PAGE.top == pytest.approx(35, abs=2)
    assert any(one[0] == "按" for one in first), "7.3.3: the first page must show some of the body"
    printed = [one for one in last if one[0] == "印"][-1]
    low = PAGE.top + PAGE.text_height
    assert low - 9 < printed[4] < low
    dark = pdf[len(pdf) - 1].render(scale=4).to_numpy()[:, :, 0] < 128
    row = round((PAGE.left + 20) / POINT * 4)
    edges = [y for y in range(dark.shape[0]) if dark[y, row : row + 200].all()]
    assert edges, "the lines of 版记"
    assert edges[-1] * POINT / 4 == pytest.approx(low, abs=1)
