"""Facts under sections, measures beside problems."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.model import Fact, Planned
from bot.drafting.outline.placing import OTHERS, pair, place, problem_words

PLAN = (
    Planned("基本情况", 1, "概况"),
    Planned("主要做法", 1, "做法"),
    Planned("组织生活", 2, "做法"),
    Planned("发展党员", 2, "做法"),
    Planned("存在的问题", 1, "问题"),
    Planned("下一步打算", 1, "打算"),
)


def _facts(*texts: str) -> list[Fact]:
    return [Fact(n, text, f"事实第{n}条") for n, text in enumerate(texts, 1)]


def _numbers(placed: tuple[tuple[Fact, ...], ...]) -> list[list[int]]:
    return [[fact.n for fact in facts] for facts in placed]


def test_by_purpose_and_by_the_words_of_the_heading() -> None:
    facts = _facts(
        "发展党员6名。",
        "现有党员182名。",
        "组织生活会每季度召开1次。",
        "年轻骨干偏少。",
        "2027年培养骨干4名。",
    )
    assert _numbers(place(PLAN, facts, "2026年")) == [[2], [], [3], [1], [4], [5]]


def test_the_section_a_fact_is_given_under_counts_first() -> None:
    fact = Fact(1, "年轻骨干偏少。", "", section="发展党员")
    assert place(PLAN, [fact])[3] == (fact,)


def test_what_goes_by_a_heading_draws_facts() -> None:
    fact = _facts("讲党课25次。")[0]
    assert place(PLAN, [fact])[1] == (fact,)
    assert place(PLAN, [fact], words={"组织生活": "三会一课，讲党课"})[2] == (fact,)


def test_what_goes_under_no_heading_is_other_work() -> None:
    fact = _facts("垃圾桶更换30个。")[0]
    plan = (*PLAN[:4], Planned(OTHERS, 2, "做法"), *PLAN[4:])
    assert place(plan, [fact])[4] == (fact,)


def test_without_a_section_of_its_purpose_a_fact_goes_to_the_next_best() -> None:
    plan = (Planned("工作开展情况", 1, "做法"), Planned("存在问题", 1, "问题"))
    facts = _facts("主要原因是人手不足。", "现有党员10名。")
    assert _numbers(place(plan, facts)) == [[2], [1]]


def test_sections_without_headings_get_nothing_and_an_empty_plan_is_empty() -> None:
    plan = (Planned("", 0), Planned("主要做法", 1, "做法"))
    assert _numbers(place(plan, _facts("发展党员6名。"))) == [[], [1]]
    assert place((), _facts("发展党员6名。")) == ()


_TEXTS = st.lists(
    st.text(alphabet="党员发展组织生活会问题不足偏少将拟2027年原因现有，。", max_size=30), max_size=12
)
_PLANS = st.lists(
    st.builds(
        Planned,
        st.sampled_from(["基本情况", "主要做法", "发展党员", "存在问题", "下步打算", "聚焦主业"]),
        st.sampled_from([1, 2]),
        st.sampled_from(["", "概况", "做法", "问题", "打算"]),
    ),
    min_size=1,
    max_size=8,
)


@given(_PLANS, _TEXTS)
def test_every_fact_stands_exactly_once_and_in_order(plan: list[Planned], texts: list[str]) -> None:
    facts = _facts(*texts)
    placed = place(plan, facts, "2026年")
    assert len(placed) == len(plan)
    assert sorted(fact.n for facts in placed for fact in facts) == [fact.n for fact in facts]
    assert all(list(numbers) == sorted(numbers) for numbers in _numbers(placed))


def test_a_measure_answers_the_problem_it_shares_words_with() -> None:
    problems = _facts("对流动党员联系偏少。", "“两新”党支部活动不够经常。", "阵地面积不达标。")
    measures = _facts("为“两新”党支部配齐指导员。", "对流动党员每月联系1次。", "开展廉政谈话。")
    paired = pair(problems, measures)
    assert [(measure.n, problem and problem.n) for measure, problem in paired] == [(1, 2), (2, 1), (3, None)]


def test_a_problem_is_answered_once() -> None:
    problems = _facts("流动党员联系偏少。")
    measures = _facts("对流动党员每月联系。", "建立流动党员联系台账。")
    assert sum(problem is not None for _, problem in pair(problems, measures)) == 1


def test_a_problem_in_few_words_has_no_figure() -> None:
    assert problem_words("一是对流动党员联系偏少，全年只通话4次。") == "流动党员联系偏少"
    assert problem_words("支委平均年龄55岁，后备人选不足。") == "后备人选不足"
    assert problem_words("有4个直属党组织没有专职干部。") == "直属党组织没有专职干部"
    assert problem_words("存在建而不管的现象。") == "建而不管"
    assert problem_words("诉求办结率只有61%。") == ""
    assert problem_words("问卷显示，31%的人没有时间学习。") == ""


def test_general_words_tie_no_measure_to_a_problem() -> None:
    problems = _facts("学习形式单一。")
    assert pair(problems, _facts("用好学习平台。"))[0][1] is None


def test_a_measure_among_problems_gives_no_name_to_a_problem() -> None:
    assert problem_words("放开培训方法。") == ""
    assert problem_words("建议把党务干部纳入轮训范畴。") == ""
    assert problem_words("场地老旧。") == "场地老旧"
    assert problem_words("流动党员难管理，212名中有38名半年没有参加组织生活") == "流动党员难管理"


def test_one_telling_word_of_a_topic_draws_a_fact_but_not_a_word_across_two_others() -> None:
    planned = [Planned("组织生活", 2, "做法"), Planned("发展党员", 2, "做法"), Planned("其他工作", 2, "做法")]
    words = {"组织生活": "主题党日，党课", "发展党员": "入党，积极分子", "其他工作": ""}
    facts = [Fact(1, "书记到镇上四个片区讲党课4次", ""), Fact(2, "投入党建资金280万元", "")]
    assert [tuple(fact.n for fact in one) for one in place(planned, facts, "", words)] == [(1,), (), (2,)]
