"""The time whose rules a question asks for, and the dates that ask for none."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from bot.retrieval.then import time_said

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("2020年时发展对象培训要几天", "2020-01-01", "2020-12-31", "发展对象培训要几天"),
        ("2016年10月那会儿党支部书记怎么选", "2016-10-01", "2016-10-31", "党支部书记怎么选"),
        ("二〇一五年的时候，预备期多长", "2015-01-01", "2015-12-31", "预备期多长"),
        ("去年发展对象公示要几天", "2025-01-01", "2025-12-31", "发展对象公示要几天"),
        ("前年5月公示要几天", "2024-05-01", "2024-05-31", "公示要几天"),
        ("2023年5月1日起公示要几天", "2023-05-01", "2023-05-01", "公示要几天"),
        ("2020-05-01时公示要几天", "2020-05-01", "2020-05-01", "公示要几天"),
        ("截至2018年底，处分条例怎么规定", "2018-12-01", "2018-12-31", "处分条例怎么规定"),
        ("2026年5月以前发展对象要公示吗", "2026-04-30", "2026-04-30", "发展对象要公示吗"),
        ("2020年以前的党费标准是多少", "2019-12-31", "2019-12-31", "党费标准是多少"),
        ("2026年上半年公示几天", "2026-01-01", "2026-06-30", "公示几天"),
        ("三年前，公示要几天", "2023-11-21", "2023-11-21", "公示要几天"),
        ("2019年，预备党员的预备期是多长", "2019-01-01", "2019-12-31", "预备党员的预备期是多长"),
        ("2008年时入党介绍人有什么要求", "2008-01-01", "2008-12-31", "入党介绍人有什么要求"),
    ],
)
def test_a_time_is_read_and_taken_out(question: str, first: str, last: str, rest: str) -> None:
    then = time_said(question, TODAY)
    assert then is not None
    assert (then.first, then.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert then.question == rest


@pytest.mark.parametrize(
    "question",
    [
        "2020年入党的党员缺席支部党员大会扣几分",
        "2023年发展党员多少名",
        "2023年以来党员缺席主题党日怎么办",
        "2023年入党的，按积分管理办法公示几天",
        "2024年1月5日提交的入党申请书什么时候谈话",
        "2024年度民主评议什么时候开",
        "2014年版细则第五条",
        "2014年和2026年的细则有什么区别",
        "2020年时和2026年时公示几天",
        "预备党员转正一年前要做什么",
        "1998年出生的人能入党吗",
        "在2020年8月20号之前的借款，利率最高多少",
        "2021年3月1日起的合同怎么算",
        "2023年转正的党员，现在要交多少党费",
        "2020年13月时公示几天",
        "党员受警告处分一年内能不能提拔",
    ],
)
def test_a_date_of_something_that_happened_is_no_time_of_rules(question: str) -> None:
    assert time_said(question, TODAY) is None


def test_a_unit_is_asked_what_it_did_with_its_year() -> None:
    """The papers of a unit tell their year, so it stays in what is searched; the rules are those of then."""
    then = time_said("2025年时星湖社区有多少名党员", TODAY)
    assert then is not None
    assert then.question == "2025年时星湖社区有多少名党员"


def test_the_running_year_ends_today() -> None:
    then = time_said("2026年时公示几天", TODAY)
    assert then is not None
    assert then.last == TODAY


@pytest.mark.parametrize(
    "text", ["2020年" * 5000, "按" * 20000, "在2020年5" * 3000, "二〇" * 10000, "前年的" * 8000]
)
def test_long_texts_take_no_time(text: str) -> None:
    begun = perf_counter()
    time_said(text, TODAY)
    assert perf_counter() - begun < 2
