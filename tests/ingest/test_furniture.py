"""What repeats on printed pages goes out with a record, what only resembles it stays; made here as real PDFs."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.clean import clean
from ingest.furniture import EDGE_REASON, NUMBER_REASON, WATERMARK_REASON, furniture
from ingest.model import Block, Parsed
from ingest.parse.lines import Line, lay_out
from ingest.parse.pdf import parse_pdf

# One long article, so that pages are full of lines that differ.
PROSE = (
    "党支部应当根据本单位实际情况制定年度学习计划，明确学习内容和时间安排，并报上级党组织备案。支部委员会每月召开一次会议，研究讨论党员教育、"
    "发展党员、党费收缴等事项，会议记录由专人保管。党小组一般每月召开一次会议，组织党员学习讨论，开展批评和自我批评，交流思想和工作情况。"
    "支部书记是第一责任人，其他委员按照分工抓好落实，遇有重大问题应当及时向上级党组织请示报告，不得擅自决定，也不得拖延不办。"
)
WIDTH = 28


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def prose(page: int, lines: int = 8) -> list[str]:
    """Full lines of running text; no two pages are alike."""
    text = (PROSE * 6)[page * 37 :]
    return [text[at * WIDTH : (at + 1) * WIDTH] for at in range(lines)]


def pdf(
    pages: Sequence[Sequence[str]],
    header: Callable[[int], str] | None = None,
    footer: Callable[[int], str] | None = None,
    watermark: str = "",
) -> Parsed:
    """A PDF with these body lines a page; header and footer are drawn after the body, as many programs do."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page, lines in enumerate(pages, 1):
        half = len(lines) // 2
        for at, line in enumerate(lines):
            if watermark and at == half:
                canvas.saveState()
                canvas.setFont(_font(), 48)
                canvas.translate(300, 420)
                canvas.rotate(45)
                canvas.drawCentredString(0, 0, watermark)
                canvas.restoreState()
            canvas.setFont(_font(), 12)
            canvas.drawString(72, 720 - 26 * at, line)
        canvas.setFont(_font(), 9)
        if header is not None:
            canvas.drawString(72, 800, header(page))
        if footer is not None:
            canvas.drawCentredString(297, 40, footer(page))
        canvas.showPage()
    canvas.save()
    return parse_pdf(buffer.getvalue())


def cleaned(parsed: Parsed) -> tuple[list[str], Counter[tuple[str, str]]]:
    """The lines that stay, and (text, reason) of what goes; nothing but white space is lost on the way."""
    text, blocks, dropped = clean(parsed.text, parsed.blocks, parsed.format)
    kept_and_gone = Counter("".join((text + "".join(one.text for one in dropped)).split()))
    assert kept_and_gone == Counter("".join(parsed.text.split()))
    assert all(parsed.text[one.start : one.start + len(one.text)] == one.text for one in dropped)
    assert [block.page for block in blocks] == sorted(block.page or 0 for block in blocks)
    return text.split("\n"), Counter((one.text, one.reason) for one in dropped)


NUMBER_FORMS = [
    "— {} —",
    "- {} -",
    "–{}–",
    "－ {} －",
    "第 {} 页",
    "第 {} 页 共 5 页",
    "第{}页/共5页",
    "共 5 页，第 {} 页",
    "{}/5",
    "{} / 5",
    "{}",
    "· {} ·",
    "Page {} of 5",
    "一{}一",  # as OCR reads the dashes
    "青山市委组织部　{}",
]


@pytest.mark.parametrize("form", NUMBER_FORMS)
def test_page_numbers_that_count_with_the_pages_go(form: str) -> None:
    """All five of them, and nothing else."""
    lines, gone = cleaned(pdf([prose(n) for n in range(5)], footer=form.format))
    assert sum(gone.values()) == 5
    assert {reason for _, reason in gone} == {NUMBER_REASON}
    assert "".join(lines) == "".join("".join(prose(n)) for n in range(5))


