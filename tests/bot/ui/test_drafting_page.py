"""The view 起草 without a browser: the form, the growing draft, its marks, the steps of editing, what is kept."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from bot.compose import Desk, desk_of
from bot.drafting.contract import characters
from bot.drafting.editing import BY_HAND
from bot.drafting.model import PENDING, Draft, DraftSentence
from bot.drafting.saved import load
from bot.errors import BadRequest, BadTable
from bot.testing_model import Asked, Reply, model_server, saying
from bot.ui import benchwork, downloads, drafting, grounds
from bot.ui.bench import Bench, DraftingDesk, Form
from bot.ui.draftform import example, headings, library_choices, request_from
from bot.ui.handlers import place_of
from ingest.config import load_settings

RULE = """值班谈话工作条例
（2020年3月1日青禾合作社发布）
第一条　为了规范谈心谈话工作，制定本条例。
第二条　党支部书记应当同支部党员谈心谈话，每年不少于两次；谈心谈话情况应当记录。
第三条　本条例自发布之日起施行。
"""
LAST_YEAR = """青石社区党委2025年度党建工作情况报告

一、基本情况
党委下设党支部5个，有党员120名。

二、主要工作
（一）抓好谈心谈话。全年开展谈心谈话88人次，谈心谈话记录完整。

三、存在的问题
（一）学习形式单一。

四、下一步打算
（一）丰富学习形式。
"""
FORM = Form(
    title="青石社区党委2026年度党建工作情况报告",
    unit="青石社区党委",
    period="2026年",
    audience="某某街道党工委",
    dated="2027年1月8日",
    facts="""【做法】
