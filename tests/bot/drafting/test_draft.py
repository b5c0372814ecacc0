"""The story over a small home: facts placed, figures grounded, clauses cited, nothing invented; with a model likewise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.compose import Desk, desk_of
from bot.draft import again
from bot.drafting.contract import draft_json
from bot.drafting.editing import (
    BY_HAND,
    lengthened,
    more_formal,
    rewritten,
    shortened,
    with_clause,
    without_sentence,
)
from bot.drafting.export import export
from bot.drafting.figures.audit import audit
from bot.drafting.model import PENDING, Draft, DraftSentence, Request
from bot.drafting.paper import source_lines
from bot.drafting.printed import draft_text, outline_text
from bot.drafting.request import request_of
from bot.drafting.saved import kept, load, save
from bot.errors import BadRequest
from bot.testing_model import Asked, Reply, model_server, saying
from evals.drafts import comes_out, judge_drafts, paragraphs_of
from ingest.compose import sync_folders
from ingest.config import load_settings

RULE = """中国共产党谈心谈话工作条例
（2020年3月1日中共中央办公厅发布）
第一条　为了规范谈心谈话工作，制定本条例。
第二条　党支部书记应当同支部党员谈心谈话，每年不少于两次；谈心谈话情况应当记录。
第三条　本条例自发布之日起施行。
"""
LAST_YEAR = """青石社区党委2025年度党建工作情况报告

一、基本情况
党委下设党支部5个，有党员120名。

二、主要工作
（一）抓好谈心谈话。全年开展谈心谈话88人次。

三、存在的问题
（一）学习形式单一。

四、下一步打算
（一）丰富学习形式。
"""
GIVEN = {
    "genre": "年度工作报告",
    "title": "青石社区党委2026年度党建工作情况报告",
    "unit": "青石社区党委",
    "period": "2026年",
    "audience": "某某街道党工委",
    "dated": "2027-01-08",
    "basis": True,
    "facts": """【做法】
