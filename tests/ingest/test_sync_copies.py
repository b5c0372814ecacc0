"""A sync finds copies: shown as one, findable as one, and never a version of their own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from bot.compose import Desk
from ingest.__main__ import main
from ingest.config import load_settings
from ingest.index import Index
from ingest.model import SyncReport
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

RULE = """青禾区农村党员积分管理办法
第一条　为了加强农村党员日常管理，发挥党员先锋模范作用，制定本办法。
第二条　积分按季度登记，由支部委员会核实后在党务公开栏公示五天。
第三条　积分包括基础分和奖励分，基础分满分一百分，奖励分不超过二十分。
第四条　连续两个季度低于六十分的，由支部书记谈话提醒，帮助制定改进措施。
第五条　年度积分作为民主评议的参考，不得代替民主评议。
第六条　本办法由区委组织部负责解释，自2023年5月1日起施行。
"""
NOTICE = "望川街道关于转发《青禾区农村党员积分管理办法》的通知\n各村党支部：\n请对照下列联系表报送名单。\n联系表：东河村值班室周末有人接听。\n"

RED = "中共青禾区委文件\n各村党支部：\n现将办法印发给你们，请认真贯彻执行。\n"


@pytest.fixture
def folder(folder: Path) -> Path:
    """The regulation, a site's copy of it, and a notice that forwards it two years later."""
    (folder / "积分办法.txt").write_text(RULE, encoding="utf-8")
    (folder / "网站副本.txt").write_text(RULE + "责任编辑：小张　来源：青禾党建网\n", encoding="utf-8")
    (folder / "转发通知.txt").write_text(f"{NOTICE}望川街道党工委\n2025年6月2日\n{RULE}", encoding="utf-8")
    return folder


def first_of(index: Index) -> dict[str, str]:
    """Copy -> the source that stands for it."""
    names = {row.id: row.source for row in index.documents()}
    return {row.source: names[row.copy_of] for row in index.documents() if row.copy_of}


def same(report: SyncReport) -> dict[str, str]:
    return {one.source: one.message for one in report.warnings if "内容相同" in one.message}


def test_a_sync_says_what_is_a_copy_of_what_and_says_it_once(index: Index, folder: Path) -> None:
    """The next sync has nothing new to say, and writes nothing."""
    expected = "与《青禾区农村党员积分管理办法》（积分办法.txt）内容相同。"
    assert same(sync([folder], index)) == {"网站副本.txt": expected, "转发通知.txt": expected}
    assert first_of(index) == {"网站副本.txt": "积分办法.txt", "转发通知.txt": "积分办法.txt"}
    before = (index.home / "catalog.db").read_bytes()
    assert sync([folder], index).warnings == ()
    assert (index.home / "catalog.db").read_bytes() == before


def test_a_copy_that_is_dated_later_replaces_nothing(index: Index, folder: Path) -> None:
    """All of them are in force, today and on a day before the notice."""
    sync([folder], index)
    assert all(row.in_force for row in index.documents())


def test_another_takes_over_when_the_original_goes_or_changes(index: Index, folder: Path) -> None:
    """And what has no original left stands for itself."""
    sync([folder], index)
    (folder / "积分办法.txt").write_text(RULE.replace("六十分", "七十分"), encoding="utf-8")
    sync([folder], index)
    assert first_of(index) == {"转发通知.txt": "网站副本.txt"}
    (folder / "积分办法.txt").unlink()
    (folder / "网站副本.txt").unlink()
    sync([folder], index)
    assert first_of(index) == {}
    assert [row.source for row in index.documents()] == ["转发通知.txt"]


def test_one_hit_for_all_copies_and_what_only_a_copy_says_is_found(
    index: Index, folder: Path, home: Path
) -> None:
    """Also while the one that stood for them has been taken out and no sync came since."""
    sync([folder], index)
    desk = Desk(load_settings(home), index)
    hits = desk.search("连续两个季度低于六十分怎么办")
    assert [(hit.source, hit.article) for hit in hits if hit.article == "第四条"] == [
        ("积分办法.txt", "第四条")
    ]
    # The last article of the copy has the site's foot, which stands nowhere else.
    assert [hit.article for hit in hits if hit.article and hit.source != "积分办法.txt"] == ["第六条"]
    assert any(
        "联系表" in hit.text and hit.source == "转发通知.txt" for hit in desk.search("东河村值班室联系表")
    )
    with index.writing():
        index.remove([row.id for row in index.documents() if row.source == "积分办法.txt"])
    assert desk.search("连续两个季度低于六十分怎么办")[0].source in ("网站副本.txt", "转发通知.txt")


