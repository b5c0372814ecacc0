"""Outlines: read from reports, learned from several, planned for a request."""

from __future__ import annotations

from time import process_time

from bot.drafting.genres import genre_of
from bot.drafting.model import Fact, Planned, Request
from bot.drafting.outline.headings import read_outline, read_sections
from bot.drafting.outline.patterns import learned
from bot.drafting.outline.placing import OTHERS, place
from bot.drafting.outline.planning import plan, words_of

REPORT = """某社区党委2025年度党建工作情况报告

街道党工委：
现将情况报告如下：

一、基本情况
有党员100名。

二、工作开展情况
（一）过好组织生活。全年开党员大会12次，讲党课4次，主题党日12次。
（二）做好发展工作。发展党员5名，积极分子9名。

三、存在的主要问题
（一）骨干偏少。只有2名。

四、下步打算
一是培养骨干。
"""
OTHER = (
    REPORT.replace("某社区", "某机关")
    .replace("工作开展情况", "机关党建工作进展")
    .replace("下步打算", "下一步打算")
)
RUN_IN = """# 报告
一、聚焦主业，压实责任。坚持抓下去。一是学习。
## 二、存在问题：有以下几点
（一）一项很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的话没有停顿
"""


def _facts(*texts: str) -> tuple[Fact, ...]:
    return tuple(Fact(n, text, f"事实第{n}条") for n, text in enumerate(texts, 1))


def _request(*texts: str, **given: object) -> Request:
    options: dict[str, object] = {
        "genre": "年度工作报告",
        "title": "某社区党委2026年度党建工作情况报告",
        "unit": "某社区党委",
        "period": "2026年",
        "facts": _facts(*texts),
        **given,
    }
    return Request(**options)  # type: ignore[arg-type]


def _said(planned: tuple[Planned, ...]) -> list[tuple[int, str]]:
    return [(one.level, one.heading) for one in planned]


def test_headings_with_their_level_and_purpose() -> None:
    assert [(one.level, one.heading, one.purpose) for one in read_outline(REPORT)] == [
        (1, "基本情况", "概况"),
        (1, "工作开展情况", "做法"),
        (2, "过好组织生活", "做法"),
        (2, "做好发展工作", "做法"),
        (1, "存在的主要问题", "问题"),
        (2, "骨干偏少", "问题"),
        (1, "下步打算", "打算"),
    ]


def test_run_in_headings_end_at_their_stop_and_body_text_is_none() -> None:
    assert _said(read_outline(RUN_IN)) == [(1, "聚焦主业，压实责任"), (1, "存在问题")]


def test_a_section_reaches_to_the_next_of_its_level() -> None:
    sections = {one.planned.heading: REPORT[one.start : one.end] for one in read_sections(REPORT)}
    assert "发展党员5名" in sections["工作开展情况"]
    assert "发展党员5名" not in sections["过好组织生活"]
    assert sections["下步打算"].strip().endswith("培养骨干。")


def test_many_headings_are_read_in_linear_time() -> None:
    def seconds(lines: int) -> float:
        begun = process_time()
        read_sections("一、存在问题\n（一）骨干偏少\n" * lines)
        return process_time() - begun

    seconds(100)
    assert min(seconds(32_000) for _ in range(3)) < 24 * min(seconds(4_000) for _ in range(3))


def test_only_the_first_of_several_persons_reports_is_read() -> None:
    assert read_outline(REPORT + REPORT) == read_outline(REPORT)


def test_the_most_frequent_pattern_with_the_titles_it_comes_from() -> None:
    short = "一、工作情况\n二、存在的问题\n三、下一步打算\n"
    found = learned(genre_of("年度工作报告"), [("甲", REPORT), ("乙", OTHER), ("丙", short)])
    assert found[0].titles == ("甲", "乙")
    assert [one.purpose for one in found[0].sections] == ["概况", "做法", "问题", "打算"]
    assert found[0].sections[0].learned == ("甲", "乙")
    assert found[1].titles == ("丙",)


