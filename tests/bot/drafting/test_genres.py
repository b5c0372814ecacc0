"""Genres: what a title names, what is left of it, and that no built-in wording states anything."""

from __future__ import annotations

import re

import pytest

from bot.drafting.genres import filled, genre_named, genre_of, genres, topic_of
from bot.errors import NoSuchGenre


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("某社区党建工作调研报告", "调研报告"),
        ("基层党建工作调研情况报告", "调研报告"),
        ("某支部书记2025年度抓党建工作述职报告", "述职报告"),
        ("学校班子成员2023年度述职报告展示", "述职报告"),
        ("2019年度领导班子述职述廉述德述法报告", "述职报告"),
        ("关于某街道2025年“三张清单”落实情况的报告", "落实情况报告"),
        ("关于“三张清单”制度落实情况报告", "落实情况报告"),
        ("机关党建重点工作汇报提纲", "汇报提纲"),
        ("基层党建重点工作调研汇报提纲", "汇报提纲"),
        ("申报先进基层党组织汇报材料", "汇报提纲"),
        ("某社区2025年度党建工作情况报告", "年度工作报告"),
        ("关于“两新”组织党建工作情况的报告", "年度工作报告"),
        ("2025年度工作总结（送审稿）", "年度工作报告"),
    ],
)
def test_a_title_names_its_genre(title: str, name: str) -> None:
    named = genre_named(title)
    assert named is not None
    assert named.name == name
    assert genre_of(title).name == name


@pytest.mark.parametrize(
    "title", ["关于召开述职报告会的通知", "年度工作报告写作办法", "调研报告评选方案", "主题党日活动小结", ""]
)
def test_other_papers_name_none(title: str) -> None:
    assert genre_named(title) is None


def test_names_and_other_names() -> None:
    assert genre_of("三张清单").name == "落实情况报告"
    assert genre_of(" 述职 ").name == "述职报告"
    assert genre_of("某社区2025年党费收缴使用情况报告").name == "年度工作报告"
    for genre in genres():
        assert genre_of(genre.name) is genre
        assert all(genre_of(alias) is genre for alias in genre.aliases)


def test_an_unknown_genre_is_told_with_the_known_ones() -> None:
    with pytest.raises(NoSuchGenre, match="诗歌") as told:
        genre_of("诗歌")
    assert all(genre.name in told.value.hint for genre in genres())


@pytest.mark.parametrize(
    ("title", "unit", "period", "topic"),
    [
        ("星湖社区2025年度党建工作情况报告", "星湖社区", "2025年", "党建工作"),
        ("关于望川街道2025年基层党建“三张清单”落实情况的报告", "望川街道", "2025年", "基层党建“三张清单”"),
        ("云岭市机关工委机关党建重点工作汇报提纲", "机关工委", "", "机关党建重点工作"),
        ("青禾区机关党建重点工作汇报提纲", "青禾区机关工委", "", "机关党建重点工作"),
        ("云台区2025年基层党建工作情况报告", "云台区委", "2025年", "基层党建工作"),
        ("社区党建工作调研报告", "", "", "社区党建工作"),
        ("青禾区社区党建工作调研报告", "青禾区委组织部", "2025年", "青禾区社区党建工作"),
        ("青禾区委组织部关于社区党建工作的调研报告", "青禾区委组织部", "", "社区党建工作"),
        ("2025年度工作总结", "", "2025年", ""),
    ],
)
def test_what_a_title_is_about(title: str, unit: str, period: str, topic: str) -> None:
    assert topic_of(title, unit, period) == topic


def test_the_first_opening_whose_slots_are_known() -> None:
    genre = genre_of("年度工作报告")
    known = {"unit": "星湖社区", "period": "2025年", "topic": "党建工作"}
    assert filled(genre.openings, known) == "现将星湖社区2025年党建工作情况报告如下："
    assert filled(genre.openings, {}) == "现将工作情况报告如下："
    assert filled(("给{audience}",), {"audience": ""}) == ""


def test_no_wording_states_anything() -> None:
    """Neither a figure nor a word of praise or result stands in what is put between facts."""
    stated = re.compile(
        r"\d|全面|显著|扎实|圆满|提升|完成|增长|成绩|进一步|贯彻|百分|[零二三四五六七八九十百千万]"
    )
    for genre in genres():
        words = [*genre.openings, *genre.closings]
        for wording in genre.wording.values():
            words += [wording.lead, wording.item, wording.pair]
        assert not [one for one in words if stated.search(one)], genre.name
        assert genre.skeleton
        assert {part.planned.purpose for part in genre.skeleton} >= {"做法", "问题", "打算"}