def test_numbers_after_a_cover_and_in_chinese_go() -> None:
    """The first page has none, the second is 第一页."""
    numerals = ["", "第一页", "第二页", "第三页", "第四页"]
    _, gone = cleaned(pdf([prose(n) for n in range(5)], footer=lambda page: numerals[page - 1]))
    assert sum(gone.values()) == 4


@pytest.mark.parametrize(
    "feet",
    [
        ["12", "7", "30", "4", "18"],  # the last cells of tables
        ["2021", "2022", "2022", "2024", "2023"],
        ["3/5", "3/5", "1/5", "2/5", "5/5"],  # votes
        ["共 7 页", "共 3 页", "共 9 页", "共 7 页", "共 1 页"],
    ],
)
def test_numbers_that_do_not_count_with_the_pages_stay(feet: list[str]) -> None:
    lines, gone = cleaned(pdf([prose(n) for n in range(5)], footer=lambda page: feet[page - 1]))
    assert not gone
    assert all(any(foot in line for line in lines) for foot in feet)


@pytest.mark.parametrize("head", ["案例{}", "附件 {}", "表{}", "情况{}。", "第{}号通报", "第{}题"])
def test_numbered_heads_one_a_page_stay(head: str) -> None:
    """They count with the pages, too, but are headings of what stands below."""
    lines, gone = cleaned(pdf([[head.format(n), *prose(n), "完。"] for n in range(1, 6)]))
    assert not gone
    assert [head.format(n) in lines for n in range(1, 6)] == [True] * 5


def test_the_only_page_loses_its_number_and_not_a_number_of_the_text() -> None:
    _, gone = cleaned(pdf([prose(0)], footer="— {} —".format))
    assert gone == {("— 1 —", NUMBER_REASON): 1}
    lines, gone = cleaned(pdf([prose(0)], footer=str))
    assert not gone
    assert lines[-1].endswith("1")


def test_headers_and_footers_go_also_where_left_and_right_pages_differ() -> None:
    header = lambda page: "青山市委组织部" if page % 2 else "内部学习材料之三"  # noqa: E731
    lines, gone = cleaned(pdf([prose(n) for n in range(6)], header, lambda page: f"版权所有 第{page}页"))
    assert gone[("青山市委组织部", EDGE_REASON)] == 3
    assert gone[("内部学习材料之三", EDGE_REASON)] == 3
    assert sum(gone.values()) == 12
    assert gone[("版权所有 第1页", NUMBER_REASON)] == 1
    assert "".join(lines) == "".join("".join(prose(n)) for n in range(6))


def test_two_pages_that_begin_alike_lose_nothing() -> None:
    """By chance two pages may begin with one line; three seldom do."""
    pages = [["学习情况", *prose(n)] for n in range(2)]
    assert not cleaned(pdf(pages))[1]
    pages = [["学习情况", *prose(n)] for n in range(3)]
    assert sum(cleaned(pdf(pages))[1].values()) == 3


def test_of_a_title_that_runs_along_as_header_the_first_stays() -> None:
    """Page 1 has the title in its place and no header."""
    title = "青山市党员教育工作办法（试行）"
    lines, gone = cleaned(
        pdf([[title, *prose(0)], *(prose(n) for n in range(1, 4))], lambda page: title if page > 1 else "")
    )
    assert lines[0] == title
    assert gone == {(title, EDGE_REASON): 3}


def test_of_a_chapter_that_runs_along_the_heading_stays() -> None:
    chapters = ["第一章 总则"] * 3 + ["第二章 组织设置"] * 3
    pages = [[chapters[n], *prose(n)] for n in range(6)]
    lines, gone = cleaned(pdf(pages))
    assert [line for line in lines if line.startswith("第")] == ["第一章 总则", "第二章 组织设置"]
    assert sum(gone.values()) == 4


