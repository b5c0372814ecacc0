"""A kept draft comes back with its form, each reader sees their own, and what proofreading found goes back into the draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.compose import Desk
from bot.drafting.editing import BY_HAND, rewritten
from bot.drafting.request import request_of
from bot.drafting.saved import kept, load, save
from bot.errors import BadRequest
from bot.ui import benchwork, proof
from bot.ui.bench import Bench
from bot.ui.draftform import example, request_from
from bot.ui.owner import owner_of
from bot.ui.proof import Check
from bot.ui.refilled import form_of_request

RULE = "值班办法\n第一条　值班员每年轮换。\n"


@pytest.fixture(scope="module")
def desk(desk_over: Callable[[Mapping[str, str]], Desk]) -> Desk:
    return desk_over({"办法.txt": RULE})


@pytest.fixture
def bench(desk: Desk) -> Bench:
    """The example's draft, with slips in a sentence and in a heading."""
    *_, made = benchwork.write(desk, None, example(), Bench())
    assert made.draft is not None
    at = next(n for n, one in enumerate(made.draft.sections) if one.planned.purpose == "问题")
    text = benchwork.text_of(made.draft.sections[at])
    return benchwork.changed(
        None, made, rewritten(made.draft, at, text.replace("因所在商户", "因所在的的商户")), at, ""
    )


def test_the_form_comes_back_and_makes_the_same_request() -> None:
    request = request_from(example())
    form = form_of_request(request)
    assert request_from(form) == request
    assert form.table.splitlines()[:2] == ["党员队伍和党费", "指标\t单位\t2025年\t2026年"]
    odd = request_of(
        {
            "genre": "述职报告",
            "title": "述职",
            "unit": "某支部",
            "period": "2026年",
            "facts": "讲党课6次。\n【党员教育，管理】\n开会3次。\n【问题】\n办法：办法不多。\n【】\n走访12户。",
            "headings": ["一、做法", "二、不足"],
            "documents": ["本单位/*"],
        }
    )
    assert request_from(form_of_request(odd)) == odd


def test_opening_tells_and_what_was_filled_in_by_hand_is_not_asked_for_again(
    desk: Desk, bench: Bench, tmp_path: Path
) -> None:
    assert bench.draft is not None
    made = rewritten(bench.draft, 1, "全年走访企业31家。")
    assert any(one.where == BY_HAND for one in made.request.facts)
    assert "31家" not in form_of_request(made.request).facts
    save(tmp_path, made, "甲")
    opened = benchwork.opened(tmp_path, Bench(), "甲")
    assert opened.draft == made
    assert "填回了表单" in opened.told


def test_each_reader_sees_their_own_drafts_and_the_computers_owner_all(bench: Bench, tmp_path: Path) -> None:
    assert bench.draft is not None
    mine, yours = replace(bench, owner="user-甲", name=""), replace(bench, owner="browser-ab", name="")
    named = benchwork.kept_now(tmp_path, mine)
    benchwork.kept_now(tmp_path, yours)
    assert [one.name for one in kept(tmp_path, "user-甲")] == [named.name]
    assert kept(tmp_path, "user-乙") == ()
    assert {one.name for one in kept(tmp_path)} == {f"user-甲/{named.name}", f"browser-ab/{named.name}"}
    assert load(tmp_path, f"user-甲/{named.name}") == bench.draft
    for name in ("../x", "user-甲/../../x", "browser-ab/x", "a/b/c", ""):
        with pytest.raises(BadRequest):
            load(tmp_path, name, "user-乙")
    with pytest.raises(BadRequest):
        load(tmp_path, f"../user-甲/{named.name}", "user-乙")


@pytest.mark.parametrize(
    ("username", "host", "forwarded", "owner"),
    [
        (None, "127.0.0.1", False, ""),
        (None, "::1", False, ""),
        (None, "127.0.0.1", True, "browser-ab"),
        (None, "10.0.0.8", False, "browser-ab"),
        ("王五", "127.0.0.1", False, "user-王五"),
        ("../x", "10.0.0.8", False, "user-.._x"),
        (None, "", False, "browser-ab"),
    ],
)
def test_whose_drafts(username: str | None, host: str, forwarded: bool, owner: str) -> None:
    assert owner_of(username, "ab", host, forwarded=forwarded) == owner


def test_corrections_go_back_into_the_draft_and_can_be_undone(desk: Desk, bench: Bench) -> None:
    check = proof.check_draft(desk, Check(), bench.draft)
    slip = next(n for n, one in enumerate(check.findings) if "的的" in one.text)
    check = proof.accept(check, f"accept:{slip}")
    after, fresh = benchwork.put_back(desk, None, bench, check)
    assert after.draft is not None
    whole = "".join(map(benchwork.text_of, after.draft.sections))
    assert "所在的商户" in whole
    assert "的的" not in whole
    assert "放回草稿" in fresh.told
    assert not any("的的" in one.text for one in fresh.findings)
    corrected = next(
        one
        for part in after.draft.sections
        for row in part.paragraphs
        for one in row
        if "所在的商户" in one.text
    )
    assert corrected.facts
    assert all(one.ground != "pending" for one in corrected.figures)
    assert benchwork.act(desk, None, after, "undo").draft == bench.draft


def test_a_heading_is_corrected_too_and_a_draft_changed_since_is_left_alone(desk: Desk, bench: Bench) -> None:
    draft = bench.draft
    assert draft is not None
    at = next(n for n, one in enumerate(draft.sections) if one.planned.purpose == "问题")
    planned = replace(draft.sections[at].planned, heading="存在的的问题")
    sections = (*draft.sections[:at], replace(draft.sections[at], planned=planned), *draft.sections[at + 1 :])
    wrong = replace(bench, draft=replace(draft, sections=sections))
    check = proof.check_draft(desk, Check(), wrong.draft)
    n = next(n for n, one in enumerate(check.findings) if "的的" in one.text)
    after, _ = benchwork.put_back(desk, None, wrong, proof.accept(check, f"accept:{n}"))
    assert after.draft is not None
    assert after.draft.sections[at].planned.heading == "存在的问题"
    same, told = benchwork.put_back(desk, None, bench, proof.accept(check, "sure"))
    assert same == bench
    assert "又改过" in told.notice
    assert "不是从草稿来的" in benchwork.put_back(desk, None, bench, Check())[1].notice
