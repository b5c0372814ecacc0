"""A file whose first page was not read is not read in: the mark of secrecy would stand there."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pptx
import pytest
from ofd_samples import image, words, written_ofd
from PIL import Image, ImageDraw
from pptx.util import Cm
from reportlab.pdfgen.canvas import Canvas
from samples import pdf, saved

from ingest.index import Index
from ingest.model import Parsed
from ingest.parse.lines import Line
from ingest.parse.ofd import parse_ofd
from ingest.parse.pdf import parse_pdf
from ingest.parse.picture import parse_picture
from ingest.parse.pptx import parse_pptx
from ingest.pipeline import sync

TYPED = ["关于植树活动的通知", "植树活动定于三月开始。"]
WHITE = Image.new("RGB", (600, 300), "white")


def scan(width: int = 600, height: int = 300) -> Image.Image:
    """Something is on it; the models of these tests see no word there."""
    made = Image.new("1", (width, height), 1)
    ImageDraw.Draw(made).rectangle((width // 4, height // 4, width // 2, height // 2), fill=0)
    return made


@pytest.fixture(params=["without OCR", "OCR sees no word"])
def blind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = request.param != "without OCR"
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: installed)
    monkeypatch.setattr("ingest.parse.ocr.read_scored", lambda *_: ((), 0.0))


@pytest.mark.usefixtures("blind")
def test_a_first_page_that_was_not_read_is_told() -> None:
    assert parse_pdf(pdf([scan(), TYPED])).unread_head == 1
    assert parse_pdf(pdf([WHITE, scan(), TYPED])).unread_head == 2


def test_too_large_a_picture_is_not_read_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: True)
    assert parse_pdf(pdf([scan(9600, 9600), TYPED])).unread_head == 1


@pytest.mark.usefixtures("blind")
def test_a_page_that_says_little_over_a_scan_was_not_read() -> None:
    """A scanning app's name; and a mark drawn as a few curves."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 300), invariant=True)
    canvas.drawInlineImage(scan(), 0, 0, 595, 300)
    canvas.drawString(20, 10, "CamScanner")
    canvas.showPage()
    canvas.drawString(20, 10, "The text of the second page.")
    canvas.showPage()
    canvas.save()
    assert parse_pdf(buffer.getvalue()).unread_head == 1
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 300), invariant=True)
    canvas.line(20, 250, 90, 200)
    canvas.showPage()
    canvas.drawString(20, 10, "The text of the second page.")
    canvas.showPage()
    canvas.save()
    assert parse_pdf(buffer.getvalue()).unread_head == 1


@pytest.mark.usefixtures("blind")
def test_blank_pages_ornaments_and_later_scans_are_no_obstacle() -> None:
    for pages in ([[], TYPED], [WHITE, TYPED], [TYPED, scan()], [[], TYPED, scan()]):
        assert parse_pdf(pdf(pages)).unread_head is None
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 300), invariant=True)
    canvas.drawInlineImage(scan(), 0, 200, 60, 30)  # an emblem
    canvas.drawString(20, 10, "The text of this page.")
    canvas.save()
    assert parse_pdf(buffer.getvalue()).unread_head is None


def test_a_broken_first_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.parse import pdf as module

    real = module._page_lines  # no small file makes PDFium refuse one page only
    monkeypatch.setattr(module, "_page_lines", lambda *given: None if given[1] == 1 else real(*given))
    assert parse_pdf(pdf([TYPED, TYPED])).unread_head == 1


@pytest.mark.usefixtures("blind")
def test_ofd() -> None:
    pictures = {21: ("Image_21.png", saved(scan(), "PNG"))}
    text = words("植树活动定于三月开始。", 30, 50)

    def head(*pages: str) -> int | None:
        return parse_ofd(written_ofd(list(pages), pictures=pictures)).unread_head

    assert head(image(21), text) == 1
    assert head("", image(99), text) == 2
    assert head("", text) is None
    assert head(text + image(21), image(21)) is None


def deck(*slides: str) -> Parsed:
    """A slide per letter: p a picture, t a title, b both, anything else nothing."""
    made = pptx.Presentation()
    for kind in slides:
        slide = made.slides.add_slide(made.slide_layouts[5])
        if kind in "pb":
            slide.shapes.add_picture(io.BytesIO(saved(WHITE, "PNG")), Cm(1), Cm(1))
        if kind in "tb":
            slide.shapes.title.text_frame.text = "植树活动"
    return parse_pptx(saved(made))


def test_slides() -> None:
    assert deck("p", "t").unread_head == 1
    assert deck(" ", "p", "t").unread_head == 2
    assert deck(" ", "t").unread_head is None
    assert deck("b", "p").unread_head is None


def test_a_cover_that_is_a_picture_is_read_and_screened_where_ocr_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All pictures of a slide without words, its background too; with words they stay pictures."""
    given: list[int] = []

    def read(_: bytes, page: int) -> tuple[tuple[Line, ...], float]:
        given.append(page)
        return (Line("机密★1年", page=page),), 0.9

    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: True)
    monkeypatch.setattr("ingest.parse.pptx.read_page", read)
    parsed = deck("p", "b", "t")
    assert given == [1]
    assert parsed.unread_head is None
    assert parsed.text.startswith("机密★1年\n植树活动")
    assert parsed.properties["ocr_pages"] == "1"
    assert [warning for warning in parsed.warnings if "图片" in warning] == [
        "有 1 个图片，其中的文字没有读取"
    ]


def test_pictures_of_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = itertools.cycle([((), 0.0), ((Line("植树活动定于三月开始。", page=2),), 0.9)])
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: True)
    monkeypatch.setattr("ingest.parse.ocr.read_scored", lambda *_: next(seen))
    data = saved(scan(), "TIFF", save_all=True, append_images=[scan()])
    assert parse_picture(data).unread_head == 1
    blank = saved(WHITE, "TIFF", save_all=True, append_images=[scan()])
    assert parse_picture(blank).unread_head is None


def test_such_a_file_is_not_read_in_until_somebody_cleared_it(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In no store, and the reason names the page and the ways out; with cleared = true it is as any other, and what was
    so read in is taken out when that is taken back.
    """
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: False)
    data = saved(deck_of_a_cover())
    (folder / "培训.pptx").write_bytes(data)
    (held,) = sync([folder], index).quarantined
    assert held.message.startswith("第 1 页没有读出来，无法查验密级")
    assert "OCR" in held.message
    assert "cleared = true" in held.message
    assert index.documents() == []
    (folder / "培训.pptx.meta.toml").write_text("cleared = true\n", encoding="utf-8")
    assert sync([folder], index).added == 1
    (folder / "培训.pptx.meta.toml").unlink()
    assert sync([folder], index).removed == 1
    assert index.documents() == []


def deck_of_a_cover() -> object:
    made = pptx.Presentation()
    cover = made.slides.add_slide(made.slide_layouts[6])
    cover.shapes.add_picture(io.BytesIO(saved(WHITE, "PNG")), Cm(1), Cm(1))
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text_frame.text = "植树活动"
    return made
