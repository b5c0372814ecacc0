"""What is read out of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question import coverage, pairs_in, read_question, weigh
from bot.answering.wanted import holds


def test_words_that_every_question_has_carry_nothing() -> None:
    """请问, 是, 多长 leave the content alone."""
    assert read_question("请问预备党员的预备期是多长时间？").parts == ("预备党员", "预备期")


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        ("预备期是多长？", "预备期为一年", "预备党员必须统一管理"),
        ("入党介绍人要几个？", "应当有两名正式党员作入党介绍人", "介绍人一般由培养联系人担任"),
        ("招了多少名新生？", "全年新生320人", "新生入学第一个月开课"),
        ("每年学习多少学时？", "一般不少于32学时", "每年1次集中轮训"),
        ("支委会多久开一次？", "一般每月召开1次", "可以列席"),
        ("每月交多少元？", "每月应交党费（元）：78", "党费（元）由支部收，共5人"),
        ("工资多少？", "工资（元）：5200", "工资（元）由单位发"),
        ("开党员大会多少人才算数？", "到会的有表决权党员须在半数以上", "应当提交党员大会讨论"),
        ("要几个人同意？", "经三分之二以上的委员同意", "每月1次，由书记召集"),
        ("由谁审批？", "必须由党委审批", "应当按时参加"),
        ("农民党员每月交多少党费？", "每月交纳党费0.2元", "由两名党员收"),
        ("村主任一年拿多少工资？", "每月补助600元", "每届任期五年"),
        ("一个月交几毛？", "每月交纳0.2元", "每届任期五年"),
        ("啥时候跟着调？", "从领取工资的当月起", "按照规定比例"),
        ("预备期从哪天算？", "从支部大会通过之日起", "应当认真教育和考察"),
        ("服务中心几点开门？", "上午9时开门", "设3个窗口"),
        ("一年起码弄几回？", "每年至少组织1次", "应当组织3名党员"),
        ("咨询电话是多少？", "请拨分机8205", "请到206室"),
    ],
)
def test_the_kind_of_answer_is_told_by_its_form(question: str, answers: str, does_not: str) -> None:
    """A time for 多久, people for 几个介绍人, a unit for the unit asked."""
    wanted = read_question(question).wanted
    assert holds(wanted, answers)
    assert not holds(wanted, does_not)


def test_an_article_and_a_work_are_named() -> None:
    """Arabic and Chinese numerals give the same label; 《》 gives the work."""
    asked = read_question("《支部工作条例》第12条规定了什么？")
    assert (asked.article, asked.works) == ("第十二条", ("支部工作条例",))


def test_everyday_words_count_as_found_where_the_formal_word_stands() -> None:
    """支委会 is in a text that says 党支部委员会会议."""
    asked = read_question("支委会怎么开？")
    assert {"支委", "委会"} <= asked.pairs & pairs_in("党支部委员会会议须有半数以上委员到会")


def test_rare_pairs_weigh_more() -> None:
    """What every candidate has tells them apart less than what one has."""
    texts = [pairs_in("党员 预备"), pairs_in("党员"), pairs_in("党员")]
    weights = weigh({"党员", "预备"}, texts)
    assert weights["预备"] > weights["党员"] > 0
    assert coverage(weights, pairs_in("预备党员")) == 1.0


@given(st.text())
def test_any_text_can_be_a_question(question: str) -> None:
    """Reading never raises, and coverage stays a share."""
    asked = read_question(question)
    assert 0.0 <= coverage(weigh(asked.pairs, [pairs_in(question)]), pairs_in("党员")) <= 1.0
