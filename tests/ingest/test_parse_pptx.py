"""Slides made here by python-pptx; and the same decks broken in every way."""

from __future__ import annotations

import io
import random
from functools import cache

import pptx
import pytest
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Cm
from samples import counted, mutated, rewritten, saved

from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.pptx import parse_pptx


def put(shapes: pptx.shapes.shapetree.SlideShapes, text: str, left: float, top: float) -> None:
    """A text box of 6 by 2 cm, its left upper corner at (left, top) cm."""
    shapes.add_textbox(Cm(left), Cm(top), Cm(6), Cm(2)).text_frame.text = text


@cache
def training_pptx() -> bytes:
    """Two slides; every shape is added in another order than it is read in."""
    deck = pptx.Presentation()
    deck.core_properties.title, deck.core_properties.author = "党费收缴培训", "组织部"
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.placeholders[1].text_frame.text = "按月交纳\n逐笔登记"
    first.shapes.title.text_frame.text = "党费收缴\v工作要点"
    first.notes_slide.notes_text_frame.text = "先讲标准\n再讲程序"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    put(second.shapes, "右下：监督", 14, 12.1)
    put(second.shapes, "左下：使用", 1, 12)
    group = second.shapes.add_group_shape()
    put(group.shapes, "组内右：缴纳", 14, 3)
    inner = group.shapes.add_group_shape()
    put(inner.shapes, "组内左：核定", 1, 3.2)
    table = second.shapes.add_table(3, 3, Cm(1), Cm(6), Cm(20), Cm(4)).table
    for r, texts in enumerate([("月收入", "比例", "备注"), ("三千元以下", "0.5%", ""), ("不缴纳", "", "")]):
        for c, text in enumerate(texts):
            table.cell(r, c).text = text
    table.cell(2, 0).merge(table.cell(2, 2))
    put(second.shapes, "顶端：总则", 1, 0.5)
    return saved(deck)


READ = [
    ("heading", 1, 1, "党费收缴 工作要点"),
    ("paragraph", 0, 1, "按月交纳"),
    ("paragraph", 0, 1, "逐笔登记"),
    ("paragraph", 0, 1, "备注：先讲标准"),
    ("paragraph", 0, 1, "再讲程序"),
    ("paragraph", 0, 2, "顶端：总则"),
    ("paragraph", 0, 2, "组内左：核定"),
    ("paragraph", 0, 2, "组内右：缴纳"),
    ("row", 0, 2, "月收入：三千元以下；比例：0.5%"),
    ("row", 0, 2, "月收入：不缴纳"),
    ("paragraph", 0, 2, "左下：使用"),
    ("paragraph", 0, 2, "右下：监督"),
]


def read(parsed: Parsed) -> list[tuple[str, int, int | None, str]]:
    return [(one.kind, one.level, one.page, parsed.text[one.start : one.end]) for one in parsed.blocks]


def test_slides_are_pages_and_read_as_they_stand() -> None:
    parsed = parse_pptx(training_pptx())
    assert read(parsed) == READ
    assert parsed.text == "\n".join(text for *_, text in READ)
    assert (parsed.format, parsed.warnings) == ("pptx", ())
    assert parsed.properties == {"pages": "2"}


def test_a_group_that_was_moved_and_shrunk_is_read_where_it_stands() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    put(group.shapes, "乙", 1, 1)
    put(group.shapes, "丙", 1, 9)
    group.top, group.height = Cm(10), Cm(4)  # its own coordinates stay as they were
    put(slide.shapes, "甲", 1, 6)
    put(slide.shapes, "丁", 1, 15)
    assert parse_pptx(saved(deck)).text.split("\n") == ["甲", "乙", "丙", "丁"]


def test_a_footer_and_a_slide_number_are_not_text() -> None:
    deck = pptx.Presentation()
    layout = deck.slide_layouts[1]
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text_frame.text = "标题"
    for kind, text in (("ftr", "单位页脚"), ("sldNum", "7")):
        slide.placeholders[1]._element.addnext(clone(slide.placeholders[1]._element, kind, text))
    assert parse_pptx(saved(deck)).text == "标题"


def clone(element: pptx.oxml.xmlchemy.BaseOxmlElement, kind: str, text: str) -> object:
    import copy

    made = copy.deepcopy(element)
    made.find(".//{*}ph").set("type", kind)
    made.find(".//{*}ph").set("idx", {"ftr": "11", "sldNum": "12"}[kind])
    body = made.find("{*}txBody")
    paragraph = body.find("{*}p")
    run = paragraph.makeelement(paragraph.tag[:-1] + "r")
    words = paragraph.makeelement(paragraph.tag[:-1] + "t")
    words.text = text
    run.append(words)
    paragraph.append(run)
    return made


