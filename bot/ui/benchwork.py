"""What happens when the reader drafts: a bench goes in, benches come out. No gradio here; nothing raises.

What goes wrong is told on the bench in Chinese, and what was there stays.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.draft import seen_to
from bot.drafting.contract import characters
from bot.drafting.editing import (
    lengthened,
    more_formal,
    rewritten,
    shortened,
    with_clause,
    without_sentence,
)
from bot.drafting.model import Draft, Section
from bot.drafting.printed import outline_text
from bot.drafting.saved import Kept, free_name, kept, load, save
from bot.ui import proof
from bot.ui.bench import UNDO_STEPS, Bench, DraftingDesk, Form, Proposal
from bot.ui.draftform import request_from
from bot.ui.proof import Check
from ingest.errors import KnowledgeBaseError

log = logging.getLogger(__name__)

NOT_READY = "现在还不能起草，请看页面上方的说明。"
VERBS = {"again": "重写", "shorter": "压缩", "longer": "扩写", "formal": "更正式"}
_UNCHANGED = {
    "again": "重写的结果和原来一样：没有新的事实可写。",
    "shorter": "这一节已经不能再压缩。",
    "longer": "旁边没有还没用上的依据，扩写不了；可以补充事实，或从参考材料里选用。",
    "formal": "这一节没有需要改的口语。",
}
_AGAIN = "请再试一次；仍然这样时，请管理员查看后台窗口中的错误信息。"


def guarded(bench: Bench, step: Callable[[], Bench]) -> Bench:
    """The bench after the step; where it fails, the bench as it was, with what went wrong."""
    try:
        return step()
    except KnowledgeBaseError as error:
        return replace(bench, notice=str(error), hint=error.hint, writing="", told="")
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the door to the reader: nothing may leave the page hanging
        log.exception("drafting failed")
        return replace(bench, notice="起草时出了意外。", hint=_AGAIN, writing="", told="")


def plan(desk: DraftingDesk | None, form: Form, bench: Bench) -> Bench:
    """With the outline that the request would have; headings typed before are not asked for again."""
    if desk is None:
        return replace(bench, notice=NOT_READY, hint="")

    def step() -> Bench:
        planned = desk.outline(request_from(replace(form, outline="")))
        text = "\n".join(
            line.strip() for line in outline_text([replace(one, learned=()) for one in planned]).split("\n")
        )
        return replace(bench, planned=planned, planned_text=text, notice="", hint="", told="")

    return guarded(bench, step)


def write(desk: DraftingDesk | None, home: Path | None, form: Form, bench: Bench) -> Iterator[Bench]:
    """The draft as it grows by section; a draft that was there can be had back with undo."""
    if desk is None:
        yield replace(bench, notice=NOT_READY, hint="")
        return
    last = replace(bench, proposal=None, notice="", hint="", told="", writing="正在整理事实、查找资料……")
    yield last
    growing = _growing(desk, form, last)

    def one_more() -> Bench:
        return next(growing, last)

    while (after := guarded(replace(bench, writing=""), one_more)) is not last:
        last = after
        yield last
        if last.idle:  # it failed, and has said why
            return
    yield kept_now(home, replace(last, writing="", at=1))


def stopped(home: Path | None, bench: Bench) -> Bench:
    """The reader wants no more of it: what is written stays, and is kept."""
    return kept_now(home, replace(bench, writing="", told="已停止，写好的部分留着"))


def _growing(desk: DraftingDesk, form: Form, bench: Bench) -> Iterator[Bench]:
    """The draft before goes to those that undo brings back; one that was worked on is not written over on disk."""
    request, was = request_from(form), bench.draft
    before = (*bench.before, *([was] if was else []))[-UNDO_STEPS:]
    name = "" if bench.before or (was and was.request.title != request.title) else bench.name
    as_planned = bench.planned and form.outline.strip() == bench.planned_text.strip()
    outline = bench.planned if as_planned else desk.outline(request)
    for made in desk.draft(request, outline):
        done = len(made.sections) - 1
        told = f"正在写第 {done + 1} 节，共 {len(outline)} 节" if done < len(outline) else "正在核对数字"
        yield replace(bench, draft=made, before=before, name=name, writing=told)


def act(desk: DraftingDesk | None, home: Path | None, bench: Bench, said: str) -> Bench:
    """One step: a verb and its place, `shorter:3`, `take:3.1`, `drop:3.0.2`, `accept`, `reject`, `undo`."""
    verb, _, place = said.partition(":")
    if bench.draft is None or not bench.idle:
        return bench

    def step() -> Bench:
        at = [int(part) for part in place.split(".") if part.isdigit()]
        return _step(desk, home, replace(bench, notice="", hint="", told=""), verb, at)

    return guarded(bench, step)


def _step(desk: DraftingDesk | None, home: Path | None, bench: Bench, verb: str, at: list[int]) -> Bench:
    draft, proposal = bench.draft, bench.proposal
    if draft is None:
        return bench
    if proposal is not None and verb in {"accept", "reject"}:
        if verb == "accept":
            return changed(home, bench, proposal.draft, proposal.at, f"已采用{proposal.verb}")
        return replace(bench, proposal=None, told=f"已退回{proposal.verb}，原文没有动")
    if verb == "undo":
        bench = undone(home, bench)
    elif verb == "take" and _is_offered(draft, at):
        bench = changed(home, bench, with_clause(draft, *at), at[0], "已放进这一节，注明了出处")
    elif verb == "drop" and _is_sentence(draft, at):
        bench = changed(home, bench, without_sentence(draft, *at), at[0], "已删除一句")
    elif verb in VERBS and _is_section(draft, at):
        bench = _proposed(desk, bench, draft, verb, at[0])
    return bench


def _proposed(desk: DraftingDesk | None, bench: Bench, draft: Draft, verb: str, at: int) -> Bench:
    if verb == "again" and desk is None:
        return replace(bench, notice=NOT_READY, hint="")
    fresh = (
        desk.redraft(draft, at)
        if verb == "again" and desk is not None
        else {"shorter": shortened, "longer": lengthened, "formal": more_formal}[verb](draft, at)
    )
    if fresh.sections[at].paragraphs == draft.sections[at].paragraphs:
        return replace(bench, at=at, proposal=None, told=_UNCHANGED[verb])
    return replace(bench, at=at, proposal=Proposal(at, VERBS[verb], fresh))


def own_words(home: Path | None, bench: Bench, at: int, text: str) -> Bench:
    """Section `at` in the reader's own text; figures that they typed are told as theirs."""
    draft = bench.draft
    if draft is None or not bench.idle or not _is_section(draft, [at]):
        return bench
    if text.strip() == text_of(draft.sections[at]).strip():
        return replace(bench, told="文字没有改动")
    clean = replace(bench, notice="", hint="")
    return guarded(bench, lambda: changed(home, clean, rewritten(draft, at, text), at, "已按您改的保存"))


