"""Text and Markdown, encodings, and files that are not what their name says. Word and PDF: test_parse_office.py."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DamagedDocument, DocumentError, EmptyDocument, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.door import parse

NOTICE = "关于召开支部党员大会的通知\n\n一、时间：2026年3月5日（周四）下午2:30。\n　　请全体党员准时参加，不得无故缺席。\n"
CHINESE = re.compile("[\u4e00-\u9fff]")


def blocks_index_the_text(parsed: Parsed) -> bool:
    pieces = [parsed.text[block.start : block.end] for block in parsed.blocks]
    return "\n".join(pieces) == parsed.text and all(piece.strip() and "\n" not in piece for piece in pieces)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-16-be-bom"],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_newline_gives_the_same_lines(encoding: str, newline: str) -> None:
    text = NOTICE.replace("\n", newline)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)
    parsed = parse(data, "通知.txt")
    assert parsed.text == "\n".join(line for line in NOTICE.split("\n") if line)
    assert (parsed.format, parsed.warnings) == ("txt", ())


@pytest.mark.parametrize("rare", ["㐀", "𠀀", "䶮", "镕𫖯", "€", "\ue004"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_rare_characters_survive(rare: str, encoding: str) -> None:
    """GB18030 writes 㐀 and 𠀀 in four bytes, which a GBK decoder loses."""
    text = f"姓名：王{rare}，{rare}{rare}村党支部书记"
    assert parse(text.encode(encoding), "名单.txt").text == text
    assert len("㐀".encode("gb18030")) == len("𠀀".encode("gb18030")) == 4


def test_a_text_of_nothing_but_four_byte_characters_is_read() -> None:
    assert parse("㐀𠀀㐁".encode("gb18030"), "x.txt").text == "㐀𠀀㐁"


def test_big5_is_read() -> None:
    text = "各位黨員同志：茲定於本月十五日召開支部黨員大會，請準時出席，並帶筆記本。"
    parsed = parse(text.encode("big5"), "通知.txt")
    assert parsed.text == text


def test_a_broken_byte_costs_one_character_and_is_reported() -> None:
    data = NOTICE.encode()
    parsed = parse(data[:9] + b"\xff" + data[9:], "通知.txt")
    assert parsed.text.startswith("关于召\ufffd开支部党员大会的通知\n一、")
    assert "无法辨认" in parsed.warnings[0]
    assert parse(data[:-2], "通知.txt").text.endswith("不得无故缺席\ufffd")


def test_control_characters_go_and_are_counted() -> None:
    parsed = parse((NOTICE + "\x07\x00" + NOTICE).encode(), "通知.txt")
    assert parsed.warnings == ("去掉了 2 个控制字符",)
    assert "\x00" not in parsed.text
    assert parsed.text.count("准时参加") == 2


@given(st.text(max_size=300))
def test_plain_text_loses_no_character_and_blocks_index_it(text: str) -> None:
    """Any text in UTF-8 either is read whole (white space and controls aside) or refused as a document."""
    head = (
        "正文：党的基层组织是党在社会基层组织中的战斗堡垒。" * 12
    )  # long enough for stray controls to be few
    parsed = parse((head[:40] + "\n" + text + "\n" + head).encode(errors="replace"), "a.txt")
    assert blocks_index_the_text(parsed)
    assert visible(parsed.text) == visible(head[:40] + text.encode(errors="replace").decode() + head)


def visible(text: str) -> str:
    return "".join(
        character
        for character in text
        if not character.isspace() and character >= " " and character != "\x7f"
    )


MARKS = [
    "#",
    "## ",
    "> ",
    "- ",
    "| ",
    "|",
    "---",
    "**",
    "[",
    "](a.md)",
    "<!-- ",
    " -->",
    "\n",
    "\n\n",
    "\\",
    "```",
    "&lt;",
    "<br>",
]


@given(st.lists(st.sampled_from([*MARKS, "第一条", "党员", "一、", "12", " ", "，", "。"]), max_size=60))
def test_markdown_blocks_index_the_text_and_no_chinese_is_lost(pieces: list[str]) -> None:
    source = "".join(pieces)
    if "<!--" in source:
        source = source.replace("-->", "").replace("<!--", "")
    if "---\n" in source or not CHINESE.search(source):
        source = "正文\n" + source
    parsed = parse(source.encode(), "a.md")
    assert blocks_index_the_text(parsed)
    # A header cell is repeated in every row of its table, so counts may grow but never shrink.
    assert all(parsed.text.count(c) >= source.count(c) for c in set(CHINESE.findall(source)))


MARKDOWN = """---
title: 支部手册
tags: "党建"
---
# 支部手册

