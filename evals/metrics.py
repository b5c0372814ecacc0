"""Judgements and figures. Ranking figures come from ir_measures; everything here is a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any, Protocol

from evals.model import Case, CaseResult, Place

if TYPE_CHECKING:
    import ir_measures

# Our names for ir_measures' measures; each is an average over the cases that name gold places.
RANKING = {
    "hit@1": "Success@1",
    "hit@5": "Success@5",
    "hit@10": "Success@10",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "MRR@10": "RR@10",
    "nDCG@10": "nDCG@10",
}
DEPTH = 100  # hits the deepest of these figures looks at


class Located(Protocol):
    """What a hit and a citation have in common."""

    @property
    def source(self) -> str: ...
    @property
    def article(self) -> str | None: ...
    @property
    def heading_path(self) -> tuple[str, ...]: ...


def stands_in(one: Located, place: Place) -> bool:
    """A gold source also matches when the synced folder was one of those above it (`x/办法.md` for `办法.md`)."""
    return (
        (one.source == place.source or one.source.endswith("/" + place.source))
        and (place.article is None or one.article == place.article)
        and (place.section is None or any(place.section in heading for heading in one.heading_path))
    )


def evidence_of(one: Located, case: Case) -> tuple[int, ...]:
    """The pieces of evidence (0-based) that `one` is an alternative of."""
    return tuple(
        item for item, places in enumerate(case.gold) if any(stands_in(one, place) for place in places)
    )


def assign(hits: Sequence[Located], case: Case) -> tuple[int | None, ...]:
    """For each hit the piece of evidence it counts for: each piece goes once, to its best-ranked alternative.

    A hit that could serve several open pieces takes the one with the fewest alternatives, which is hardest to find
    elsewhere.
    """
    open_items = set(range(len(case.gold)))
    taken: list[int | None] = []
    for hit in hits:
        fitting = [item for item in evidence_of(hit, case) if item in open_items]
        item = min(fitting, key=lambda item: (len(case.gold[item]), item), default=None)
        open_items.discard(-1 if item is None else item)
        taken.append(item)
    return tuple(taken)


def ranking_figures(
    items: Mapping[str, Sequence[int | None]], cases: Iterable[Case]
) -> dict[str, dict[str, float]]:
    """Case id -> figure -> value, for the cases with gold. `items` is what `assign` gave, best hit first.

    A hit without a piece of its own, such as a second alternative of one already found, keeps its place as irrelevant:
    that is how the reader sees the list, and recall@10 then means the first ten hits, not the first ten distinct ones.
    """
    import ir_measures

    judged = [case for case in cases if case.gold and case.id in items]
    measures = {ir_measures.parse_measure(theirs): ours for ours, theirs in RANKING.items()}
    qrels = [
        ir_measures.Qrel(case.id, f"gold-{item}", 1) for case in judged for item in range(len(case.gold))
    ]
    run = [document for case in judged for document in _run(case.id, items[case.id])]
    figures: dict[str, dict[str, float]] = {case.id: dict.fromkeys(RANKING, 0.0) for case in judged}
    if run:
        for metric in ir_measures.iter_calc(list(measures), qrels, run):
            figures[metric.query_id][measures[metric.measure]] = float(metric.value)
    return figures


def _run(case_id: str, items: Sequence[int | None]) -> list[ir_measures.ScoredDoc]:
    import ir_measures

    return [
        ir_measures.ScoredDoc(case_id, f"other-{rank}" if item is None else f"gold-{item}", float(-rank))
        for rank, item in enumerate(items)
    ]


def retrieval_metrics(results: Sequence[CaseResult]) -> dict[str, float]:
    """Averages over the cases that have ranking figures; empty when none has."""
    rows = [result.ranking for result in results if result.ranking]
    return {name: fmean(row[name] for row in rows) for name in RANKING} if rows else {}


def answer_metrics(results: Sequence[CaseResult]) -> dict[str, float]:
    """Averages over cases, so that a long answer weighs no more than a short one; a figure nobody can judge is left out.

    citation_precision: share of an answer's citations that are gold; answered cases with gold.
    citation_recall: share of the evidence that is cited, a refusal counting 0; cases with gold.
    contains: share of the wanted words that the quotes hold, a refusal counting 0; cases with answer_contains.
    verbatim: share of all citations whose quote stands in the document at its place. Must be 1.
    refusal: share of the unanswerable cases that were refused.   false_refusal: the same of the answerable ones.
    wrong_version: share of the cases with a day whose answer cites a version that did not count on it, and does not say so.
    right: share of the judged cases whose whole answer was right (see `verdict`).
    """
    pairs = [(result.case, result.asked) for result in results if result.asked]
    cited = [(case, asked) for case, asked in pairs if case.gold and asked.citations]
    gold = [(case, asked) for case, asked in pairs if case.gold]
    worded = [(case, asked) for case, asked in pairs if case.answer_contains]
    answerable = [asked for case, asked in pairs if case.answerable]
    unanswerable = [asked for case, asked in pairs if case.unanswerable]
    judged = [result for result in results if result.asked and result.verdict in ("right", "wrong")]
    figures: dict[str, list[float]] = {
        "citation_precision": [fmean(bool(one.right) for one in asked.citations) for _, asked in cited],
        "citation_recall": [asked.items_cited / len(case.gold) for case, asked in gold],
        "contains": [1 - len(asked.missing) / len(case.answer_contains) for case, asked in worded],
        "verbatim": [float(one.verbatim) for _, asked in pairs for one in asked.citations],
        "refusal": [float(asked.status == "refused") for asked in unanswerable],
        "false_refusal": [float(asked.status == "refused") for asked in answerable],
        "wrong_version": [
            float(asked.wrong_version) for _, asked in pairs if asked.wrong_version is not None
        ],
        "right": [float(result.verdict == "right") for result in judged],
    }
    return {name: fmean(values) for name, values in figures.items() if values}


def verdict(result: CaseResult) -> str:
    """Right: an unanswerable case refused; an answerable one answered with a gold citation (if gold is named) and all
    wanted words, every quote verbatim. Without an answer (search only): a gold place among the first ten hits.
    """
    case, asked = result.case, result.asked
    if asked is None:
        return "unjudged" if not case.gold else _said(result.ranking["hit@10"] > 0)
    if case.unanswerable:
        return _said(asked.status == "refused")
    if not case.answerable:
        return "unjudged"
    sound = asked.status == "answered" and not asked.missing and all(one.verbatim for one in asked.citations)
    return _said(sound and (not case.gold or asked.items_cited > 0))


def _said(right: bool) -> str:
    return "right" if right else "wrong"


def latency_metrics(results: Sequence[CaseResult]) -> dict[str, float]:
    """Milliseconds in a warm process: `search_p50_ms`, `search_p95_ms` and, where asked, `ask_p50_ms`, `ask_p95_ms`."""
    times: dict[str, Callable[[CaseResult], float | None]] = {
        "search": lambda result: None if result.error else result.search_ms,
        "ask": lambda result: result.asked.ms if result.asked else None,
    }
    figures: dict[str, float] = {}
    for name, time_of in times.items():
        values = [value for value in map(time_of, results) if value is not None]
        if values:
            figures |= {f"{name}_p50_ms": percentile(values, 50), f"{name}_p95_ms": percentile(values, 95)}
    return figures


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` percent of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def rounded(metrics: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    return {
        group: {name: round(float(value), 4) for name, value in row.items()} for group, row in metrics.items()
    }
