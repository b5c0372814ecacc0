"""What stands in a Word file beside plain paragraphs, written here as raw XML: revisions, notes, boxes, fields, hidden text."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.ns import qn as qualified

from ingest.errors import EmptyDocument
from ingest.model import Parsed
from ingest.parse.door import parse
from ingest.parse.wordsymbols import symbol

NAMES = (
    nsdecls("w", "r", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.{0}+xml"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def word(*blocks: str, parts: dict[str, str] | None = None, styles: str = "") -> bytes:
    """A Word file of these blocks of its body; `parts`: kind (footnotes, header1 …) -> what stands in that part."""
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        wrapped = parse_xml(f"<w:body {NAMES}>{block}</w:body>")
        for element in wrapped:
            body.insert(len(body) - 1, element)
    if styles:
        for style in parse_xml(f"<w:styles {NAMES}>{styles}</w:styles>"):
            document.styles.element.append(style)
    buffer = io.BytesIO()
    document.save(buffer)
    return with_parts(buffer.getvalue(), parts) if parts else buffer.getvalue()


def with_parts(package: bytes, parts: dict[str, str]) -> bytes:
    types = links = ""
    added = {}
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        added[f"word/{name}.xml"] = f"<w:{root} {NAMES}>{content}</w:{root}>"
        types += f'<Override PartName="/word/{name}.xml" ContentType="{PART.format(kind)}"/>'
        links += f'<Relationship Id="x{name}" Type="{LINK.format(kind)}" Target="{name}.xml"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", f"{types}</Types>".encode())
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", f"{links}</Relationships>".encode())
            new.writestr(name, content)
        for name, text in added.items():
            new.writestr(name, text)
    return buffer.getvalue()


def read(*blocks: str, parts: dict[str, str] | None = None, styles: str = "") -> Parsed:
    return parse(word(*blocks, parts=parts, styles=styles), "a.docx")


def lines(*blocks: str, parts: dict[str, str] | None = None, styles: str = "") -> list[str]:
    return read(*blocks, parts=parts, styles=styles).text.split("\n")


def inserted(content: str, tag: str = "ins") -> str:
    return f'<w:{tag} w:id="1" w:author="a">{content}</w:{tag}>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def test_the_accepted_view_of_tracked_changes() -> None:
    moved = '<w:moveFrom w:id="3" w:author="a">' + run("原处的话。") + "</w:moveFrom>"
    parsed = read(
        paragraph("每年", deleted("一"), inserted(run("两")), "次。", moved),
        paragraph(inserted(run("移来的话。"), "moveTo")),
        inserted(paragraph("整段插入。")),
    )
    assert parsed.text.split("\n") == ["每年两次。", "移来的话。", "整段插入。"]
    assert any("修订" in warning for warning in parsed.warnings)


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    gone = '<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'
    assert lines(paragraph("前半句，", properties=gone), paragraph("后半句。"), paragraph("下一段。")) == [
        "前半句，后半句。",
        "下一段。",
    ]
    assert lines(
        paragraph("整段。"), paragraph(deleted("删去的段。"), properties=gone), paragraph("再一段。")
    ) == [
        "整段。",
        "再一段。",
    ]
    assert lines(paragraph("最后一段。", properties=gone)) == ["最后一段。"]


def table(*rows: list[str], row_properties: dict[int, str] | None = None) -> str:
    marks = row_properties or {}
    return (
        "<w:tbl>"
        + "".join(
            f"<w:tr><w:trPr>{marks.get(number, '')}</w:trPr>"
            + "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
            + "</w:tr>"
            for number, row in enumerate(rows)
        )
        + "</w:tbl>"
    )


def test_deleted_rows_and_cells_are_left_out() -> None:
    rows = (["姓名", "职务"], ["王一", "书记"], ["李二", "委员"])
    gone = '<w:del w:id="5" w:author="a"/>'
    assert lines(table(*rows, row_properties={1: gone})) == ["姓名：李二；职务：委员"]
    cell = f"<w:tcPr><w:cellDel w:id='6' w:author='a'/></w:tcPr>{paragraph('书记')}"
    assert lines(table(["姓名", "职务"], ["王一", cell], ["李二", "委员"]))[0] == "姓名：王一"


def box(text: str) -> str:
    """A text box as Word writes it: the new form and the old one hold the same words."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_stands_once_where_it_is_anchored() -> None:
    assert lines(paragraph("前一段。"), paragraph("有框的段。", box("框里的话。")), paragraph("后一段。")) == [
        "前一段。", "有框的段。", "框里的话。", "后一段。",
    ]  # fmt: skip
    assert lines(table(["姓名", "职务"], ["王一", paragraph("书记", box("兼职"))], ["李二", "委员"])) == [
        "姓名：王一；职务：书记 兼职",
        "姓名：李二；职务：委员",
    ]


