"""The other version of a cited article as HTML, folded beside its passage: both texts, the difference marked. Pure."""

from __future__ import annotations

from html import escape

from bot.versions.model import ADDED, REMOVED, RENUMBERED, SAME, Change, Comparison, Version
from bot.versions.printed import heading, told


def panel(compared: Comparison | None) -> str:
    """Nothing where there is no other version. Opened by the reader; it asks the server for nothing."""
    if compared is None:
        return ""
    old, new = compared.old, compared.new
    notes = "".join(f'<p class="dw-muted">{escape(note)}</p>' for note in compared.notes)
    bodies = "".join(_change(change, old, new) for change in compared.changes)
    what = "、".join(heading(change) for change in compared.changes)
    return (
        f'<details class="dw-changes"><summary>新旧对照：{escape(told(old))} 与 {escape(told(new))}，{escape(what)}</summary>'
        f"{bodies}{notes}</details>"
    )


def _change(change: Change, old: Version, new: Version) -> str:
    return (
        f'<div class="dw-sides">{_side(change, old, "removed")}{_side(change, new, "added")}</div>'
        if change.kind not in (SAME, RENUMBERED)
        else f'<p class="dw-muted">两个版本的这一条文字相同（{escape(heading(change))}）。</p>'
    )


def _side(change: Change, version: Version, own: str) -> str:
    article = change.old if own == "removed" else change.new
    tag = "del" if own == "removed" else "ins"
    head = f'<p class="dw-side-of">{escape(version.name)} {escape(article.label if article else "没有这一条")}</p>'
    if article is None:
        return f'<div class="dw-side">{head}</div>'
    if change.kind in (ADDED, REMOVED):
        return f'<div class="dw-side">{head}<div class="dw-side-text"><{tag}>{escape(article.body)}</{tag}></div></div>'
    runs = "".join(
        escape(one.text) if one.kind == "same" else f"<{tag}>{escape(one.text)}</{tag}>"
        for one in change.segments
        if one.kind in ("same", own)
    )
    return f'<div class="dw-side">{head}<div class="dw-side-text">{runs}</div></div>'
