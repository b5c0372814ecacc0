"""A question that names a work and a year is answered from that edition, or is told that it is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.compose import Desk, open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings

RULE = """青石镇党员积分管理办法
（{day}印发）
第一条　为了加强党员日常管理，根据有关规定，结合本镇实际，制定本办法。
第二条　本办法适用于本镇所属党支部的全体党员。
第三条　参加主题党日活动的，每次加{more}分；无故缺席主题党日活动的，每次扣{less}分。
第四条　无故缺席支部党员大会的，每次扣{meeting}分；请假须经支部书记同意。
第五条　党员积分按季度汇总，在党务公开栏公示{days}天，接受党员群众监督。
第六条　本办法由镇党委组织办公室负责解释。
"""
DETAIL = """中国共产党发展党员工作细则
（2014年5月28日印发）
第一条　为了规范发展党员工作，制定本细则。
第二十九条　预备党员的预备期为一年。预备期从支部大会通过其为预备党员之日算起。
"""
REPORT = """青石镇党委2025年工作报告
（2025年12月20日）
2025年，全镇共收缴党费46800元，全部按时上缴。2025年共发展党员12名，其中2020年入党积极分子转为预备党员3名。
"""


@pytest.fixture(scope="module")
def desk(desk_over: Callable[[Mapping[str, str]], Desk]) -> Desk:
    return desk_over(
        {
            "青石镇党员积分管理办法_2021.txt": RULE.format(
                day="2021年3月1日", more=2, less=1, meeting=3, days=5
            ),
            "青石镇党员积分管理办法_2025.txt": RULE.format(
                day="2025年6月1日", more=4, less=2, meeting=5, days=7
            ),
            "发展党员工作细则_2014.txt": DETAIL,
            "工作报告_2025.txt": REPORT,
        }
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("2021年的积分办法公示几天", "公示5天"),
        ("2021年3月的积分管理办法规定主题党日加几分", "加2分"),
        ("2021年的积分管理办法缺席支部党员大会扣几分", "扣3分"),
        ("积分管理办法（2021年）缺席支部党员大会扣几分", "扣3分"),
        ("《青石镇党员积分管理办法》2021版公示几天", "公示5天"),
        ("旧的积分办法公示几天", "公示5天"),
        ("原来的积分管理办法缺席支部党员大会扣几分", "扣3分"),
        ("上一版积分管理办法公示几天", "公示5天"),
        ("旧版积分管理办法第五条", "公示5天"),
    ],
)
def test_the_edition_that_is_named_answers_and_is_told_to_be_replaced(
    desk: Desk, question: str, words: str
) -> None:
    answer = desk.ask(question)
    assert answer.status == "answered", answer.warnings
    assert words in "".join(one.text for one in answer.sentences)
    assert {one.source for one in answer.citations} == {"青石镇党员积分管理办法_2021.txt"}
    assert any("2021年的版本已被2025年的版本取代" in one for one in answer.warnings), answer.warnings
    assert desk.search(question)[0].source == "青石镇党员积分管理办法_2021.txt"


@pytest.mark.parametrize(
    "question", ["2025年的积分办法公示几天", "积分办法公示几天", "现在的积分办法公示几天"]
)
def test_the_edition_in_force_answers_without_a_warning(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert "公示7天" in answer.sentences[0].text
    assert answer.warnings == ()


def test_two_editions_that_are_compared_are_both_searched(desk: Desk) -> None:
    hits = desk.search("2021年的积分办法和2025年的积分办法公示几天")
    assert {hit.source for hit in hits[:2]} == {
        "青石镇党员积分管理办法_2021.txt",
        "青石镇党员积分管理办法_2025.txt",
    }


@pytest.mark.parametrize("question", ["2023年的积分管理办法第五条", "2023年的积分管理办法公示几天"])
def test_an_edition_that_is_not_there_is_told_to_be_missing(desk: Desk, question: str) -> None:
    told = "资料库里没有2023年的《青石镇党员积分管理办法》，有的是2021年、2025年的；这里按2021年的版本查找。"
    assert desk.ask(question).warnings[0] == told
    assert desk.missing(question) == (told,)


@pytest.mark.parametrize(
    "question",
    [
        "2025年党费收了多少",
        "2020年入党的党员缺席支部党员大会扣几分",
        "2025年工作报告里发展了多少党员",
        "2023年发展党员多少名",
        "2023年入党的，按积分管理办法公示几天",
        "2023年细则学习计划",
        "老党员积分管理办法公示几天",
        "2023年以来党员缺席主题党日，积分办法怎么规定",
    ],
)
def test_a_year_that_is_no_edition_changes_nothing(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert desk.missing(question) == ()
    assert "青石镇党员积分管理办法_2021.txt" not in {one.source for one in answer.citations}
    assert not any("的版本查找" in one for one in answer.warnings)


def test_on_a_day_what_counted_then_is_shown_as_in_force(desk: Desk) -> None:
    question, day = "缺席支部党员大会扣几分", date(2023, 5, 1)
    assert desk.search(question, as_of=day)[0].in_force
    assert not desk.search("2021年的积分管理办法缺席支部党员大会扣几分")[0].in_force
    answer = desk.ask(question, day)
    assert "扣3分" in answer.sentences[0].text
    assert all(one.in_force for one in answer.citations)
    assert answer.warnings == ("《青石镇党员积分管理办法》当时有效，后来已被取代",)


def test_a_year_said_of_one_article_is_not_said_of_another(desk: Desk) -> None:
    """积分办法第四条 alone is today's, though 2021年的 stands before the article that follows."""
    named = desk.search("积分办法第四条、2021年的《青石镇党员积分管理办法》第五条", 2)
    assert {(hit.article, hit.source[-8:-4]) for hit in named} == {("第四条", "2025"), ("第五条", "2021")}


