"""Files whose mark of secrecy stands where their text does not say it, each with a twin that only speaks of secrecy."""

from __future__ import annotations

import copy
import email.header
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pptx
import xlwt
from ofd_samples import words, written_ofd
from pptx.util import Cm
from samples import saved

SECRET = "雪松行动名单"
BODY = ["雪松行动定于五月开始。", "各支部按照分工做好雪松行动的准备工作。"]
NAMES = [["姓名", "职务"], ["雪松组王一", "书记"], ["雪松组李二", "委员"]]
FILES = [["序号", "名称", "密级"], [1, "植树方案", "无"], [2, "读书通报", "公开"], [3, "防汛安排", "内部"]]


def sheet(
    rows: Sequence[Sequence[object]], change: Callable[[openpyxl.Workbook], object] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    return saved(book)


def two_sheets(title: str, rows: Sequence[Sequence[object]], state: str = "visible") -> bytes:
    """An open first sheet, and a second one with these rows."""

    def add(book: openpyxl.Workbook) -> None:
        second = book.create_sheet(title)
        second.sheet_state = state
        for row in rows:
            second.append(row)

    return sheet([["姓名", "职务"], ["王一", "书记"], ["李二", "委员"]], add)


def old_sheet(
    rows: Sequence[Sequence[object]], header: str = "", hidden: Sequence[Sequence[object]] = ()
) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for number, (name, filled) in enumerate((("Sheet1", rows), ("附", hidden))):
        if not filled:
            continue
        made = book.add_sheet(name)
        made.visibility = number
        made._Worksheet__header_str = header  # its setter takes only ASCII
        for at, row in enumerate(filled):
            for column, cell in enumerate(row):
                made.write(at, column, cell)
    return saved(book)


def slides(footer: str = "", master: str = "", layout: str = "") -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text_frame.text = SECRET
    slide.placeholders[1].text_frame.text = "\n".join(BODY)
    if footer:
        element = copy.deepcopy(slide.placeholders[1]._element)
        slide.placeholders[1]._element.addnext(element)
        element.find(".//{*}ph").set("type", "ftr")
        element.find(".//{*}ph").set("idx", "11")
        slide.shapes[-1].text_frame.text = footer
    for place, text in ((deck.slide_master, master), (slide.slide_layout, layout)):
        if text:
            box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, Cm(5), Cm(2))
            box.text_frame.text = text
            place.shapes._spTree.append(box._element)
    return saved(deck)


def word_table(rows: Sequence[Sequence[str]]) -> bytes:
    """The table stands first; its first row is repeated on every page, as Word marks a header."""
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    mark = table.rows[0]._tr.get_or_add_trPr()
    mark.append(mark.makeelement(f"{mark.tag[:-4]}tblHeader"))
    for line in (SECRET, *BODY):
        document.add_paragraph(line)
    return saved(document)


def page(*, head: str = "", top: str = "", title: str = "通知") -> str:
    body = "".join(f"<p>{line * 3}</p>" for line in BODY * 4)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<div class='header'>{top}</div><div class='nav'><a href='/a'>首页</a><a href='/b'>机密</a></div>"
        f"<div id='zoom'><h1>关于{SECRET}的通知</h1>{body}</div><div class='footer'>主办单位：某办公室</div></body></html>"
    )


def mail(subject: str, html: str) -> bytes:
    named = email.header.Header(subject, "utf-8").encode()
    return f"Subject: {named}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{html}".encode()


def ofd(mark: str, where: str) -> bytes:
    root = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016">{1}</ofd:{0}>'
    written = words(mark, 20, 20)
    text = "".join(words(line, 30, 50 + 10 * number) for number, line in enumerate((SECRET, *BODY)))
    if where == "template":
        return bytes(written_ofd([text], templates={5: written}, uses={0: 5}))
    note = f'<ofd:Annot ID="1" Type="Stamp"><ofd:Appearance>{written}</ofd:Appearance></ofd:Annot>'
    listed = '<ofd:Page PageID="100"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'
    return bytes(
        written_ofd(
            [text],
            document="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
            members={
                "Doc_0/Annots/Annotations.xml": root.format("Annotations", listed),
                "Doc_0/Annots/Page_0/Annotation.xml": root.format("PageAnnot", note),
            },
        )
    )


