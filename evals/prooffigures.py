"""The figures of a judged proofreader, the goals they are held to, and how they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.proofread import DOCUMENTS, Judged, Mark, SlipResult, TextResult

if TYPE_CHECKING:
    from rich.table import Table

KINDS = {
    "wrong-word": "错别字",
    "doubled": "重复",
    "punctuation": "标点",
    "numbering": "序号",
    "title-marks": "书名号",
    "formula": "提法、会议和机构名称",
    "old-name": "旧名称",
    "abolished": "失效文件",
    "misquote": "引文有误",
    "figures": "数字和日期",
    "personal": "个人信息",
    "secrecy": "密级字样",
}
_PER = 2000  # characters: what the goal of false findings is told for
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Goal:
    name: str
    value: float | None  # None: nothing to measure it on
    least: float | None = None
    most: float | None = None

    @property
    def held(self) -> bool | None:
        if self.value is None:
            return None
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )


def figures(judged: Judged) -> dict[str, Any]:
    """`real` leaves out the slips listed afterwards: those were listed because they had been found."""
    passages = _of(judged, "planted", "clean")
    planted, real = _slips(_of(judged, "planted")), _slips(_of(judged, *DOCUMENTS))
    marks = _marks(passages)
    kinds = [kind for kind in KINDS if any(one.slip.kind == kind for one in planted)]
    return {
        "planted": _recall(planted),
        "kinds": {kind: _recall([one for one in planted if one.slip.kind == kind]) for kind in kinds},
        "real": _recall([one for one in real if not one.slip.afterwards]),
        "afterwards": _recall([one for one in real if one.slip.afterwards]),
        "precision": {
            "findings": len(marks),
            "false": sum(not mark.true for mark in marks),
            "share": _share(sum(mark.true for mark in marks), len(marks)),
        },
        "clean": _density(_of(judged, "clean")),
        "laws": _density(_of(judged, "whole")),
        "seeds": _density([result for result in _of(judged, "real") if _is_seed(result)]),
        "reports": _density([result for result in _of(judged, "real") if not _is_seed(result)]),
        "skipped": dict(Counter(judged.skipped.values())),
    }


def goals(judged: Judged) -> tuple[Goal, ...]:
    """What issue 6 asks. In documents a finding that nobody has judged yet counts as false, which is stricter than the truth."""
    told = figures(judged)
    return (
        Goal("人为错误的召回率", told["planted"]["share"], least=0.9),
        Goal("段落上的准确率", told["precision"]["share"], least=0.95),
        Goal("法律全文每 2000 字误报", told["laws"]["per_2000"], most=1.0),
        Goal("种子报告每 2000 字误报", told["seeds"]["per_2000"], most=1.0),
    )


def told(judged: Judged) -> dict[str, Any]:
    return {
        **figures(judged),
        "goals": {one.name: {"value": one.value, "held": one.held} for one in goals(judged)},
    }


def table(judged: Judged) -> Table:
    from rich.table import Table

    said = figures(judged)
    grid = Table("错误", title="校对：找到多少，改对多少")
    for column in ("处数", "找到", "召回率", "建议也对"):
        grid.add_column(column, justify="right")
    rows = [(KINDS[kind], row) for kind, row in said["kinds"].items()]
    for name, row in (
        *rows,
        ("人为错误合计", said["planted"]),
        ("真实错误", said["real"]),
        ("判发现时补列的", said["afterwards"]),
    ):
        grid.add_row(
            name, str(row["slips"]), str(row["found"]), _shown(row["share"]), _shown(row["suggested"])
        )
    return grid


def lines(judged: Judged) -> list[str]:
    said = figures(judged)
    precise = said["precision"]
    found = [
        f"段落上的发现 {precise['findings']} 处，误报 {precise['false']} 处，准确率 {_shown(precise['share'])}"
    ]
    for key, name in (
        ("clean", "干净段落"),
        ("laws", "法律全文"),
        ("seeds", "种子报告"),
        ("reports", "其他报告"),
    ):
        row = said[key]
        found.append(
            f"{name}：{row['texts']} 份 {row['characters']} 字，误报 {row['findings']} 处，每 2000 字 {_shown(row['per_2000'])}"
            + (
                f"；发现共 {row['marks']} 处，其中没有人判过、先算误报的 {row['unjudged']} 处"
                if key != "clean"
                else ""
            )
        )
    found += [f"跳过 {count} 题：{why}" for why, count in said["skipped"].items()]
    says = {True: "达到目标", False: "没达到目标", None: "没有可量的，不知是否达到目标"}
    found += [f"{says[one.held]}：{one.name} {_shown(one.value)}" for one in goals(judged)]
    return found


def missed(judged: Judged) -> list[str]:
    """A line for each slip not found, with the characters around it."""
    return [
        f"{result.id} {KINDS.get(one.slip.kind, '真实')}：{_around(result.text, one.slip.start, one.slip.end)}"
        for result in judged.results
        for one in result.slips
        if not one.found
    ]


def false(judged: Judged) -> list[str]:
    """A line for each finding that is known to be wrong: in a passage without a slip there, in a document if refuted."""
    return _told(judged, lambda mark: mark.judged and not mark.true)


def unjudged(judged: Judged) -> list[str]:
    """A line for each finding in a document that is listed neither as a slip nor as refuted: somebody has to read it."""
    return _told(judged, lambda mark: not mark.judged)


def _told(judged: Judged, wanted: Callable[[Mark], bool]) -> list[str]:
    return [
        f"{result.id} {mark.rule}：{_around(result.text, mark.start, mark.end)}"
        for result in judged.results
        for mark in result.marks
        if wanted(mark)
    ]


def _of(judged: Judged, *origins: str) -> list[TextResult]:
    return [result for result in judged.results if result.origin in origins]


def _is_seed(result: TextResult) -> bool:
    return result.id.startswith("seeds/")


def _slips(results: Iterable[TextResult]) -> list[SlipResult]:
    return [one for result in results for one in result.slips]


def _marks(results: Iterable[TextResult]) -> list[Mark]:
    return [mark for result in results for mark in result.marks]


def _recall(slips: Sequence[SlipResult]) -> dict[str, Any]:
    """`suggested`: of the slips with wanted words, the share whose suggestion is one of them."""
    worded = [one for one in slips if one.suggested is not None]
    hits = sum(one.found for one in slips)
    return {
        "slips": len(slips),
        "found": hits,
        "share": _share(hits, len(slips)),
        "suggested": _share(sum(bool(one.suggested) for one in worded), len(worded)),
    }


def _density(results: Sequence[TextResult]) -> dict[str, Any]:
    """`findings`: those that no known slip answers for; `unjudged`: of them, those that nobody has read."""
    characters = sum(len(result.text) for result in results)
    marks = _marks(results)
    findings = sum(not mark.true for mark in marks)
    return {
        "texts": len(results),
        "characters": characters,
        "marks": len(marks),
        "findings": findings,
        "unjudged": sum(not mark.judged for mark in marks),
        "per_2000": _share(findings * _PER, characters),
    }


def _share(part: float, of: float) -> float | None:
    return round(part / of, 4) if of else None


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _around(text: str, start: int, end: int) -> str:
    words = f"{text[max(0, start - _AROUND) : start]}【{text[start:end]}】{text[end : end + _AROUND]}"
    return words.replace("\n", "⏎")