谈心谈话：7名支部书记同党员谈心谈话96人次，没有出现漏谈的情况，谈心谈话记录完整。
主题党日：全年开展主题党日12次。
【问题】
学习形式仍然单一，以集中读原文为主。
【打算】
丰富学习形式，每季度安排1次现场教学。""",
    "table": [
        {
            "title": "队伍",
            "columns": ["指标", "单位", "2025年", "2026年"],
            "rows": [["党员", "名", 120, 132]],
        }
    ],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafting")
    (folder / "rules").mkdir()
    (folder / "rules" / "谈心谈话条例.txt").write_text(RULE, encoding="utf-8")
    (folder / "rules" / "青石社区2025.txt").write_text(LAST_YEAR, encoding="utf-8")
    sync_folders(load_settings(folder / "home"), [folder / "rules"])
    return folder / "home"


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[Desk]:
    desk = desk_of(load_settings(home))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def request_() -> Request:
    return request_of(GIVEN)


@pytest.fixture(scope="module")
def made(desk: Desk, request_: Request) -> Draft:
    *_, made = desk.draft(request_)
    return made


def told(draft: Draft) -> list[DraftSentence]:
    return [one for section in draft.sections for paragraph in section.paragraphs for one in paragraph]


def test_it_grows_by_section_and_every_fact_is_told_once(desk: Desk, request_: Request, made: Draft) -> None:
    lengths = [len(draft.sections) for draft in desk.draft(request_)]
    assert lengths == sorted(lengths)
    assert lengths[0] == 1
    first = [one.facts[0] for one in told(made) if one.facts]
    assert sorted(first) == [fact.n for fact in made.request.facts]


def test_every_figure_stands_on_something(made: Draft) -> None:
    for sentence in told(made):
        for figure in sentence.figures:
            assert sentence.text[figure.start : figure.end] == figure.text
            assert figure.ground != "pending", sentence.text
    grown = next(one for one in told(made) if "比上年" in one.text)
    assert "增加12名" in grown.text
    assert "增长10.0%" in grown.text
    assert {one.ground for one in grown.figures} == {"fact", "calculated"}
    assert all(map(comes_out, made.calculations))


def test_the_clause_is_cited_word_for_word(desk: Desk, made: Draft) -> None:
    clause = next(one for one in told(made) if one.citations)
    cited = made.citations[clause.citations[0] - 1]
    assert cited.article == "第二条"
    assert desk.index.text(cited.document_id)[cited.start : cited.end] == cited.quote
    assert "《中国共产党谈心谈话工作条例》第二条规定：“" in clause.text
    assert [one.n for one in made.citations] == list(range(1, len(made.citations) + 1))


def test_a_measure_names_the_problem_it_answers(made: Draft) -> None:
    measure = next(one for one in told(made) if "现场教学" in one.text)
    assert measure.text.startswith("针对学习形式仍然单一的问题，")


def test_last_years_figures_lie_beside_and_not_in_the_text(made: Draft) -> None:
    assert any(one.role == "本单位往年" for section in made.sections for one in section.beside)
    assert "88" not in "".join(one.text for one in told(made))


def test_the_word_file_holds_no_stray_figure(made: Draft) -> None:
    paragraphs = list(paragraphs_of(export(made, ".docx", sources=False)))
    assert made.request.title in "".join(paragraphs)
    assert audit(paragraphs, made) == ()
    forged = [*paragraphs, "全年发展党员37名。"]
    assert [stray.text for stray in audit(forged, made)] == ["37名"]


def test_the_annex_tells_each_ground(made: Draft) -> None:
    lines = "\n".join(source_lines(made))
    assert "表“队伍”第1行" in lines
    assert "计算：" in lines
    assert "第二条" in lines
    assert "2026年；党员132名——表" in lines  # half a clause each, no list
    assert "附件" not in "".join(paragraphs_of(export(made, ".docx", sources=False)))


def test_markdown_and_text(made: Draft) -> None:
    assert export(made, ".md").decode().startswith("# ")
    assert "二、" in export(made, ".txt").decode()


def test_what_is_printed_and_what_scripts_read(desk: Desk, request_: Request, made: Draft) -> None:
    shown = draft_text(made)
    assert "[事实1]" in shown
    assert "[计算1]" in shown
    record = draft_json(made)
    assert record["mode"] == "assembled"
    assert record["sections"][0]["paragraphs"]
    assert "一、" in outline_text(desk.outline(request_))


def test_a_title_of_another_genre_is_told(desk: Desk, request_: Request, made: Draft) -> None:
    """The page starts with 年度工作报告 chosen: a 述职报告 written so ends with the wrong words."""
    *_, wrong = desk.draft(replace(request_, genre="年度工作报告", title="某某支部书记2026年度述职报告"))
    assert any("像是“述职报告”" in warning for warning in wrong.warnings)
    assert not any("像是" in warning for warning in made.warnings)


def test_a_section_without_facts_says_so(desk: Desk, request_: Request) -> None:
    *_, bare = desk.draft(replace(request_, facts=request_.facts[:1], cells=()))
    assert any("没有给出事实" in warning for warning in bare.warnings)
    assert any("待补充" in one.text for one in told(bare))
    assert any("“大约字数”是3000字" in warning for warning in bare.warnings)


def test_a_pattern_that_fits_nothing(desk: Desk, request_: Request) -> None:
    with pytest.raises(BadRequest, match="没有文件符合"):
        list(desk.draft(replace(request_, sources=("没有的/*",))))


def test_facts_out_of_documents_are_cited(desk: Desk, request_: Request) -> None:
    *_, other = desk.draft(replace(request_, facts=(), cells=(), documents=("*2025*",)))
    taken = next(one for one in told(other) if "88人次" in one.text)
    assert taken.origin == "source"
    assert other.citations[taken.citations[0] - 1].quote in taken.text


def section_with(draft: Draft, words: str) -> int:
    return next(
        at
        for at, section in enumerate(draft.sections)
        if any(words in one.text for paragraph in section.paragraphs for one in paragraph)
    )


def test_shorter_keeps_the_figures(made: Draft) -> None:
    at = section_with(made, "96人次")
    once = shortened(made, at)
    text = "".join(one.text for paragraph in once.sections[at].paragraphs for one in paragraph)
    assert "谈心谈话记录完整" not in text
    assert "96人次" in text
    assert audit([text], once) == ()


def test_shorter_until_nothing_is_left(made: Draft) -> None:
    at = section_with(made, "96人次")
    for _ in range(9):
        made = shortened(made, at)
    assert made.sections[at].paragraphs == ()


def test_shorter_gives_up_a_quoted_clause_before_a_fact(made: Draft) -> None:
    at = next(
        at for at, section in enumerate(made.sections) if any(one.role == "依据" for one in section.beside)
    )
    quoted = made if made.sections[at].paragraphs[0][0].citations else with_clause(made, at, 0)
    clause = quoted.sections[at].paragraphs[0][0]
    assert clause.origin == "source"
    steps = [quoted]
    while steps[-1].sections[at].paragraphs:
        steps.append(shortened(steps[-1], at))
    said = [[one for paragraph in step.sections[at].paragraphs for one in paragraph] for step in steps]
    gone = next(n for n, sentences in enumerate(said) if clause not in sentences)
    assert len(said[gone]) == len(said[0]) - 1


def test_more_formal(made: Draft) -> None:
    at = section_with(made, "96人次")
    text = "".join(
        one.text for paragraph in more_formal(made, at).sections[at].paragraphs for one in paragraph
    )
    assert "未出现漏谈" in text


def test_a_clause_comes_in_once_and_a_sentence_goes(made: Draft) -> None:
    at = next(
        at for at, section in enumerate(made.sections) if any(one.role == "依据" for one in section.beside)
    )
    bare = replace(made.sections[at], paragraphs=made.sections[at].paragraphs[1:])
    draft = replace(made, sections=(*made.sections[:at], bare, *made.sections[at + 1 :]))
    longer = lengthened(draft, at)
    assert longer.sections[at].paragraphs[0][0].citations
    assert longer == with_clause(draft, at, 0)
    assert without_sentence(longer, at, 0, 0) == draft


def test_own_words_are_kept_and_own_figures_are_the_writers(made: Draft) -> None:
    at = section_with(made, "96人次")
    before = made.sections[at].paragraphs[-1]
    text = "".join(one.text for one in before) + "其中重点谈话对象14名。"
    after = rewritten(made, at, text)
    *same, added = after.sections[at].paragraphs[-1]
    assert tuple(same) == before
    assert added.figures[0].text == "14名"
    assert after.request.facts[added.figures[0].n - 1].where == BY_HAND
    assert PENDING not in added.text


def test_again_gives_back_the_facts(made: Draft) -> None:
    for at in range(1, len(made.sections) - 1):
        assert again(shortened(made, at), at).sections[at].planned == made.sections[at].planned
    at = section_with(made, "现场教学")
    assert again(made, at).sections[at].paragraphs == made.sections[at].paragraphs


def test_drafts_are_kept_whole(tmp_path: Path, made: Draft) -> None:
    save(tmp_path, made)
    assert load(tmp_path, kept(tmp_path)[0].name) == made
    (tmp_path / "drafts" / "坏.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BadRequest, match="坏了"):
        load(tmp_path, "坏")
    with pytest.raises(BadRequest, match="没有存过"):
        load(tmp_path, "../坏")


def drafted_by(home: Path, request: Request, behave: object) -> Draft:
    with model_server(behave) as server:  # type: ignore[arg-type]
        settings = load_settings(home).model_copy(update={"llm": server.settings(retries=0)})
        desk = desk_of(settings)
        try:
            *_, draft = desk.draft(request)
        finally:
            desk.close()
    return draft


def by_the_facts(asked: Asked) -> Reply:
    """Tells the first fact well, then invents: a figure, a praise, another's matter."""
    first = next(text for _, place, text in asked.evidence if place.startswith("事实"))
    return saying(f"{first.rstrip('。')}[1]。全年评选先进典型45个[1]。工作得到上级充分肯定[1]。")


