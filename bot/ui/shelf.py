"""The library table and the bar that tells how far the knowledge base is, as HTML; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.ui.labels import badge_of
from bot.ui.talk import Opening
from ingest.model import DocumentRow

ROWS_SHOWN = 1000  # documents; a longer table makes the page slow, and search is the way to find one


def library(rows: Sequence[DocumentRow]) -> str:
    """The table of documents, by kind and title, under a line of totals; copies stand in the row of their original."""
    if not rows:
        return '<p class="dw-empty">资料库里还没有资料。</p>'
    there = {row.id for row in rows}
    copies: dict[str, list[str]] = {}
    for row in rows:
        if row.copy_of in there:
            copies.setdefault(row.copy_of or "", []).append(row.source)
    originals = [row for row in rows if row.copy_of not in there]
    total = sum(row.chunks for row in rows)
    ordered = sorted(originals, key=lambda row: (row.kind, row.title))
    body = "".join(_library_row(row, copies.get(row.id, ())) for row in ordered[:ROWS_SHOWN])
    doubtful = sum(bool(row.quality.check) for row in rows)
    marked = f"其中 <b>{doubtful}</b> 份可能有缺漏或错字，请对照原件核对。" if doubtful else ""
    folded = f"有 {len(rows) - len(originals)} 份与别的内容相同，列在一起。" if copies else ""
    more = f"下面列出前 {ROWS_SHOWN} 份。" if len(originals) > ROWS_SHOWN else ""
    return (
        f'<p class="dw-count">共 <b>{len(rows)}</b> 份资料，<b>{total}</b> 个条款或段落。{folded}{marked}{more}</p>'
        '<div class="dw-table"><table><thead><tr><th>名称</th><th>类别</th><th>日期</th><th>效力</th>'
        f"<th>条段</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def opening(state: Opening) -> str:
    """The bar above the page while the knowledge base opens; empty once all is well."""
    if state.phase == "ready":
        told = "<p>有文件未能读入，其余资料可以照常查询：</p>"
        return f'<div class="dw-status">{told}{_problems(state)}</div>' if state.problems else ""
    if state.phase in {"failed", "empty"}:
        return (
            f'<div class="dw-status" role="alert"><p><b>{escape(state.message)}</b></p>'
            f"<p>{escape(state.hint)}</p>{_problems(state)}</div>"
        )
    if state.phase == "syncing":
        return _progress(state)
    return '<div class="dw-status"><p>正在打开资料库，几秒钟就好……</p></div>'


def _problems(state: Opening) -> str:
    items = "".join(f"<li>{escape(problem)}</li>" for problem in state.problems)
    return f"<ul>{items}</ul>" if items else ""


def _library_row(row: DocumentRow, copies: Sequence[str] = ()) -> str:
    dated = row.effective or row.issued
    day = dated.isoformat() if dated else "—"
    same = f'<br><span class="dw-muted">内容相同：{escape("、".join(copies))}</span>' if copies else ""
    return (
        f'<tr><td>{escape(row.title)}<br><span class="dw-file">{escape(row.source)}</span>{_doubt(row)}{same}</td>'
        f"<td>{escape(row.kind)}</td><td>{escape(day)}</td><td>{badge_of(row)}</td><td>{row.chunks}</td></tr>"
    )


def _doubt(row: DocumentRow) -> str:
    """The mark of a document that was not read well, and why."""
    if not row.quality.check:
        return ""
    reasons = "；".join(row.quality.check)
    return f' <span class="dw-badge dw-off">请核对</span><span class="dw-doubt">{escape(reasons)}</span>'


def _progress(state: Opening) -> str:
    percent = 100 * state.done // state.total if state.total else 0
    detail = f"第 {state.done} / {state.total} 份" if state.total else "正在清点文件"
    name = escape(state.source.rsplit("/", 1)[-1])
    return (
        '<div class="dw-status"><p>第一次使用：正在整理资料，完成后即可提问。</p>'
        f'<div class="dw-bar" role="progressbar" aria-valuenow="{percent}" aria-valuemin="0" aria-valuemax="100">'
        f'<i style="width:{percent}%"></i></div><p class="dw-muted">{percent}%　{detail}　{name}</p></div>'
    )
