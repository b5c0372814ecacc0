"""The sources beside the talk as HTML: a card for each citation, and the passage it opens. Pure functions.

Every passage is on the page already, hidden; page.js shows the one whose number or card is clicked.
"""

from __future__ import annotations

from html import escape

from bot.model import Passage
from bot.ui import changes
from bot.ui.labels import as_of_badge, badge_of, nearest_word, spot, title_tag
from bot.ui.talk import Place, Talk, Turn

AROUND = 6000  # characters shown on each side of a quote; a section without headings can be a whole book


def sources(talk: Talk) -> str:
    """The cards and passages of every finished turn; only the newest is shown until a citation is clicked."""
    turns = [turn for turn in talk.turns if turn.finished and turn.places]
    if talk.turns and not talk.turns[-1].finished:
        return '<p class="dw-empty">正在查找出处……</p>'
    if not turns:
        return '<p class="dw-empty">回答的出处会列在这里。点一条，就能看到整条原文，引用的字句标成黄色。</p>'
    newest = talk.turns[-1].number
    return "".join(_turn_sources(turn, shown=turn.number == newest) for turn in turns) + (
        "" if turns[-1].number == newest else '<p class="dw-empty" data-none="1">这一问没有出处。</p>'
    )


def _turn_sources(turn: Turn, *, shown: bool) -> str:
    refused = turn.answer is not None and turn.answer.status == "refused"
    what = nearest_word(place.citation.article for place in turn.places) if refused else "出处"
    cards = "".join(_card(turn.number, place) for place in turn.places)
    passages = "".join(_passage(turn.number, place) for place in turn.places)
    hidden = "" if shown else " hidden"
    asked = (turn.answer.standalone if turn.answer else "") or turn.question
    return (
        f'<div class="dw-turn-sources" data-turn="t{turn.number}"{hidden}>'
        f'<p class="dw-sources-of">{as_of_badge(turn.as_of)}{what} · {escape(asked)}</p>{passages}<div class="dw-cards">{cards}</div></div>'
    )


def _card(turn: int, place: Place) -> str:
    citation = place.citation
    return (
        f'<button type="button" class="dw-card" data-open="t{turn}-{citation.n}">'
        f'<span class="dw-card-head"><b class="dw-n">{citation.n}</b><span class="dw-card-title">{title_tag(citation)}</span>'
        f'{badge_of(citation)}</span><span class="dw-where">{escape(spot(citation))}</span>'
        f'<span class="dw-quote">{escape(citation.quote)}</span></button>'
    )


def _passage(turn: int, place: Place) -> str:
    inside = opened(place, f'data-close="t{turn}"')
    number = place.citation.n
    return f'<div class="dw-passage" id="p-t{turn}-{number}" data-turn="t{turn}" tabindex="-1" hidden>{inside}</div>'


def opened(place: Place, close: str) -> str:
    """A citation opened at its words; `close`: the attribute that the button carries which closes it."""
    citation = place.citation
    body = (
        marked(place.passage)
        if place.passage is not None
        else f"<p>原文已不在资料库中，引用的字句是：</p><mark>{escape(citation.quote)}</mark>"
    )
    return (
        f'<div class="dw-passage-head"><div><div class="dw-card-head"><b class="dw-n">{citation.n}</b>'
        f"{title_tag(citation)}{badge_of(citation)}</div>"
        f'<span class="dw-where">{escape(spot(citation))}</span></div>'
        f'<button type="button" class="dw-close" {close} aria-label="收起原文">收起</button></div>'
        f'<div class="dw-text">{body}</div>{changes.panel(place.changes)}<p class="dw-file">文件：{escape(citation.source)}</p>'
    )


def marked(passage: Passage) -> str:
    """The text with its quote in <mark>; far from the quote it is cut, and says by how much."""
    start = min(max(passage.quote_start, 0), len(passage.text))
    end = min(max(passage.quote_end, start), len(passage.text))
    first, last = max(0, start - AROUND), min(len(passage.text), end + AROUND)
    before = f'<span class="dw-cut">（前面 {first} 字从略）</span>\n' if first else ""
    rest = len(passage.text) - last
    after = f'\n<span class="dw-cut">（后面 {rest} 字从略）</span>' if rest else ""
    mark = f"<mark>{escape(passage.text[start:end])}</mark>" if end > start else ""
    return f"{before}{escape(passage.text[first:start])}{mark}{escape(passage.text[end:last])}{after}"