@pytest.mark.parametrize(
    "line",
    [
        "第一条 为了规范工作",
        "一、总体要求",
        "（一）学习情况",
        "1. 基本情况",
        "以上情况属实。",
        "2026年3月1日",
        "报送单位：",
    ],
)
def test_lines_of_the_text_stay_however_often_they_stand_on_an_edge(line: str) -> None:
    """Articles, points, sentences, dates and labels: forms, one a page."""
    lines, gone = cleaned(pdf([[line, *prose(n), f"情况{n}。"] for n in range(5)]))
    assert not gone
    assert sum(kept.startswith(line) for kept in lines) == 5


def test_letters_one_a_page_keep_their_heads_and_feet() -> None:
    """They begin and end alike; only page numbers go."""
    pages = [
        ["转正通知书", f"{name}同志：", *prose(n, 4), "特此通知。", "中共青山市委组织部", "2026年3月1日"]
        for n, name in enumerate(["张三", "李四", "王五", "赵六"])
    ]
    lines, gone = cleaned(pdf(pages, footer="— {} —".format))
    assert lines.count("转正通知书") == lines.count("中共青山市委组织部") == lines.count("2026年3月1日") == 4
    assert {reason for _, reason in gone} == {NUMBER_REASON}


def test_the_head_of_a_table_stays_once() -> None:
    pages = [
        ["序号 姓名 性别 职务", *(f"{9 * page + at} 张某{at} 男 委员" for at in range(1, 9))]
        for page in range(4)
    ]
    lines, gone = cleaned(pdf(pages))
    assert lines.count("序号 姓名 性别 职务") == 1
    assert gone == {("序号 姓名 性别 职务", EDGE_REASON): 3}
    assert sum(line.endswith("委员") for line in lines) == 32


def test_a_watermark_goes_and_the_sentence_it_cuts_is_whole() -> None:
    lines, gone = cleaned(pdf([prose(n) for n in range(5)], watermark="内部资料"))
    assert gone == {("内部资料", WATERMARK_REASON): 5}
    assert "".join(lines) == "".join("".join(prose(n)) for n in range(5))
    assert max(map(len, lines)) > 3 * WIDTH


def test_a_line_inside_some_pages_is_no_watermark() -> None:
    pages = [[*prose(n, 5), *(["学习要求"] if n % 2 else []), *prose(n + 1, 5)] for n in range(6)]
    lines, gone = cleaned(pdf(pages))
    assert not gone
    assert sum("学习要求" in line for line in lines) == 3


def test_forms_are_not_taken_for_watermarks() -> None:
    """Where many lines repeat inside the pages, they are what the form says."""
    pages = [
        [*prose(n, 5), "培养人意见", f"同意{n}", "支部意见", f"合格{n}", "单位盖章", *prose(n + 1, 5)]
        for n in range(5)
    ]
    assert not cleaned(pdf(pages))[1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text("第一二条、（）。1 2关于页—甲乙-\u3000", min_size=1, max_size=12), max_size=7),
        max_size=7,
    )
)
def test_articles_and_points_are_never_furniture_and_nothing_is_lost(pages: list[list[str]]) -> None:
    """Whatever stands on the pages."""
    lines = [Line(line, page=page) for page, some in enumerate(pages, 1) for line in some if line.strip()]
    parsed = lay_out(lines, "pdf", {})
    text, _, dropped = clean(parsed.text, parsed.blocks, "pdf")
    assert Counter("".join((text + "".join(one.text for one in dropped)).split())) == Counter(
        "".join(parsed.text.split())
    )
    assert not any(one.text.strip().startswith(("第一条", "第二条", "一、", "（一）")) for one in dropped)


def test_lines_without_a_page_are_no_furniture() -> None:
    """Text files have no pages, and what repeats in them is text."""
    lines = ["学习情况", "正文甲", "学习情况", "正文乙", "学习情况", "正文丙"]
    assert furniture(lines, [None] * 6) == {}
    blocks = [Block(0, 4), Block(5, 8)]
    assert clean("学习情况\n正文甲", blocks)[2] == ()