谈心谈话：7名支部书记同党员谈心谈话96人次，没有出现漏谈的情况，谈心谈话记录完整。
谈心谈话：搞好全部档案<整理>。
【问题】
学习形式仍然单一。
【打算】
丰富学习形式，每季度安排1次现场教学。""",
    table="队伍\t\t\t\n指标\t单位\t2025年\t2026年\n党员\t名\t120\t132",
    basis=True,
)


@pytest.fixture
def desk(desk_over: Callable[[Mapping[str, str]], Desk]) -> Desk:
    return desk_over({"值班谈话工作条例.txt": RULE, "2025年报告.txt": LAST_YEAR})


def written(
    desk: DraftingDesk | None, home: Path | None, form: Form = FORM, bench: Bench | None = None
) -> Bench:
    *_, last = benchwork.write(desk, home, form, bench or Bench())
    return last


def section_of(draft: Draft, words: str) -> int:
    return next(n for n, one in enumerate(draft.sections) if words in benchwork.text_of(one))


def test_the_form_makes_the_request(desk: Desk) -> None:
    request = request_from(replace(FORM, outline="一、主要工作\n\n（一）谈心谈话\n二、\n三、打算"))
    assert request.headings == ("一、主要工作", "（一）谈心谈话", "三、打算")
    assert [cell.text for cell in request.cells] == ["120", "132"]
    assert "表“队伍”第1行" in {fact.where for fact in request.facts}
    assert (request.dated and request.dated.isoformat(), request.basis) == ("2027-01-08", True)
    assert isinstance(desk, DraftingDesk)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": " ", "period": ""}, "标题、时期"),
        ({"facts": "", "table": ""}, "事实"),
        ({"dated": "明天"}, "明天"),
        ({"length": 50}, "字数"),
        ({"table": "指标 2026年\n党员 132"}, "表头"),
        ({"table": "指标\t2026年\n党员\t许多"}, "许多"),
        ({"documents": ("没有.txt",)}, "没有.txt"),
        ({"genre": "通知书"}, "通知书"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_and_nothing_is_lost(
    desk: Desk, wrong: dict[str, str], told: str
) -> None:
    before = written(desk, None)
    form = replace(FORM, **wrong)  # type: ignore[arg-type]
    for after in (written(desk, None, form, before), benchwork.plan(desk, form, before)):
        assert told in after.notice
        assert after.hint
        assert after.idle
        assert after.draft == before.draft
        assert 'role="alert"' in drafting.notice(after)


def test_a_table_that_is_too_wide_for_its_heads_is_an_error() -> None:
    with pytest.raises(BadTable):
        request_from(replace(FORM, table="指标\t2025年\n党员\t120\t132"))
    with pytest.raises(BadRequest):
        request_from(replace(FORM, table="只有一行"))
    assert headings("　\n一、\n基本情况") == ["基本情况"]


def test_the_library_offers_folders_and_files() -> None:
    found = library_choices([("乙", "a/乙.txt"), ("甲", "a/b/甲.txt"), ("丙", "丙.txt")])
    assert [pattern for _, pattern in found] == ["a/*", "a/b/*", "丙.txt", "a/乙.txt", "a/b/甲.txt"]
    assert found[0][0] == "a/ 整个文件夹（2 份）"


def test_the_example_needs_nothing_else(desk: Desk) -> None:
    bench = written(desk, None, example())
    assert not bench.notice
    assert bench.draft is not None
    assert characters(bench.draft) > 500


def test_the_draft_grows_by_section_and_every_figure_is_marked(desk: Desk) -> None:
    benches = list(benchwork.write(desk, None, FORM, Bench()))
    counts = [len(one.draft.sections) if one.draft else 0 for one in benches]
    assert counts == sorted(counts)
    assert len(set(counts)) > 4
    assert any("正在写第 2 节，共" in drafting.page(one) for one in benches)
    draft = benches[-1].draft
    assert draft is not None
    page = drafting.page(benches[-1])
    figures = [one for part in sentences(draft) for one in part.figures]
    assert page.count('role="button" tabindex="0" data-do="look:') == len(figures)
    assert {one.ground for one in figures} >= {"fact", "calculated"}
    assert "档案&lt;整理" in page
    assert "<整理>" not in page
    assert page.index("提醒（") < page.index("dwd-paper")


def sentences(draft: Draft) -> Iterator[DraftSentence]:
    for section in draft.sections:
        for paragraph in section.paragraphs:
            yield from paragraph


def test_every_figure_and_sentence_says_where_it_comes_from(desk: Desk) -> None:
    bench = written(desk, None)
    draft = bench.draft
    assert draft is not None
    asked = re.findall(r'data-do="(look:[\d.]+)"', drafting.page(bench))
    assert len(asked) > 15
    seen = {said: grounds.beside(draft, said, lambda one: place_of(desk, one)) for said in asked}
    assert grounds.NOTHING not in seen.values()
    clause = next(html for html in seen.values() if "dw-passage" in html)
    assert "<mark>第二条" in clause
    assert any("132" in html and "120" in html and "dwd-sum" in html for html in seen.values())
    assert any("<mark>96人次</mark>" in html for html in seen.values())
    assert grounds.beside(draft, "look:99.0.0", lambda one: place_of(desk, one)) == grounds.NOTHING
    assert grounds.beside(None, "look:0.0.0", lambda one: place_of(desk, one)) == grounds.NOTHING


def test_a_change_is_proposed_accepted_kept_and_undone(desk: Desk, home: Path) -> None:
    bench = written(desk, home)
    draft = bench.draft
    assert draft is not None
    at = section_of(draft, "96人次")
    proposed = benchwork.act(desk, home, bench, f"shorter:{at}")
    assert proposed.draft == draft
    assert proposed.proposal is not None
    page = drafting.page(proposed)
    assert page.count("<del>") == page.count("<ins>") >= 1
    assert benchwork.act(desk, home, proposed, "reject").draft == draft

    accepted = benchwork.act(desk, home, proposed, "accept")
    assert accepted.draft is not None
    assert "记录完整" not in benchwork.text_of(accepted.draft.sections[at])
    assert "96人次" in benchwork.text_of(accepted.draft.sections[at])
    assert load(home, accepted.name) == accepted.draft
    undone = benchwork.act(desk, home, accepted, "undo")
    assert undone.draft == draft == load(home, undone.name)
    assert "没有可以撤销" in benchwork.act(desk, home, undone, "undo").told


def test_twenty_steps_can_be_undone(desk: Desk) -> None:
    bench = first = written(desk, None)
    at = section_of(first.draft, "学习形式仍然单一") if first.draft else 0
    for n in range(25):
        bench = benchwork.own_words(None, bench, at, f"学习形式仍然单一。另有第{n + 2}项。")
    for _ in range(25):
        bench = benchwork.act(desk, None, bench, "undo")
    assert bench.draft == first.draft


def test_own_words_keep_the_grounds_of_what_stayed_and_trace_what_is_new(desk: Desk) -> None:
    """A cited clause with a ； in it is still the same sentence; a new figure is the writer's."""
    bench = written(desk, None)
    draft = bench.draft
    assert draft is not None
    at = section_of(draft, "96人次")
    before = [one for part in draft.sections[at].paragraphs for one in part]
    assert any("；" in one.text and one.citations for one in before)
    text = benchwork.text_of(draft.sections[at])
    changed = benchwork.own_words(None, bench, at, text + "另外走访企业31家。").draft
    assert changed is not None
    after = [one for part in changed.sections[at].paragraphs for one in part]
    assert after[:-1] == before
    assert changed.request.facts[-1].where == BY_HAND
    panel = grounds.beside(
        changed,
        f"look:{at}.{len(changed.sections[at].paragraphs) - 1}.{len(changed.sections[at].paragraphs[-1]) - 1}.0",
        lambda one: place_of(desk, one),
    )
    assert "您在页面上填写的" in panel
    assert PENDING not in "".join(one.text for one in after)


