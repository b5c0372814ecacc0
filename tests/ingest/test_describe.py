"""What a document says of itself, and what a manifest says of it."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.describe import describe, overridden, work_key
from ingest.model import Description
from ingest.parse.decode import decode
from ingest.parse.door import parse
from ingest.parse.plain import parse_plain


def described(text: str, source: str = "x.txt") -> Description:
    """Describes a small document."""
    parsed = parse(text.encode(), source) if source.endswith(".md") else parse_plain(decode(text.encode()))
    return describe(parsed.text, parsed.blocks, source)


def test_a_law_names_itself_in_its_first_heading() -> None:
    """Title, kind, and the latest dates of issue and force in its head."""
    law = described(
        "# 中华人民共和国某某法\n\n2005年4月27日 第一次会议通过\n\n2018年12月29日 修订\n\n2019年6月1日 施行\n\n第一条 甲。",
        "某某法.md",
    )
    assert (law.title, law.kind) == ("中华人民共和国某某法", "法律")
    assert (law.issued, law.effective) == (date(2018, 12, 29), date(2019, 6, 1))


def test_a_file_without_a_title_line_is_named_by_its_file() -> None:
    """第一章 is no title; the year behind the name is the version."""
    found = described("第一章　总则\n第一条　甲。", "党内监督条例_2016.txt")
    assert (found.title, found.kind, found.version) == ("党内监督条例", "条例", "2016年")


def test_a_press_introduction_gives_the_announced_title() -> None:
    """近日，中共中央印发了《…》 announces the document that follows; 关于印发《…》的通知 is its own title."""
    assert (
        described("近日，中共中央印发了《某某工作条例》（以下简称《条例》）。\n第一条 甲。").title
        == "某某工作条例"
    )
    assert (
        described("关于印发《某某工作规程（试行）》的通知\n各支部：").title
        == "关于印发《某某工作规程（试行）》的通知"
    )


def test_a_title_over_two_lines_is_one() -> None:
    """The first line does not end like a title, the second does."""
    assert described(
        "中共中央关于进一步全面深化改革\n推进中国式现代化的决定\n（2024年7月18日通过）"
    ).title.endswith("推进中国式现代化的决定")


@pytest.mark.parametrize("number", ["中办发〔2014〕33号", "中办发[2014]33 号", "中办发（2014）33号"])
def test_document_numbers_in_all_brackets_are_found(number: str) -> None:
    """文号 may stand in any bracket."""
    assert described(f"通知\n（{number}）\n各支部：").number == number.replace(" ", "")


def test_an_impossible_date_is_no_date() -> None:
    """2月30日 does not stop a sync."""
    assert described("通知\n2020年2月30日 通过\n正文。").issued is None


def test_the_manifest_wins() -> None:
    """Every field it names replaces what was read; status decides what is in force."""
    found = overridden(
        described("某某办法\n正文。"),
        {"title": "甲", "date": date(2020, 1, 1), "status": "已被取代", "work": "乙"},
    )
    assert (found.title, found.issued, found.in_force, found.work) == ("甲", date(2020, 1, 1), False, "乙")


def test_versions_of_one_work_share_a_key() -> None:
    """Issuer, year and marks of a copy do not keep versions apart; numbered amendments stay apart."""
    keys = {
        work_key(Description("中国共产党发展党员工作细则"), "a.txt"),
        work_key(Description("展党员(sic)"), "发展党员工作细则_2014_手册版.txt"),
        work_key(Description("发展党员工作细则（2026年修订）"), "b.txt"),
    }
    assert len(keys) == 1
    assert work_key(Description("刑法修正案（八）"), "x.md") != work_key(
        Description("刑法修正案（九）"), "y.md"
    )