2026年1月1日 第一支部通过

<!-- INFO END -->

## 第一章 总则 ##

第一条 **支部**要落实[三会一课](http://example.org/a_(b))制度。
> 引用：全年开展**次，参加**人，见[2018](12号)。
- **要点**：按时缴纳*党费*；1\\. 不是列表
***

| 姓名 | 职务 |
|:---|---|
| 王一 | 书记 |
| 李二 | |

| 只有一行 | 两格 |
注意<br>换行 &lt;党章&gt;
```
**原样**
```
"""


def test_markdown_gives_text_without_marks() -> None:
    parsed = parse(MARKDOWN.encode(), "手册.md")
    assert parsed.text.split("\n") == [
        "支部手册",
        "2026年1月1日 第一支部通过",
        "第一章 总则",
        "第一条 支部要落实三会一课制度。",
        "引用：全年开展**次，参加**人，见[2018](12号)。",
        "要点：按时缴纳*党费*；1. 不是列表",
        "姓名：王一；职务：书记",
        "姓名：李二",
        "只有一行；两格",
        "注意",
        "换行 <党章>",
        "**原样**",
    ]
    assert parsed.properties == {"title": "支部手册", "tags": "党建"}
    kinds = [(block.kind, block.level) for block in parsed.blocks]
    assert kinds[:3] == [("heading", 1), ("paragraph", 0), ("heading", 2)]
    assert [kind for kind, _ in kinds].count("row") == 3


def test_masked_figures_in_markdown_stay() -> None:
    for line in (
        "召开会议**次，发展党员**名。",
        "共走访**户，其中困难党员**户",
        "下拨经费**万元，支出**万元；**年**月**日",
    ):
        assert parse(line.encode(), "报告.md").text == line


def test_front_matter_alone_is_a_warning_not_an_error() -> None:
    parsed = parse(b"---\nbookCollapseSection: true\n---", "_index.md")
    assert (parsed.text, parsed.blocks, parsed.warnings) == ("", (), ("只有文件头信息，没有正文",))
    assert parsed.properties["bookCollapseSection"] == "true"


def test_rules_around_a_paragraph_are_not_front_matter() -> None:
    assert parse("---\n会议时间：3月5日\n---\n正文".encode(), "a.md").text == "会议时间：3月5日\n正文"


def test_markdown_is_told_by_its_head_too() -> None:
    assert parse("# 标题\n正文".encode(), "a.txt").blocks[0].kind == "heading"
    assert parse("#标签 正文".encode(), "a.txt").format == "txt"


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "内容")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
BAD_FILES: list[tuple[str, bytes, type[DocumentError], str]] = [
    ("空.txt", b"", EmptyDocument, "空的"),
    ("空.docx", b"", EmptyDocument, "空的"),
    ("空白.txt", b" \r\n\t\n", EmptyDocument, "空格"),
    ("全角空白.txt", "\ufeff　　\n　".encode(), EmptyDocument, "空格"),
    ("只有标记.md", b"***\n\n<!-- x -->\n", EmptyDocument, "没有文字"),
    ("图片.txt", PNG, DamagedDocument, "图片"),
    ("照片.docx", b"\xff\xd8\xff\xe0" + bytes(99), DamagedDocument, "图片"),
    ("随机.txt", random.Random(7).randbytes(3000), DamagedDocument, "不是文字"),
    ("短随机.md", random.Random(8).randbytes(60), DamagedDocument, "不是文字"),
    ("清零.txt", bytes(4096), DamagedDocument, "零"),
    ("旧.doc", OLE + "WordDocument".encode("utf-16-le"), DamagedDocument, "Word"),
    ("旧.docx", OLE, DamagedDocument, "旧版"),
    ("加密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument, "密码"),
    ("表.xlsx", zipped("xl/workbook.xml"), DamagedDocument, "xlsx"),
    ("片.docx", zipped("ppt/presentation.xml"), DamagedDocument, "pptx"),
    ("文.ofd", zipped("OFD.xml"), DamagedDocument, "ofd"),
    ("坏表.xlsx", zipped("xl/workbook.xml")[:60], DamagedDocument, "xlsx）不完整"),
    ("断表.xlsx", b"PK\x03\x04" + bytes(20), DamagedDocument, "xlsx）不完整"),
    ("断片.pptx", b"PK\x03\x04" + bytes(20), DamagedDocument, "pptx）不完整"),
    ("断版.ofd", zipped("OFD.xml")[:60], DamagedDocument, "OFD"),
    ("空壳.xlsx", zipped("[Content_Types].xml"), DamagedDocument, "xlsx）不完整"),
    ("断旧表.xls", OLE, DamagedDocument, "xls"),
    ("坏旧表.xls", OLE + "Root EntryWorkbook".encode("utf-16-le"), DamagedDocument, "xls"),
    ("书.epub", zipped("mimetype", "META-INF/container.xml"), UnsupportedFormat, "EPUB"),
    ("苹果照片.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40), UnsupportedFormat, "图片（heic"),
    ("断文.docx", b"PK\x03\x04" + bytes(20), DamagedDocument, "docx"),
    ("其实是文.xlsx", zipped("word/document.xml")[:60], DamagedDocument, "docx"),
    ("空表.csv", b",,\n,,\n", EmptyDocument, "表格"),
    ("设置.toml", "甲 = 1\n".encode(), UnsupportedFormat, "配置文件"),
    ("包.zip", zipped("甲.txt"), UnsupportedFormat, "压缩包"),
    ("包.rar", b"Rar!\x1a\x07\x00" + bytes(20), UnsupportedFormat, "压缩包"),
    ("空网页.txt", b"<!DOCTYPE html>\n<html><body></body></html>", EmptyDocument, "网页"),
    ("空壳.docx", zipped("word/document.xml"), DamagedDocument, "docx"),
    ("假.pdf", b"%PDF-1.7\nnothing else", DamagedDocument, "pdf"),
]


@pytest.mark.parametrize(("name", "data", "kind", "word"), BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    name: str, data: bytes, kind: type[DocumentError], word: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(data, name)
    assert isinstance(caught.value, kind)
    assert word in str(caught.value)
    assert CHINESE.search(str(caught.value))
    assert CHINESE.search(caught.value.hint)


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["姓名", "职务"])
    book.active.append(["王一", "书记"])
    book.active.append(["李二", "委员"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate((("姓名", "职务"), ("王一", "书记"), ("李二", "委员"))):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("名单.xlsx", workbook(), "xlsx"),
        ("改了名.docx", workbook(), "xlsx"),
        ("名单.xls", old_workbook(), "xls"),
        ("没有后缀", old_workbook(), "xls"),
        ("名单.csv", "姓名,职务\n王一,书记\n李二,委员\n".encode("gb18030"), "csv"),
        ("名单.TSV", "姓名\t职务\n王一\t书记\n李二\t委员\n".encode(), "tsv"),
    ],
)
def test_tables_are_told_by_their_bytes_and_read_row_by_row(name: str, data: bytes, form: str) -> None:
    parsed = parse(data, name)
    assert parsed.format == form
    assert "姓名：王一；职务：书记" in parsed.text


def test_a_table_without_a_suffix_of_its_own_stays_text() -> None:
    assert parse("姓名,职务\n王一,书记\n".encode(), "名单.txt").text == "姓名,职务\n王一,书记"


@pytest.mark.parametrize("name", ["网页.txt", "网页.md", "网页.xls", "网页.csv"])
def test_a_web_page_is_read_whatever_its_name(name: str) -> None:
    parsed = parse("<html><body><p>关于召开会议的通知</p></body></html>".encode("gbk"), name)
    assert (parsed.format, parsed.text) == ("html", "关于召开会议的通知")


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize(("name", "data"), [("名单.xlsx", workbook()), ("名单.xls", old_workbook())])
def test_a_cut_off_table_is_damaged(name: str, data: bytes, cut: float) -> None:
    with pytest.raises(DamagedDocument):
        parse(data[: int(len(data) * cut)], name)
