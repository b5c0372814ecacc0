"""Places and editions that a follow-up finds by the last answer."""

from __future__ import annotations

import pytest

from bot.conversation.rules import Knows, by_rules
from bot.model import Answer
from bot.testing import cited_answer

LAST = cited_answer("预备期满怎么办？", "可以延长一次。", "不合格的取消资格。", article="第三十一条")
NAMED = cited_answer("发展党员工作细则第三十一条讲什么？", "预备期为一年。", article="第三十一条")
LISTED = cited_answer(
    "哪些情形要除名？",
    "有下列情形之一的，予以除名：",
    "（一）丧失条件的；",
    "（二）信教的。",
    article="第九条",
)


@pytest.mark.parametrize(
    ("last", "question", "standalone"),
    [
        (LAST, "第三款呢", "《某某细则》第三十一条第三款是怎么规定的"),
        (LAST, "下一条呢", "《某某细则》第三十二条是怎么规定的"),
        (LAST, "上一条讲什么", "《某某细则》第三十条讲什么"),
        (LAST, "第七条呢", "《某某细则》第七条是怎么规定的"),
        (LAST, "上面第二条的时限是多少", "《某某细则》第三十一条的时限是多少"),
        (LAST, "这一条的原文是什么", "《某某细则》第三十一条的原文是什么"),
        (LAST, "这个细则是哪年的", "《某某细则》是哪年的"),
        (NAMED, "第三款呢", "发展党员工作细则第三十一条第三款讲什么"),
        (NAMED, "下一条呢", "发展党员工作细则第三十二条讲什么"),
        (NAMED, "第四十条呢", "发展党员工作细则第四十条讲什么"),
        (LISTED, "刚才第二项要先做什么", "《某某细则》第九条第二项要先做什么"),
        (LISTED, "上面第九点呢", "上面第九点呢"),
    ],
)
def test_places_are_named_in_full(last: Answer, question: str, standalone: str) -> None:
    assert by_rules((last,), question) == standalone


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("2014年的呢", "2014年的《某某细则》里，预备期满怎么办"),
        ("2014年版呢？", "2014年的《某某细则》里，预备期满怎么办"),
        ("旧版怎么规定的", "旧版《某某细则》里，预备期满怎么办"),
        ("2014年的细则怎么说", "2014年的细则里，预备期满怎么办"),
        ("党章里是怎么说的", "党章里，预备期满怎么办"),
        ("2020年时呢", "2020年时，预备期满怎么办"),
        ("那2018年以前呢？", "2018年以前，预备期满怎么办"),
    ],
)
def test_another_edition_or_work_is_asked_the_same(question: str, standalone: str) -> None:
    assert by_rules((LAST,), question) == standalone


def test_the_work_that_has_the_edition_is_meant() -> None:
    """Of the works an answer cites, the one of which there is an edition of that year."""
    first = cited_answer("预备期多长？", "一年。", article="第七条", title="某某章程")
    both = cited_answer("预备期多长？", "一年。", article="第七条", title="某某章程", and_title="某某细则")
    has = Knows(has_edition=lambda question: "细则" in question)
    assert by_rules((first,), "2014年的呢", has) == "2014年的《某某章程》里，预备期多长"
    assert by_rules((both,), "2014年的呢", has) == "2014年的《某某细则》里，预备期多长"


@pytest.mark.parametrize(
    ("asked", "follow_up", "standalone"),
    [
        ("2014年的某某条例里预备期多长", "那2026年版呢", "2026年的某某条例里，预备期多长"),
        ("某某条例2014版规定的公示几天", "那2026年版呢", "2026年的某某条例里，公示几天"),
        ("《某某条例》（2014年修订）中公示几天", "2026年版呢", "2026年的《某某条例》里，公示几天"),
        ("2014年的某某条例里预备期多长", "现在的呢", "某某条例里，预备期多长"),
        ("2014年的某某条例里预备期多长", "党章呢", "党章里，预备期多长"),
        ("违反某某条例怎么处理", "那2026年版呢", "2026年的《某某细则》里，违反某某条例怎么处理"),
    ],
)
def test_the_edition_is_of_the_work_that_was_named_and_not_of_what_was_cited(
    asked: str, follow_up: str, standalone: str
) -> None:
    """No edition is made up of a work that only happened to be cited, and none is said twice."""
    assert by_rules((cited_answer(asked, "五天。"),), follow_up) == standalone


def test_the_current_edition_is_asked_without_a_year() -> None:
    old = cited_answer("2014年的呢", "一年。", standalone="2014年的《某某细则》里，预备期多长")
    assert by_rules((old,), "现在呢") == "预备期多长"
    then = cited_answer("2020年时呢", "一年。", standalone="2020年时，预备期多长")
    assert by_rules((then,), "现在呢") == "预备期多长"
    assert by_rules((old,), "2018年的呢") == "2018年的《某某细则》里，预备期多长"