def test_warnings_are_of_the_draft_as_it_is(desk: Desk) -> None:
    """What was missing is warned about until it is filled in; undone, it is missing again."""
    bench = written(
        desk, None, replace(FORM, outline="一、谈心谈话\n二、表彰奖励\n三、不足\n四、打算", length=200)
    )
    draft = bench.draft
    assert draft is not None
    assert "“表彰奖励”没有给出事实，请补充" in draft.warnings
    at = section_of(draft, "待补充")
    assert "dwd-missing" in drafting.page(bench)
    filled = benchwork.own_words(None, bench, at, "全年表彰先进支部2个。")
    assert filled.draft is not None
    assert not any("表彰奖励" in one for one in filled.draft.warnings)
    assert benchwork.act(desk, None, filled, "undo").draft == draft


def test_a_passage_goes_in_a_sentence_goes_out(desk: Desk) -> None:
    bench = written(desk, None, replace(FORM, basis=False))
    draft = bench.draft
    assert draft is not None
    at, which = next(
        (n, m)
        for n, one in enumerate(draft.sections)
        for m, offer in enumerate(one.beside)
        if offer.role == "依据"
    )
    offers = grounds.beside(draft, f"offers:{at}", lambda one: place_of(desk, one))
    assert f'data-do="take:{at}.{which}"' in offers
    assert "<mark>第二条" in grounds.beside(draft, f"open:{at}.{which}", lambda one: place_of(desk, one))
    with_it = benchwork.act(desk, None, bench, f"take:{at}.{which}")
    assert with_it.draft is not None
    assert with_it.draft.sections[at].paragraphs[0][0].citations == (
        draft.sections[at].beside[which].citation.n,
    )
    without = benchwork.act(desk, None, with_it, f"drop:{at}.0.0")
    assert without.draft == draft
    for nonsense in ("take:99.0", "drop:0.9.9", "shorter:99", "accept", "", "again", "drop:x"):
        assert benchwork.act(desk, None, without, nonsense).draft == draft


