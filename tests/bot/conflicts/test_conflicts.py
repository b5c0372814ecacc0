"""Two rules in force that say different things of the same: both shown, with their rank. The units are invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from bot.compose import Desk
from bot.conflicts.figures import differing, figures_in, other_modal
from bot.conflicts.rank import rank_of
from ingest.model import DocumentRow

CENTRAL = """中国共产党谈心谈话工作条例
（2021年3月1日中共中央办公厅发布）
第一条　为了规范谈心谈话工作，制定本条例。
第二条　党组织收到入党申请书后，应当在一个月内派人同入党申请人谈话。
第三条　拟确定的发展对象应当公示，公示时间不少于五个工作日。
第四条　党支部委员会每年至少召开一次谈心谈话分析会议。
第五条　谈心谈话记录可以由党小组保存。
第六条　本条例由中央组织部负责解释。
第七条　本条例自发布之日起施行。
"""
LOCAL = """青石镇谈心谈话工作办法
（2023年5月1日中共青石镇委员会印发）
第一条　为了做好本镇谈心谈话工作，结合实际，制定本办法。
第二条　党支部收到入党申请书后，应当在十五日内派人同入党申请人谈话。
第三条　拟确定的发展对象应当公示，公示时间不少于7个工作日。
第四条　党支部委员会每半年至少召开一次谈心谈话分析会议。
第五条　谈心谈话记录应当由党小组保存。
第六条　党支部收到入党申请书后，应当在三日内登记。
第七条　本办法由青石镇党委组织办公室负责解释。
"""
REPORT = """青石镇党委2024年度工作报告
（2024年12月20日）
全镇党支部收到入党申请书后，在二十日内派人同入党申请人谈话，发展对象公示时间不少于九个工作日。
"""


@pytest.fixture(scope="module")
def desk(desk_over: Callable[[Mapping[str, str]], Desk]) -> Desk:
    return desk_over(
        {"谈心谈话工作条例.txt": CENTRAL, "青石镇谈心谈话工作办法.txt": LOCAL, "报告.txt": REPORT}
    )


@pytest.mark.parametrize(
    ("question", "central", "local"),
    [
        ("收到入党申请书后多长时间内派人谈话", "一个月内", "十五日内"),
        ("拟确定的发展对象公示几天", "不少于五个工作日", "不少于7个工作日"),
    ],
)
def test_both_rules_are_shown_with_their_rank(desk: Desk, question: str, central: str, local: str) -> None:
    answer = desk.ask(question)
    assert {"谈心谈话工作条例.txt", "青石镇谈心谈话工作办法.txt"} <= {one.source for one in answer.citations}
    (told,) = [one for one in answer.warnings if "两处现行规定不一致" in one]
    assert f"（条例）为“{central}”" in told
    assert f"为“{local}”" in told
    assert "地方或单位文件" in told
    assert "《中国共产党谈心谈话工作条例》" in told.split("。")[1]
    assert "位阶较高；本地、本单位比上级更严的规定仍可能要执行" in told
    for one in answer.citations:
        assert desk.index.text(one.document_id)[one.start : one.end] == one.quote
    numbers = {number for one in answer.sentences for number in one.citations}
    assert numbers == {one.n for one in answer.citations}


def test_another_modal_word_is_told(desk: Desk) -> None:
    told = [one for one in desk.ask("谈心谈话记录是否由党小组保存").warnings if "不一致" in one]
    assert told
    assert "“可以”" in told[0]
    assert "“应当”" in told[0]


@pytest.mark.parametrize("question", ["谈心谈话工作条例由谁解释", "收到入党申请书后几日内登记"])
def test_rules_that_agree_or_speak_of_something_else_are_no_conflict(desk: Desk, question: str) -> None:
    assert not any("不一致" in one for one in desk.ask(question).warnings)


def test_a_rule_that_came_later_than_the_day_asked_of_is_none(desk: Desk) -> None:
    answer = desk.ask("拟确定的发展对象公示几天", date(2022, 1, 1))
    assert not any("不一致" in one for one in answer.warnings)


def test_the_answer_only_grows(desk: Desk) -> None:
    before: tuple[object, ...] = ()
    for answer in desk.stream("拟确定的发展对象公示几天"):
        assert answer.sentences[: len(before)] == before
        before = answer.sentences


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("公示时间不少于三天。", "公示时间不少于五个工作日。", ("不少于三天", "不少于五个工作日")),
        ("延长预备期最长不超过一年。", "延长预备期最长不超过12个月。", None),
        ("预备期为半年。", "预备期为6个月。", None),
        ("应当在三个月内审批。", "应当在一个月内审批。", ("三个月内", "一个月内")),
        ("培训时间不少于24学时。", "培训时间不少于二十四个学时。", None),
        ("培训时间不少于三天。", "公示期满后五天内上报。", None),
        ("2014年5月28日印发。", "2015年6月1日印发。", None),
    ],
)
def test_figures_are_compared_by_what_they_say(one: str, other: str, said: tuple[str, str] | None) -> None:
    found = differing(one, other, None)
    assert (found and (found[0].text, found[1].text)) == said


def test_modals_are_compared_in_sentences_that_say_the_same_else() -> None:
    assert other_modal("记录应当由党小组保存。", "记录可以由党小组保存。") == ("应当", "可以")
    assert other_modal("记录应当由党小组保存。", "记录必须由党小组保存。") is None
    assert other_modal("记录应当由党小组保存。", "会议可以邀请群众列席。") is None
    # 不能再担任的 says when, it forbids nothing.
    one = "入党介绍人一般由培养联系人担任，也可以由党支部指定。"
    assert other_modal(one, "入党介绍人一般由培养联系人担任，培养联系人不能再担任的，由党支部指定。") is None


def test_long_texts_take_no_time() -> None:
    begun = perf_counter()
    for text in ("一" * 20000, "不少于" * 8000, "1" * 20000, "三天" * 8000, "二〇一四年" * 3000):
        figures_in(text)
    assert perf_counter() - begun < 5


def row(title: str, kind: str, **given: str | None) -> DocumentRow:
    plain = DocumentRow(
        id=title, path="", source=f"{title}.txt", status="ready", sha256="", size=0, modified_ns=0, format="txt",
        title=title, kind=kind, issuer=None, number=None, issued=None, effective=None, repealed=None, version=None,
        work=None, work_key=title, declared=False, in_force=True, note=None, region=None, unit=None, repeals=(), chunks=1, dropped=(), warnings=(),
    )  # fmt: skip
    return replace(plain, **given)  # type: ignore[arg-type]


def test_ranks_stand_in_their_order() -> None:
    rows = [
        row("中国共产党章程", "党章"),
        row("党内政治生活若干准则", "准则"),
        row("支部工作条例", "条例"),
        row("发展党员工作细则", "细则"),
        row("青石镇发展党员工作办法", "办法"),
    ]
    ranks = [rank_of(one) for one in rows]
    assert [one.level for one in ranks if one] == [1, 2, 3, 4, 5]
    assert rank_of(row("发展党员细则", "细则", unit="虚构学院")) == rank_of(
        row("发展党员细则", "办法", unit="虚构学院")
    )
    assert rank_of(row("青石镇工作报告", "年度工作报告")) is None
    assert rank_of(row("公司法", "法律")) is None
    central = rank_of(row("中国共产党普通高等学校基层组织工作条例", "条例"))
    assert central is not None
    assert central.level == 3
