"""A talk as HTML: pure functions, everything that is not ours goes through `html.escape`.

A citation's id is `t{turn}-{n}`. `[n]` in the answer and the card carry it in `data-open`; the passage carries
it in `id="p-…"`. page.js shows the passage, so earlier turns keep working without asking the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from bot.model import Answer, Citation, Passage, Sentence
from bot.ui.talk import Opening, Place, ShelfRow, Talk, Turn

AROUND = 6000  # characters shown on each side of a quote; a section without headings can be a whole book
MODES = {"extractive": "原文摘录", "llm": "模型归纳"}


def conversation(talk: Talk) -> str:
    """All turns, oldest first; a word of welcome where there is none."""
    if not talk.turns:
        return (
            '<div class="dw-welcome"><p class="dw-welcome-title">问一件党务工作上的事</p>'
            "<p>每一句回答都注明出处，点开 <span class='dw-cite-sample'>[1]</span> 就能看到原文；"
            "查不到依据时不作回答，只列出最接近的条款。</p></div>"
        )
    return "".join(_turn(turn) for turn in talk.turns)


def notice(talk: Talk) -> str:
    """What was wrong with the last thing typed; empty where nothing was."""
    return f'<p class="dw-notice" role="alert">{escape(talk.notice)}</p>' if talk.notice else ""


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


def library(rows: Sequence[ShelfRow]) -> str:
    """The table of documents, by kind and title, under a line of totals."""
    if not rows:
        return '<p class="dw-empty">知识库里还没有资料。</p>'
    total = sum(row.chunks for row in rows)
    body = "".join(_library_row(row) for row in sorted(rows, key=lambda row: (row.kind, row.title)))
    return (
        f'<p class="dw-count">共 <b>{len(rows)}</b> 份资料，<b>{total}</b> 个条款或段落。</p>'
        '<div class="dw-table"><table><thead><tr><th>名称</th><th>类别</th><th>施行日期</th><th>效力</th>'
        f"<th>条段</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def opening(state: Opening) -> str:
    """The bar above the page while the knowledge base opens; empty once all is well."""
    if state.phase == "ready":
        if not state.problems:
            return ""
        items = "".join(f"<li>{escape(problem)}</li>" for problem in state.problems)
        return f'<div class="dw-status dw-warn"><p>有文件未能读入，其余资料可以照常查询：</p><ul>{items}</ul></div>'
    if state.phase in {"failed", "empty"}:
        return (
            f'<div class="dw-status dw-{state.phase}" role="alert"><p><b>{escape(state.message)}</b></p>'
            f"<p>{escape(state.hint)}</p></div>"
        )
    if state.phase == "syncing":
        return _progress(state)
    return '<div class="dw-status"><p>正在打开知识库，几秒钟就好……</p></div>'


def _progress(state: Opening) -> str:
    percent = 100 * state.done // state.total if state.total else 0
    detail = f"第 {state.done} / {state.total} 份" if state.total else "正在清点文件"
    name = escape(state.source.rsplit("/", 1)[-1])
    return (
        '<div class="dw-status"><p>第一次使用：正在整理随附的示范资料，完成后即可提问。</p>'
        f'<div class="dw-bar" role="progressbar" aria-valuenow="{percent}" aria-valuemin="0" aria-valuemax="100">'
        f'<i style="width:{percent}%"></i></div><p class="dw-muted">{percent}%　{detail}　{name}</p></div>'
    )


def _turn(turn: Turn) -> str:
    asked = f'<span class="dw-asof">按 {turn.as_of.isoformat()} 的规定</span>' if turn.as_of else ""
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
        f"{asked}</div>{body}</section>"
    )


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
    head = f'<p class="dw-from">{_title(first)}{_badge(first.in_force)}</p>' if first else ""
    spans = "".join(
        f'<span class="dw-sentence">{escape(sentence.text)}{_links(turn.number, sentence.citations)}</span>'
        for sentence in sentences
    )
    return f'<div class="dw-group">{head}<p>{spans}</p></div>'


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
        items = "".join(f"<li>{escape(item.text)}<br><i>{escape(item.reason)}</i></li>" for item in answer.dropped)
        dropped = (
            f"<details><summary>有 {len(answer.dropped)} 句因核对不到原文未予采用</summary><ul>{items}</ul></details>"
        )
    made = f"{MODES.get(answer.mode, answer.mode)} · {len(answer.citations)} 处出处 · {answer.ms / 1000:.1f} 秒"
    return f'{warnings}{dropped}<p class="dw-made">{escape(made)}</p>'


def _refusal(turn: Turn, answer: Answer) -> str:
    """Not an answer, and it looks like none: why, and the clauses that come nearest."""
    said = "".join(f"<p>{escape(sentence.text)}</p>" for sentence in answer.sentences)
    told = said or "<p>知识库里没有找到足以回答这个问题的依据，因此不作回答。可以换一种说法再问，或补充资料后再问。</p>"
    warnings = "".join(f'<p class="dw-warning">{escape(warning)}</p>' for warning in answer.warnings)
    items = "".join(
        f'<li><button type="button" class="dw-near" data-open="t{turn.number}-{n}">'
        f"{escape(where(hit.title, hit.article, hit.heading_path))}</button></li>"
        for n, hit in enumerate(answer.nearest, 1)
    )
    near = f'<p class="dw-muted">最接近的条款：</p><ol>{items}</ol>' if items else ""
    return f'<div class="dw-refusal"><p class="dw-refusal-title">没有依据，不作回答</p>{told}{warnings}{near}</div>'


def _turn_sources(turn: Turn, *, shown: bool) -> str:
    what = "最接近的条款" if turn.answer and turn.answer.status == "refused" else "出处"
    cards = "".join(_card(turn.number, place) for place in turn.places)
    passages = "".join(_passage(turn.number, place) for place in turn.places)
    hidden = "" if shown else " hidden"
    return (
        f'<div class="dw-turn-sources" data-turn="t{turn.number}"{hidden}>'
        f'<p class="dw-sources-of">{what} · {escape(turn.question)}</p>{passages}<div class="dw-cards">{cards}</div></div>'
    )


def _card(turn: int, place: Place) -> str:
    citation = place.citation
    return (
        f'<button type="button" class="dw-card" data-open="t{turn}-{citation.n}">'
        f'<span class="dw-card-head"><b class="dw-n">{citation.n}</b><span class="dw-card-title">{_title(citation)}</span>'
        f'{_badge(citation.in_force)}</span><span class="dw-where">{escape(_spot(citation))}</span>'
        f'<span class="dw-quote">{escape(citation.quote)}</span></button>'
    )


def _passage(turn: int, place: Place) -> str:
    citation = place.citation
    body = (
        marked(place.passage)
        if place.passage is not None
        else f"<p>原文已不在知识库中，引用的字句是：</p><mark>{escape(citation.quote)}</mark>"
    )
    return (
        f'<div class="dw-passage" id="p-t{turn}-{citation.n}" data-turn="t{turn}" tabindex="-1" hidden>'
        f'<div class="dw-passage-head"><div><b class="dw-n">{citation.n}</b>{_title(citation)}'
        f'{_badge(citation.in_force)}<span class="dw-where">{escape(_spot(citation))}</span></div>'
        f'<button type="button" class="dw-close" data-close="t{turn}" aria-label="收起原文">收起</button></div>'
        f'<div class="dw-text">{body}</div><p class="dw-file">文件：{escape(citation.source)}</p></div>'
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


def where(title: str, article: str | None, heading_path: Sequence[str]) -> str:
    """《title》第X条, or the headings where there are no articles."""
    place = article or " › ".join(heading_path)
    return f"{_quoted(title)}{place}" if article else f"{_quoted(title)} {place}".rstrip()


def _quoted(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"


def _title(citation: Citation) -> str:
    return f'<span class="dw-title">{escape(_quoted(citation.title))}</span>'


def _spot(citation: Citation) -> str:
    """Article, headings and page, as far as they are known."""
    parts = [citation.article or "", " › ".join(citation.heading_path)]
    if citation.page is not None:
        parts.append(f"第 {citation.page} 页")
    return " · ".join(part for part in parts if part)


def _badge(in_force: bool) -> str:  # noqa: FBT001 - a fact about a document, not a switch
    return '<span class="dw-badge dw-on">现行</span>' if in_force else '<span class="dw-badge dw-off">已被取代</span>'


def _library_row(row: ShelfRow) -> str:
    day = row.effective.isoformat() if row.effective else "—"
    return (
        f'<tr><td title="{escape(row.source, quote=True)}">{escape(row.title)}</td><td>{escape(row.kind)}</td>'
        f"<td>{escape(day)}</td><td>{_badge(row.in_force)}</td><td>{row.chunks}</td></tr>"
    )
