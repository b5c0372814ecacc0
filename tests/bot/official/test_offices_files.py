"""Documents as offices make them: what the standard allows is no deviation, however it was set; what it does not is one."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from bot.official.check import Deviation, check

WORDS = "各支部结合实际抓好落实，及时总结经验，改进不足，推动各项工作再上新台阶，年底前报送情况。"


def face(run: Any, name: str, size: float) -> Any:
    run.font.name, run.font.size = name, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)
    return run


class Office:
    """A report set by hand, as with Word: everything direct on the paragraphs, exact lines, no grid."""

    def __init__(self, fangsong: str = "仿宋_GB2312") -> None:
        self.document, self.fangsong = docx.Document(), fangsong
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
        section.footer_distance = Cm(2.5)
        # 28 characters of 16 pt in 15.6 cm.
        face(self.document.styles["Normal"], fangsong, 16)
        self.document.styles["Normal"].element.rPr.append(
            parse_xml(f"<w:spacing {nsdecls('w')} w:val='-5'/>")
        )

    def add(self, words: str, name: str = "", size: float = 16, align: Any = None, first: float = 2) -> Any:
        one = self.document.add_paragraph()
        one.alignment = align
        one.paragraph_format.first_line_indent = Pt(first * size) if align is None and first else None
        one.paragraph_format.line_spacing = Pt(28)
        face(one.add_run(words), name or self.fangsong, size)
        return one

    def right(self, words: str, empty: float) -> Any:
        one = self.add(words, align=SIDE.RIGHT)
        one.paragraph_format.right_indent = Pt(16 * empty)
        return one

    def numbers(self) -> None:
        """One footer for both sides of a leaf, the number in a frame on the outside."""
        footer = self.document.sections[0].footer
        footer.is_linked_to_previous = False
        one = footer.paragraphs[0]
        one._element.get_or_add_pPr().append(
            parse_xml(f"<w:framePr {nsdecls('w')} w:wrap='around' w:hAnchor='margin' w:xAlign='outside'/>")
        )
        face(one.add_run("— "), "宋体", 14)
        one._element.append(
            parse_xml(
                f"<w:fldSimple {nsdecls('w')} w:instr=' PAGE '><w:r><w:rPr><w:rFonts w:ascii='宋体' w:eastAsia='宋体'/>"
                "<w:sz w:val='28'/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>"
            )
        )
        face(one.add_run(" —"), "宋体", 14)


def report(
    change: Callable[[Office], None] = lambda _: None, fangsong: str = "仿宋_GB2312"
) -> list[Deviation]:
    made = Office(fangsong)
    made.add("星湖街道党工委关于党员教育", "方正小标宋简体", 22, SIDE.CENTER)
    made.add("管理工作情况的报告", "方正小标宋简体", 22, SIDE.CENTER)
    made.add("区委组织部：", first=0)
    made.add(WORDS)
    made.add("一、主要做法", "黑体")
    made.add("（一）抓学习", "楷体_GB2312")
    made.add(WORDS)
    made.numbers()
    change(made)
    made.add("")
    made.add("")
    made.right("星湖街道党工委", 3.5)
    made.right("2026年3月5日", 4)
    into = BytesIO()
    made.document.save(into)
    return check(into.getvalue())


@pytest.mark.parametrize("fangsong", ["仿宋_GB2312", "仿宋", "FangSong", "FANGSONG", "方正仿宋_GBK"])
def test_a_report_set_by_hand_passes(fangsong: str) -> None:
    assert report(fangsong=fangsong) == []


def numbered(made: Office) -> None:
    """Lists as the program counts them: 一、 and 1. stand in numbering.xml, not in the words."""
    numbering = made.document.part.numbering_part.element
    level = "<w:lvl w:ilvl='{}'><w:start w:val='1'/><w:numFmt w:val='{}'/><w:lvlText w:val='{}'/><w:pPr><w:ind w:left='0' w:firstLine='640'/></w:pPr></w:lvl>"
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%2.")
    numbering.insert(
        0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='91'>{levels}</w:abstractNum>")
    )
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='91'><w:abstractNumId w:val='91'/></w:num>"))
    for at, (words, name) in enumerate((("下步打算", "黑体"), ("抓骨干", made.fangsong))):
        one = made.add(words, name, first=0)
        one._element.get_or_add_pPr().append(
            parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{at}'/><w:numId w:val='91'/></w:numPr>")
        )


def under_title(made: Office) -> None:
    made.document.paragraphs[2]._element.addprevious(
        made.add("（征求意见稿）", "楷体_GB2312", 16, SIDE.CENTER)._element
    )


def red_head(made: Office) -> None:
    first = made.document.paragraphs[0]._element
    head = made.add("星湖街道党工委文件", "方正小标宋简体", 60, SIDE.CENTER)
    head.runs[0].font.color.rgb = RGBColor(0xE6, 0x00, 0x12)
    for one in (head, made.add("星湖党发〔2026〕12号", align=SIDE.CENTER)):
        first.addprevious(one._element)


def annex(made: Office) -> None:
    made.add("附件1", "黑体", first=0)
    for words in ("星湖街道党员教育", "工作台账"):
        made.add(words, "方正小标宋简体", 22, SIDE.CENTER)


def empty_in_full_width(made: Office) -> None:
    made.add("　　" + WORDS, first=0)


def figure(made: Office) -> None:
    made.add("图1 支部分布", align=SIDE.CENTER)


def tabbed(made: Office) -> None:
    """A tab in front, with a stop at every second character."""
    made.document.settings.element.find(qn("w:defaultTabStop")).set(qn("w:val"), "640")
    made.add("\t" + WORDS, first=0)


def hung_style_set_right(made: Office) -> None:
    """A style that hangs, with a first line set on the paragraph: the paragraph's own wins."""
    style = made.document.styles.add_style("悬挂", 1)
    style.base_style = made.document.styles["Normal"]
    style.element.get_or_add_pPr().append(
        parse_xml(f"<w:ind {nsdecls('w')} w:hangingChars='200' w:hanging='640'/>")
    )
    made.add(WORDS).style = style


