"""A comparison for a terminal: the old article on the left, the new one on the right, what is different in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.versions.model import ADDED, CHANGED, KINDS, REMOVED, RENUMBERED, SAME, Change, Comparison, Version
from ingest.text import titled

_WIDTH = 100  # columns, where the terminal does not tell
_STYLES = {"removed": "red strike", "added": "green bold"}


def comparison_text(compared: Comparison, width: int = _WIDTH, *, in_colour: bool = False) -> str:
    """［－…－］ stands only in the old article, ［＋…＋］ only in the new one."""
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=in_colour, no_color=not in_colour, highlight=False
    )
    old, new = compared.old, compared.new
    console.print(f"{titled(compared.title)}{told(old)} 与 {told(new)} 对照", markup=False)
    console.print(summary(compared), markup=False)
    for note in compared.notes:
        console.print(f"注意：{note}", markup=False)
    console.print("［－…－］是旧文独有的，［＋…＋］是新文独有的。\n", markup=False)
    for change in compared.changes:
        if change.kind in (CHANGED, ADDED, REMOVED) or len(compared.changes) < 4:
            console.print(heading(change), markup=False)
            console.print(_side_by_side(change, old, new))
    renumbered = [change for change in compared.changes if change.kind == RENUMBERED]
    if renumbered and len(compared.changes) >= 4:
        pairs = "、".join(f"{one.old.label}→{one.new.label}" for one in renumbered if one.old and one.new)
        console.print(f"只改条号、内容未改：{pairs}", markup=False)
    return out.getvalue().rstrip()


def told(version: Version) -> str:
    since = f"（{version.day.year}年{version.day.month}月{version.day.day}日起）" if version.day else ""
    return f"{version.name}{since}"


def summary(compared: Comparison) -> str:
    parts = [f"{KINDS[kind]} {count} 条" for kind, count in compared.counts.items() if count]
    return "，".join(parts) + "。"


def heading(change: Change) -> str:
    """第十九条 → 第十八条（有修改）"""
    labels = [one.label for one in (change.old, change.new) if one is not None]
    place = " → ".join(dict.fromkeys(labels))
    beside = ""
    if change.beside and change.kind == REMOVED:
        beside = f"，内容大部分并入新的{change.beside}"
    elif change.beside and change.kind == ADDED:
        beside = f"，内容大部分原在旧的{change.beside}"
    return f"{place}（{KINDS[change.kind]}{beside}）"


def _side_by_side(change: Change, old: Version, new: Version) -> Table:
    table = Table(expand=True, show_lines=False)
    table.add_column(f"{old.name} {change.old.label if change.old else '无'}", ratio=1, overflow="fold")
    table.add_column(f"{new.name} {change.new.label if change.new else '无'}", ratio=1, overflow="fold")
    table.add_row(_side(change, "removed"), _side(change, "added"))
    return table


def _side(change: Change, own: str) -> Text:
    """The text of one version with what only it has in brackets; of an unchanged article its text in both."""
    text = Text()
    if change.kind in (SAME, RENUMBERED):
        article = change.old if own == "removed" else change.new
        return text.append(article.body if article else "")
    opening, closing = ("［－", "－］") if own == "removed" else ("［＋", "＋］")
    if (change.old if own == "removed" else change.new) is None:
        return text
    for segment in change.segments:
        if segment.kind == "same":
            text.append(segment.text)
        elif segment.kind == own:
            text.append(f"{opening}{segment.text}{closing}", style=_STYLES[own])
    return text


def works_text(works: Sequence[Sequence[Version]]) -> str:
    """The works that are here in several versions, a line each."""
    if not works:
        return "资料库里没有哪个文件有几个版本。"
    return "\n".join(
        f"{titled(versions[-1].title)}：" + "、".join(told(one) for one in versions) for versions in works
    )
