"""adapt: what is better is used, what is worse changes nothing, undo goes back, an interruption leaves the old model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.__main__ import main
from ingest.adapt import adapt
from ingest.compose import open_index
from ingest.config import load_settings
from ingest.confirmed import Confirmed, Spot, keep, kept, merged, read_confirmed
from ingest.errors import ConfigError, IndexMismatch
from ingest.installed import adapted_models

# What the articles say, and a word of the house for it that no training text knows.
TOPICS = {
    "党费收缴": "琉璃盏", "组织关系转接": "青玉案", "发展对象公示": "梧桐雨", "换届选举": "鹧鸪天",
    "民主评议": "锦瑟弦", "档案保管": "玲珑塔", "困难帮扶": "沧浪亭", "外出请假": "胭脂扣",
}  # fmt: skip
PHRASES = (
    "{}怎么办",
    "{}归谁管",
    "{}要几天",
    "我想问{}",
    "{}找谁签字",
    "请问{}的手续",
    "{}能不能补",
    "咱们的{}",
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def one_thread() -> None:
    pytest.importorskip("torch").set_num_threads(1)


@pytest.fixture
def filled(tmp_path: Path, home: Path) -> Path:
    """A home with one document of eight articles and some fillers beside them."""
    lines = [
        f"第{'一二三四五六七八'[n]}条　{topic}由支部委员会负责办理，按有关规定执行。"
        for n, topic in enumerate(TOPICS)
    ]
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "内部规程.txt").write_text("内部规程\n" + "\n".join(lines), encoding="utf-8")
    assert run("sync", folder, "--home", home).exit_code == 0
    return home


def pairs_file(path: Path, shift: int) -> Path:
    """Every phrase of every topic; what is learned from names the article `shift` further on, what judges the right one."""
    lines = []
    for number, word in enumerate(TOPICS.values()):
        for phrase in PHRASES:
            question = phrase.format(word)
            at = number if Confirmed(question, ()).held_out else (number + shift) % len(TOPICS)
            article = f"第{'一二三四五六七八'[at]}条"
            lines.append({"question": question, "source": "内部规程.txt", "article": article})
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def first(home: Path, question: str) -> str | None:
    """The article that the dense search finds first."""
    index = open_index(load_settings(home))
    index.check_rules()
    ((chunk_id, _),) = index.nearest(index.embedder.encode_query(question), 1)
    article = index.hits([chunk_id])[chunk_id].article
    index.close()
    return article


def test_better_is_used_and_undo_goes_back(filled: Path, tmp_path: Path) -> None:
    """The words of the house are learned, the index fits at once, the pairs are kept; undo restores what was."""
    questions = [phrase.format(word) for word in TOPICS.values() for phrase in PHRASES]
    builtin = [first(filled, question) for question in questions[:16]]
    result = run("adapt", "--pairs", pairs_file(tmp_path / "p.jsonl", 0), "--home", filled, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["installed"]
    assert report["after"]["hit1"] > report["before"]["hit1"]
    assert report["pairs"] + report["held_out"] == len(questions)
    assert load_settings(filled).embedding.model == "model/1"
    learned = [first(filled, question) for question in questions[:8]]
    assert builtin[:8].count("第一条") < 4
    assert learned.count("第一条") >= 7
    assert len(kept(filled)) == len(questions)
    again = run("adapt", "--undo", "--home", filled, "--json")
    assert (again.exit_code, json.loads(again.stdout)) == (0, {"model": "builtin"})
    assert [first(filled, question) for question in questions[:16]] == builtin
    assert not (filled / "model" / "1").exists()
    assert run("adapt", "--undo", "--home", filled).exit_code == 2


def test_worse_changes_nothing(filled: Path, tmp_path: Path) -> None:
    """Pairs that teach the wrong articles make a model that fails on the right ones: exit 1, the home as it was."""
    good = pairs_file(tmp_path / "good.jsonl", 0)
    assert run("adapt", "--pairs", good, "--home", filled).exit_code == 0

    (filled / "asked.jsonl").unlink()  # or the right pairs would be learned along with the wrong ones
    result = run("adapt", "--pairs", pairs_file(tmp_path / "bad.jsonl", 3), "--home", filled, "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert not report["installed"]
    assert report["after"]["mrr10"] < report["before"]["mrr10"]
    assert adapted_models(filled) == ["model/1"]
    assert sorted(path.name for path in (filled / "model").iterdir()) == ["1", "in-use"]
    assert not (filled / "asked.jsonl").exists()
    assert first(filled, "琉璃盏怎么办") == "第一条"


def test_stopped_while_learning_leaves_the_old_model(filled: Path, tmp_path: Path) -> None:
    """An interruption before the switch changes nothing; one while the index is rebuilt is mended by reindex."""
    pairs = pairs_file(tmp_path / "p.jsonl", 0)

    def stop_at(word: str) -> None:
        def say(line: str) -> None:
            if word in line:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            adapt(load_settings(filled), pairs, 5, say)

    stop_at("学习")
    assert adapted_models(filled) == []
    first(filled, "党费收缴")
    stop_at("重建索引")
    assert adapted_models(filled) == ["model/1"]
    with pytest.raises(IndexMismatch):
        first(filled, "党费收缴")
    assert run("reindex", "--home", filled).exit_code == 0
    assert first(filled, "琉璃盏怎么办") == "第一条"


def test_documents_alone_are_judged_by_sentences(home: Path, tmp_path: Path) -> None:
    """Without pairs a fifth of the chunks is set aside; the model is used only if it finds their sentences better."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for n in range(10):
        lines = [
            f"第{a}条　编号{n}{a}{chr(0x4E00 + 37 * n + 11 * k)}{chr(0x5E00 + 13 * k)}的事项应当登记。"
            f"{chr(0x6E00 + 7 * k + n)}{chr(0x5E00 + 13 * k)}类的记录由经办人保存满{k}年。"
            for k, a in enumerate("一二三四五六七八九十")
        ]
        lines += [f"第十{line[1:]}" for line in lines[:9]]
        (folder / f"{n}号办法.txt").write_text(f"第{n}号登记办法\n" + "\n".join(lines), encoding="utf-8")
    assert run("sync", folder, "--home", home).exit_code == 0
    result = run("adapt", "--home", home, "--json")
    report = json.loads(result.stdout)
    assert report["judged_by"] == "documents"
    assert report["held_out"] >= 20
    mean = {when: sum(report[when].values()) for when in ("before", "after")}
    assert report["installed"] == (mean["after"] > mean["before"]) == (result.exit_code == 0)
    assert not kept(home)


