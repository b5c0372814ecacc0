"""One indicator with two values is told with both sources; other things, units and years are not mistaken for it."""

from __future__ import annotations

from bot.drafting.figures.indicators import conflicts
from bot.drafting.figures.tables import read_table
from bot.drafting.model import Fact
from bot.model import Citation

UNIT = "中共望川街道星湖社区委员会"


def told(fact: str, passage: str, title: str = "星湖社区2025年度工作总结") -> tuple[str, ...]:
    citation = Citation(1, "d", "a.md", title, None, ("二、主要工作",), 2, passage, 0, 0, 0, 0, in_force=True)
    return conflicts([Fact(1, fact, "事实第1条")], (), [(passage, citation)], year=2025, unit=UNIT)


def test_two_values_of_one_year_are_told_with_both_sources_and_a_reason() -> None:
    (warning,) = told("发展党员6名。", "截至年末，发展党员7名。")
    assert "事实第1条是6名" in warning
    assert "《星湖社区2025年度工作总结》二、主要工作第2页是7名" in warning
    assert "年末" in warning


def test_two_years_may_differ_but_an_equal_value_may_have_been_copied() -> None:
    assert told("讲党课28次。", "讲党课22次。", "星湖社区2024年度工作总结") == ()
    assert "沿用了另一年的数" in told("讲党课28次。", "讲党课28次。", "星湖社区2024年度工作总结")[0]
    assert told("讲党课8次。", "讲党课8次。", "星湖社区2024年度工作总结") == ()


def test_a_year_that_is_not_known_is_a_reason() -> None:
    assert "可能不是同一年的数" in told("讲党课28次。", "讲党课22次。", "星湖社区工作总结")[0]


def test_other_things_units_and_reports_of_others_are_left_alone() -> None:
    assert told("发展党员6名。", "处分党员7名。") == ()
    assert told("讲党课28次。", "讲党课28场。") == ()
    assert told("发展党员6名。", "发展党员X名。") == ()
    assert told("发展党员6名。", "发展党员24名。", "望川街道2025年度工作总结") == ()
    assert told("收缴党费43470元。", "收缴党费4.347万元。") == ()


def test_a_table_and_a_fact_that_differ() -> None:
    facts, cells = read_table("队伍", ("指标", "2024年", "2025年"), [["发展党员（名）", 5, 6]])
    (warning,) = conflicts([*facts, Fact(2, "全年发展党员7名。", "事实第2条")], cells, year=2025)
    assert "表“队伍”第1行“2025年”一栏是6名" in warning
    assert "事实第2条是7名" in warning


def test_parts_of_a_row_and_of_a_group_are_no_conflict_but_the_same_list_told_twice_is() -> None:
    rows, cells = read_table("整改", ["项目", "单位", "总数", "已完成"], [["整改措施", "条", 36, 34]])
    assert rows[0].text == "整改措施总数36条、已完成34条。"
    assert conflicts(rows, cells, year=2026) == ()
    parts = ("党员128名，其中教工党员54名。", "35岁以下教师41名中党员只有17名。")
    assert conflicts([Fact(n, text, f"第{n}条") for n, text in enumerate(parts, 1)], year=2026) == ()
    lists = [
        Fact(1, "列问题15个，已整改13个", "第1条", section="问题清单"),
        Fact(2, "问题清单列问题16个", "第2条"),
    ]
    (warning,) = conflicts(lists, year=2026)
    assert "第1条是15个" in warning
    assert "第2条是16个" in warning


def test_a_report_of_no_known_year_that_differs_in_much_is_told_once() -> None:
    (one,) = told(
        "讲党课28次。发展党员6名。走访群众34户。",
        "讲党课22次。发展党员7名。走访群众31户。",
        "星湖社区工作总结",
    )
    assert one.startswith("《星湖社区工作总结》没有写明是哪一年的，有3项")
    assert "党课22次，这次28次" in one


def test_the_words_of_a_warning_are_as_they_were_written() -> None:
    """What is compared leaves 中 out of 集中学习 (七月中); what the reader sees does not."""
    (warning,) = told("全年集中学习24次。", "集中学习24次。", "星湖社区2024年度工作总结")
    assert warning.startswith("“全年集中学习”在")


def test_two_earlier_papers_may_differ() -> None:
    """Only what the request gives is for its writer to settle."""

    def cited(title: str) -> Citation:
        return Citation(1, "d", f"{title}.md", title, None, (), 2, "", 0, 0, 0, 0, in_force=True)

    papers = [
        (f"讲党课{times}次。", cited(f"星湖社区2024年度{name}"))
        for times, name in ((28, "工作总结"), (22, "工作报告"))
    ]
    assert conflicts([], (), papers, year=2025, unit=UNIT) == ()


def test_two_facts_of_no_known_year_that_differ() -> None:
    facts = [Fact(1, "讲党课28次。", "事实第1条"), Fact(2, "全年讲党课22次。", "事实第2条")]
    assert len(conflicts(facts)) == 1
