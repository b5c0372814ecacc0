"""Two result files -> what became better, what became worse, and in which cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import ConfigError, os_words

LOWER_IS_BETTER = frozenset({"false_refusal", "wrong_version"})
MAIN_GROUPS = ("retrieval", "answers")  # times depend on the machine and are shown, not judged
_GRADE = {"failed": 0, "wrong": 1, "unjudged": 1, "right": 2}


class BadResult(ConfigError):
    default_hint = "请给出 python -m evals run 题目文件 --out 文件夹 写出的 result.json。"


@dataclass(frozen=True, slots=True)
class Delta:
    """One figure in both runs; `gain` > 0 means better, whichever way the figure counts."""

    group: str
    name: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        change = self.after - self.before
        return -change if self.name in LOWER_IS_BETTER or self.group == "latency" else change


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case whose verdict, or the ranking of whose evidence (nDCG@10), differs."""

    id: str
    question: str
    before: str
    after: str
    ranking_before: float
    ranking_after: float

    @property
    def gain(self) -> tuple[int, float]:
        return _GRADE[self.after] - _GRADE[self.before], self.ranking_after - self.ranking_before


@dataclass(frozen=True, slots=True)
class Comparison:
    """`worse` names the main figures that fell by more than the tolerance; `changes` come worst first."""

    deltas: tuple[Delta, ...]
    changes: tuple[CaseChange, ...]
    worse: tuple[str, ...]
    warnings: tuple[str, ...]


def read_result(path: Path) -> dict[str, Any]:
    """A result.json; BadResult when it is none."""
    try:
        result = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise BadResult(f"没有结果文件 {path}。") from error
    except OSError as error:
        raise BadResult(f"读不了结果文件 {path}：{os_words(error)}") from error
    except (ValueError, RecursionError) as error:
        raise BadResult(f"结果文件 {path} 不是完整的 JSON。") from error
    if not isinstance(result, dict) or not {"metrics", "cases"} <= result.keys():
        raise BadResult(f"{path} 不是测评结果。")
    return result


def compare(before: dict[str, Any], after: dict[str, Any], tolerance: float = 0.0) -> Comparison:
    """Figures both runs have are compared; one that only the first has counts as lost."""
    deltas, worse, warnings = [], [], []
    for group in (*MAIN_GROUPS, "latency"):
        old, new = before["metrics"].get(group, {}), after["metrics"].get(group, {})
        for name in old:
            if name in new:
                deltas.append(Delta(group, name, old[name], new[name]))
            elif group in MAIN_GROUPS:
                worse.append(name)
                warnings.append(f"后一次没有测 {name}。")
    # A figure has four decimals; a difference beyond float noise but below that cannot occur.
    worse += [delta.name for delta in deltas if delta.group in MAIN_GROUPS and delta.gain < -tolerance - 1e-9]
    old_cases = {case["case"]["id"]: case for case in before["cases"]}
    new_cases = {case["case"]["id"]: case for case in after["cases"]}
    if old_cases.keys() != new_cases.keys():
        warnings.append(
            f"两次的题目不同：前 {len(old_cases)} 题，后 {len(new_cases)} 题，共有 {len(old_cases.keys() & new_cases.keys())} 题。"
        )
    changes = [_change(old_cases[name], new_cases[name]) for name in old_cases if name in new_cases]
    changed = [one for one in changes if one.gain != (0, 0.0)]
    return Comparison(
        tuple(deltas), tuple(sorted(changed, key=lambda one: one.gain)), tuple(worse), tuple(warnings)
    )


def _change(before: dict[str, Any], after: dict[str, Any]) -> CaseChange:
    return CaseChange(
        id=after["case"]["id"],
        question=after["case"]["question"],
        before=before["verdict"],
        after=after["verdict"],
        ranking_before=before["ranking"].get("nDCG@10", 0.0),
        ranking_after=after["ranking"].get("nDCG@10", 0.0),
    )