def test_status_and_show_name_the_variants(folder: Path, home: Path) -> None:
    """In words and in JSON."""

    def run(*arguments: object) -> str:
        return CliRunner().invoke(main, [*map(str, arguments), "--home", str(home)]).stdout

    run("sync", folder)
    assert "网站副本.txt" in run("status").split("，与 积分办法.txt 内容相同")[0]
    files = {one["source"]: one["copy_of"] for one in json.loads(run("status", "--json"))["files"]}
    assert files == {"积分办法.txt": None, "网站副本.txt": "积分办法.txt", "转发通知.txt": "积分办法.txt"}
    assert "内容相同：网站副本.txt、转发通知.txt" in run("show", "积分办法.txt")
    assert "内容相同：积分办法.txt、网站副本.txt" in run("show", "转发通知.txt")
    assert json.loads(run("show", "转发通知.txt", "--json"))["same_as"] == ["积分办法.txt", "网站副本.txt"]


def archive(home: Path, folder: Path, files: dict[str, tuple[str, str]], *, mask: bool = False) -> Desk:
    """A home of `files`: name -> text and what a sidecar says."""
    for name, (text, said) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if said:
            path.with_name(f"{path.name}.meta.toml").write_text(said, encoding="utf-8")
    index = Index(home, HashEmbedder())
    sync([folder], index, mask_personal=mask)
    return Desk(load_settings(home), index)


BARE = RULE.replace("，自2023年5月1日起施行", "")


@pytest.mark.parametrize("download", ["", "下载"])
def test_who_names_a_year_is_answered_from_the_file_of_that_year(
    home: Path, tmp_path: Path, download: str
) -> None:
    """Two files of the same words, which differ in the day of force that a person told."""
    early = f"甲/积分管理办法{download}.txt"
    files = {
        early: (BARE, "effective = 2012-03-01\n"),
        "乙/积分管理办法.txt": (BARE, "effective = 2018-03-01\n"),
    }
    desk = archive(home, tmp_path / "档案", files)
    name = "青禾区农村党员积分管理办法"
    for question, source in (
        (f"2018年的{name}规定连续两个季度低于多少分由支部书记谈话提醒？", "乙/积分管理办法.txt"),
        (f"2012年的{name}规定连续两个季度低于多少分由支部书记谈话提醒？", early),
        (f"{name}（2018年）第四条", "乙/积分管理办法.txt"),
        (f"{name}（2012年）第四条", early),
    ):
        answer = desk.ask(question)
        assert answer.status == "answered", question
        assert {citation.source for citation in answer.citations} == {source}, question
    then = desk.ask(f"{name}第四条", date(2015, 1, 1))
    assert {citation.source for citation in then.citations} == {early}
    desk.close()


def test_words_that_came_back_into_force_are_cited_and_not_what_was_between(
    home: Path, tmp_path: Path
) -> None:
    """2012, other words in 2015, in 2018 the first again."""
    desk = archive(home, tmp_path / "档案", {
        "a/办法.txt": (BARE, "effective = 2012-03-01\n"),
        "b/办法.txt": (BARE.replace("六十分", "五十分"), "effective = 2015-03-01\n"),
        "c/办法.txt": (BARE, "effective = 2018-03-01\n"),
    })  # fmt: skip
    assert {row.source for row in desk.index.documents() if row.in_force} == {"c/办法.txt"}
    answer = desk.ask("青禾区农村党员积分管理办法第四条")
    assert {citation.source for citation in answer.citations} == {"c/办法.txt"}
    desk.close()


