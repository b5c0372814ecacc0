"""A draft as HTML: every sentence marked by what it is, every figure by its ground, tools at each section. Pure functions.

What can be clicked carries `data-do`: a verb and a place (`look:2.0.1` is section 2, paragraph 0, sentence 1); the panel
passes it to the server.
"""

from __future__ import annotations

from html import escape

from bot.drafting.assemble import MISSING
from bot.drafting.model import Draft, DraftFigure, DraftSentence, Planned, Section
from bot.drafting.numbering import labels
from bot.ui.bench import Bench, Proposal
from bot.ui.benchwork import VERBS, summary

LEGEND = (
    '<p class="dwd-legend" aria-label="图例"><span class="dwd-s dwd-fact">事实<b class="dwd-tag">事1</b></span>'
    '<span class="dwd-s dwd-source">来源<b class="dwd-tag">据1</b></span>'
    '<span class="dwd-s dwd-wording">连接的话</span>'
    '<span>数字：<u class="dwd-f dwd-of-fact">给定</u> <u class="dwd-f dwd-of-source">引用</u> '
    '<u class="dwd-f dwd-of-calculated">计算</u> <u class="dwd-f dwd-of-pending">待核实</u></span>'
    "<span>点一句或一个数字，看它从哪里来</span></p>"
)
_ORIGINS = {"fact": "来自给定的事实", "source": "来自引用的来源", "wording": "连接的话，没有数字"}
_GROUNDS = {"fact": "给定的事实", "source": "引用的来源", "calculated": "计算得出", "pending": "待核实"}
_EMPTY = (
    '<div class="dw-welcome"><p class="dw-welcome-title">写一份报告的草稿</p>'
    "<p>填好上面的请求，点“起草”。每个数字都能点开看从哪里来；没有来源的数字标〔待核实〕，不编造。</p></div>"
)


def page(bench: Bench) -> str:
    """The draft with its legend and warnings; a word of welcome where there is none."""
    draft = bench.draft
    if draft is None:
        writing = _writing(bench)
        return writing or _EMPTY
    numbers = labels(section.planned for section in draft.sections)
    tools = bench.idle
    body = "".join(
        _section(draft, at, number, bench.proposal, tools=tools) for at, number in enumerate(numbers)
    )
    audience = (
        f'<p class="dwd-audience">{escape(draft.request.audience)}：</p>' if draft.request.audience else ""
    )
    end = "" if not tools else _signed(draft)
    made = f'<p class="dw-made">{escape(summary(draft))}</p>' if tools else ""
    return (
        f'{_warnings(draft) if tools else ""}{LEGEND}<article class="dwd-paper"><h2>{escape(draft.request.title)}</h2>'
        f"{audience}{body}{_writing(bench)}{end}</article>{made}"
    )


def notice(bench: Bench) -> str:
    """What went wrong, beside the form; empty where nothing did."""
    if not bench.notice:
        return ""
    return f'<div class="dw-error" role="alert"><p><b>{escape(bench.notice)}</b></p><p>{escape(bench.hint)}</p></div>'


def told(bench: Bench) -> str:
    """What the last step did and where the draft is kept."""
    kept = f"已自动保存为“{escape(bench.name)}”" if bench.name and bench.idle else ""
    steps = f"可撤销 {len(bench.before)} 步" if bench.before and bench.idle else ""
    said = [f"<b>{escape(bench.told)}</b>" if bench.told else "", kept, steps]
    words = " · ".join(filter(None, said))
    return f'<p class="dwd-told" role="status">{words}</p>' if words else ""


def outline(planned: tuple[Planned, ...]) -> str:
    """Where the headings were learned."""
    if not planned:
        return ""
    items = "".join(
        f"<li>{escape(number + one.heading)} <i>{escape(_learned(one))}</i></li>"
        for one, number in zip(planned, labels(planned), strict=True)
    )
    return (
        f'<details class="dwd-learned" open><summary>这些标题从哪里学来</summary><ul>{items}</ul></details>'
    )


def _learned(one: Planned) -> str:
    named = [f"《{title}》" for title in one.learned[:2]]
    more = f"等 {len(one.learned)} 份" if len(one.learned) > len(named) else ""
    return f"参照{''.join(named)}{more}" if named else "内置的骨架，或按事实所说的事"


def _warnings(draft: Draft) -> str:
    if not draft.warnings:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in draft.warnings)
    return f'<details class="dwd-warnings" open><summary>提醒（{len(draft.warnings)}）</summary><ul>{items}</ul></details>'


def _writing(bench: Bench) -> str:
    return (
        f'<p class="dwd-writing dw-writing" role="status">{escape(bench.writing)}</p>'
        if bench.writing
        else ""
    )


