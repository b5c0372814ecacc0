"""Scans made here: pages drawn with Pillow, worn down as copiers and phones do, and read back."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from samples import counted, font, mutated, needs_ocr, outcome, pdf, saved

from ingest.errors import DamagedDocument, EmptyDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse import ocr
from ingest.parse.layout import Seen, in_reading_order
from ingest.parse.lines import Line
from ingest.parse.pdf import parse_pdf
from ingest.parse.picture import parse_picture

pytestmark = needs_ocr

RED_HEAD = "中共青山市委组织部文件"
LETTER = [
    "青组发〔2024〕17号",
    "关于做好民主评议党员工作的通知",
    "各县（市、区）委组织部，市直各单位党委：",
    "根据《中国共产党支部工作条例（试行）》和有关规定，现",
    "将2024年度民主评议党员工作有关事项通知如下。",
    "一、评议内容",
    "（一）理想信念情况。重点看是否存在信仰迷茫等问题。",
    "（二）组织观念情况。连续6个月没有正当理由不参加组织生",
    "活，或者不交纳党费的，按自行脱党处理。",
    "全市共有党员58,914名，优秀等次不超过33.3%。",
    "二、工作安排",
    "从2024年12月1日开始，至2025年1月20日结束。",
]
SHORT = ["第一条 党员应当按月交纳党费。", "第二条 支部每季度召开一次党员大会。"]


def drawn(lines: list[str], *, head: str = "", dpi: int = 150, height: float = 420) -> Image.Image:
    """A page 595 points wide: `head` in large red type above a red rule, then `lines` in 16 points."""
    scale = dpi / 72
    page = Image.new("RGB", (round(595 * scale), round(height * scale)), "white")
    pen = ImageDraw.Draw(page)
    top = 40.0
    if head:
        wide = pen.textlength(head, font=font(round(34 * scale)))
        pen.text(((page.width - wide) / 2, 30 * scale), head, font=font(round(34 * scale)), fill=(215, 0, 0))
        pen.line((70 * scale, 88 * scale, 525 * scale, 88 * scale), fill=(215, 0, 0), width=4)
        top = 100.0
    for number, line in enumerate(lines):
        pen.text(
            (72 * scale, (top + 25 * number) * scale), line, font=font(round(16 * scale)), fill=(15, 15, 15)
        )
    return page


def worn(page: Image.Image, degrees: float = 2.0) -> Image.Image:
    """Grey, slanted, blurred, faded, noisy, and saved as a poor jpeg."""
    grey = page.convert("L").rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=250)
    pixels = np.asarray(grey.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float64)
    noise = np.random.default_rng(7).normal(0, 16, pixels.shape)
    faded = Image.fromarray((pixels * 0.8 + 30 + noise).clip(0, 255).astype(np.uint8))
    return Image.open(io.BytesIO(saved(faded, "JPEG", quality=45)))


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def accuracy(read: str, truth: str) -> float:
    """1 - edit distance / length of the truth, after NFKC and without white space."""
    read, truth = bare(read), bare(truth)
    above = list(range(len(truth) + 1))
    for row, one in enumerate(read, 1):
        line = [row]
        for column, other in enumerate(truth, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (one != other)))
        above = line
    return 1 - above[-1] / len(truth)


@cache
def letter() -> Image.Image:
    return drawn(LETTER, head=RED_HEAD)


def test_a_clean_red_head_scan_is_read_line_by_line() -> None:
    parsed = parse_picture(saved(letter(), "PNG"))
    assert accuracy(parsed.text, RED_HEAD + "".join(LETTER)) >= 0.97
    assert len(parsed.blocks) == 1 + len(LETTER)
    assert parsed.text.startswith(RED_HEAD + "\n")
    assert {block.page for block in parsed.blocks} == {1}
    assert parsed.properties["ocr_pages"] == "1"
    assert 0.9 < float(parsed.properties["ocr_confidence"]) <= 1
    assert parsed.warnings == ()  # that it was OCR, and how sure, stands in the quality report
    assert not any("核对原件" in warning for warning in parsed.warnings)


def test_a_worn_and_slanted_scan_is_read() -> None:
    parsed = parse_picture(saved(worn(letter()), "JPEG"))
    assert accuracy(parsed.text, RED_HEAD + "".join(LETTER)) >= 0.93
    assert len(parsed.blocks) == 1 + len(LETTER)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_scan_is_read_upright(degrees: int) -> None:
    page = drawn(LETTER[3:8], height=190)
    lines = ocr.read_picture(page.rotate(degrees, expand=True))
    assert len(lines) == 5
    assert accuracy("".join(line.text for line in lines), "".join(LETTER[3:8])) >= 0.97


@pytest.mark.parametrize("degrees", [-3.0, 0.0, 3.0])
def test_pieces_of_one_row_stay_together_on_a_slanted_page(degrees: float) -> None:
    """Over a page's width three degrees are two rows of type, so the slant must be taken out first."""
    turn = np.radians(degrees)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    seen = []
    for row in range(4):
        for left, text in ((100, f"左边第{row}行文字"), (1000, f"右边第{row}行")):
            top, right = 200 + 45 * row, left + 250
            corners = np.array(
                [[left, top], [right, top], [right, top + 35], [left, top + 35]], dtype=np.float64
            )
            seen.append(Seen(text, 0.9, corners @ turned))
    random.Random(5).shuffle(seen)
    texts = [line.text for line in in_reading_order(seen, 1)]
    assert texts == [f"左边第{row}行文字 右边第{row}行" for row in range(4)]


