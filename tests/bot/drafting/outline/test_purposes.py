"""What headings and facts are for."""

from __future__ import annotations

import pytest

from bot.drafting.model import Fact, Purpose
from bot.drafting.outline.purposes import fact_purposes, heading_purpose, purposes_of


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


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("为3名行动不便的老党员送学上门，全年36次", "做法"),
        ("帮6户困难户翻修屋顶", "做法"),
        ("个人及家属没有承揽村里工程", ""),
        ("开展师德教育4次，没有发生失范行为", "做法"),
        ("“采购监管不严”问题：清退供应商3家，追回货款12.8万元", "做法"),
        ("“采购监管不严”问题：目前仍然没有查清", "问题"),
        ("全村党员89名，3个党支部", "概况"),
        ("我是2021年3月当选书记的", "概况"),
        ("共走访网点23个、站点9个，访谈186人", "概况"),
        ("党务干部都是兼职，业务不熟", "问题"),
        ("指导员到企业次数少", "问题"),
        ("流动性强、组织难", "问题"),
        ("35岁以下党员只有5人", "问题"),
        ("有的党员觉得学习就是念文件，不爱发言", "问题"),
        ("主要是本人抓党建的精力投入不足", "原因"),
        ("推行一站式服务，为企业破难36件，一个不少", "做法"),
    ],
)
def test_what_pasted_facts_are_for(text: str, purpose: Purpose) -> None:
    assert fact_purposes([Fact(1, text, "")]) == ((purpose or "做法"),)


def test_what_stands_behind_tells_a_weak_fact() -> None:
    facts = [
        "全县有新就业群体3260人，其中党员97人",
        "快递员1180人、外卖员1420人",
        "新建党支部7个",
        "学习抓得不紧",
        "坚持每周集中学习1次",
        "拟建微信群",
        "每月线上学习1次",
    ]
    given = [Fact(n, text, "") for n, text in enumerate(facts, 1)]
    assert fact_purposes(given) == ("概况", "概况", "做法", "问题", "打算", "打算", "打算")
