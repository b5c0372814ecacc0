"""Findings as JSON and as text for the screen. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from bot.proofreading.model import Finding

_ROUND = 10  # characters shown on each side
_NOTHING = "没有发现问题。"


def findings_json(source: str, text: str, findings: Sequence[Finding], ms: float) -> dict[str, Any]:
    ends = _line_ends(text)
    return {
        "source": source,
        "characters": len(text),
        "findings": [
            {"n": n, "paragraph": _paragraph(ends, one.start), **_fields(one)}
            for n, one in enumerate(findings, 1)
        ],
        "ms": round(ms, 1),
    }


def findings_text(text: str, findings: Sequence[Finding]) -> str:
    """One finding on two lines: its number, paragraph and place, then what is said of it and where the rule comes from."""
    if not findings:
        return _NOTHING
    ends = _line_ends(text)
    return "\n".join(_shown(n, text, _paragraph(ends, one.start), one) for n, one in enumerate(findings, 1))


def _line_ends(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if character == "\n"]


def _paragraph(ends: Sequence[int], start: int) -> int:
    """The paragraph that a place stands in, counted from 1; a .docx has as many lines as paragraphs."""
    return bisect_left(ends, start) + 1


def _fields(one: Finding) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "rule": one.rule,
        "rule_source": one.source,
        "suggestion": one.suggestion,
        "message": one.message,
        "kind": one.kind,
    }


def _shown(n: int, text: str, paragraph: int, one: Finding) -> str:
    before = text[max(0, one.start - _ROUND) : one.start].rpartition("\n")[2]
    behind = text[one.end : one.end + _ROUND].partition("\n")[0]
    mark = {"slip": "", "doubt": "（存疑）", "placeholder": "（待补）"}[one.kind]
    offered = (
        ""
        if one.suggestion is None
        else "建议删去。"
        if not one.suggestion
        else f"建议改为“{one.suggestion}”。"
    )
    place = f"{n}. 第{paragraph}段{mark}：{before}【{one.text}】{behind}"
    return f"{place}\n   {one.message}{offered}依据：{one.source}。[{one.rule}]"