@pytest.mark.parametrize("form", ["BMP", "GIF", "WEBP"])
def test_other_picture_formats_are_read(form: str) -> None:
    parsed = parse_picture(saved(drawn(SHORT, height=120), form))
    assert parsed.format == form.lower()
    assert bare(parsed.text) == bare("".join(SHORT))


def test_a_tiff_keeps_its_pages_and_its_limit() -> None:
    pages = [drawn([line], height=90).convert("1") for line in SHORT]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    parsed = parse_picture(data)
    read = [(block.page, bare(parsed.text[block.start : block.end])) for block in parsed.blocks]
    assert read == [(number, bare(line)) for number, line in enumerate(SHORT, 1)]
    assert (parsed.properties["pages"], parsed.properties["ocr_pages"]) == ("2", "1,2")
    limited = parse_picture(data, ocr_pages=1)
    assert {block.page for block in limited.blocks} == {1}
    assert any("最多用 OCR 识别 1 页" in warning for warning in limited.warnings)


def test_see_through_and_sixteen_bit_pictures_are_read() -> None:
    page = drawn(SHORT, height=120)
    clear = page.convert("RGBA")
    clear.putalpha(Image.fromarray(255 - np.asarray(page.convert("L"))))
    deep = Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 200)
    for picture in (clear, deep):
        assert bare(parse_picture(saved(picture, "PNG")).text) == bare("".join(SHORT))


def test_two_columns_are_read_one_after_the_other_and_table_rows_across() -> None:
    left = ["组织生活制度是党内政治", "生活的重要内容和载体，", "各支部应当严格执行，按", "期召开党员大会。"]
    right = [
        "支部委员会每月召开一次",
        "会议，研究本支部的重要",
        "事项；党小组会每月至少",
        "召开一次以上会议。",
    ]
    dpi = 150
    page = drawn([], dpi=dpi, height=330)
    pen = ImageDraw.Draw(page)
    scale = dpi / 72
    pen.text(
        (150 * scale, 30 * scale), "关于组织生活制度的若干说明材料", font=font(round(20 * scale)), fill=0
    )
    for column, lines in ((72, left), (320, right)):
        for number, line in enumerate(lines):
            pen.text((column * scale, (80 + 25 * number) * scale), line, font=font(round(16 * scale)), fill=0)
    for number, cells in enumerate([("姓名", "职务"), ("王建国", "书记"), ("李卫东", "委员")]):
        for column, cell in zip((90, 420), cells, strict=True):
            pen.text(
                (column * scale, (230 + 28 * number) * scale), cell, font=font(round(16 * scale)), fill=0
            )
    # The line between keeps the columns and the table apart, as a heading does.
    pen.text(
        (110 * scale, 192 * scale),
        "附：本支部委员名单一览表（按姓氏笔画排序）",
        font=font(round(16 * scale)),
        fill=0,
    )
    lines = [bare(line.text) for line in ocr.read_picture(page)]
    assert lines[1:9] == [bare(line) for line in left + right]
    assert lines[-3:] == ["姓名职务", "王建国书记", "李卫东委员"]


def by_page(parsed: Parsed) -> dict[int | None, str]:
    found: dict[int | None, str] = {}
    for block in parsed.blocks:
        found[block.page] = found.get(block.page, "") + bare(parsed.text[block.start : block.end])
    return found


TYPED = ["第三条 预备党员从支部大会通过之日起交纳党费。"]


def test_a_mixed_pdf_reads_text_where_it_is_and_scans_where_it_is_not() -> None:
    scan = drawn(SHORT, height=120)
    parsed = parse_pdf(pdf([TYPED, worn(scan, 0.5), TYPED, scan]))
    pages = by_page(parsed)
    assert pages[1] == pages[3] == bare("".join(TYPED))
    assert accuracy(pages[2], "".join(SHORT)) >= 0.93
    assert accuracy(pages[4], "".join(SHORT)) >= 0.97
    assert parsed.properties["ocr_pages"] == "2,4"
    assert not any("置信度" in warning for warning in parsed.warnings)  # the quality report tells it


def test_pages_beyond_the_limit_are_named() -> None:
    scan = drawn(SHORT, height=120)
    parsed = parse_pdf(pdf([scan, TYPED, scan, scan]), ocr_pages=1)
    assert parsed.properties["ocr_pages"] == "1"
    assert set(by_page(parsed)) == {1, 2}
    assert any("最多用 OCR 识别 1 页，第 3、4 页没有识别" in warning for warning in parsed.warnings)


