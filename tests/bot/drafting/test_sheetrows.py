"""A spreadsheet of the knowledge base as facts: rows of periods are told as a table of the request is, with their changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.compose import Desk
from bot.drafting.figures.audit import audit
from bot.drafting.model import Draft
from bot.drafting.request import request_of
from bot.drafting.sheetrows import sheets_of, table_of
from bot.ui.draftform import request_from
from bot.ui.refilled import form_of_request
from evals.drafts import comes_out

NUMBERS = "指标,单位,2025年,2026年\n党员,名,56,58\n主题党日,次,12,12\n"
PEOPLE = "姓名,职务,年龄\n甲某,书记,45\n乙某,委员,39\n"


@pytest.fixture(scope="module")
def desk(desk_over: Callable[[Mapping[str, str]], Desk]) -> Desk:
    return desk_over({"村数据2026.csv": NUMBERS, "名册2026.csv": PEOPLE})


def drafted(desk: Desk, document: str) -> Draft:
    given = {
        "genre": "工作总结",
        "title": "某村党支部2026年工作总结",
        "unit": "某村党支部",
        "period": "2026年",
    }
    *_, made = desk.draft(request_of({**given, "documents": [document]}))
    return made


def told(draft: Draft) -> list[str]:
    return [one.text for section in draft.sections for part in section.paragraphs for one in part]


def test_rows_are_told_with_their_changes_and_cited(desk: Desk) -> None:
    made = drafted(desk, "村数据2026.csv")
    assert "2026年党员58名，比上年增加2名，增长3.6%。" in told(made)
    assert "主题党日12次，与上年持平。" in told(made)
    assert not any("指标：" in one for one in told(made))
    assert audit(told(made), made) == ()
    assert made.calculations
    assert all(map(comes_out, made.calculations))
    quoted = {made.citations[n - 1].quote for fact in made.request.facts for n in [fact.n]}
    assert quoted == {
        "第2行 指标：党员；单位：名；2025年：56；2026年：58",
        "第3行 指标：主题党日；单位：次；2025年：12；2026年：12",
    }
    form = form_of_request(made.request)
    assert (form.documents, form.table, form.facts) == (("村数据2026.csv",), "", "")
    assert request_from(form).documents == ("村数据2026.csv",)


def test_a_list_of_people_is_no_table_of_figures(desk: Desk) -> None:
    made = drafted(desk, "名册2026.csv")
    assert made.request.cells == ()
    assert any("甲某" in one for one in told(made))


def test_sheets_and_what_makes_one_a_table() -> None:
    text = "甲表\n第2行 指标：党员；2026年：58\n第3行 指标：支部；2026年：3\n乙表\n第2行 姓名：甲某；年龄：45"
    (first, rows), (second, people) = sheets_of(text)
    assert (first, len(rows), second, len(people)) == ("甲表", 2, "乙表", 1)
    assert [text[one.start : one.end] for one in people] == ["第2行 姓名：甲某；年龄：45"]
    made = table_of("甲表", rows, 5)
    assert made is not None
    assert [(fact.n, fact.text) for _, fact in made[0]] == [(5, "2026年党员58。"), (6, "2026年支部3。")]
    assert table_of("乙表", people, 1) is None
    (_, wrong), *_ = sheets_of("第2行 指标：党员；2026年：许多")
    assert table_of("表", wrong, 1) is None
