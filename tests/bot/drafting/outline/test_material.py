"""What is offered beside a section: verbatim, in force, of earlier years, once. All units and rules are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.compose import Desk, desk_of
from bot.drafting.genres import genre_of
from bot.drafting.model import Beside, Fact, Request
from bot.drafting.outline.material import fits_office, material, without_figures
from bot.drafting.outline.passages import LIMIT, cut, found, shelf
from bot.drafting.outline.placing import place
from bot.drafting.outline.planning import plan, words_of
from bot.drafting.outline.reports import is_allowed, reports_of, texts_of_reports
from ingest.compose import sync_folders
from ingest.config import load_settings

_RULE = """中国共产党谈心谈话工作条例
（{day}中共中央办公厅发布）
第一条　为了规范谈心谈话工作，制定本条例。
第二条　党支部书记应当同支部党员谈心谈话，每年不少于{times}。
第三条　党支部应当按月收缴党费，并在公开栏公布收缴情况。
第四条　党组织应当经常联系流动党员，每半年至少联系一次。
第五条　本条例自发布之日起施行。
"""
_LOCAL = """白沙镇谈心谈话工作办法
（2023年5月1日中共白沙镇委员会印发）
第一条　为了做好本镇谈心谈话工作，制定本办法。
第二条　党支部书记应当同支部党员谈心谈话，每季度不少于一次。
第三条　本办法由白沙镇党委负责解释。
"""
_REPORT = """{unit}党委{year}年度党建工作情况报告

一、基本情况
党委下设党支部{n}个，共有党员1{n}0名。

二、主要工作
（一）抓好组织生活。一是经常谈心。党支部书记同党员谈心谈话{n}8人次。二是按时开会。
（二）管好党员队伍。全年收缴党费{n}1000元，公布收缴情况4次。

三、存在的问题
（一）流动党员联系偏少。有{n}名流动党员全年只联系1次。

四、下一步打算
（一）联系流动党员。对流动党员每季度联系1次。