def test_a_hit_goes_to_the_print_of_the_year_that_is_named(home: Path, tmp_path: Path) -> None:
    """A later print stays a copy, and is cited when it is asked for; on a day before it was printed it is not."""
    prints = {
        "青禾区农村党员积分管理办法_2012.txt": (BARE, ""),
        "青禾区农村党员积分管理办法_2018.txt": (RED + BARE, ""),
    }
    desk = archive(home, tmp_path / "档案", prints)
    assert first_of(desk.index) == {
        "青禾区农村党员积分管理办法_2018.txt": "青禾区农村党员积分管理办法_2012.txt"
    }
    question = "农村党员积分连续两个季度低于六十分怎么办"
    for asked, day, source in (
        (question, None, "青禾区农村党员积分管理办法_2012.txt"),
        (f"2018年{question}", None, "青禾区农村党员积分管理办法_2018.txt"),
        (question, date(2015, 1, 1), "青禾区农村党员积分管理办法_2012.txt"),
    ):
        hits = [hit.source for hit in desk.search(asked, as_of=day) if hit.article == "第四条"]
        assert hits == [source], asked
    desk.close()


def test_two_notices_that_differ_in_a_masked_number_are_both_found(home: Path, tmp_path: Path) -> None:
    """Neither is a copy of the other, neither is left out of the hits."""
    call = BARE.replace("由支部书记谈话提醒", "由支部书记谈话提醒，联系电话{}")
    files = {
        f"{at}.txt": (call.format(number), "") for at, number in enumerate(("13812345678", "13899999978"))
    }
    desk = archive(home, tmp_path / "通知", files, mask=True)
    assert first_of(desk.index) == {}
    hits = [hit.source for hit in desk.search("连续两个季度低于六十分联系电话") if hit.article == "第四条"]
    assert sorted(hits) == ["0.txt", "1.txt"]
    desk.close()


def test_new_rules_of_sketches_make_the_next_sync_read_every_file_anew(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sketches of two rules are not compared; after one sync all are of the same again."""
    with monkeypatch.context() as former:
        for module in ("ingest.sketches", "ingest.reading"):
            former.setattr(f"{module}.SKETCH_RULES", 0)
        sync([folder], index)
    assert sync([folder], index).changed == 3
    assert len(first_of(index)) == 2


ORIGINAL = """中共青石镇委员会文件
青党发〔2026〕3号
关于做好2026年全镇农村党员冬训工作的通知
各村党支部：
为了深入学习贯彻党的创新理论，提高农村党员队伍素质，现就做好今年全镇农村党员冬训工作通知如下。
一、时间安排
冬训从2026年1月5日开始，到2月6日结束，每名党员集中学习不少于三天。
二、学习内容
重点学习党章、农村基层组织工作条例和上级党委全会精神，结合实际讲好乡村振兴课程。
三、组织方式
以党支部为单位集中授课，流动党员可以在线参加，年老体弱的党员由支部委员送学上门。
四、工作要求
各村党支部于2月10日前将冬训总结报镇党建办公室，未按要求完成的，由镇党委约谈支部书记。
中共青石镇委员会
2026年1月2日"""
FORWARDING = """中共柳河村支部委员会文件
柳支发〔2026〕1号
转发《关于做好2026年全镇农村党员冬训工作的通知》的通知
各党小组：
现将镇党委的通知转发给你们，请结合实际认真贯彻落实。我村冬训地点设在村党群服务中心二楼会议室，请各党小组组长提前通知到每一名党员，确保不漏一人。
村里冬训期间每天上午八点半签到，不能参加的须向支部书记书面请假。请于1月4日前把参训名单报给村文书。
中共柳河村支部委员会
2026年1月3日"""


def test_a_forwarding_paper_of_many_words_of_its_own_never_stands_for_the_original(
    index: Index, tmp_path: Path
) -> None:
    """Two docx files; what the village says besides makes its paper the longer one."""
    made = tmp_path / "冬训"
    made.mkdir()
    for name, text in (
        ("党员冬训通知.docx", ORIGINAL),
        ("柳河村转发冬训通知.docx", f"{FORWARDING}\n{ORIGINAL}"),
    ):
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(str(made / name))
    sync([made], index)
    assert first_of(index) == {"柳河村转发冬训通知.docx": "党员冬训通知.docx"}
