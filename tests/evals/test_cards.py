from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.card.model import Card
from bot.card.testing import card_of
from bot.errors import NoProcedure
from evals.__main__ import main
from evals.cards import CardCase, Wanted, judge, read_card_cases, total
from ingest.compose import sync_folders
from ingest.config import load_settings
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


def test_the_door_gives_figures_and_names_wrong_cases(tmp_path: Path) -> None:
    """A case whose words do not stand in its article is told, exit code 1; the rest is judged all the same."""
    folder, home = tmp_path / "shelf", tmp_path / "home"
    folder.mkdir()
    (folder / "值班工作办法.txt").write_text("值班工作办法\n\n" + TEXT, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    told = {
        "id": "c1",
        "half": "dev",
        "question": "值班工作办理程序",
        "source": ["值班工作办法.txt"],
        "steps": [{"article": "第二条", "actors": ["值班室"], "materials": [], "limits": ["一个月内"]}],
        "also": ["第一条", "第三条"],
    }
    file = tmp_path / "cards.jsonl"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    run = CliRunner().invoke(main, ["cards", str(file), "--home", str(home), "--json"])
    assert run.exit_code == 0, run.stderr
    figures = json.loads(run.stdout)["dev"]
    assert (figures["cases"], figures["right_document"], figures["in_order"]) == (1, 1, 1)
    assert (figures["steps"]["recall"], figures["limits"]["recall"]) == (1, 1)
    told["steps"] = [{"article": "第二条", "limits": ["三年内"]}, {"article": "第九条"}]
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    run = CliRunner().invoke(main, ["cards", str(file), "--home", str(home), "--detail"])
    assert run.exit_code == 1
    assert "第二条里没有“三年内”" in run.stderr
    assert "没有第九条" in run.stderr
    assert "漏：第九条、第二条:三年内" in run.stdout
