"""The audit finds each figure that comes from nowhere, and takes nobody's word for the others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.figures.audit import audit
from bot.drafting.figures.ground import ground
from bot.drafting.model import (
    PENDING,
    Calculation,
    Cell,
    Draft,
    DraftFigure,
    DraftSentence,
    Fact,
    Planned,
    Request,
    Section,
)
from bot.model import Citation

FACTS = (Fact(1, "发展党员12名，走访困难党员×名。", "事实第1条"),)
CELLS = (Cell(1, "党课", "次", "2025年", "28", 28.0),)
REQUEST = Request(
    "年度工作报告",
    "2025年度党建工作报告",
    "星湖社区",
    "2025年度",
    dated=date(2026, 1, 9),
    facts=FACTS,
    cells=CELLS,
)
SOURCE = Citation(1, "d", "a.md", "细则", "第十二条", (), 3, "预备期为一年。", 0, 7, 0, 7, in_force=True)
DRAFT = Draft(REQUEST, (), (SOURCE,), (Calculation(1, "发展党员比上年增加：12-10=2（名）", "2名", (1,)),))


@pytest.mark.parametrize(
    "text",
    [
        "2025年度党建工作报告", "一、基本情况", "（一）发展党员12名，比上年增加2名。", "讲党课28次。", "预备期是1年，见第十二条。", "2026年1月9日",
        f"培训{PENDING}次，走访困难党员×名，投入XX元。", "1. 发展党员十二名。", "附件1", "来源：[1]《细则》第3页", "“三会一课”“1+N”",
    ],
)  # fmt: skip
def test_accounted_for(text: str) -> None:
    assert audit([text], DRAFT) == ()


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("发展党员13名。", "13名"), ("培训12次。", "12次"), ("预备期是2年。", "2年"), ("见第十三条。", "第十三条"), ("2027年1月9日", "2027年1月9日"),
        ("走访困难党员5名。", "5名"), ("占12.5%。", "12.5%"), ("慰问居民12名。", "12名"), ("党员十三名。", "十三名"), ("编号QQ7788", "7788"),
    ],
)  # fmt: skip
def test_from_nowhere(text: str, stray: str) -> None:
    found = audit(["正文。", text], DRAFT)
    assert [(one.paragraph, one.text) for one in found] == [(1, stray)]
    assert text[found[0].start : found[0].end] == stray


def test_what_the_draft_says_of_its_figures_is_not_believed() -> None:
    """A sentence whose figure is said to be grounded is found all the same."""
    text = "慰问老党员99名。"
    lie = DraftSentence(text, "fact", (1,), figures=(DraftFigure(5, 8, "99名", "fact", 1),))
    draft = Draft(REQUEST, (Section(Planned("一", 1), ((lie,),)),))
    assert [stray.text for stray in audit([text], draft)] == ["99名"]


@pytest.mark.parametrize(
    "text",
    ["发展党员12名，处分3名，参训率98%。", "2024年讲党课30次，依据第九条。", "投入20万元，三个月完成。"],
)
def test_what_ground_leaves_has_no_stray(text: str) -> None:
    shown, _ = ground(text, FACTS, DRAFT.calculations, DRAFT.citations, given=REQUEST.period, year=2025)
    assert audit([shown], DRAFT) == ()


PIECES = [
    "发展党员",
    "走访困难党员",
    "12名",
    "×名",
    "，",
    "。",
    "2名",
    "增加",
    "第十二条",
    "2025年",
    "预备期",
    "1年",
    "7",
    "百分之三",
    "处分",
    "“",
    "（3）",
    "A4",
    "QQ77",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join))
def test_whatever_ground_returns_is_accounted_for(text: str) -> None:
    shown, _ = ground(text, FACTS, DRAFT.calculations, DRAFT.citations, given=REQUEST.period, year=2025)
    assert audit([shown], DRAFT) == ()
