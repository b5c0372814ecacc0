from __future__ import annotations

import pytest

from bot.card.limits import limits_in


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "amount", "unit", "anchor"),
    [
        ("值班室收到申请书后，应当在一个月内派人谈话。", "一个月内", "within", 1, "month", "收到申请书"),
        ("应当自收到申请之日起15日内答复。", "15日内", "within", 15, "day", "收到申请"),
        ("人事处在作出决定后 2 个月内办理手续。", "2 个月内", "within", 2, "month", "作出决定"),
        ("公示期不少于五个工作日。", "不少于五个工作日", "least", 5, "workday", None),
        ("名单应当在选举日的二十日前公布。", "二十日前", "before", 20, "day", "选举日"),
        ("对任期届满的小组，一般提前 6 个月提醒。", "提前 6 个月", "before", 6, "month", "任期届满"),
        ("小组每届任期3年。", "每届任期3年", "term", 3, "year", None),
        ("值班员每半年进行一次考察。", "每半年", "every", 6, "month", None),
        ("外出6个月以上的，应当报告。", "6个月以上", "condition", 6, "month", None),
        ("于次年4月底前汇入账户。", "次年4月底前", "fixed", 0, "day", None),
    ],
)
def test_how_long_of_which_kind_and_from_when(
    sentence: str, words: str, kind: str, amount: float, unit: str, anchor: str | None
) -> None:
    (limit,) = limits_in(sentence, [(0, len(sentence))])
    assert (limit.fact.text, limit.kind, limit.amount, limit.unit, limit.anchor) == (
        words,
        kind,
        amount,
        unit,
        anchor,
    )
    assert sentence[limit.fact.start : limit.fact.end] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "年满十八岁的可以申请。",
        "一般应当具有1年以上党龄。",
        "本办法自2024年3月1日起施行。",
        "2018年10月28日发布的办法废止。",
        "第三年的工作另行安排。",
        "由三分之二以上的人通过。",
    ],
)
def test_ages_service_dates_and_shares_are_no_limits(sentence: str) -> None:
    assert limits_in(sentence, [(0, len(sentence))]) == ()


def test_an_extension_is_optional_and_the_next_sentence_may_say_from_when() -> None:
    text = "见习期为一年。见习期从大会通过之日算起。情况复杂的，可以延长，延长期限不得超过30日。"
    first, second = len("见习期为一年。"), len("见习期为一年。见习期从大会通过之日算起。")
    found = limits_in(text, [(0, first), (first, second), (second, len(text))])
    assert [(limit.kind, limit.optional) for limit in found] == [("term", False), ("within", True)]
    told = "预备期为一年。预备期从大会通过之日算起。"
    at = len("预备期为一年。")
    assert limits_in(told, [(0, at), (at, len(told))])[0].anchor == "大会通过"