def test_a_useless_text_layer_gives_way_to_ocr() -> None:
    """A scanning app's name over the picture, and a hidden layer in the wrong encoding."""
    scan = drawn(SHORT, height=120)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 120), invariant=True)
    garbled = "".join(SHORT).encode("gb18030").decode("latin-1")
    for layer in ("CamScanner", garbled):
        canvas.drawImage(ImageReader(scan), 0, 0, 595, 120)
        text = canvas.beginText(20, 10)
        text.setTextRenderMode(3)
        text.textOut(layer)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    parsed = parse_pdf(buffer.getvalue())
    assert parsed.properties["ocr_pages"] == "1,2"
    assert by_page(parsed) == {1: bare("".join(SHORT)), 2: bare("".join(SHORT))}


def test_a_blank_scan_is_told_apart_from_a_page_not_read() -> None:
    parsed = parse_pdf(pdf([TYPED, Image.new("RGB", (800, 400), "white")]))
    assert "ocr_pages" not in parsed.properties
    assert any("第 2 页用 OCR 没有认出文字" in warning for warning in parsed.warnings)
    with pytest.raises(UnsupportedFormat, match="OCR 也没有认出"):
        parse_pdf(pdf([Image.new("RGB", (800, 400), "white")]))
    with pytest.raises(EmptyDocument, match="没有认出文字"):
        parse_picture(saved(Image.new("RGB", (800, 400), "white"), "PNG"))


def test_doubtful_pages_are_named() -> None:
    told = ocr.remarks({1: 0.97, 2: 0.79, 3: 0.80})
    assert told[0] == "第 2 页的识别置信度低于 0.80，可能有错字，请核对原件"
    assert ocr.properties({3: 0.80, 1: 0.97}) == {"ocr_confidence": "0.89", "ocr_pages": "1,3"}


def test_large_pictures_are_scaled_down_strips_are_read_in_bands_and_bombs_refused() -> None:
    wide = Image.new("L", (20_000, 1_500), 255)
    wide.paste(drawn(SHORT, height=120).convert("L").resize((7_500, 1_500)), (0, 0))
    assert bare(parse_picture(saved(wide, "PNG")).text) == bare("".join(SHORT))
    strip = Image.new("L", (900, 9_000), 255)
    row = drawn(SHORT[:1], height=90).convert("L").resize((900, 136))
    for top in range(0, 9_000, 1_800):
        strip.paste(row, (0, top))
    assert [bare(line.text) for line in ocr.read_picture(strip)] == [bare(SHORT[0])] * 5
    with pytest.raises(UnsupportedFormat, match="太大") as caught:
        parse_picture(saved(Image.new("1", (30_000, 30_000)), "PNG"))
    assert "缩小" in caught.value.hint


def test_without_the_package_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    scan = drawn(SHORT, height=120)
    for read, data in ((parse_picture, saved(scan, "PNG")), (parse_pdf, pdf([scan]))):
        with pytest.raises(UnsupportedFormat, match="OCR 组件") as caught:
            read(data)
        assert "[ocr]" in caught.value.hint
    parsed = parse_pdf(pdf([TYPED, scan]))
    assert any("第 2 页没有文字" in warning and "[ocr]" in warning for warning in parsed.warnings)


def test_nothing_is_fetched_and_torch_is_not_loaded(tmp_path: Path) -> None:
    """A fresh process in which no name can be looked up and no socket connects still reads."""
    page = tmp_path / "page.png"
    drawn(SHORT, height=120).save(page)
    program = f"""
import socket, sys
def refuse(*_, **__): raise SystemExit("the network was asked for")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from PIL import Image
from ingest.parse.ocr import read_picture
lines = read_picture(Image.open({str(page)!r}))
assert "torch" not in sys.modules, "torch was imported"
sys.stdout.buffer.write("".join(line.text for line in lines).encode())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert bare(done.stdout.decode()) == bare("".join(SHORT))
    assert done.stderr == b""


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_mutated_pictures_raise_nothing_but_document_errors(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty seeded mutations and cuts; one line is seen in whatever can be decoded, since that is what breaking breaks."""
    monkeypatch.setattr(
        ocr, "read_scored", lambda image, page: ((Line(f"{np.asarray(image).size}点", page=page),), 0.9)
    )
    chance = random.Random(form)
    original = saved(drawn(SHORT[:1], dpi=72, height=60), form)
    assert isinstance(outcome(parse_picture, original), Parsed)
    cuts = [original[: chance.randrange(len(original))] for _ in range(20)]
    read, refused = counted(parse_picture, [*cuts, *(mutated(original, chance) for _ in range(20))])
    assert refused >= 20
    assert read >= (0 if form == "PNG" else 1)  # a png checks its every part
    with pytest.raises(DamagedDocument):
        parse_picture(original[:20])
