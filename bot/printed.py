"""Answers and hits as text for a terminal. Pure: values in, one Chinese string out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Answer
from ingest.model import Hit
from ingest.text import titled

UNCHECKED = "【未核对到原文】"
_EXCERPT = 120  # characters of a hit that are shown


def answer_text(answer: Answer) -> str:
    """Sentences with [1][2], then the sources with the words they rest on; or the refusal with the nearest texts."""
    understood = [f"理解为：{answer.standalone}"] if answer.standalone else []
    lines = [
        one.text + "".join(f"[{n}]" for n in one.citations) + (UNCHECKED if one.doubt else "")
        for one in answer.sentences
    ]
    if answer.citations:
        lines += ["", "来源"]
    for citation in answer.citations:
        place = where(citation.title, citation.article, citation.heading_path, citation.page)
        lines += [f"[{citation.n}] {place}（{citation.source}）", f"    “{citation.quote}”"]
    notes = [f"注意：{warning}" for warning in answer.warnings]
    if answer.status == "refused":
        lines = [*answer.warnings, "", *([hits_text(answer.nearest)] if answer.nearest else [])]
        notes = []
    dropped = [f"未采用：{one.text}（{one.reason}）" for one in answer.dropped]
    return "\n".join([*understood, *lines, *(["", *notes] if notes else []), *dropped]).rstrip()


def hits_text(hits: Sequence[Hit]) -> str:
    if not hits:
        return "没有找到相关内容。"
    return "\n".join(
        f"{rank}. {where(hit.title, hit.article, hit.heading_path, hit.page)}（{hit.source}）"
        f"{'' if hit.in_force else '【已被取代或废止】'}\n    {_excerpt(hit.text)}"
        for rank, hit in enumerate(hits, 1)
    )


def where(title: str, article: str | None, heading_path: Sequence[str], page: int | None) -> str:
    """《支部工作条例》第十二条 第3页; headings stand in where there is no article."""
    place = article or " / ".join(heading_path)
    return titled(title) + (f" {place}" if place else "") + (f" 第{page}页" if page is not None else "")


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "……"