def text_of(section: Section) -> str:
    """The section's text as it is edited: one paragraph a line."""
    return "\n".join("".join(one.text for one in paragraph) for paragraph in section.paragraphs)


def changed(home: Path | None, bench: Bench, draft: Draft, at: int, told: str) -> Bench:
    """The bench with this draft, kept on disk, the one before it ready to come back."""
    was = (bench.draft,) if bench.draft else ()
    old = {one for before in was for one in seen_to(before)}
    rest = [one for one in draft.warnings if one not in old]  # as that the model failed
    draft = replace(draft, warnings=tuple(dict.fromkeys((*rest, *seen_to(draft)))))
    return kept_now(
        home,
        replace(
            bench, draft=draft, before=(*bench.before, *was)[-UNDO_STEPS:], proposal=None, at=at, told=told
        ),
    )


def put_back(desk: DraftingDesk | None, home: Path | None, bench: Bench, check: Check) -> tuple[Bench, Check]:
    """What was accepted in the proofread draft, in the draft, with undo; the draft as it is now is proofread again."""
    made, told = proof.back_into(bench.draft, check)
    if made is None:
        return bench, replace(check, notice=told, hint="")
    clean = replace(bench, notice="", hint="")
    after = guarded(clean, lambda: changed(home, clean, made, bench.at, told))
    return after, replace(proof.check_draft(desk, check, after.draft), told=f"{told}，在“起草”页可以撤销")


def undone(home: Path | None, bench: Bench) -> Bench:
    if not bench.before:
        return replace(bench, told="没有可以撤销的了")
    return kept_now(
        home,
        replace(bench, draft=bench.before[-1], before=bench.before[:-1], proposal=None, told="已撤销一步"),
    )


def kept_now(home: Path | None, bench: Bench) -> Bench:
    """Written to the home; where that fails the draft stays on the page and the reader is told."""
    if home is None or bench.draft is None:
        return bench
    try:
        name = bench.name or free_name(home, bench.draft, bench.owner)
        save(home, bench.draft, name, bench.owner)
    except KnowledgeBaseError as error:
        return replace(bench, notice=f"{error}；草稿还在页面上，请先导出。", hint=error.hint)
    return replace(bench, name=name)


def opened(home: Path | None, bench: Bench, name: str) -> Bench:
    """A draft that was kept; what was on the page stays kept under its own name."""
    if home is None or not name:
        return replace(bench, notice="还没有存过的草稿。", hint="")
    told = f"已打开“{name}”，请求也填回了表单"
    return guarded(
        bench,
        lambda: Bench(draft=load(home, name, bench.owner), name=name, at=1, told=told, owner=bench.owner),
    )


def kept_drafts(home: Path | None, owner: str = "") -> tuple[Kept, ...]:
    return kept(home, owner) if home is not None else ()


def summary(draft: Draft) -> str:
    """How the draft was made and how long it is, in a line."""
    how = "模型撰写，逐句核对" if draft.mode == "llm" else "按事实原文起草"
    used = {n for one in draft.sections for part in one.paragraphs for said in part for n in said.citations}
    spent = "不到 0.1 秒" if draft.ms < 100 else f"{draft.ms / 1000:.1f} 秒"
    return f"{how} · 约 {characters(draft)} 字 · 引用 {len(used)} 处 · {spent}"


def _is_section(draft: Draft, at: list[int]) -> bool:
    return len(at) == 1 and at[0] < len(draft.sections)


def _is_offered(draft: Draft, at: list[int]) -> bool:
    return len(at) == 2 and at[0] < len(draft.sections) and at[1] < len(draft.sections[at[0]].beside)


def _is_sentence(draft: Draft, at: list[int]) -> bool:
    return (
        len(at) == 3
        and at[0] < len(draft.sections)
        and at[1] < len(draft.sections[at[0]].paragraphs)
        and at[2] < len(draft.sections[at[0]].paragraphs[at[1]])
    )