def _section(draft: Draft, at: int, number: str, proposal: Proposal | None, *, tools: bool) -> str:
    section = draft.sections[at]
    heading = number + section.planned.heading
    level = section.planned.level
    head = f"<h{level + 2}>{escape(heading)}</h{level + 2}>" if level else ""
    mine = proposal if proposal is not None and proposal.at == at else None
    body = _proposal(section, mine, at) if mine else _paragraphs(section, at)
    bar = _tools(section, at, heading or ("结尾" if at else "开头")) if tools and section.paragraphs else ""
    return f'<section class="dwd-section" id="dwd-{at}">{head}{body}{bar}{_dropped(section)}</section>'


def _paragraphs(section: Section, at: int) -> str:
    return "".join(
        "<p>" + "".join(_sentence(one, f"{at}.{p}.{s}") for s, one in enumerate(paragraph)) + "</p>"
        for p, paragraph in enumerate(section.paragraphs)
    )


def _sentence(sentence: DraftSentence, place: str) -> str:
    if sentence.text == MISSING:
        return f'<mark class="dwd-missing">{escape(MISSING)}</mark>'
    pieces: list[str] = []
    at = 0
    for n, figure in enumerate(sentence.figures):
        pieces += [escape(sentence.text[at : figure.start]), _figure(figure, f"{place}.{n}")]
        at = figure.end
    # The number stays on the line of the last characters, so that no line begins with a lone 事3.
    rest, end = sentence.text[at:-2], sentence.text[at:][-2:]
    last = f'<span class="dw-end">{escape(end)}{_tag(sentence, place)}</span>'
    return (
        f'<span class="dwd-s dwd-{sentence.origin}" data-do="look:{place}" title="{_ORIGINS[sentence.origin]}">'
        f"{''.join(pieces)}{escape(rest)}{last}</span>"
    )


def _figure(figure: DraftFigure, place: str) -> str:
    said = _GROUNDS[figure.ground]
    return (
        f'<u class="dwd-f dwd-of-{figure.ground}" role="button" tabindex="0" data-do="look:{place}" '
        f'aria-label="{escape(figure.text)}，{said}，看从哪里来" title="{said}">{escape(figure.text)}</u>'
    )


def _tag(sentence: DraftSentence, place: str) -> str:
    """事3 or 据1 behind the sentence: what it is can be told without colours, and reached with the keyboard."""
    words = "、".join([*(f"据{n}" for n in sentence.citations), *(f"事{n}" for n in sentence.facts)])
    if not words:
        return ""
    return f'<button type="button" class="dwd-tag" data-do="look:{place}" aria-label="看出处 {words}">{words}</button>'


def _tools(section: Section, at: int, name: str) -> str:
    verbs = VERBS if section.planned.level else {}
    buttons = [(f"{verb}:{at}", words) for verb, words in verbs.items()]
    buttons.append((f"own:{at}", "自己改"))
    if section.beside:
        buttons.append((f"offers:{at}", f"参考材料 {len(section.beside)}"))
    shown = "".join(
        f'<button type="button" data-do="{do}" aria-label="{words}：{escape(name)}">{words}</button>'
        for do, words in buttons
    )
    return f'<div class="dwd-tools">{shown}</div>'


def _proposal(section: Section, proposal: Proposal, at: int) -> str:
    """Old and new side by side; what is only on one side is marked."""
    fresh = proposal.draft.sections[at]
    old = {one.text for part in section.paragraphs for one in part}
    new = {one.text for part in fresh.paragraphs for one in part}
    return (
        f'<div class="dwd-proposal" role="group" aria-label="{proposal.verb}的结果">'
        '<div class="dwd-decide"><button type="button" class="dwd-yes" data-do="accept">采用</button>'
        '<button type="button" data-do="reject">退回</button></div>'
        f'<div class="dw-sides"><div class="dw-side"><p class="dw-side-of">原文</p>{_marked(section, new, "del")}</div>'
        f'<div class="dw-side"><p class="dw-side-of">{proposal.verb}后</p>{_marked(fresh, old, "ins")}</div></div></div>'
    )


def _marked(section: Section, there: set[str], tag: str) -> str:
    return "".join(
        "<p>"
        + "".join(
            escape(one.text) if one.text in there else f"<{tag}>{escape(one.text)}</{tag}>" for one in part
        )
        + "</p>"
        for part in section.paragraphs
    )


def _dropped(section: Section) -> str:
    if not section.dropped:
        return ""
    items = "".join(
        f"<li>{escape(text) or '（整节）'}<br><i>{escape(reason)}</i></li>"
        for text, reason in section.dropped
    )
    return (
        f'<details class="dwd-dropped"><summary>模型写的 {len(section.dropped)} 句没有依据，未采用</summary>'
        f"<ul>{items}</ul></details>"
    )


def _signed(draft: Draft) -> str:
    request = draft.request
    day = request.dated
    dated = f"<br>{day.year}年{day.month}月{day.day}日" if day else ""
    return f'<p class="dwd-signed">{escape(request.signer or request.unit)}{dated}</p>'