中共{unit}委员会
"""
PAPERS = {
    "法规/谈心谈话工作条例_2015.txt": _RULE.format(day="2015年3月1日", times="一次"),
    "法规/谈心谈话工作条例_2021.txt": _RULE.format(day="2021年3月1日", times="两次"),
    "法规/白沙镇谈心谈话工作办法.txt": _LOCAL,
    "报告/青石镇2023.txt": _REPORT.format(unit="青石镇", year=2023, n=5),
    "报告/青石镇2024.txt": _REPORT.format(unit="青石镇", year=2024, n=6),
    "报告/青石镇2025.txt": _REPORT.format(unit="青石镇", year=2025, n=7),
    "报告/柳溪镇2024.txt": _REPORT.format(unit="柳溪镇", year=2024, n=8),
}
REQUEST = Request(
    "年度工作报告",
    "青石镇党委2025年度党建工作情况报告",
    "青石镇党委",
    "2025年",
    facts=(
        Fact(1, "下设党支部7个，共有党员170名。", "事实第1条"),
        Fact(2, "党支部书记同党员谈心谈话78人次。", "事实第2条"),
        Fact(3, "全年收缴党费71000元，公布收缴情况4次。", "事实第3条"),
        Fact(4, "流动党员联系偏少，有7名全年只联系1次。", "事实第4条"),
        Fact(5, "2026年对流动党员每季度联系1次。", "事实第5条"),
    ),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    settings = load_settings(tmp_path_factory.mktemp("home"))
    sync_folders(settings, [folder])
    opened = desk_of(settings)
    yield opened
    opened.close()


def _beside(desk: Desk, request: Request = REQUEST) -> dict[str, tuple[Beside, ...]]:
    reports = texts_of_reports(desk.index, reports_of(desk.index, genre_of(request.genre), request.sources))
    outline = plan(request, reports)
    placed = place(outline, request.facts, request.period, words_of(outline, reports))
    offered = material(desk.search, desk.index, request, outline, placed)
    return {one.heading: beside for one, beside in zip(outline, offered, strict=True)}


def test_reports_of_a_genre_newest_first(desk: Desk) -> None:
    genre = genre_of("年度工作报告")
    titles = [row.title[:3] for row in reports_of(desk.index, genre)]
    assert sorted(titles) == ["柳溪镇", "青石镇", "青石镇", "青石镇"]
    assert [row.source for row in reports_of(desk.index, genre, ["报告/柳溪镇*"])] == ["报告/柳溪镇2024.txt"]
    assert reports_of(desk.index, genre_of("述职报告")) == []


def test_every_passage_is_verbatim_and_numbered(desk: Desk) -> None:
    offered = [one for beside in _beside(desk).values() for one in beside]
    assert {one.role for one in offered} == {"依据", "本单位往年", "他山之石"}
    for one in offered:
        text = desk.index.text(one.citation.document_id)
        assert text[one.citation.start : one.citation.end] == one.text == one.citation.quote
        assert len(one.text) <= 2 * LIMIT
    assert [one.citation.n for one in offered] == list(range(1, len(offered) + 1))


def test_nothing_is_offered_twice(desk: Desk) -> None:
    texts = [one.text for beside in _beside(desk).values() for one in beside]
    assert len(texts) == len(set(texts))


def test_a_clause_is_of_a_rule_in_force_and_of_no_other_office(desk: Desk) -> None:
    clauses = [one for beside in _beside(desk).values() for one in beside if one.role == "依据"]
    assert {one.citation.source for one in clauses} == {"法规/谈心谈话工作条例_2021.txt"}
    assert all(one.citation.in_force for one in clauses)
    assert any("不少于两次" in one.text for one in clauses)


def test_the_other_offices_rule_is_ground_for_itself(desk: Desk) -> None:
    theirs = replace(REQUEST, unit="白沙镇党委", title="白沙镇党委2025年度党建工作情况报告")
    clauses = [one for beside in _beside(desk, theirs).values() for one in beside if one.role == "依据"]
    assert "法规/白沙镇谈心谈话工作办法.txt" in {one.citation.source for one in clauses}


def test_own_words_are_of_earlier_years(desk: Desk) -> None:
    own = [one for beside in _beside(desk).values() for one in beside if one.role == "本单位往年"]
    assert {one.citation.source for one in own} == {"报告/青石镇2023.txt", "报告/青石镇2024.txt"}
    next_year = _beside(desk, replace(REQUEST, period="2026年"))
    assert "报告/青石镇2025.txt" in {one.citation.source for beside in next_year.values() for one in beside}


def test_passages_are_of_the_same_part_of_a_report(desk: Desk) -> None:
    offered = _beside(desk)
    problems = [one.text for one in offered["存在的问题"] if one.role == "他山之石"]
    assert problems == ["有8名流动党员全年只联系1次。"]
    plans = [one.text for one in offered["下一步打算"] if one.role == "他山之石"]
    assert plans == [] or all("每季度" in one for one in plans)


def test_only_the_allowed_sources_are_used(desk: Desk) -> None:
    offered = _beside(desk, replace(REQUEST, sources=("报告/*",)))
    assert {one.role for beside in offered.values() for one in beside} == {"本单位往年", "他山之石"}
    nothing = _beside(desk, replace(REQUEST, sources=("没有这个文件夹/*",)))
    assert not any(nothing.values())


def test_without_facts_a_section_is_looked_up_by_what_it_is_about(desk: Desk) -> None:
    bare = replace(REQUEST, facts=(), headings=("一、谈心谈话", "二、收缴党费"))
    offered = _beside(desk, bare)
    assert any("谈心谈话" in one.text for one in offered["谈心谈话"])
    assert any("收缴党费" in one.text for one in offered["收缴党费"])


def test_patterns_of_sources() -> None:
    assert is_allowed("本单位/甲.md", ())
    assert is_allowed("本单位/甲.md", ("本单位/*",))
    assert is_allowed("本单位/甲[1].md", ("本单位/甲[1].md",))
    assert not is_allowed("法规/乙.md", ("本单位/*", "*.docx"))


def test_what_is_looked_for_has_no_figures() -> None:
    assert without_figures("发展党员6名，按期转正5名。") == "发展党员，按期转正"
    assert without_figures("参训率97.4%，收缴**万元") == "参训率，收缴"
    assert without_figures("发展党员XX名，整顿支部X个") == "发展党员，整顿支部"


def test_pieces_are_whole_sentences_of_their_part() -> None:
    text = PAPERS["报告/青石镇2024.txt"]
    pieces = list(cut("d", text))
    assert all(text[one.start : one.end] == one.text and one.text.endswith("。") for one in pieces)
    assert {one.purpose for one in pieces} >= {"概况", "做法"}
    assert not any("中共青石镇委员会" in one.text for one in pieces)


def test_pieces_are_found_by_shared_words() -> None:
    kept = shelf([("a", PAPERS["报告/青石镇2024.txt"]), ("b", PAPERS["报告/柳溪镇2024.txt"])])
    scores = found(kept, "收缴党费，公布收缴情况")
    best = max(scores, key=lambda at: scores[at])
    assert "收缴党费" in kept.pieces[best].text
    assert found(kept, "蓝天白云") == {}


@pytest.mark.parametrize(
    ("unit", "fits"),
    [
        ("柳河村党支部", False),
        ("青石社区党委", False),
        ("某某镇党委", False),
        ("某某村委", False),
        ("区直属机关工委", True),
        ("县教育局", True),
        ("市委组织部", True),
        ("某某县委", True),
    ],
)
def test_a_rule_for_government_offices_is_for_those(unit: str, fits: bool) -> None:
    assert fits_office("中国共产党党和国家机关基层组织工作条例", f"2026年度述职报告\n{unit}") is fits
    assert fits_office("中国共产党支部工作条例（试行）", unit)