def test_a_model_writes_and_what_nothing_carries_is_dropped(home: Path, request_: Request) -> None:
    draft = drafted_by(home, request_, by_the_facts)
    assert draft.mode == "llm"
    text = "".join(one.text for one in told(draft))
    assert "45" not in text
    assert "充分肯定" not in text
    assert any("充分肯定" in words for section in draft.sections for words, _ in section.dropped)
    assert audit(list(paragraphs_of(export(draft, ".docx", sources=False))), draft) == ()
    spoken = {n for one in told(draft) for n in one.facts}
    assert spoken >= {fact.n for fact in draft.request.facts}, "a fact the model left out is put behind"


def test_a_figure_a_model_turned_is_not_shown(home: Path, request_: Request) -> None:
    draft = drafted_by(home, request_, lambda _: saying("全年开展主题党日15次[1][2]。"))
    text = "".join(one.text for one in told(draft))
    assert "15次" not in text
    assert "12次" in text


def test_a_model_that_fails_is_told_and_the_draft_is_assembled(
    home: Path, request_: Request, made: Draft
) -> None:
    draft = drafted_by(home, request_, lambda _: Reply(status=500))
    assert draft.sections == made.sections
    assert any("没有用语言模型" in warning for warning in draft.warnings)


def test_the_evaluation_sees_what_is_wrong(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(
        'genre = "年度工作报告"\ntitle = "青石社区党委2026年度工作报告"\nunit = "青石社区党委"\nperiod = "2026年"\nfacts = "发展党员6名。"\n',
        encoding="utf-8",
    )
    (judged,) = judge_drafts(desk, [path])
    assert judged.holds
    assert (judged.stray, judged.pending) == ((), 0)
    assert judged.figures > judged.traced >= 1
