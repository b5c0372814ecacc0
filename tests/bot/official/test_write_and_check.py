"""What is written passes the check; each thing put wrong is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from bot.official.check import check
from bot.official.model import Header, Paper, Para, Run
from bot.official.testing import sample
from bot.official.write import to_docx


def changed(file: bytes, change: Callable[[Any], None]) -> bytes:
    document = docx.Document(BytesIO(file))
    change(document)
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def paragraph(document: Any, words: str) -> Any:
    return next(one for one in document.paragraphs if words in one.text)


@pytest.mark.parametrize("annex", [True, False])
@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize(
    "signer", ["中共星湖街道工作委员会", "星湖社区党委", "中共云岭市星湖街道办事处机关支部委员会"]
)
def test_what_is_written_passes(annex: bool, sealed: bool, signer: str) -> None:
    paper = replace(sample(), sealed=sealed, signer=signer, dated=date(2026, 11, 22))
    assert check(to_docx(paper, annex=annex)) == []


def test_a_bare_report_passes() -> None:
    assert check(to_docx(Paper("述职报告", paragraphs=(Para("一年来，各项工作有序推进。"),)))) == []


@pytest.mark.parametrize("sealed", [True, False])
def test_a_paper_that_is_not_dated_yet_passes(sealed: bool) -> None:
    assert check(to_docx(replace(sample(), dated=None, sealed=sealed))) == []


def test_a_paper_that_goes_upwards_passes() -> None:
    header = Header("中共星湖街道工作委员会", "星湖工委〔2026〕3号", issuers=("甲某某", "乙某某"))
    assert check(to_docx(replace(sample(), header=header))) == []


def test_the_annex_is_named_only_where_it_stands() -> None:
    with_it = [one.text for one in docx.Document(BytesIO(to_docx(sample()))).paragraphs]
    without = [one.text for one in docx.Document(BytesIO(to_docx(sample(), annex=False))).paragraphs]
    assert "3.引用依据和数据来源" in with_it
    assert "附件3" in with_it
    assert not any("引用依据" in text or text == "附件3" for text in without)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_docx(sample()) == to_docx(sample())


def test_a_pending_figure_is_highlighted() -> None:
    document = docx.Document(BytesIO(to_docx(sample())))
    (run,) = [run for one in document.paragraphs for run in one.runs if run.font.highlight_color]
    assert run.text == "〔待核实〕"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    document = docx.Document(BytesIO(to_docx(Paper("报告", paragraphs=(Para("甲\x00乙\x0b<丙>&\ud800丁"),)))))
    assert paragraph(document, "甲").text == "甲乙<丙>&丁"


def test_runs_must_say_the_text() -> None:
    with pytest.raises(ValueError, match="runs"):
        Para("甲乙", 0, (Run("甲"),))


WRONG = {
    "天头": lambda d: setattr(d.sections[0], "top_margin", Mm(25.4)),
    "订口": lambda d: setattr(d.sections[0], "left_margin", Mm(31.8)),
    "幅面": lambda d: setattr(d.sections[0], "page_width", Mm(216)),
    "标题字号": lambda d: setattr(paragraph(d, "专项检查").runs[0].font, "size", Pt(18)),
    "标题位置": lambda d: setattr(paragraph(d, "专项检查"), "alignment", WD_ALIGN_PARAGRAPH.LEFT),
    "正文字号": lambda d: setattr(paragraph(d, "检查采取").runs[0].font, "size", Pt(14)),
    "正文缩进": lambda d: (
        paragraph(d, "检查采取").paragraph_format.element.get_or_add_pPr().append(_no_indent())
    ),
    "一级标题字体": lambda d: setattr(paragraph(d, "一、"), "style", d.styles["Normal"]),
    "二级标题字体": lambda d: setattr(paragraph(d, "（一）"), "style", d.styles["Normal"]),
    "主送机关标点": lambda d: setattr(paragraph(d, "组织部：").runs[0], "text", "中共云溪区委组织部:"),
    "发文字号写法": lambda d: setattr(paragraph(d, "12号").runs[0], "text", "星湖工委发[2026]12号"),
    "成文日期写法": lambda d: setattr(paragraph(d, "3月5日").runs[0], "text", "2026年03月05日"),
    "成文日期位置": lambda d: setattr(paragraph(d, "3月5日"), "alignment", WD_ALIGN_PARAGRAPH.LEFT),
    "页码位置": lambda d: setattr(d.settings, "odd_and_even_pages_header_footer", False),
    "页码": lambda d: d.sections[0].footer.paragraphs[0].clear(),
}


def _no_indent() -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:ind")
    for name in ("firstLineChars", "firstLine"):
        element.set(qn(f"w:{name}"), "0")
    return element


@pytest.mark.parametrize("what", WRONG)
def test_what_is_put_wrong_is_found(what: str) -> None:
    found = check(changed(to_docx(sample()), WRONG[what]))
    assert [one for one in found if one.rule.split(" ", 2)[2].split(" ", 1)[-1].endswith(what)], found
    # A margin moves the text area with it; nothing else is blamed.
    assert len(found) <= (4 if what in {"天头", "订口", "幅面"} else 2), found


def test_an_imprint_in_a_table_is_checked() -> None:
    def add(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "抄送：区委办公室。"

    (found,) = check(changed(to_docx(replace(sample(), imprint=None)), add))
    assert found.rule.endswith("抄送机关字号")
    assert (found.expected, found.found) == ("14 磅", "16 磅")


def test_a_page_without_a_size_is_told_and_not_fatal() -> None:
    def bare(document: Any) -> None:
        end = document.element.body.sectPr
        for child in list(end):
            end.remove(child)

    assert any("幅面" in one.rule for one in check(changed(to_docx(sample()), bare)))
