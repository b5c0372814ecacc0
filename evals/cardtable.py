"""The figures of procedure cards, for a screen and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.compose import Desk
from evals.cards import KINDS, CardCase, Judged, faults, judge, total

NAMES = {"steps": "步骤", "limits": "时限", "actors": "谁办", "materials": "材料"}
HALVES = {"dev": "开发题", "heldout": "留出题"}


def judge_all(cases: Sequence[CardCase], desk: Desk) -> tuple[list[Judged], list[str]]:
    """Every case judged, and what is wrong with the cases themselves."""
    wrong = [fault for case in cases for fault in faults(case, desk.index)]
    return [judge(case, desk.card) for case in cases], wrong


def judged_json(judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        half: {
            "cases": len(own),
            "right_document": sum(one.source in one.case.sources for one in own),
            "in_order": sum(one.ordered for one in own),
            **{
                kind: {
                    "recall": round(tally.recall, 3),
                    "precision": round(tally.precision, 3),
                    "wanted": tally.wanted,
                    "given": tally.given,
                }
                for kind in KINDS
                for tally in (total(own, kind),)
            },
        }
        for half, own in _halves(judged)
    }


def judged_text(judged: Sequence[Judged], *, detail: bool) -> str:
    lines: list[str] = []
    for half, own in _halves(judged):
        right = sum(one.source in one.case.sources for one in own)
        ordered = sum(one.ordered for one in own)
        lines.append(f"{HALVES[half]} {len(own)} 题：文件选对 {right}，步骤顺序对 {ordered}")
        for kind in KINDS:
            tally = total(own, kind)
            lines.append(
                f"  {NAMES[kind]}  召回 {tally.recall:.3f}（{tally.hit}/{tally.wanted}）  准确 {tally.precision:.3f}（{tally.right}/{tally.given}）"
            )
        if detail:
            for one in own:
                lines.append(f"  {one.case.id} {one.case.question} -> {one.source}")
                lines += [f"    漏：{'、'.join(one.missed)}"] if one.missed else []
                lines += [f"    多：{'、'.join(one.extra)}"] if one.extra else []
    return "\n".join(lines)


def _halves(judged: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    halves = {half: [one for one in judged if one.case.half == half] for half in HALVES}
    return [(half, own) for half, own in halves.items() if own]
