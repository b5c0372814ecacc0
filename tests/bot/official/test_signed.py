"""Under the text: empty lines before the signature, 签名章, several issuing bodies, page numbers of every section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from bot.official.check import Deviation, check
from bot.official.model import Header
from bot.official.testing import sample
from bot.official.write import to_docx

PAPER = replace(sample(), annex=(), imprint=None, note="", attachments=())
PICTURE = f"<w:r {nsdecls('w')}><w:pict/></w:r>"


def found(
    change: Callable[[Any], None], *, sealed: bool = True, header: Header | None = None
) -> list[Deviation]:
    paper = replace(PAPER, sealed=sealed, header=header or PAPER.header)
    document = docx.Document(BytesIO(to_docx(paper)))
    change(document)
    into = BytesIO()
    document.save(into)
    return check(into.getvalue())


def signature(document: Any) -> Any:
    return next(one for one in reversed(document.paragraphs) if one.text == PAPER.signer)


def date(document: Any) -> Any:
    return next(one for one in document.paragraphs if one.text.endswith("3月5日"))


def space(one: Any, lines: float) -> None:
    spacing = one._element.pPr.find(qn("w:spacing"))
    if spacing is None:
        spacing = OxmlElement("w:spacing")
        one._element.pPr.append(spacing)
    spacing.attrib.clear()
    spacing.set(qn("w:beforeLines"), str(round(lines * 100)))


@pytest.mark.parametrize(
    ("sealed", "lines", "rule"),
    [
        (True, 2, ""),
        (True, 4, ""),
        (True, 0, "7.3.5.1"),
        (True, 7, "7.3.5.1"),
        (False, 1, ""),
        (False, 0, "7.3.5.2"),
        (False, 3, "7.3.5.2"),
    ],
)
def test_empty_lines_between_text_and_signature(sealed: bool, lines: int, rule: str) -> None:
    """By the space before, and by empty paragraphs, which is how most people do it."""

    def by_space(document: Any) -> None:
        space(signature(document), lines)

    def by_paragraphs(document: Any) -> None:
        space(signature(document), 0)
        for _ in range(lines):
            signature(document).insert_paragraph_before("")

    for change in (by_space, by_paragraphs):
        told = found(change, sealed=sealed)
        assert [rule in one.rule and one.found == f"空 {lines} 行" for one in told] == [True] * bool(rule), (
            told
        )


def test_on_a_new_page_nothing_is_counted() -> None:
    def broken(document: Any) -> None:
        space(signature(document), 0)
        signature(document).paragraph_format.page_break_before = True

    assert found(broken) == []


def together(names: tuple[str, ...], rights: tuple[float, ...]) -> Callable[[Any], None]:
    """Names over the one that signs, each this far from the right edge."""

    def change(document: Any) -> None:
        last = signature(document)
        space(last, 0)
        for n, (name, right) in enumerate(zip(names, rights, strict=True)):
            one = last.insert_paragraph_before(name)
            one.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            one.paragraph_format.right_indent = Pt(16 * right)
            one.paragraph_format.first_line_indent = Pt(0)
            if not n:
                space(one, 1)

    return change


def test_bodies_that_issue_together() -> None:
    """One under the other, set alike, and in the order of 发文机关标志."""
    first, second = "中共星湖街道纪律检查委员会", PAPER.signer
    header = Header(f"{first}\n{second}", "星湖工委发〔2026〕12号")
    assert found(together((first,), (2,)), sealed=False, header=header) == []
    (moved,) = found(together((first,), (9,)), sealed=False, header=header)
    assert moved.rule.endswith("联合行文署名位置")
    turned = replace(header, agency=f"{second}\n{first}")
    (wrong,) = found(together((first,), (2,)), sealed=False, header=turned)
    assert wrong.rule.endswith("联合行文署名顺序")
    assert wrong.expected.endswith(f"{second}、{first}")


def stamped(office: str, before: float, between: int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        one = signature(document)
        one.runs[0].text = office
        space(one, before)
        one._element.append(parse_xml(PICTURE))
        for _ in range(between):
            date(document).insert_paragraph_before("")

    return change


@pytest.mark.parametrize(
    ("office", "before", "between", "rules"),
    [
        ("区委书记", 2, 1, []),
        ("区委书记", 1, 1, ["签名章位置"]),
        ("区委书记", 2, 0, ["成文日期位置"]),
        ("", 2, 1, ["签名章"]),
    ],
)
def test_a_stamp_of_the_one_who_signs(office: str, before: float, between: int, rules: list[str]) -> None:
    told = [one for one in found(stamped(office, before, between)) if "7.3.5.3" in one.rule]
    assert [one.rule.rpartition(" ")[2] for one in told] == rules


def test_page_numbers_of_later_sections() -> None:
    """They follow the section before, or have numbers of their own; they do not begin anew."""

    def linked(document: Any) -> None:
        document.add_section(WD_SECTION.NEW_PAGE)

    def without(document: Any) -> None:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        for footer in (section.footer, section.even_page_footer):
            footer.is_linked_to_previous = False

    def anew(document: Any) -> None:
        linked(document)
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        document.sections[-1]._sectPr.append(start)

    assert found(linked) == []
    assert [(one.place, one.found) for one in found(without)] == [("页脚（第 2 节）", "没有页码")] * 2
    (again,) = found(anew)
    assert (again.place, again.expected) == ("页脚（第 2 节）", "各部分一起装订的，页码连续编排")