def test_another_offices_own_matter_is_not_taken_over() -> None:
    genre = genre_of("年度工作报告")
    assert "机关" not in learned(genre, [("乙", OTHER)])[0].sections[1].heading
    assert learned(genre, [("乙", OTHER)])[0].sections[1].learned == ()
    assert learned(genre, [("乙", OTHER)], "某机关")[0].sections[1].heading == "机关党建工作进展"


def test_of_two_sections_for_one_purpose_the_likelier_heading_is_learned() -> None:
    text = REPORT.replace("四、下步打算", "四、有关建议\n一是建议。\n\n五、下步打算")
    assert learned(genre_of("汇报提纲"), [("甲", text)])[0].sections[-1].heading == "下步打算"


def test_asked_for_headings_are_the_outline() -> None:
    request = _request("发展党员6名。", headings=("一、做法", "（一）发展党员", "存在问题"))
    assert [(one.level, one.heading, one.purpose) for one in plan(request, [("甲", REPORT)])] == [
        (1, "做法", "做法"),
        (2, "发展党员", "做法"),
        (1, "存在问题", "问题"),
    ]


def test_without_reports_the_skeleton_with_what_the_facts_need() -> None:
    bare = plan(_request(), [])
    assert [one.heading for one in bare] == ["主要工作情况", "存在的问题和不足", "下一步工作打算"]
    assert not any(one.learned for one in bare)
    assert "原因分析" in [one.heading for one in plan(_request("主要原因是人手少。"), [])]


def test_the_units_own_wording_comes_before_what_most_have() -> None:
    reports = [("某机关2025年工作报告", OTHER), ("某社区党委2025年度党建工作情况报告", REPORT), ("乙", OTHER)]
    outline = plan(_request("发展党员6名。", "骨干偏少。"), reports)
    assert [one.heading for one in outline] == ["基本情况", "工作开展情况", "存在的主要问题", "下步打算"]
    assert outline[1].learned == ("某社区党委2025年度党建工作情况报告",)


def test_headings_below_are_the_units_own_where_facts_go_under_them() -> None:
    reports = [("某社区党委2025年度党建工作情况报告", REPORT)]
    request = _request("开党员大会11次。", "讲党课5次，主题党日12次。", "发展党员6名。", "开展廉政谈话3次。")
    outline = plan(request, reports)
    assert [one.heading for one in outline if one.level == 2] == [
        "过好组织生活",
        "做好发展工作",
        "党风廉政建设",
    ]
    placed = place(outline, request.facts, request.period, words_of(outline, reports))
    assert {
        one.heading: [fact.n for fact in facts] for one, facts in zip(outline, placed, strict=True) if facts
    } == {
        "过好组织生活": [1, 2],
        "做好发展工作": [3],
        "党风廉政建设": [4],
    }


def test_sections_that_facts_are_given_under_become_headings() -> None:
    facts = (
        Fact(1, "换届20个。", "", section="强基行动"),
        Fact(2, "培训154人。", "", section="赋能行动"),
        Fact(3, "记录不完整。", "", section="存在的问题"),
    )
    outline = plan(_request(facts=facts), [])
    assert [one.heading for one in outline if one.level == 2] == ["强基行动", "赋能行动"]


def test_what_goes_under_no_heading_gets_one() -> None:
    request = _request("发展党员6名。", "讲党课5次。", "更换桌椅30套。", "开主题党日12次。")
    outline = plan(request, [])
    placed = place(outline, request.facts, request.period, words_of(outline))
    assert [fact.n for fact in placed[[one.heading for one in outline].index(OTHERS)]] == [3]


def test_the_three_lists_are_headings_where_facts_name_them() -> None:
    request = _request(
        "问题清单整改28项。",
        "任务清单完成47项。",
        genre="三张清单",
        title="某街道2026年“三张清单”落实情况报告",
    )
    assert [one.heading for one in plan(request, []) if one.level == 2] == [
        "问题清单落实情况",
        "任务清单落实情况",
    ]
