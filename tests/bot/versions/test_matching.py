"""Articles find each other by what they say, whatever their numbers."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.versions.marking import marked
from bot.versions.matching import match
from bot.versions.model import Article
from ingest.text import article_label, search_form_with_map


def made(*bodies: str) -> list[Article]:
    return [Article(article_label(n), body, 0, 0) for n, body in enumerate(bodies, 1)]


AIM = "为了规范党费收缴工作，根据有关规定，制定本办法。"
PAY = "党员应当于每月十五日前向所在党支部交纳当月党费，有特殊情况的可以按季度交纳。"
SHOW = "党支部每半年公示一次党费收缴情况，公示时间不少于三天。"
TALK = "对不按时交纳党费的党员，党支部应当在一个月内派人谈话提醒。"


def labels(old: list[Article], new: list[Article]) -> list[tuple[str | None, str | None]]:
    return [
        (pair.old.label if pair.old else None, pair.new.label if pair.new else None)
        for pair in match(old, new)
    ]


def test_numbers_move_when_an_article_goes_and_another_comes() -> None:
    new = made(AIM, SHOW.replace("三天", "五个工作日"), TALK, "流动党员向流动党组织交纳党费，由其出具收据。")
    assert labels(made(AIM, PAY, SHOW, TALK), new) == [
        ("第一条", "第一条"),
        ("第二条", None),
        ("第三条", "第二条"),
        ("第四条", "第三条"),
        (None, "第四条"),
    ]


def test_articles_that_changed_places_are_found() -> None:
    assert set(labels(made(AIM, PAY, SHOW), made(AIM, SHOW, PAY))) == {
        ("第一条", "第一条"),
        ("第二条", "第三条"),
        ("第三条", "第二条"),
    }


def test_what_went_into_another_article_is_told_beside_it() -> None:
    pairs = match(made(AIM, PAY, SHOW), made(AIM, PAY + "\n" + SHOW))
    removed = [pair for pair in pairs if pair.new is None]
    assert [(pair.old.label if pair.old else None, pair.beside) for pair in removed] == [("第三条", "第二条")]


def test_words_that_every_article_has_make_no_two_the_same() -> None:
    tail = "的，给予警告或者严重警告处分；情节较重的，给予撤销党内职务处分；情节严重的，给予留党察看或者开除党籍处分。"
    deeds = (
        "挪用党费",
        "泄露会议内容",
        "涂改考勤表",
        "拖延上报材料",
        "冒领补助",
        "隐瞒兼职",
        "公车私用",
        "拒收群众来信",
    )
    old, new = made(*[deed + tail for deed in deeds[:6]]), made(*[deed + tail for deed in deeds[2:]])
    assert set(labels(old, new)) == {
        ("第一条", None), ("第二条", None), ("第三条", "第一条"), ("第四条", "第二条"), ("第五条", "第三条"),
        ("第六条", "第四条"), (None, "第五条"), (None, "第六条"),
    }  # fmt: skip


def test_every_article_stands_in_one_pair() -> None:
    old, new = made(*[f"第{n}种情形由第{n}支部办理并报告。" for n in range(30)]), made(AIM, PAY)
    pairs = match(old, new)
    assert sorted(pair.old.label for pair in pairs if pair.old) == sorted(one.label for one in old)
    assert sorted(pair.new.label for pair in pairs if pair.new) == sorted(one.label for one in new)
    assert match([], []) == ()


@given(
    st.text("应当可以，。（）(ａa 一二三\n", max_size=60),
    st.text("应当可以，。（）(ａa 一二三\n", max_size=60),
)
def test_both_texts_can_be_read_out_of_the_segments(old: str, new: str) -> None:
    """Without the removed segments it is the new text to the letter; without the added ones the old but for spaces and
    the width of marks.
    """
    segments = marked(old, new)
    told = "".join(one.text for one in segments if one.kind != "removed")
    assert search_form_with_map(told)[0] == search_form_with_map(new)[0]
    before = "".join(one.text for one in segments if one.kind != "added")
    assert search_form_with_map(before)[0] == search_form_with_map(old)[0]


def test_a_changed_word_is_marked_whole() -> None:
    segments = marked("公示时间不少于三天，应当公示。", "公示时间不少于五个工作日，可以公示。")
    assert [(one.kind, one.text) for one in segments if one.kind != "same"] == [
        ("removed", "三天，应当"),
        ("added", "五个工作日，可以"),
    ] or [(one.kind, one.text) for one in segments if one.kind != "same"] == [
        ("removed", "三天"),
        ("added", "五个工作日"),
        ("removed", "应当"),
        ("added", "可以"),
    ]


def test_spaces_and_the_width_of_marks_are_no_difference() -> None:
    assert [one.kind for one in marked("报（省）委 批准，", "报(省)委批准,")] == ["same"]


@pytest.mark.parametrize("unit", ["党员应当交纳党费。", "一二", "的"])
def test_long_articles_take_no_time(unit: str) -> None:
    begun = perf_counter()
    marked(unit * 3000, unit * 1500 + "不同" + unit * 1400)
    marked((unit + "甲") * 1500, ("乙" + unit) * 1400)
    assert perf_counter() - begun < 10
