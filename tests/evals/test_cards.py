from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.card.model import Card
from bot.card.testing import card_of
from bot.errors import NoProcedure
from evals.cards import CardCase, Wanted, judge, read_card_cases, total
from ingest.errors import ConfigError

TEXT = """第一条 申请人应当向值班室提出书面值班申请。
第二条 值班室收到书面值班申请后，应当在一个月内派人同申请人谈话。
第三条 值班室应当公示审查结果。
"""


def case(*steps: Wanted, also: tuple[str, ...] = (), source: str = "d1.txt") -> CardCase:
    return CardCase("c", "dev", "值班办理程序", (source,), steps, frozenset(also))


def wanted(article: str, **facts: tuple[str, ...]) -> Wanted:
    return Wanted(article, {"limits": (), "actors": (), "materials": ()} | facts)


def test_what_is_expected_and_found_is_counted() -> None:
    asked = case(
        wanted("第一条", actors=("申请人",), materials=("值班申请",)),
        wanted("第二条", limits=("一个月内", "三日内")),
        wanted("第九条", actors=("无人",)),
        also=("第三条",),
    )
    judged = judge(asked, lambda _: card_of(TEXT))
    steps, limits, actors, materials = (
        total([judged], kind) for kind in ("steps", "limits", "actors", "materials")
    )
    assert (steps.hit, steps.wanted, steps.right, steps.given) == (
        2,
        3,
        2,
        2,
    )  # 第三条 is neither right nor wrong
    assert (limits.hit, limits.wanted, limits.right, limits.given) == (1, 2, 1, 1)
    assert (actors.hit, actors.wanted) == (1, 2)
    assert materials.recall == 1
    assert judged.missed == ("第九条", "第二条:三日内", "第九条:无人")


def test_another_document_or_no_card_is_all_wrong() -> None:
    def refuses(_: str) -> Card | None:
        raise NoProcedure("不是办理。")

    other = judge(case(wanted("第一条"), source="别的.txt"), lambda _: card_of(TEXT))
    assert (other.tallies["steps"].recall, other.tallies["steps"].precision) == (0, 0)
    assert judge(case(wanted("第一条")), refuses).tallies["steps"].recall == 0


def test_the_shipped_cases_are_halved_and_say_where_each_step_stands(root: Path) -> None:
    cases = read_card_cases(root / "evals" / "cases" / "cards.jsonl")
    halves = [one.half for one in cases]
    assert (halves.count("dev"), halves.count("heldout")) == (18, 6)
    assert len({one.question for one in cases}) == len(cases)
    assert all(step.article not in one.also for one in cases for step in one.steps)


@pytest.mark.parametrize(
    "line", ["{", json.dumps({"id": "x"}), json.dumps({"id": "x", "half": "dev", "steps": 1})]
)
def test_a_line_that_is_no_case_is_told(tmp_path: Path, line: str) -> None:
    file = tmp_path / "cards.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError, match="办理卡题目"):
        read_card_cases(file)
