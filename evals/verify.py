"""How well sentences are told apart that their evidence carries and that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from bot.verify.check import Verdict, verify
from evals.pairs import Pair, make_pairs, read_pairs, write_pairs

if TYPE_CHECKING:
    from rich.table import Table

SEED = 5
HALVES = ("dev", "heldout")


@dataclass(frozen=True, slots=True)
class Judged:
    pair: Pair
    verdict: Verdict
    ms: float

    @property
    def right(self) -> bool:
        return self.verdict.supported == self.pair.supported


@dataclass(frozen=True, slots=True)
class Row:
    """One kind in one half: how many, and how many were judged as labelled."""

    half: str
    kind: str
    supported: bool
    count: int
    right: int


def judge(pairs: Iterable[Pair]) -> tuple[Judged, ...]:
    judged = []
    for pair in pairs:
        started = perf_counter()
        verdict = verify(pair.sentence, pair.evidence, pair.titles)
        judged.append(Judged(pair, verdict, 1000 * (perf_counter() - started)))
    return tuple(judged)


def rows(judged: Sequence[Judged]) -> tuple[Row, ...]:
    """By half and kind, the true kinds first; then each half's sums under the kinds "真" and "错"."""
    kinds = dict.fromkeys((one.pair.half, not one.pair.supported, one.pair.kind) for one in judged)
    found = [
        _row(half, kind, not wrong, [one for one in judged if (one.pair.half, one.pair.kind) == (half, kind)])
        for half, wrong, kind in sorted(kinds, key=lambda key: (HALVES.index(key[0]), key[1]))
    ]
    sums = [
        _row(
            half,
            "合计",
            supported,
            [one for one in judged if one.pair.half == half and one.pair.supported == supported],
        )
        for half in HALVES
        for supported in (True, False)
    ]
    return (*found, *(row for row in sums if row.count))


def figures(judged: Sequence[Judged]) -> dict[str, object]:
    """`caught` of the wrong ones and `rejected` of the right ones, by half; `miscited_caught`; what one sentence takes."""
    sums = {(row.half, row.supported): row for row in rows(judged) if row.kind == "合计"}
    told: dict[str, object] = {}
    for half in HALVES:
        right, wrong = sums.get((half, True)), sums.get((half, False))
        if right and wrong:
            told[half] = {
                "right": right.count,
                "wrong": wrong.count,
                "caught": round(wrong.right / wrong.count, 4),
                "rejected": round(1 - right.right / right.count, 4),
            }
    told["miscited_caught"] = miscited([one.pair for one in judged])
    times = quantiles([one.ms for one in judged], n=20) if len(judged) > 1 else [judged[0].ms] * 19
    return {**told, "p50_ms": round(times[9], 3), "p95_ms": round(times[18], 3)}


def miscited(pairs: Sequence[Pair]) -> float | None:
    """Share refused of the right sentences, each cited to the next other article of its regulation."""
    right = [pair for pair in pairs if pair.supported]
    tried = refused = 0
    for at, pair in enumerate(right):
        other = next(
            (
                one
                for one in (*right[at + 1 :], *right[:at])
                if one.source == pair.source and not set(one.articles) & set(pair.articles)
            ),
            None,
        )
        if other:
            tried += 1
            refused += not verify(pair.sentence, other.evidence, other.titles).supported
    return round(refused / tried, 4) if tried else None


def told(judged: Sequence[Judged], rows_too: bool = True) -> dict[str, object]:
    """The figures; for a machine every row of the table and the wrongly judged sentences of the development half too."""
    if not rows_too:
        return figures(judged)
    return {**figures(judged), "rows": [asdict(row) for row in rows(judged)], "wrong": wrongly(judged, "dev")}


def judged_pairs(path: Path, regulations: Path | None = None, seed: int = SEED) -> tuple[Judged, ...]:
    """The pairs of a file, judged; made anew before, where a folder of regulations is given."""
    if regulations:
        write_pairs(make_pairs(regulations, path.parent, seed), path)
    return judge(read_pairs(path))


def wrongly(judged: Sequence[Judged], half: str) -> list[str]:
    return [
        f"{one.pair.id} {one.pair.kind}：{one.pair.sentence} {one.verdict.reason}"
        for one in judged
        if one.pair.half == half and not one.right
    ]


def table(judged: Sequence[Judged]) -> Table:
    from rich.table import Table

    grid = Table("一半", "句子", "种类", title="逐句核对：对的句子放行多少，错的句子拦下多少")
    grid.add_column("句数", justify="right")
    grid.add_column("判对", justify="right")
    grid.add_column("比例", justify="right")
    for row in rows(judged):
        grid.add_row(
            {"dev": "开发", "heldout": "检验"}[row.half],
            "对的" if row.supported else "错的",
            row.kind,
            str(row.count),
            str(row.right),
            f"{row.right / row.count:.3f}",
        )
    return grid


def _row(half: str, kind: str, supported: bool, judged: Sequence[Judged]) -> Row:
    return Row(half, kind, supported, len(judged), sum(one.right for one in judged))
