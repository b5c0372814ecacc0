"""Word and PDF files, made here by python-docx and reportlab; and the same files broken in every way."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import cache

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from samples import counted, mutated, rewritten, saved

from ingest.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    UnsupportedFormat,
)
from ingest.model import Parsed
from ingest.parse.door import parse


@cache
def report_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "第一支部工作报告"
    document.core_properties.author = "支部办公室"
    document.add_heading("第一支部2025年工作报告", 0)
    document.add_heading("一、基本情况", 1)
    document.add_paragraph("支部现有党员32名，其中预备党员2名。")
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, [("姓名", "职务", "备注"), ("王一", "书记", ""), ("李二", "委员", "兼职")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("（一）组织生活", 2)
    document.add_paragraph("召开党员大会4次。\n上党课5次。")
    form = document.add_table(rows=3, cols=4)
    for row, texts in zip(
        form.rows,
        [("姓名", "赵三", "性别", "男"), ("籍贯", "山东", "民族", "汉"), ("简历", "", "", "")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    merged = form.cell(2, 1).merge(form.cell(2, 3))
    merged.text = "1990年参加工作"
    document.add_paragraph("以上报告，请审议。")
    return saved(document)


REPORT_LINES = [
    ("heading", 1, "第一支部2025年工作报告"),
    ("heading", 1, "一、基本情况"),
    ("paragraph", 0, "支部现有党员32名，其中预备党员2名。"),
    ("row", 0, "姓名：王一；职务：书记"),
    ("row", 0, "姓名：李二；职务：委员；备注：兼职"),
    ("heading", 2, "（一）组织生活"),
    ("paragraph", 0, "召开党员大会4次。"),
    ("paragraph", 0, "上党课5次。"),
    ("row", 0, "姓名；赵三；性别；男"),
    ("row", 0, "籍贯；山东；民族；汉"),
    ("row", 0, "简历；1990年参加工作"),
    ("paragraph", 0, "以上报告，请审议。"),
]


def lines(parsed: Parsed) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, parsed.text[block.start : block.end]) for block in parsed.blocks]


@pytest.mark.parametrize("name", ["报告.docx", "报告.txt", "报告.pdf", "报告"])
def test_a_word_file_is_read_in_order_whatever_its_name(name: str) -> None:
    parsed = parse(report_docx(), name)
    assert lines(parsed) == REPORT_LINES
    assert parsed.text == "\n".join(text for *_, text in REPORT_LINES)
    assert parsed.format == "docx"


def test_text_in_content_controls_insertions_and_boxes_is_read_and_deletions_are_not() -> None:
    document = docx.Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里的标题</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    paragraph = document.add_paragraph("应到")
    for tag, text_tag, text in (("w:ins", "w:t", "三十二"), ("w:del", "w:delText", "三十")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("人")
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>文本框的话</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    parsed = parse(saved(document), "a.docx")
    assert parsed.text.split("\n") == ["控件里的标题", "应到三十二人", "文本框的话"]
    assert any("修订" in warning for warning in parsed.warnings)


def numbered_docx() -> bytes:
    """Two levels of automatic numbers as Word writes them: 一、 and （1）, and a list of 第一条."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = [
        (7001, 0, "chineseCounting", "%1、"),
        (7001, 1, "decimal", "（%2）"),
        (7002, 0, "chineseCountingThousand", "第%1条"),
    ]
    for abstract in (7001, 7002):
        inner = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
            for owner, depth, form, pattern in levels
            if owner == abstract
        )
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{inner}</w:abstractNum>'
        numbering.insert(0, parse_xml(xml))
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{abstract}"><w:abstractNumId w:val="{abstract}"/></w:num>'
            )
        )
    for text, list_id, depth in (
        ("基本情况", 7001, 0), ("党员", 7001, 1), ("组织", 7001, 1), ("主要做法", 7001, 0), ("学习", 7001, 1),
        ("为了规范", 7002, 0), ("本办法", 7002, 0), ("结尾", 0, 0),
    ):  # fmt: skip
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().set(qn("w:val"), str(depth))
        properties.get_or_add_numId().set(qn("w:val"), str(list_id))
    return saved(document)


def test_automatic_numbers_are_written_out() -> None:
    assert parse(numbered_docx(), "a.docx").text.split("\n") == [
        "一、基本情况", "（1）党员", "（2）组织", "二、主要做法", "（1）学习", "第一条 为了规范", "第二条 本办法", "结尾",
    ]  # fmt: skip


def test_an_empty_word_file_is_empty() -> None:
    with pytest.raises(EmptyDocument, match="没有文字"):
        parse(saved(docx.Document()), "a.docx")


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_a_truncated_word_file_is_damaged(share: float) -> None:
    data = report_docx()
    with pytest.raises(DamagedDocument):
        parse(data[: int(len(data) * share)], "a.docx")


