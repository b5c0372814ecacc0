"""Beside the draft: where a sentence or a figure comes from, and what is offered for a section, as HTML. Pure functions."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.drafting.editing import BY_HAND
from bot.drafting.model import Beside, Draft, DraftFigure, DraftSentence, Fact
from bot.drafting.numbering import labels
from bot.model import Citation
from bot.ui.cards import opened
from bot.ui.labels import badge_of, spot, title_tag
from bot.ui.talk import Place

OpenAt = Callable[[Citation], Place]

NOTHING = '<p class="dw-empty">点草稿里的一句话或一个数字，这里显示它从哪里来：给定的事实、引用的原文，或者计算的式子。</p>'
_CLOSE = 'data-do="close"'
_ROLES = {"依据": "依据", "本单位往年": "本单位往年的写法", "他山之石": "别家的做法"}


def beside(draft: Draft | None, said: str, open_at: OpenAt) -> str:
    """What `said` asks for: `look:2.0.1`, `look:2.0.1.0` (a figure), `offers:2`, `open:2.1`; `quiet:2` as offers, but not
    over the text of a narrow page. Any other: a word of how to ask.
    """
    verb, _, place = said.partition(":")
    at = [int(part) for part in place.split(".") if part.isdigit()]
    try:
        if draft is None or not at:
            return NOTHING
        if verb == "look":
            return _look(draft, at, open_at)
        if verb in {"offers", "quiet"}:
            return _offers(draft, at[0], verb)
        if verb == "open":
            return _opened(draft, at, open_at)
    except IndexError:  # the draft has changed since the page was drawn
        return NOTHING
    return NOTHING


def offers_at(draft: Draft | None) -> str:
    """What to show beside a fresh draft: the first section for which something is offered."""
    found = next((n for n, one in enumerate(draft.sections if draft else ()) if one.beside), None)
    return "" if found is None else f"quiet:{found}"


def _look(draft: Draft, at: list[int], open_at: OpenAt) -> str:
    sentence = draft.sections[at[0]].paragraphs[at[1]][at[2]]
    figure = sentence.figures[at[3]] if len(at) > 3 else None
    told = _figure(draft, figure, open_at) if figure else _sentence(draft, sentence, open_at)
    place = ".".join(map(str, at[:3]))
    drop = f'<button type="button" class="dwd-drop" data-do="drop:{place}">删除这一句</button>'
    back = (
        f'<button type="button" data-do="offers:{at[0]}">看参考材料</button>'
        if draft.sections[at[0]].beside
        else ""
    )
    asked = f'<p class="dwd-asked">{escape(figure.text if figure else sentence.text)}</p>'
    return f'<div class="dwd-look" tabindex="-1">{_close()}{asked}{told}<div class="dwd-tools">{drop}{back}</div></div>'


def _sentence(draft: Draft, sentence: DraftSentence, open_at: OpenAt) -> str:
    if sentence.origin == "wording" and not sentence.facts and not sentence.citations:
        return '<p class="dwd-why">连接的话：只起连接作用，不含新的情况和数字。</p>'
    facts = "".join(_fact(one) for one in draft.request.facts if one.n in sentence.facts)
    cited = "".join(_citation(draft, n, open_at) for n in dict.fromkeys(sentence.citations))
    used = dict.fromkeys(one.n for one in sentence.figures if one.ground == "calculated")
    return facts + "".join(_calculation(draft, n) for n in used) + cited


def _figure(draft: Draft, figure: DraftFigure, open_at: OpenAt) -> str:
    if figure.ground == "pending":
        return '<p class="dwd-why">没有来源：请核实后自己填写（“自己改”），填的数字会记作您填写的。</p>'
    if figure.ground == "calculated":
        return _calculation(draft, figure.n)
    if figure.ground == "source":
        return _citation(draft, figure.n, open_at)
    fact = next((one for one in draft.request.facts if one.n == figure.n), None)
    if fact is None:
        return '<p class="dwd-why">来自请求里的标题、单位或时期。</p>'
    cited = _citation(draft, fact.citation.n, open_at) if fact.citation else ""
    return _fact(fact, figure.text) + cited


def _fact(fact: Fact, figure: str = "") -> str:
    words = escape(fact.text)
    if figure and fact.text.count(figure):
        words = escape(fact.text).replace(escape(figure), f"<mark>{escape(figure)}</mark>")
    where = "您在页面上填写的" if fact.where == BY_HAND else f"给定的事实 · {fact.where}"
    return f'<div class="dwd-given"><p class="dw-where"><b class="dw-n">事{fact.n}</b> {escape(where)}</p><p class="dwd-text">{words}</p></div>'


def _calculation(draft: Draft, n: int) -> str:
    one = draft.calculations[n - 1]
    facts = "".join(_fact(fact) for fact in draft.request.facts if fact.n in one.facts)
    return f'<div class="dwd-given dwd-sum"><p class="dw-where">计算</p><p class="dwd-text">{escape(one.text)}</p></div>{facts}'


def _citation(draft: Draft, n: int, open_at: OpenAt) -> str:
    return f'<div class="dw-passage">{opened(open_at(draft.citations[n - 1]), _CLOSE)}</div>'


def _opened(draft: Draft, at: list[int], open_at: OpenAt) -> str:
    offered = draft.sections[at[0]].beside[at[1]]
    back = f'<button type="button" data-do="offers:{at[0]}">回到参考材料</button>'
    take = f'<button type="button" class="dwd-yes" data-do="take:{at[0]}.{at[1]}">放进来</button>'
    return (
        f'<div class="dwd-look" tabindex="-1"><div class="dw-passage">{opened(open_at(offered.citation), _CLOSE)}</div>'
        f'<div class="dwd-tools">{take}{back}</div></div>'
    )


def _offers(draft: Draft, at: int, how: str) -> str:
    section = draft.sections[at]
    if not section.beside:
        return NOTHING
    number = labels(one.planned for one in draft.sections)[at]
    used = {n for part in section.paragraphs for one in part for n in one.citations}
    items = "".join(_offer(one, at, n, taken=one.citation.n in used) for n, one in enumerate(section.beside))
    head = f'<p class="dw-sources-of">参考材料 · {escape(number + section.planned.heading)}</p>'
    return f'<div class="dwd-{how}" tabindex="-1">{_close()}{head}{items}</div>'


def _offer(one: Beside, at: int, n: int, *, taken: bool) -> str:
    take = (
        '<span class="dw-muted">已在文中</span>'
        if taken
        else f'<button type="button" class="dwd-yes" data-do="take:{at}.{n}">放进来</button>'
    )
    return (
        f'<div class="dwd-offer"><div class="dw-card-head"><span class="dwd-role">{_ROLES[one.role]}</span>'
        f'<span class="dw-card-title">{title_tag(one.citation)}</span>{badge_of(one.citation)}</div>'
        f'<span class="dw-where">{escape(spot(one.citation))}</span><p class="dwd-text">{escape(one.text)}</p>'
        f'<div class="dwd-tools">{take}<button type="button" data-do="open:{at}.{n}">看原文</button></div></div>'
    )


def _close() -> str:
    return '<button type="button" class="dw-close dwd-close" data-do="close" aria-label="收起">收起</button>'