@pytest.mark.parametrize(
    "change",
    [numbered, under_title, red_head, annex, empty_in_full_width, figure, tabbed, hung_style_set_right],
    ids=lambda one: one.__name__,
)
def test_what_the_standard_allows_is_no_deviation(change: Callable[[Office], None]) -> None:
    assert report(change) == []


WRONG: dict[str, Callable[[Office], None]] = {
    "一级标题字体": lambda made: made.add("二、打算", "宋体") and None,
    "正文字体": lambda made: made.add(WORDS, "宋体") and None,
    "附件说明缩进": lambda made: made.add("附件：检查名单", first=0) and None,
    "附件说明标点": lambda made: made.add("附件:检查名单") and None,
    "每面行数": lambda made: (
        [setattr(one.paragraph_format, "line_spacing", Pt(30)) for one in made.document.paragraphs] and None
    ),
    "天头": lambda made: setattr(made.document.sections[0], "top_margin", Cm(2.54)),
    "页码字体": lambda made: (
        [
            one.set(qn("w:ascii"), "Times New Roman")
            for one in made.document.sections[0].footer._element.iter(qn("w:rFonts"))
        ]
        and None
    ),
    "页码": lambda made: setattr(made.document.sections[0], "different_first_page_header_footer", True),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_it_does_not_allow_is_told(what: str) -> None:
    """What is put wrong is told, and nothing that has nothing to do with it."""
    found = report(WRONG[what])
    assert any(one.rule.endswith(what) for one in found), found
    assert len(found) <= (3 if what == "天头" else 2), found  # a margin moves the text area and its lines


@pytest.mark.parametrize(
    ("number", "is_right"),
    [("星湖党发〔2026〕12号", True), ("星湖党发〔2026〕012号", False), ("星湖党发〔2026〕第12号", False)],
)
def test_the_number_of_a_document(number: str, is_right: bool) -> None:
    def put(made: Office) -> None:
        made.document.paragraphs[0]._element.addprevious(made.add(number, align=SIDE.CENTER)._element)

    assert (report(put) == []) is is_right


def test_a_text_box_is_told_once_and_by_its_place() -> None:
    """Word writes a text box twice, the second time for old programs."""
    box = (
        f"<mc:AlternateContent {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:{0}><w:txbxContent><w:p><w:r><w:t>抄送:区委办公室</w:t></w:r></w:p></w:txbxContent></mc:{0}></mc:AlternateContent>"
    )

    def put(made: Office) -> None:
        for kind in ("Choice", "Fallback"):
            made.add(WORDS).runs[0]._element.append(parse_xml(box.format(kind)))

    found = [one for one in report(put) if "抄送机关" in one.rule]
    assert [one.rule.rpartition("抄送机关")[2] for one in found] == ["字号", "标点", "标点"]
    assert all(one.place == "表格或文本框“抄送:区委办公室”" for one in found)


def test_a_line_higher_than_a_step_of_the_grid_takes_two() -> None:
    """Word's own grid of 15.6 points: 16-point lines stand 31.2 points apart, 20 to a page."""

    def put(made: Office) -> None:
        for old in made.document.element.body.iter(qn("w:docGrid")):
            old.set(qn("w:type"), "lines")
            old.set(qn("w:linePitch"), "312")
        for one in made.document.paragraphs:
            one.paragraph_format.line_spacing = 1

    (found,) = [one for one in report(put) if one.rule.endswith("每面行数")]
    assert found.found == "20 行（行距 31.2 磅）"