def test_old_word_art_is_read_once() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="某某县委文件"/></v:shape></w:pict></w:r>'
    assert lines(paragraph(art), paragraph("正文。")) == ["某某县委文件", "正文。"]


FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " 指中共中央组织部。")}</w:footnote>'
    f'<w:footnote w:id="3">{paragraph("数据截至年底。")}{paragraph("下同。")}</w:footnote>'
    f'<w:footnote w:id="9">{paragraph("没有人引用的注。")}</w:footnote>'
)
ENDNOTES = f'<w:endnote w:id="2">{paragraph("见附件。")}</w:endnote>'


def reference(note_id: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{note_id}"/></w:r>'


def test_notes_stand_where_their_paragraph_ends_and_leave_the_sentence_whole() -> None:
    parts = {"footnotes": FOOTNOTES, "endnotes": ENDNOTES}
    body = (
        paragraph(
            "中组部", reference(3), "印发通知", reference(2), "，请遵照执行。", reference(2, "endnote")
        ),
        paragraph("第二段。"),
    )
    assert lines(*body, parts=parts) == [
        "中组部印发通知，请遵照执行。", "注1：数据截至年底。 下同。", "注2：指中共中央组织部。", "尾注1：见附件。", "第二段。",
    ]  # fmt: skip


def test_a_note_of_a_table_stands_below_the_table_and_one_of_a_deletion_nowhere() -> None:
    parts = {"footnotes": FOOTNOTES}
    cells = table(["姓名", "职务"], ["王一", paragraph("书记", reference(2))], ["李二", "委员"])
    gone = '<w:del w:id="7" w:author="a">' + reference(3) + "</w:del>"
    assert lines(cells, paragraph("完", gone, "。"), parts=parts) == [
        "姓名：王一；职务：书记", "姓名：李二；职务：委员", "注1：指中共中央组织部。", "完。",
    ]  # fmt: skip


def test_tables_stand_in_order_and_a_table_in_a_cell_is_part_of_the_cell() -> None:
    inner = table(["组长", "张三"], ["组员", "李四"])
    outer = table(["分工", f"{paragraph('甲组')}{inner}{paragraph('以上。')}"], ["时间", "五月"])
    assert lines(paragraph("前。"), outer, paragraph("后。")) == [
        "前。", "分工；甲组 组长；张三 组员；李四 以上。", "时间；五月", "后。",
    ]  # fmt: skip


def test_a_table_of_one_cell_is_a_frame_around_paragraphs() -> None:
    parsed = read(table([paragraph("第一条 甲。") + paragraph("第二条 乙。")]))
    assert [(block.kind, parsed.text[block.start : block.end]) for block in parsed.blocks] == [
        ("paragraph", "第一条 甲。"),
        ("paragraph", "第二条 乙。"),
    ]


def test_content_controls_are_opened_and_their_prompts_left_out() -> None:
    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    assert lines(
        control(paragraph("控件里的段。")),
        paragraph("日期：", control(run("五月一日")), control(run("单击此处输入。"), "<w:showingPlcHdr/>")),
        control(paragraph("单击此处输入文字。"), "<w:showingPlcHdr/>"),
        control(control(table(["姓名", "职务"], ["王一", "书记"], ["李二", "委员"]))),
    ) == ["控件里的段。", "日期：五月一日", "姓名：王一；职务：书记", "姓名：李二；职务：委员"]


def test_headers_and_footers_go_to_the_secrecy_gate_and_not_into_the_text() -> None:
    parts = {
        "header1": paragraph("机密★1年") + paragraph(),
        "header2": paragraph("某某县委办公室"),
        "footer1": table(["印数", "30份"]),
    }
    parsed = read(paragraph("正文。"), parts=parts)
    assert parsed.text == "正文。"
    assert parsed.aside == ("机密★1年", "某某县委办公室", "印数；30份")


def test_a_watermark_of_the_header_goes_to_the_secrecy_gate() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="秘密★6个月"/></v:shape></w:pict></w:r>'
    assert read(paragraph("正文。"), parts={"header1": paragraph(art)}).aside == ("秘密★6个月",)


def test_comments_are_left_out() -> None:
    comments = f'<w:comment w:id="1" w:author="a">{paragraph("这里要改")}</w:comment>'
    marked = '<w:commentRangeStart w:id="1"/>' + run("正文。") + '<w:commentRangeEnd w:id="1"/>'
    parsed = read(
        paragraph(marked, '<w:r><w:commentReference w:id="1"/></w:r>'), parts={"comments": comments}
    )
    assert (parsed.text, parsed.aside) == ("正文。", ())


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_field_codes_are_never_shown_and_results_are() -> None:
    page = (field("begin"), code(" PAGE "), field("separate"), "3", field("end"))
    assert lines(paragraph("第", *page, "页")) == ["第3页"]
    assert lines(paragraph('<w:fldSimple w:instr=" DATE ">' + run("五月") + "</w:fldSimple>", "一日")) == [
        "五月一日"
    ]
    assert lines(paragraph("甲", field("begin"), code('XE "索引"'), field("end"), "乙")) == ["甲乙"]
    nested = (
        field("begin"), code(" IF "), field("begin"), code(" MERGEFIELD 性别 "), field("separate"), "男", field("end"),
        code(' = "男" "先生" "女士" '), field("separate"), "先生", field("end"),
    )  # fmt: skip
    assert lines(paragraph("王一", *nested, "您好")) == ["王一先生您好"]


def test_a_field_that_spans_paragraphs_hides_none_of_their_words() -> None:
    assert lines(
        paragraph("目录", field("begin"), code(" TOC "), field("separate"), "一、总则"),
        paragraph("二、组织"),
        paragraph("三、附则", field("end"), "。"),
    ) == ["目录一、总则", "二、组织", "三、附则。"]
    assert lines(paragraph("甲", field("begin"), "乙"), paragraph("丙", field("separate"), "丁")) == [
        "甲乙",
        "丙丁",
    ]


HIDDEN_STYLES = (
    '<w:style w:type="character" w:styleId="H1"><w:name w:val="h1"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="h2"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H3"><w:name w:val="h3"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H4"><w:name w:val="h4"/><w:basedOn w:val="H2"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
)


def test_hidden_text_is_left_out_with_a_word() -> None:
    parsed = read(
        paragraph("看得见", run("看不见", "<w:vanish/>"), run("又见", '<w:vanish w:val="false"/>')),
        paragraph("甲", run("乙", '<w:rStyle w:val="H1"/>'), "丙"),
        paragraph("整段看不见", properties='<w:pStyle w:val="H3"/>'),
        paragraph("看得见的段", properties='<w:pStyle w:val="H4"/>'),
        styles=HIDDEN_STYLES,
    )
    assert parsed.text.split("\n") == ["看得见又见", "甲丙", "看得见的段"]
    assert any("隐藏文字" in warning for warning in parsed.warnings)


def test_a_hidden_field_code_does_not_swallow_what_follows() -> None:
    hidden = f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>{code("TC 甲")}'
    assert lines(
        paragraph("前", hidden, '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>', "后")
    ) == ["前后"]


def test_signs_tabs_and_hyphens() -> None:
    def sign(font: str, char: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'

    parsed = read(
        paragraph(sign("Wingdings", "F0FE"), "同意", sign("Wingdings 2", "F0A3"), "不同意"),
        paragraph("姓名<w:tab/>职务".replace("<w:tab/>", "</w:t><w:tab/><w:t>"), "党", "<w:r><w:softHyphen/></w:r>", "员\u00ad证"),
        paragraph("A<w:noBreakHyphen/>1".replace("<w:noBreakHyphen/>", "</w:t><w:noBreakHyphen/><w:t>")),
        paragraph("甲", sign("某字体", "F0EE"), "乙"),
    )  # fmt: skip
    assert parsed.text.split("\n") == ["☑同意□不同意", "姓名\t职务党员证", "A-1", "甲乙"]
    assert any("1 个特殊符号" in warning for warning in parsed.warnings)


@pytest.mark.parametrize(
    ("font", "char", "shown"),
    [("Symbol", "F061", "α"), ("Symbol", "F0B3", "≥"), ("Symbol", "F032", "2"), ("宋体", "2605", "★"), ("Wingdings", "F081", "①"),
     ("Wingdings", "F08C", "❶"), ("宋体", "F0FF", ""), ("宋体", "D800", ""), ("宋体", "xyz", ""), ("Wingdings", "", "")],
)  # fmt: skip
def test_symbols(font: str, char: str, shown: str) -> None:
    assert symbol(font, char) == shown


def test_numbers_that_word_generates_count_in_tables_too() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7001"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="7001"><w:abstractNumId w:val="7001"/></w:num>')
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7001"/></w:numPr>'
    rows = (
        ["要求", "时限"],
        [paragraph("学习", properties=numbered), "五月"],
        [paragraph("检查", properties=numbered), "六月"],
    )
    content = table(*rows) + paragraph("总结", properties=numbered)
    for element in parse_xml(f"<w:body {NAMES}>{content}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    assert document.element.body.find(qualified("w:tbl")) is not None
    buffer = io.BytesIO()
    document.save(buffer)
    assert parse(buffer.getvalue(), "a.docx").text.split("\n") == [
        "要求：1 学习；时限：五月", "要求：2 检查；时限：六月", "3 总结",
    ]  # fmt: skip


def test_a_file_of_nothing_but_a_header_is_empty() -> None:
    with pytest.raises(EmptyDocument):
        read(paragraph(), parts={"header1": paragraph("页眉")})


def test_what_is_embedded_is_named() -> None:
    parsed = read(paragraph("正文。"), '<w:altChunk r:id="rId99"/>')
    assert any("嵌入" in warning for warning in parsed.warnings)