def test_too_little_and_own_models_are_refused(filled: Path, tmp_path: Path) -> None:
    """In Chinese, exit 2: few pairs, few documents, a line that is no pair, a model that is not ours."""
    few = tmp_path / "few.jsonl"
    few.write_text(
        '{"question": "党费？", "source": "内部规程.txt", "article": "第一条"}\n', encoding="utf-8"
    )
    assert "问题太少" in run("adapt", "--pairs", few, "--home", filled).stderr
    assert "资料太少" in run("adapt", "--home", filled).stderr
    few.write_text('{"question": "党费？"}\n', encoding="utf-8")
    result = run("adapt", "--pairs", few, "--home", filled)
    assert (result.exit_code, "第 1 行" in result.stderr) == (2, True)
    (filled / "config.toml").write_text('[embedding]\nmodel = "models/own"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="只能调整自带模型"):
        adapt(load_settings(filled), None, 5, print)


def test_confirmed_pairs_merge(tmp_path: Path) -> None:
    """Lines of one question are choices; an evaluation case keeps its items; a case without gold is left out."""
    path = tmp_path / "p.jsonl"
    lines = [
        {"question": "甲", "source": "a.md", "article": "第一条"},
        {"question": "甲", "source": "b.md", "article": "第二条"},
        {"question": "乙", "gold": [[{"source": "a.md", "article": "第一条"}], [{"source": "a.md", "article": "第三条"}]]},
        {"question": "丙", "gold": [], "unanswerable": True},
    ]  # fmt: skip
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    one, two = merged(read_confirmed(path), read_confirmed(path))
    assert one.items == ((Spot("a.md", "第一条"), Spot("b.md", "第二条")),)
    assert [[spot.article for spot in item] for item in two.items] == [["第一条"], ["第三条"]]
    keep(tmp_path, [one, two])
    assert merged(kept(tmp_path)) == [one, two]
