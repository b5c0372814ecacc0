"""新旧对照 at the command line: which article became which, and what is different in it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.compose import Desk
from bot.errors import NoSuchVersion, NoSuchWork
from bot.versions.compare import compare_work
from bot.versions.door import label_of
from bot.versions.shelf import several_versions, version_of, versions_of

TITLE = "青石镇党费收缴管理办法"


def told(desk: Desk, *given: object) -> list[tuple[str, str | None, str | None]]:
    compared = compare_work(desk.index, TITLE, *given)  # type: ignore[arg-type]
    return [
        (one.kind, one.old.label if one.old else None, one.new.label if one.new else None)
        for one in compared.changes
    ]


def test_every_article_of_both_versions_is_told(desk: Desk) -> None:
    assert told(desk) == [
        ("changed", "第一条", "第一条"),
        ("removed", "第二条", None),
        ("changed", "第三条", "第二条"),
        ("renumbered", "第四条", "第三条"),
        ("changed", "第五条", "第四条"),
        ("renumbered", "第六条", "第五条"),
        ("changed", "第七条", "第六条"),
        ("added", None, "第七条"),
        ("same", "第八条", "第八条"),
        ("same", "第九条", "第九条"),
    ]


def test_one_article_is_found_by_the_numbers_of_both_versions(desk: Desk) -> None:
    assert told(desk, None, None, "第七条") == [("changed", "第七条", "第六条"), ("added", None, "第七条")]
    changed = compare_work(desk.index, TITLE, article="第五条").changes[0]
    assert [(one.kind, one.text) for one in changed.segments if one.kind != "same"] == [
        ("removed", "半年"),
        ("added", "季度"),
        ("removed", "三天"),
        ("added", "五个工作日"),
    ]


def test_the_articles_tell_their_place_in_their_document(desk: Desk) -> None:
    for change in compare_work(desk.index, TITLE).changes:
        for article, version in ((change.old, 0), (change.new, 1)):
            if article is not None:
                text = desk.index.text(versions_of(desk.index, TITLE)[version].document_id)
                assert text[article.start : article.end].startswith(article.label)
                assert article.body in text[article.start : article.end]


def test_the_days_choose_the_versions(desk: Desk) -> None:
    compared = compare_work(desk.index, TITLE, date(2020, 1, 1), date(2025, 1, 1))
    assert (compared.old.name, compared.new.name) == ("2019年版", "2024年版")
    assert (compared.old.in_force, compared.new.in_force) == (False, True)
    with pytest.raises(NoSuchVersion, match=r"都是.*2019年版"):
        compare_work(desk.index, TITLE, date(2020, 1, 1), date(2021, 1, 1))
    with pytest.raises(NoSuchVersion, match="没有2018-01-01有效的"):
        compare_work(desk.index, TITLE, date(2018, 1, 1))
    with pytest.raises(NoSuchVersion, match="更早的版本"):
        compare_work(desk.index, TITLE, until=date(2020, 1, 1))


def test_what_cannot_be_compared_is_told(desk: Desk) -> None:
    with pytest.raises(NoSuchWork) as unknown:
        compare_work(desk.index, "某某奖惩办法")
    assert TITLE in unknown.value.hint
    with pytest.raises(NoSuchVersion, match="只有2022年版"):
        compare_work(desk.index, "青石镇值班办法")
    with pytest.raises(NoSuchVersion, match="没有第九十条") as unheard:
        compare_work(desk.index, TITLE, article="第九十条")
    assert unheard.value.hint.startswith("2019年版收有 9 条，最后是第九条；2024年版收有 9 条，最后是第九条。")


def test_the_works_with_several_versions_are_listed(desk: Desk) -> None:
    (only,) = several_versions(desk.index)
    assert [one.name for one in only] == ["2019年版", "2024年版"]
    found = version_of(desk.index, only[0].document_id)
    assert found is not None
    assert found[1] == only[0]


@pytest.mark.parametrize("article", ["第十二条", "第12条", "12", "十二", " 第 十二 条 "])
def test_an_article_is_named_in_whatever_way(article: str) -> None:
    assert label_of(article) == "第十二条"
    with pytest.raises(NoSuchVersion):
        label_of(article.replace("十二", "某").replace("12", "某"))


def run(home: Path, *given: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--home", str(home), "changes", *given])
    return result.exit_code, result.output


def test_the_command_shows_both_texts_with_the_difference_marked(desk: Desk) -> None:
    code, shown = run(desk.settings.home, f"《{TITLE}》", "--article", "第五条")
    assert code == 0
    flat = "".join(line.strip("│ ┃") for line in shown.splitlines())
    assert "第五条 → 第四条（有修改）" in shown
    assert "［－半年－］" in flat
    assert "［＋五个工作日＋］" in flat
    assert "…" not in flat.replace("［－…－］", "").replace("［＋…＋］", "")


def test_the_command_gives_one_json(desk: Desk) -> None:
    code, shown = run(desk.settings.home, TITLE, "--from", "2020年1月1日", "--json")
    compared = json.loads(shown)
    assert code == 0
    assert compared["counts"] == {"same": 2, "renumbered": 2, "changed": 4, "added": 1, "removed": 1}
    assert [one["old"]["article"] for one in compared["changes"] if one["kind"] == "removed"] == ["第二条"]
    code, shown = run(desk.settings.home, "--json")
    assert [one["year"] for one in json.loads(shown)["works"][0]["versions"]] == [2019, 2024]


def test_a_wrong_name_is_told_with_what_to_do(desk: Desk) -> None:
    code, shown = run(desk.settings.home, "某某奖惩办法")
    assert code == 2
    assert "资料库里没有《某某奖惩办法》" in shown
    assert "怎么办" in shown


def test_a_name_that_only_ends_like_one_is_another(desk: Desk) -> None:
    code, shown = run(desk.settings.home, "不存在的奖惩工作细则")
    assert code == 2
    assert "资料库里没有《不存在的奖惩工作细则》" in shown