def test_old_inside_a_word_asks_for_no_older_edition(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    for year, days in ((2001, "五"), (2023, "七")):
        text = f"废旧物品管理办法\n（{year}年3月1日印发）\n第一条　为了加强管理，制定本办法。\n第二条　废旧物品登记公示{days}天。\n"
        (folder / f"废旧物品管理办法_{year}.txt").write_text(text, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    opened = open_desk(home)
    assert opened.search("根据废旧物品管理办法第二条", 1)[0].source == "废旧物品管理办法_2023.txt"
    assert "七天" in opened.ask("废旧物品管理办法规定公示几天？").sentences[0].text
    opened.close()


@pytest.mark.parametrize(
    "question", ["现行的积分办法公示几天", "新版积分办法第五条", "最新的《青石镇党员积分管理办法》公示几天"]
)
def test_the_current_edition_may_be_asked_for_by_name(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert {one.source for one in answer.citations} == {"青石镇党员积分管理办法_2025.txt"}
    assert answer.warnings == ()
    then = desk.ask("现行的积分办法公示几天", date(2022, 1, 1))
    assert {one.source for one in then.citations} == {"青石镇党员积分管理办法_2021.txt"}


def test_an_edition_before_all_others_is_not_answered_from_a_later_one(desk: Desk) -> None:
    answer = desk.ask("1999年的积分管理办法第五条")
    assert answer.status == "refused"
    assert answer.warnings[0].startswith(
        "资料库里没有1999年的《青石镇党员积分管理办法》，有的是2021年、2025年的，最早的"
    )


def test_no_other_paper_of_the_year_passes_for_an_edition_that_is_not_here(
    home: Path, tmp_path: Path
) -> None:
    """A letter of 2023 repeats the words of the edition of 2021; asked for that of 2023, the edition of 2021 is cited."""
    folder = tmp_path / "papers"
    folder.mkdir()
    old = RULE.format(day="2021年3月1日", more=2, less=1, meeting=3, days=5)
    letter = (
        "关于做好积分公示工作的通知\n（2023年4月1日印发）\n各党支部：\n"
        + old.split("\n")[6].removeprefix("第五条　")
        + "\n"
    )
    for name, text in (("青石镇党员积分管理办法_2021.txt", old), ("通知_2023.txt", letter)):
        (folder / name).write_text(text, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    opened = open_desk(home)
    answer = opened.ask("2023年的青石镇党员积分管理办法规定积分公示几天")
    opened.close()
    assert answer.warnings[0].startswith("资料库里没有2023年的")
    assert {one.source for one in answer.citations} == {"青石镇党员积分管理办法_2021.txt"}


MONTHS = """青石镇党员积分管理办法
（2022年{month}月1日印发）
第一条　为了加强党员日常管理，根据有关规定，制定本办法。
第二条　党员积分按季度汇总，在党务公开栏公示{days}天，接受党员群众监督。
第三条　本办法由镇党委组织办公室负责解释。
"""


@pytest.fixture(scope="module")
def months(desk_over: Callable[[Mapping[str, str]], Desk]) -> Desk:
    """Two editions of one year."""
    return desk_over(
        {
            f"青石镇党员积分管理办法_{month}月.txt": MONTHS.format(month=month, days=days)
            for month, days in ((3, 4), (11, 9))
        }
    )


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("积分办法公示几天", "9天", ""),
        ("2022年3月的积分办法公示几天", "4天", ""),
        ("2022年11月的积分办法公示几天", "9天", ""),
        ("2022年的积分办法公示几天", "9天", "有3月、11月共2个版本"),
        ("2022年7月的积分办法公示几天", "4天", ""),
        ("2022年5月时积分公示几天", "4天", ""),
        ("2022年12月时积分公示几天", "9天", ""),
        ("2022年3月的积分办法第二条", "4天", ""),
    ],
)
def test_two_editions_of_one_year_are_told_apart_by_their_month(
    months: Desk, question: str, words: str, told: str
) -> None:
    answer = months.ask(question)
    assert words in "".join(one.text for one in answer.sentences), (answer.warnings, answer.sentences)
    assert len({one.source for one in answer.citations}) == 1
    assert told in "".join(answer.warnings)