def test_a_macro_document_is_unsupported_with_the_way_out() -> None:
    data = rewritten(
        report_docx(),
        lambda name, part: (
            part.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
            if name == "[Content_Types].xml"
            else part
        ),
    )
    with pytest.raises(UnsupportedFormat, match="宏") as caught:
        parse(data, "a.docm")
    assert "docx" in caught.value.hint


PAGES = [
    ["党费收缴办法", "第一条 党员应当按月交纳党费。"],
    [],
    ["第二条 预备党员从支部大会通过之日起交纳党费。"],
]


@cache
def rules_pdf(*, text: bool = True) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.setTitle("党费收缴办法")
    canvas.setAuthor("组织部")
    for page in PAGES:
        canvas.setFont("STSong-Light", 12)
        canvas.rect(40, 40, 100, 100)
        for i, line in enumerate(page if text else []):
            canvas.drawString(72, 780 - 24 * i, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(pypdf.PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["办法.pdf", "办法.txt", "办法.docx"])
def test_a_pdf_keeps_its_pages(name: str) -> None:
    parsed = parse(rules_pdf(), name)
    read = [(block.page, parsed.text[block.start : block.end]) for block in parsed.blocks]
    assert read == [(number, line) for number, page in enumerate(PAGES, 1) for line in page]
    assert parsed.format == "pdf"
    assert parsed.properties == {"pages": "3"}
    assert parsed.warnings == ("第 2 页没有文字（空白页，或是图片、扫描页），没有读取",)


def test_a_pdf_without_text_names_the_way_out() -> None:
    with pytest.raises(UnsupportedFormat, match="没有文字") as caught:
        parse(rules_pdf(text=False), "扫描.pdf")
    assert "OCR" in caught.value.hint


def test_a_pdf_with_a_password_is_encrypted_and_one_that_opens_is_read() -> None:
    with pytest.raises(EncryptedDocument, match="密码"):
        parse(encrypted(rules_pdf(), "secret"), "a.pdf")
    assert parse(encrypted(rules_pdf(), ""), "a.pdf").text == parse(rules_pdf(), "a.pdf").text


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.8])
def test_a_truncated_pdf_is_damaged(share: float) -> None:
    data = rules_pdf()
    with pytest.raises(DamagedDocument):
        parse(data[: int(len(data) * share)], "a.pdf")


FORMATS: list[tuple[str, Callable[[], bytes], list[str], list[str]]] = [
    (
        "报告.docx",
        report_docx,
        ["职务：书记", "1990年参加工作"],
        ["w:t", "姓名；职务", "1990年参加工作；1990"],
    ),
    ("编号.docx", numbered_docx, ["二、主要做法", "第二条 本办法"], ["%1", "三、", "0、"]),
    ("办法.pdf", rules_pdf, ["第二条 预备党员"], ["\r", "\x0c", "ReportLab"]),
    (
        "手册.md",
        "# 手册\n\n**要点**：见[附件](附件.md)".encode,
        ["手册\n要点：见附件"],
        ["#", "**", "附件.md"],
    ),
    ("通知.txt", lambda: "通知\r\n请参加".encode("gb18030"), ["通知\n请参加"], ["\r", "\ufffd"]),
]


@pytest.mark.parametrize(
    ("name", "make", "must_include", "must_not_include"), FORMATS, ids=[row[0] for row in FORMATS]
)
def test_what_each_format_must_and_must_not_show(
    name: str, make: Callable[[], bytes], must_include: list[str], must_not_include: list[str]
) -> None:
    text = parse(make(), name).text
    assert [words for words in must_include if words not in text] == []
    assert [words for words in must_not_include if words in text] == []


@pytest.mark.parametrize(("name", "make"), [row[:2] for row in FORMATS], ids=[row[0] for row in FORMATS])
def test_mutated_files_raise_nothing_but_document_errors(name: str, make: Callable[[], bytes]) -> None:
    """Sixty seeded mutations of each format; those of Word files are also made inside the zip container."""
    chance = random.Random(name)
    original = make()
    broken = []
    for turn in range(60):
        if name.endswith(".docx") and turn % 2:
            chosen = chance.choice(["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml",
                                    "word/_rels/document.xml.rels", "docProps/core.xml"])  # fmt: skip
            broken.append(
                rewritten(
                    original, lambda part, xml, chosen=chosen: mutated(xml, chance) if part == chosen else xml
                )
            )
        else:
            broken.append(mutated(original, chance))
    read, refused = counted(lambda data: parse(data, name), broken)
    assert read >= 1
    assert refused >= 20
