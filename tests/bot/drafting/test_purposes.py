"""What headings and facts are for."""

from __future__ import annotations

import pytest

from bot.drafting.model import Fact, Purpose
from bot.drafting.purposes import fact_purposes, heading_purpose, purposes_of


@pytest.mark.parametrize(
    ("heading", "purposes"),
    [
        ("基本情况", ("概况",)),
        ("主要做法及成效", ("做法", "成效")),
        ("重点工作推进情况", ("做法",)),
        ("履职情况", ("做法",)),
        ("存在的主要问题", ("问题",)),
        ("存在问题及原因分析", ("问题", "原因")),
        ("问题产生的原因", ("原因",)),
        ("存在困难和建议", ("问题", "打算")),
        ("下步重点工作安排", ("打算",)),
        ("针对问题的整改措施", ("打算",)),
        ("对策建议", ("打算",)),
        ("问题清单落实情况", ("做法",)),
        ("聚焦政治建设，强化主责主业", ()),
    ],
)
def test_what_a_heading_is_for(heading: str, purposes: tuple[Purpose, ...]) -> None:
    assert purposes_of(heading) == purposes
    assert heading_purpose(heading) == (purposes[0] if purposes else "")


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("现有党员41名，下设3个党小组。", "概况"),
        ("发展党员6名。", "做法"),
        ("完成问题整改28项。", "做法"),
        ("全年没有党员违纪，开展廉政谈话12人次。", "做法"),
        ("走访困难党员9名。", "做法"),
        ("党员教育培训不少于32学时，覆盖率100%。", "做法"),
        ("到会率比上年提高8个百分点，提高到91%。", "成效"),
        ("第二党支部被评为先进基层党组织。", "成效"),
        ("对流动党员联系偏少，全年只通话4次。", "问题"),
        ("有7名毕业生党员没有收到接收回执。", "问题"),
        ("部分任务表述笼统，不便考核。", "问题"),
        ("主要原因是组织关系转接不及时。", "原因"),
        ("2027年培养后备人选2名。", "打算"),
        ("未达标的支部6月底前全部通过复验。", "打算"),
        ("下一步每月联系1次。", "打算"),
    ],
)
def test_what_a_fact_tells(text: str, purpose: Purpose) -> None:
    assert fact_purposes([Fact(1, text, "事实第1条")], "2026年") == (purpose,)


def test_what_is_given_counts_before_the_words() -> None:
    facts = [
        Fact(1, "发展党员6名。", "", purpose="问题"),
        Fact(2, "发展党员6名。", "", section="下一步打算"),
        Fact(3, "流动党员联系偏少。", "", section="党员管理"),
    ]
    assert fact_purposes(facts) == ("问题", "打算", "问题")


def test_a_year_is_ahead_only_of_the_period_written_of() -> None:
    fact = Fact(1, "2026年建成议事角2个。", "")
    assert fact_purposes([fact], "2025年") == ("打算",)
    assert fact_purposes([fact], "2026年") == ("做法",)


def test_an_order_to_oneself_is_ahead_where_it_stands_behind_what_is() -> None:
    words = Fact(2, "细化任务表述，逐条对账。", "")
    lack = Fact(1, "骨干偏少。", "")
    done, ahead = Fact(1, "发展党员6名。", ""), Fact(1, "2027年建成议事角2个。", "")
    assert fact_purposes([done, words], "2026年") == ("做法", "做法")
    assert fact_purposes([ahead, words], "2026年") == ("打算", "打算")
    assert fact_purposes([lack, words], "2026年") == ("问题", "打算")
    assert fact_purposes([lack, words, done], "2026年") == ("问题", "做法", "做法")


@pytest.mark.parametrize("mask", ["**", "×", "XX"])
def test_a_masked_count_is_a_count(mask: str) -> None:
    lack, fact = Fact(1, "骨干偏少。", ""), Fact(2, f"发展党员{mask}名。", "")
    assert fact_purposes([lack, fact]) == ("问题", "做法")


def test_what_was_put_right_is_no_problem() -> None:
    facts = [Fact(1, "党费收缴不及时问题，已补缴到位。", ""), Fact(2, "仍有3个问题没有完成整改。", "")]
    assert fact_purposes(facts) == ("做法", "问题")
