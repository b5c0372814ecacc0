"""An Evaluation told three ways: a terminal table, result.json for machines, report.html for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.model import Asked, CaseResult, Cited, Evaluation, Found, Place
from ingest.text import titled

if TYPE_CHECKING:
    from rich.table import Table

GROUPS = {"retrieval": "检索", "answers": "回答", "dialogue": "追问", "latency": "耗时（毫秒）"}
NAMES = {
    "hit@1": "第一条就是依据",
    "hit@5": "前五条有依据",
    "hit@10": "前十条有依据",
    "recall@10": "前十条找到的依据比例",
    "recall@100": "前一百条找到的依据比例",
    "MRR@10": "首个依据名次的倒数",
    "nDCG@10": "前十条排序质量",
    "citation_precision": "引用是依据的比例",
    "citation_recall": "依据被引用的比例",
    "contains": "应答要点在引文中的比例",
    "verbatim": "引文逐字一致（应为 1）",
    "refusal": "无依据的题正确拒答",
    "false_refusal": "有依据的题误拒（越低越好）",
    "wrong_version": "引了那天无效的版本而没有说明（越低越好）",
    "right": "整题答对",
    "follow_ups": "追问几题",
    "hit@5_typed": "前五条有依据：照原话问",
    "hit@5_understood": "前五条有依据：按上文理解后问",
    "hit@5_by_hand": "前五条有依据：人写全了问",
    "right_typed": "整题答对：照原话问",
    "right_understood": "整题答对：按上文理解后问",
    "right_by_hand": "整题答对：人写全了问",
    "search_p50_ms": "检索中位数",
    "search_p95_ms": "检索 95 分位",
    "ask_p50_ms": "回答中位数",
    "ask_p95_ms": "回答 95 分位",
}
VERDICTS = {"right": "对", "wrong": "错", "unjudged": "不评", "failed": "出错"}
_WORST = ("failed", "wrong", "unjudged", "right")
_STYLE = """
body{font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.5rem}table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccc;padding:.2rem .7rem;text-align:left}
td.figure{text-align:right;font-variant-numeric:tabular-nums}details{border:1px solid #ddd;border-radius:6px;margin:.5rem 0;padding:.4rem .8rem}
summary{cursor:pointer}.right,.yes{color:#17692f}.wrong,.failed,.no{color:#a11}.unjudged,.small{color:#666}.small{font-size:.85rem}
blockquote{margin:.2rem 0 .2rem 1rem;padding-left:.7rem;border-left:3px solid #ccc}ol{margin:.2rem 0}
"""


def table(evaluation: Evaluation) -> Table:
    """The figures, one a line, for a terminal."""
    from rich.table import Table

    counts = evaluation.counts
    title = (
        f"{counts['cases']} 题：对 {counts['right']}，错 {counts['wrong']}，不评 {counts['unjudged']}，"
        f"出错 {counts['failed']}"
    )
    grid = Table("类别", "指标", "说明", title=title)
    grid.add_column("数值", justify="right")
    for group, name, value in figures(evaluation.metrics):
        grid.add_row(GROUPS[group], name, NAMES[name], shown(group, value))
    return grid


def figures(metrics: Mapping[str, Mapping[str, float]]) -> Iterable[tuple[str, str, float]]:
    """(group, name, value) in the order of GROUPS."""
    return ((group, name, value) for group in GROUPS for name, value in metrics.get(group, {}).items())


def shown(group: str, value: float) -> str:
    if group == "dialogue" and value > 1:  # how many there are
        return f"{value:.0f}"
    return f"{value:.1f}" if group == "latency" else f"{value:.3f}"


def result_json(evaluation: Evaluation) -> dict[str, Any]:
    """Everything, as plain values; dates as 2024-01-01."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(evaluation), ensure_ascii=False, default=str))
    plain["cases"] = plain.pop("results")
    return plain


def write_report(evaluation: Evaluation, folder: Path) -> None:
    """`folder/result.json` and `folder/report.html`, replacing what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    dumped = json.dumps(result_json(evaluation), ensure_ascii=False, indent=1)
    (folder / "result.json").write_text(dumped + "\n", encoding="utf-8")
    (folder / "report.html").write_text(page(evaluation), encoding="utf-8")


def worst_first(results: Iterable[CaseResult]) -> list[CaseResult]:
    """Failed, wrong, unjudged, right; among these the worse ranking first, then file order."""
    return sorted(results, key=lambda one: (_WORST.index(one.verdict), one.ranking.get("nDCG@10", 0.0)))


def page(evaluation: Evaluation) -> str:
    """One HTML document that needs no other file; every word from outside is escaped."""
    settings = "，".join(f"{key}：{value}" for key, value in evaluation.settings.items())
    counts = evaluation.counts
    rows = "".join(
        f"<tr><td>{GROUPS[group]}</td><td>{name}</td><td>{NAMES[name]}</td>"
        f'<td class="figure">{shown(group, value)}</td></tr>'
        for group, name, value in figures(evaluation.metrics)
    )
    tally = "，".join(f"{said} {counts[word]}" for word, said in VERDICTS.items())
    cases = "".join(_case(result) for result in worst_first(evaluation.results))
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>测评报告</title><style>{_STYLE}</style></head><body>"
        f'<h1>测评报告：{counts["cases"]} 题</h1><p>{tally}</p><p class="small">{escape(settings)}</p>'
        f"<table><tr><th>类别</th><th>指标</th><th>说明</th><th>数值</th></tr>{rows}</table>"
        f"<h2>逐题（差的在前）</h2>{cases}</body></html>\n"
    )


def _case(result: CaseResult) -> str:
    case = result.case
    day = f"（按 {case.as_of} 的规定）" if case.as_of else ""
    gold = "；".join(" 或 ".join(place_words(place) for place in item) for item in case.gold)
    wanted = "、".join(case.answer_contains)
    parts = [
        f"<p>依据：{escape(gold)}</p>" if gold else "",
        f"<p>应答要点：{escape(wanted)}</p>" if wanted else "",
        "<p>资料中没有答案，应当拒答。</p>" if case.unanswerable else "",
        f'<p class="failed">{escape(result.error)}</p>' if result.error else "",
        _answer(result.asked) if result.asked else "",
        f"<p>检索结果：</p><ol>{''.join(_hit(hit) for hit in result.hits)}</ol>" if result.hits else "",
    ]
    return (
        f'<details{"" if result.verdict == "right" else " open"}><summary><b class="{result.verdict}">'
        f'{VERDICTS[result.verdict]}</b> {escape(case.question)}{day} <span class="small">{escape(case.id)}</span>'
        f"</summary>{''.join(parts)}</details>"
    )


def _answer(asked: Asked) -> str:
    if asked.status == "refused":
        return f'<p>拒答 <span class="small">{asked.ms:.0f} 毫秒</span></p>'
    missing = f'<p class="no">引文缺少要点：{escape("、".join(asked.missing))}</p>' if asked.missing else ""
    quotes = "".join(_citation(one) for one in asked.citations)
    return f'<p>回答的引文：<span class="small">{asked.ms:.0f} 毫秒</span></p>{quotes}{missing}'


def _citation(one: Cited) -> str:
    faithful = "" if one.verbatim else '<b class="no">与原文不一致</b> '
    where = escape(_where(one))
    return f'<blockquote>{_mark(one.right)} {faithful}{escape(one.quote)} <span class="small">{where}</span></blockquote>'


def _hit(hit: Found) -> str:
    return f'<li>{_mark(hit.right)} {escape(_where(hit))} <span class="small">{escape(hit.text)}</span></li>'


def _mark(right: bool | None) -> str:
    return "" if right is None else '<b class="yes">✓</b>' if right else '<b class="no">✗</b>'


def _where(one: Cited | Found) -> str:
    return " ".join(
        (titled(one.title), *one.heading_path, *([one.article] if one.article else []), one.source)
    )


def place_words(place: Place) -> str:
    return " ".join(word for word in (place.source, place.section, place.article) if word)