def _print_header(text: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda book: setattr(book.active.oddHeader.right, "text", text)


def _hidden_row(book: openpyxl.Workbook) -> None:
    book.active.row_dimensions[1].hidden = True


def _merged_title(book: openpyxl.Workbook) -> None:
    book.active.merge_cells("A1:B1")


MARKDOWN = f"# {SECRET}\n\n" + "\n\n".join(BODY)
# name -> (what is marked, its twin without a mark)
CASES: dict[str, tuple[bytes, bytes]] = {
    "页脚.pptx": (slides(footer="机密★1年"), slides(footer="保密工作从我做起")),
    "光页脚.pptx": (slides(footer="机密"), slides(footer="第一支部")),
    "母版.pptx": (slides(master="秘密★3年"), slides(master="国家秘密受法律保护")),
    "版式.pptx": (slides(layout="绝密★长期"), slides(layout="密级由定密责任人确定")),
    "打印页眉.xlsx": (sheet(NAMES, _print_header("机密★1年")), sheet(NAMES, _print_header("保密工作台账"))),
    "光页眉.xlsx": (sheet(NAMES, _print_header("机密")), sheet(NAMES, _print_header("第一支部"))),
    "打印页眉.xls": (old_sheet(NAMES, "&L机密★1年&R第&P页"), old_sheet(NAMES, "&L名册&R第&P页")),
    "隐藏的表.xlsx": (two_sheets("附", [["机密★1年"], *NAMES], "hidden"), two_sheets("附", FILES, "hidden")),
    "深藏的表.xlsx": (
        two_sheets("附", [["000123", "机密"], *NAMES], "veryHidden"),
        two_sheets("选项", [["密级"], ["绝密"], ["机密"], ["秘密"], ["公开"]], "veryHidden"),
    ),
    "隐藏的表.xls": (old_sheet(NAMES, hidden=[["机密★1年"]]), old_sheet(NAMES, hidden=FILES)),
    "隐藏的行.xlsx": (sheet([["机密★1年", "000123"], *NAMES], _hidden_row), sheet(FILES, _hidden_row)),
    "份号.xlsx": (sheet([["000123", "机密★1年"], *NAMES]), sheet([["000123", "植树名单"], *NAMES])),
    "份号.xls": (old_sheet([["000123", "机密"], *NAMES]), old_sheet([["000123", "内部"], *NAMES])),
    "表头.xlsx": (
        sheet([["中共青山市委文件", "机密★1年"], *NAMES]),
        sheet([["序号", "文件", "密级"], [1, "甲方案", "机密★1年"], [2, "乙方案", "秘密★3年"]]),
    ),
    "第二张.xlsx": (
        two_sheets(SECRET, [[SECRET], ["机密"], *NAMES]),
        two_sheets("读书名单", [["读书名单"], ["内部"], *NAMES[:1], ["王一", "书记"]]),
    ),
    "合并标题.xlsx": (
        sheet([[SECRET, None], [None, "机密★1年"], *NAMES], _merged_title),
        sheet([["国家秘密载体台账", None], *FILES], _merged_title),
    ),
    "版头.xlsx": (
        sheet([["份号", "密级", "紧急程度"], ["000123", "机密", "特急"], [], *NAMES]),
        sheet([["份号", "密级", "紧急程度"], ["000123", "无", "平急"], [], *NAMES]),
    ),
    "表单.xlsx": (
        sheet([["密级", "机密"], ["姓名", "雪松组王一"]]),
        sheet([["密级", "公开"], ["姓名", "王一"]]),
    ),
    "备注.xlsx": (
        sheet([*NAMES, ["雪松组赵三", "机密★1年"]]),
        sheet([["题目", "答案"], ["国家秘密标志怎样写", "机密★1年"]]),
    ),
    "名单.csv": (
        "机密★1年,000123\n姓名,职务\n雪松组王一,书记\n".encode(),
        "序号,名称,密级\n1,植树方案,无\n2,读书通报,内部\n3,普查方案,机密\n".encode(),
    ),
    "表格.docx": (
        word_table([["密级", "机密"], ["份号", "000123"]]),
        word_table([["密级", "无"], ["份号", "000123"]]),
    ),
    "台账.docx": (
        word_table([["名称", "机密★1年"], ["雪松组", "书记"]]),
        word_table([["名称", "密级"], ["甲方案", "机密"], ["乙方案", "内部"]]),
    ),
    "表格.md": (
        f"|密级|机密|\n|---|---|\n|份号|000123|\n\n{MARKDOWN}".encode(),
        f"|要素|示例|\n|---|---|\n|密级|机密★1年|\n\n{MARKDOWN}".encode(),
    ),
    "文件头.md": (
        f"---\n密级: 机密\ntitle: 通知\n---\n{MARKDOWN}".encode(),
        f"---\n密级: 公开\ntags: 机密\n---\n{MARKDOWN}".encode(),
    ),
    "文件头.txt": (
        f"---\nclassification: 机密★1年\n---\n{MARKDOWN}".encode(),
        f"---\nclassification: 无\n---\n{MARKDOWN}".encode(),
    ),
    "批注.md": (f"<!-- 机密★1年 -->\n{MARKDOWN}".encode(), f"<!-- 定密由责任人确定 -->\n{MARKDOWN}".encode()),
    "页头.html": (page(top="机密★1年").encode(), page(top="保密常识一百问").encode()),
    "光页头.html": (page(top="机密").encode(), page(top="保密承诺").encode()),
    "页名.html": (page(title="机密★1年 雪松行动").encode(), page(title="机密级计算机管理办法").encode()),
    "说明.html": (
        page(head='<meta name="密级" content="机密">').encode(),
        page(head='<meta name="keywords" content="机密">').encode(),
    ),
    "表格.html": (
        page(
            top="<table><tr><th>密级</th><th>机密</th></tr><tr><td>份号</td><td>000123</td></tr></table>"
        ).encode(),
        page(
            top="<table><tr><th>名称</th><th>密级</th></tr><tr><td>甲</td><td>机密</td></tr></table>"
        ).encode(),
    ),
    "存页.mhtml": (mail("通知", page(top="机密★1年")), mail("通知", page(top="保密常识"))),
    "邮件.mhtml": (mail("机密★1年 雪松行动", page()), mail("关于定密工作的通知", page())),
    "模板.ofd": (ofd("机密★1年", "template"), ofd("保密工作简报", "template")),
    "批注.ofd": (ofd("机密", "annotation"), ofd("保密办阅", "annotation")),
}