def test_what_is_not_text_is_counted() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "图示"
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    for _ in range(2):
        picture.seek(0)
        slide.shapes.add_picture(picture, Cm(1), Cm(5))
    figures = CategoryChartData()
    figures.categories = ["一季度"]
    figures.add_series("党费", (3,))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(5), Cm(5), Cm(5), Cm(5), figures)
    parsed = parse_pptx(saved(deck))
    assert parsed.text == "图示"
    assert parsed.warnings == ("有 2 个图片，其中的文字没有读取", "有 1 个图表，其中的文字没有读取")


DIAGRAM = """<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt modelId="0" type="doc"/>
 <dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p><a:r><a:t>递交</a:t></a:r><a:r><a:t>申请书</a:t></a:r></a:p></dgm:t></dgm:pt>
 <dgm:pt modelId="2"><dgm:t><a:bodyPr/><a:p><a:r><a:t>确定积极分子</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""
FRAME = """<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/>
 <p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="9"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>
 <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">
 <dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="RID"/></a:graphicData></a:graphic></p:graphicFrame>"""


def test_the_words_of_a_diagram_are_read() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "发展党员流程"
    data = Part(
        PackURI("/ppt/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        deck.part.package,
        DIAGRAM.encode(),
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    slide.shapes._spTree.append(parse_xml(FRAME.replace("RID", slide.part.relate_to(data, kind))))
    assert parse_pptx(saved(deck)).text.split("\n") == ["发展党员流程", "递交申请书", "确定积极分子"]


def test_a_deck_without_text_is_empty_and_says_what_it_holds() -> None:
    deck = pptx.Presentation()
    with pytest.raises(EmptyDocument, match="没有文字"):
        parse_pptx(saved(deck))
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_picture(picture, 0, 0)
    with pytest.raises(EmptyDocument, match="1 个图片"):
        parse_pptx(saved(deck))


@pytest.mark.parametrize("kind", ["presentation.macroEnabled", "template"])
def test_a_macro_or_template_deck_names_the_way_out(kind: str) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    other = {
        "presentation.macroEnabled": b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
        "template": b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    }[kind]
    data = rewritten(training_pptx(), lambda _, part: part.replace(plain, other))
    with pytest.raises(UnsupportedFormat, match="模板") as caught:
        parse_pptx(data)
    assert "pptx" in caught.value.hint


def test_a_package_of_another_kind_or_locked_is_refused() -> None:
    with pytest.raises(DamagedDocument):
        parse_pptx(b"PK\x03\x04 no package")
    flagged = bytearray(training_pptx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := flagged.find(mark, place + 1)) >= 0:
            flagged[place + offset] |= 1
    with pytest.raises(EncryptedDocument, match="密码"):
        parse_pptx(bytes(flagged))


@pytest.mark.parametrize(
    "part", ["ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "docProps/thumbnail.jpeg"]
)
def test_a_deck_that_would_swell_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr("ingest.zips.MOST_OF_ONE", 5_000_000)
    assert parse_pptx(training_pptx()).text
    bomb = rewritten(training_pptx(), lambda name, held: held + b" " * 6_000_000 if name == part else held)
    assert len(bomb) < 100_000
    with monkeypatch.context() as patch, pytest.raises(DamagedDocument):
        patch.setattr("pptx.Presentation", lambda _: pytest.fail("unpacked"))
        parse_pptx(bomb)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_a_truncated_deck_is_damaged(share: float) -> None:
    data = training_pptx()
    with pytest.raises(DamagedDocument):
        parse_pptx(data[: int(len(data) * share)])


PARTS = ["ppt/presentation.xml", "ppt/slides/slide1.xml", "ppt/slides/slide2.xml", "ppt/notesSlides/notesSlide1.xml",
         "ppt/_rels/presentation.xml.rels", "ppt/slides/_rels/slide1.xml.rels", "[Content_Types].xml",
         "docProps/core.xml", "ppt/slideLayouts/slideLayout2.xml"]  # fmt: skip


def gentle(xml: bytes, chance: random.Random) -> bytes:
    """Half the time bytes at random; else one attribute value or digit changed, so that the XML stays well formed."""
    if chance.random() < 0.5:
        return mutated(xml, chance)
    changed = bytearray(xml)
    digits = [place for place, byte in enumerate(changed) if chr(byte).isdigit()]
    for place in chance.sample(digits, min(len(digits), chance.choice([1, 5, 30]))):
        changed[place] = chance.choice(b"0129-xA")
    return bytes(changed)


def test_mutated_decks_raise_nothing_but_document_errors() -> None:
    """300 seeded mutations: a third of the container's bytes, two thirds of the XML inside it."""
    chance = random.Random("pptx")
    original = training_pptx()
    broken = [mutated(original, chance) for _ in range(100)]
    broken += [
        rewritten(original, lambda part, xml, chosen=chosen: gentle(xml, chance) if part == chosen else xml)
        for chosen in chance.choices(PARTS, k=200)
    ]
    read_well, refused = counted(parse_pptx, broken)
    assert (read_well > 20, refused > 20) == (True, True)
