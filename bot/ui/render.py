"""A talk as HTML: pure functions, everything that is not ours goes through `html.escape`.

A citation's id is `t{turn}-{n}`. `[n]` in the answer and the card carry it in `data-open`, the passage as
`id="p-t{turn}-{n}"`: earlier turns keep working without asking the server.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from bot.model import Answer, Citation, Sentence
from bot.ui.labels import as_of_badge, badge_of, nearest_word, title_tag, where
from bot.ui.talk import Talk, Turn
from ingest.text import COUNTING

_ITEM = re.compile(rf"[（(][{COUNTING}\d]+[）)]|\d+[.．、]|[①-⑳]")  # stands on a line of its own
MODES = {"extractive": "原文摘录", "llm": "模型撰写 · 逐句核对原文"}
NO_EVIDENCE = "资料库里没有找到足以回答这个问题的依据，因此不作回答。可以换一种说法再问，或补充资料后再问。"

NEW_TOPIC = '<p class="dw-topic">新话题：下面的问题不再联系上文</p>'


def conversation(talk: Talk) -> str:
    """All turns, oldest first; a word of welcome where there is none."""
    if not talk.turns:
        return (
            '<div class="dw-welcome"><p class="dw-welcome-title">问一件党务工作上的事</p>'
            "<p>每一句回答都注明出处，点开 <span class='dw-cite-sample'>[1]</span> 就能看到原文；"
            "查不到依据时不作回答，只列出最接近的内容。</p></div>"
        )
    turns = "".join((NEW_TOPIC if turn.begins else "") + _turn(turn) for turn in talk.turns)
    return turns + (NEW_TOPIC if talk.fresh else "")


def notice(talk: Talk) -> str:
    """What was wrong with the last thing typed; empty where nothing was."""
    return f'<p class="dw-notice" role="alert">{escape(talk.notice)}</p>' if talk.notice else ""


def _turn(turn: Turn) -> str:
    if turn.error:
        body = f'<div class="dw-error" role="alert"><p><b>{escape(turn.error)}</b></p><p>{escape(turn.hint)}</p></div>'
    elif turn.answer is None:
        body = '<div class="dw-answer"><p class="dw-muted dw-writing">正在查找依据</p></div>'
    elif turn.answer.status == "refused":
        body = _refusal(turn, turn.answer)
    else:
        body = _answered(turn, turn.answer)
    return (
        f'<section class="dw-turn" id="t{turn.number}"><div class="dw-question"><p>{escape(turn.question)}</p>'
        f"{as_of_badge(turn.as_of)}{_understood(turn)}</div>{body}</section>"
    )


def _understood(turn: Turn) -> str:
    """How a follow-up was read, so that the reader sees when it was misread."""
    standalone = turn.answer.standalone if turn.answer else ""
    return f'<p class="dw-understood">理解为：{escape(standalone)}</p>' if standalone else ""


def _answered(turn: Turn, answer: Answer) -> str:
    cited = {citation.n: citation for citation in answer.citations}
    groups = groupby(answer.sentences, key=lambda sentence: _document(sentence, cited))
    body = "".join(_paragraph(turn, tuple(group), cited) for _, group in groups)
    writing = "" if turn.finished else '<span class="dw-writing"></span>'
    return f'<div class="dw-answer">{body}{writing}{_remarks(turn, answer)}</div>'


def _document(sentence: Sentence, cited: dict[int, Citation]) -> str:
    first = cited.get(sentence.citations[0]) if sentence.citations else None
    return first.document_id if first else ""


def _paragraph(turn: Turn, sentences: tuple[Sentence, ...], cited: dict[int, Citation]) -> str:
    first = cited.get(sentences[0].citations[0]) if sentences[0].citations else None
    head = f'<p class="dw-from">{title_tag(first)}{badge_of(first)}</p>' if first else ""
    spans = "".join(_sentence(turn.number, sentence) for sentence in sentences)
    return f'<div class="dw-group">{head}<p>{spans}</p></div>'


def _sentence(turn: int, sentence: Sentence) -> str:
    # The numbers stay on the line of the last two characters, so that no line is a lone [1].
    text, end = sentence.text[:-2], sentence.text[-2:]
    links = _links(turn, sentence.citations)
    if sentence.doubt:
        links += f'<mark class="dw-doubt" title="{escape(sentence.doubt)}">未核对到原文</mark>'
    kind = "dw-sentence dw-item" if _ITEM.match(sentence.text) else "dw-sentence"
    return f'<span class="{kind}">{escape(text)}<span class="dw-end">{escape(end)}{links}</span></span>'


def _links(turn: int, numbers: Sequence[int]) -> str:
    return "".join(
        f'<button type="button" class="dw-cite" data-open="t{turn}-{n}" aria-label="查看出处 {n}">[{n}]</button>'
        for n in numbers
    )


def _remarks(turn: Turn, answer: Answer) -> str:
    """The small print under an answer: warnings, what was left out, how it was made."""
    if not turn.finished:
        return ""
    warnings = "".join(f'<p class="dw-warning">{escape(warning)}</p>' for warning in answer.warnings)
    dropped = ""
    if answer.dropped:
        items = "".join(
            f"<li>{escape(item.text)}<br><i>{escape(item.reason)}</i></li>" for item in answer.dropped
        )
        dropped = f"<details><summary>有 {len(answer.dropped)} 句因核对不到原文未予采用</summary><ul>{items}</ul></details>"
    made = f"{MODES.get(answer.mode, answer.mode)} · {len(answer.citations)} 处出处 · {_spent(answer.ms)}"
    return f'{warnings}{dropped}<p class="dw-made">{escape(made)}</p>'


def _spent(milliseconds: float) -> str:
    return "不到 0.1 秒" if milliseconds < 100 else f"{milliseconds / 1000:.1f} 秒"


def _refusal(turn: Turn, answer: Answer) -> str:
    """Not an answer, and it looks like none: why, and the texts that come nearest."""
    said = [sentence.text for sentence in answer.sentences] + list(answer.warnings)
    told = "".join(f"<p>{escape(text)}</p>" for text in said or [NO_EVIDENCE])
    items = "".join(
        f'<li><button type="button" class="dw-near" data-open="t{turn.number}-{n}">'
        f"{escape(where(hit.title, hit.article, hit.heading_path))}</button></li>"
        for n, hit in enumerate(answer.nearest, 1)
    )
    near = (
        f'<p class="dw-muted">{nearest_word(hit.article for hit in answer.nearest)}：</p><ol>{items}</ol>'
        if items
        else ""
    )
    title = (
        '<p class="dw-refusal-title">没有依据，不作回答</p>' if near else ""
    )  # to a greeting it would be rude
    return f'<div class="dw-refusal">{title}{told}{near}</div>'
