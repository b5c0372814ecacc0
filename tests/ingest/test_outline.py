"""第X条 starts an article only where it really does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.model import Section
from ingest.outline import outline
from ingest.parse.door import parse


def articles(text: str) -> list[str | None]:
    """Labels of the articles found."""
    return [section.label for section in outline(text) if section.kind == "article"]


def headings(text: str) -> list[tuple[str, ...]]:
    """Full heading paths."""
    return [(*section.path, section.heading) for section in outline(text)]


def test_a_reference_in_running_text_starts_no_article() -> None:
    """依照本条例第八条 is a reference."""
    assert articles("第一条　甲，依照本条例第八条办理。\n第二条　乙。") == ["第一条", "第二条"]


def test_a_reference_thrown_to_a_line_start_starts_no_article() -> None:
    """A hard line break before 第八条 does not make it a heading, with or without a space behind it."""
    text = "第一条　甲，依照本条例\n第八条的规定办理。\n第二条　乙，按\n第九条 、第十条办理。\n第三条　丙。"
    assert articles(text) == ["第一条", "第二条", "第三条"]


def test_gaps_in_the_sequence_are_kept() -> None:
    """A digest or a damaged copy skips numbers; its articles keep their own."""
    assert articles("第一条　甲。\n第三条　乙。\n第十一条　丙。") == ["第一条", "第三条", "第十一条"]


def test_inserted_articles_and_bracketed_titles_work() -> None:
    """第十条之一 follows 第十条; 【…】 may follow the number."""
    text = "第九条 甲。\n第十条【定义】乙。\n第十条之一 丙。\n第十一条 丁。"
    assert articles(text) == ["第九条", "第十条", "第十条之一", "第十一条"]


def test_articles_without_a_space_are_found() -> None:
    """第六十八条以不正当方式 is an article, 第六十八条以外 is not."""
    assert articles("第一条为了规范。\n第二条以上级批准为准。\n第三条以外的人员。") == ["第一条", "第二条"]


def test_arabic_numerals_name_the_same_articles() -> None:
    """第12条 is 第十二条."""
    assert articles("第11条 甲。\n第12条 乙。") == ["第十一条", "第十二条"]


def test_a_second_regulation_in_the_file_starts_anew() -> None:
    """An annex with its own 第一条 has its own run."""
    assert articles("第一条 甲。\n第二条 乙。\n附件\n第一条 丙。\n第二条 丁。") == ["第一条", "第二条"] * 2


def test_a_single_quoted_article_is_no_regulation() -> None:
    """A commentary that opens with one article it quotes stays a commentary."""
    assert articles("第八十条 在审查中包庇同案人员的。\n本条是新增条款。") == []


def test_chapters_stand_above_their_articles() -> None:
    """Every article knows its 编 and 章; long white space inside a heading is squeezed."""
    text = "第一编　总则\n第一章　总　　则\n第一条　甲。\n第二章　附则\n第二条　乙。"
    assert [section.path for section in outline(text) if section.kind == "article"] == [
        ("第一编 总则", "第一章 总 则"),
        ("第一编 总则", "第二章 附则"),
    ]


def test_items_of_an_article_are_not_headings() -> None:
    """（一） inside a regulation belongs to its article."""
    assert [s.kind for s in outline("第一条　包括：\n（一）甲；\n（二）乙。\n第二条　丙。")] == [
        "article",
        "article",
    ]


def test_report_headings_nest_by_their_numbering() -> None:
    """一、 holds （一）, which holds 1.; a run-in heading ends at its first stop."""
    text = "报告\n一、工作情况\n（一）抓实“三会一课”。全年12次。\n1.按月安排\n二、存在问题\n（一）不平衡。个别支部。"
    assert headings(text) == [
        ("一、工作情况",),
        ("一、工作情况", "（一）抓实“三会一课”"),
        ("一、工作情况", "（一）抓实“三会一课”", "1.按月安排"),
        ("二、存在问题",),
        ("二、存在问题", "（一）不平衡"),
    ]


def test_a_decimal_at_a_line_start_is_no_heading() -> None:
    """3.5% opens no section."""
    assert outline("报告\n3.5%的党员。") == []


def test_section_ends_nest() -> None:
    """A section's end is where the next of its rank or above starts."""
    text = "一、甲\n（一）子\n二、乙"
    first = outline(text)[0]
    assert isinstance(first, Section)
    assert text[first.start : first.end] == "一、甲\n（一）子\n"


@pytest.mark.shared_data
def test_the_national_laws_give_every_article(shared_data: Path) -> None:
    """64,665 lines start 第X条 and a space; six more lack the space. No reference among them becomes an article."""
    found = 0
    for path in sorted((shared_data / "laws").rglob("*.md")):
        parsed = parse(path.read_bytes(), path.name)
        text, blocks, _ = clean(parsed.text, parsed.blocks)
        found += sum(section.kind == "article" for section in outline(text, blocks))
    assert 64_600 <= found <= 64_700
