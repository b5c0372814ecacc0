"""What follows in a draft: dates in words, rows without their year again, plans without 下一步, counts of the draft's own lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.drafting.assemble import assembled
from bot.drafting.counting import counted, miscounted
from bot.drafting.editing import more_formal, rewritten, without_sentence
from bot.drafting.figures.ahead import without_next
from bot.drafting.figures.audit import audit
from bot.drafting.figures.lead import lead_of, points
from bot.drafting.figures.reckon import reckon
from bot.drafting.genres import genre_of
from bot.drafting.model import PENDING, Draft, DraftSentence, Fact, Planned, Request, Section
from bot.drafting.paper import source_lines
from bot.drafting.request import request_of
from bot.drafting.stock import stock_of
from bot.verify.daywords import days_in_words

GIVEN = {
    "genre": "年度工作报告",
    "title": "青石社区党委2026年度党建工作情况报告",
    "unit": "青石社区党委",
    "period": "2026年",
    "facts": "截至2026.6.30，有党员132名。",
    "table": [
        {
            "title": "队伍",
            "columns": ["指标", "单位", "2025年", "2026年"],
            "rows": [["党员", "名", 120, 132], ["党小组", "个", 16, 18], ["党费", "元", 40000, 41000]],
        }
    ],
}


def told(request: Request, purpose: str, facts: tuple[Fact, ...]) -> Section:
    planned = Planned("部分", 1, purpose)  # type: ignore[arg-type]
    stock = stock_of(request, reckon(request.facts, request.cells))
    return Section(planned, assembled(planned, facts, genre_of(request.genre), stock, {}))


def words(section: Section) -> list[str]:
    return [one.text for paragraph in section.paragraphs for one in paragraph]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("截至2026.6.30，", "截至2026年6月30日，"),
        ("2026-06-30日召开", "2026年6月30日召开"),
        ("2026/6/30—7/5开展", "2026年6月30日至7月5日开展"),
        ("2026.2.30不是日子", "2026.2.30不是日子"),
        ("经费2026.6万元", "经费2026.6万元"),
        ("版本1.2026.6.30", "版本1.2026.6.30"),
    ],
)
def test_days_are_written_in_words(typed: str, written: str) -> None:
    assert days_in_words(typed) == written
    assert days_in_words(written) == written


def test_a_day_with_dots_is_traced_to_its_fact() -> None:
    request = request_of(GIVEN)
    section = told(request, "概况", request.facts[:1])
    sentence = section.paragraphs[0][0]
    assert sentence.text == "截至2026年6月30日，有党员132名。"
    assert [(one.text, one.ground, one.n) for one in sentence.figures] == [
        ("2026年6月30日", "fact", 1),
        ("132名", "fact", 1),
    ]
    assert audit([sentence.text], Draft(request, (section,))) == ()


def test_rows_name_their_year_once_and_it_is_given() -> None:
    request = request_of(GIVEN)
    section = told(request, "概况", request.facts)
    rows = words(section)[1:]

    assert [one.count("2026年") for one in rows] == [1, 0, 0]
    figures = [one for paragraph in section.paragraphs for said in paragraph for one in said.figures]
    assert [one.ground for one in figures if one.text == "2026年"] == ["fact"]
    assert {one.ground for one in figures if "增加" in one.text or one.text.endswith("%")} == {"calculated"}
    assert not any(one.ground == "pending" for one in figures)


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        ("下一步将推行领学清单", "推行领学清单"),
        ("下一步，我们将继续抓好学习", "继续抓好学习"),
        ("下步打算每季度安排1次", "每季度安排1次"),
        ("下一步将流动党员纳入管理", "将流动党员纳入管理"),
        ("将三会一课落实到位", "将三会一课落实到位"),
    ],
)
def test_plans_do_not_say_again_that_they_come_next(fact: str, written: str) -> None:
    assert without_next(fact) == written
    request = request_of({**GIVEN, "table": []})
    several = tuple(Fact(n, f"{fact}。", f"事实第{n}条") for n in (1, 2))
    assert words(told(request, "打算", several)) == [f"一是{written}。", f"二是{written}。"]
    assert words(told(request, "问题", several))[1] == f"一是{fact}。"


def test_figures_of_a_plan_stay_on_their_fact() -> None:
    """我们将 is no part of the name of what is counted, neither now nor when the sentence is worked on later."""
    request = request_of({**GIVEN, "table": [], "facts": "【打算】\n下一步，我们将引进1家农产品加工企业。"})
    section = told(request, "打算", request.facts)
    assert [(one.text, one.ground, one.n) for one in section.paragraphs[0][0].figures] == [("1家", "fact", 1)]
    again = more_formal(Draft(request, (section,)), 0)
    assert again.sections[0].paragraphs == section.paragraphs
    assert audit(words(section), again) == ()


def test_a_count_before_a_fact_is_no_topic() -> None:
    """存在三个方面的问题：… in front of the first of several facts counts them, and names no part of the paper."""
    request = request_of(
        {**GIVEN, "table": [], "facts": "【问题】\n存在三个方面的问题：学习不够系统\n走访不多"}
    )
    assert [(one.text, one.section, one.purpose) for one in request.facts] == [
        ("学习不够系统", "", "问题"),
        ("走访不多", "", "问题"),
    ]
    alone = request_of({**GIVEN, "table": [], "facts": "主要有两方面原因：一是学习不够；二是走访不多。"})
    assert alone.facts[0].text.startswith("主要有两方面原因：一是")


def test_many_points_have_a_paragraph_each() -> None:
    request = request_of(GIVEN)
    facts = tuple(
        Fact(n, f"走访了{'甲乙丙丁戊己庚辛壬癸子'[n - 1]}村。", f"事实第{n}条") for n in range(1, 12)
    )
    assert len(told(request, "做法", facts).paragraphs) == 11
    assert len(told(request, "做法", facts[:5]).paragraphs) == 1
    assert len(told(request, "概况", facts).paragraphs) == 1  # no points: one text


def drafted(*sentences: str) -> Draft:
    """A draft of one section with these sentences, on no facts."""
    request = request_of({**GIVEN, "table": []})
    empty = Draft(request, (Section(Planned("存在的问题", 1, "问题"), ((DraftSentence("空", "wording"),),)),))
    return rewritten(empty, 0, "".join(sentences))


def test_a_count_of_the_drafts_own_list_is_a_calculation_while_it_agrees() -> None:
    draft = drafted("主要存在三个方面的问题：一是学习不够；", "二是走访不多；", "三是办法不新。")
    lead = draft.sections[0].paragraphs[0][0]
    assert lead.text.startswith("主要存在三个方面的问题：")
    assert [(one.text, one.ground) for one in lead.figures] == [("三个", "calculated")]
    calculation = draft.calculations[lead.figures[0].n - 1]
    assert calculation.text == "存在的问题列出的条数：1+1+1=3"
    assert any(calculation.text in line for line in source_lines(draft))
    assert audit(words(draft.sections[0]), draft) == ()
    assert list(miscounted(draft)) == []
    fewer = without_sentence(draft, 0, 0, 2)
    assert PENDING in fewer.sections[0].paragraphs[0][0].text
    assert fewer.calculations == ()


def test_a_count_that_does_not_agree_is_marked_and_told() -> None:
    draft = drafted("主要存在四个方面的问题：一是学习不够；", "二是走访不多。")
    lead = draft.sections[0].paragraphs[0][0]
    assert lead.text == f"主要存在{PENDING}个方面的问题：一是学习不够；"
    assert [(one.text, one.ground) for one in lead.figures] == [(PENDING, "pending")]
    given = Fact(2, "存在四个方面的问题：一是学习不够；二是走访不多。", "事实第2条")
    stated = stock_of(draft.request, reckon((), ())).told(given.text, "fact", (given,), ())
    of_fact = replace(draft, sections=(Section(Planned("存在的问题", 1), ((stated,),)),))
    assert counted(of_fact, ()).sections == of_fact.sections  # what was given stands, and is warned about
    assert list(miscounted(of_fact)) == ["“存在的问题”写的是“四个方面”，列出的是2条，请核对"]


def test_headings_under_a_count_are_its_list() -> None:
    draft = drafted("主要抓了两个方面的工作。")
    sub = [Section(Planned(one, 2), ((DraftSentence("做了。", "wording"),),)) for one in ("学习", "走访")]
    whole = rewritten(replace(draft, sections=(draft.sections[0], *sub)), 0, "主要抓了两个方面的工作。")
    assert [one.ground for one in whole.sections[0].paragraphs[0][0].figures] == ["calculated"]


def test_what_is_no_lead_and_no_list() -> None:
    assert lead_of("三个支部开展活动。") is None
    assert lead_of("现有3名党员：") is None
    assert points("一是甲；二是乙；四是丁。") == 2
    assert points("问题：第一，甲。第二，乙。") == 2
    assert points("没有") == 0
