"""A report tells its problems by the headings of one of its parts."""

from __future__ import annotations

from bot.answering.answer import compose_answer
from bot.testing import hit

REPORT = """甲街道2025年工作报告
一、主要做法
（一）抓学习。全年学习12次。
（二）抓服务。办实事30件。
二、存在的问题
（一）力量不足。专职人员只有3名。
（二）活动不多。全年只有4次。
三、下一步打算
（一）配齐力量。
（二）丰富活动。
"""


def ask(question: str) -> list[str]:
    found = hit(REPORT, "（二）抓服务。办实事30件。", title="甲街道2025年工作报告", headings=["一、主要做法"])
    raw = compose_answer(question, [found], {"d1": REPORT}.__getitem__)
    for sentence in raw:
        for quote in sentence.quotes:
            assert REPORT[quote.start : quote.end] == quote.text
            assert quote.hit.section_start <= quote.start < quote.end <= quote.hit.section_end
    return [sentence.text for sentence in raw]


def test_the_part_that_is_asked_about_answers_with_its_points() -> None:
    """Found by any hit of that report; every quote stands inside the section that is shown."""
    assert ask("甲街道2025年工作报告里有哪些问题？") == ["（一）力量不足。", "（二）活动不多。"]
    assert ask("甲街道2025年工作报告下一步有哪些打算？") == ["（一）配齐力量。", "（二）丰富活动。"]


def test_another_report_s_problems_are_no_answer() -> None:
    """Title and heading must say most of what is asked."""
    assert "（一）力量不足。" not in ask("信访接待大厅排队等候存在哪些问题？")