def test_an_outline_can_be_changed_before_writing(desk: Desk) -> None:
    planned = benchwork.plan(desk, FORM, Bench())
    assert planned.planned_text.splitlines()[0].startswith("一、")
    assert "青石社区党委2025年度" in drafting.outline(planned.planned)
    as_it_is = written(desk, None, replace(FORM, outline=planned.planned_text), planned).draft
    assert as_it_is is not None
    assert [one.planned for one in as_it_is.sections if one.planned.level] == list(planned.planned)
    edited = written(desk, None, replace(FORM, outline="一、谈心谈话\n二、不足\n三、打算"), planned).draft
    assert edited is not None
    assert [one.planned.heading for one in edited.sections if one.planned.level] == [
        "谈心谈话",
        "不足",
        "打算",
    ]


def test_a_new_draft_never_writes_over_one_that_was_kept(desk: Desk, home: Path) -> None:
    first = written(desk, home)
    second = written(desk, home)
    assert {first.name, second.name} == {one.name for one in benchwork.kept_drafts(home)}
    assert len({first.name, second.name}) == 2
    assert benchwork.opened(home, Bench(), first.name).draft == first.draft
    assert "没有存过" in benchwork.opened(home, second, "../x").notice


def test_what_was_written_before_a_stop_stays_and_is_kept(desk: Desk, home: Path) -> None:
    growing = benchwork.write(desk, home, FORM, Bench())
    half = next(one for one in growing if one.draft and len(one.draft.sections) > 2)
    growing.close()  # type: ignore[attr-defined]
    assert benchwork.act(desk, home, half, "shorter:1") == half
    stopped = benchwork.stopped(home, half)
    assert stopped.idle
    assert load(home, stopped.name) == half.draft
    again = written(desk, home, FORM, stopped)
    assert benchwork.act(desk, home, again, "undo").draft == half.draft


def test_two_readers_have_nothing_of_each_other(desk: Desk, home: Path) -> None:
    one, other = written(desk, home), written(desk, home, replace(FORM, title="另一份报告"))
    assert one.draft is not None
    at = section_of(one.draft, "96人次")
    changed = benchwork.own_words(home, one, at, "谈心谈话5人次。")
    assert changed.name != other.name
    assert load(home, other.name) == other.draft
    assert load(home, changed.name) == changed.draft


def test_files_are_named_after_the_title_and_hold_the_draft(desk: Desk) -> None:
    html = downloads.links(written(desk, None).draft)
    files = {
        unescape(name): b64decode(data)
        for name, data in re.findall(r'download="([^"]+)" href="data:[^,]+;base64,([^"]+)"', html)
    }
    assert [Path(name).suffix for name in files] == [".docx", ".docx", ".md", ".txt"]
    assert all(name.startswith(FORM.title) for name in files)
    assert files[f"{FORM.title}.docx"][:2] == b"PK"
    assert "96人次" in files[f"{FORM.title}.txt"].decode()
    assert downloads.links(None) == ""


def test_a_model_that_fails_leaves_the_draft_as_it_was(desk: Desk, home: Path) -> None:
    def behave(asked: Asked) -> Reply:
        return Reply(status=500) if len(server.asked) > 3 else saying("全年共有党员999名。")

    bench = written(desk, None)
    draft = bench.draft
    assert draft is not None
    at = section_of(draft, "96人次")
    with model_server(behave) as server:
        settings = load_settings(home).model_copy(update={"llm": server.settings(retries=0)})
        with closing(desk_of(settings)) as talking:
            invented = written(talking, None)
            assert invented.draft is not None
            assert "dwd-dropped" in drafting.page(invented)
            assert "999" not in drafting.page(invented).split("dwd-dropped")[0]
            after = benchwork.act(talking, None, bench, f"again:{at}")
    assert after.draft == draft
    assert after.notice
    assert after.hint


def test_without_a_desk_it_is_told() -> None:
    assert written(None, None).notice == benchwork.NOT_READY
    assert benchwork.plan(None, FORM, Bench()).notice == benchwork.NOT_READY
