"""The demonstration corpus: its manifest is complete, and its digests agree with the official texts."""

import json
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from ingest.embedder.reading import read_folder

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
REGULATIONS = ROOT.parent / "shared" / "data" / "regulations"
needs_regulations = pytest.mark.skipif(
    not REGULATIONS.is_dir(), reason="the official texts (../shared/data/regulations) are not here"
)


def check(corpus: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """check.py on one corpus folder."""
    command = [sys.executable, "-X", "utf8", str(CORPUS / "check.py"), "--corpus", str(corpus), *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=120)


def altered(folder: Path, source: str, old: str, new: str) -> Path:
    """A copy of the corpus in which one sentence of one file says something else."""
    copy = folder / "corpus"
    shutil.copytree(CORPUS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    text = (copy / source).read_text("utf-8")
    assert old in text
    (copy / source).write_text(text.replace(old, new, 1), "utf-8")
    return copy


def test_manifest_is_complete_and_well_formed() -> None:
    result = check(CORPUS)
    assert result.returncode == 0, result.stdout


def test_a_file_the_manifest_does_not_list_is_reported(tmp_path: Path) -> None:
    copy = altered(tmp_path, "manifest.toml", "专题/主题党日.md", "专题/没有.md")
    result = check(copy)
    assert result.returncode == 1
    assert "专题/主题党日.md: not in the manifest" in result.stdout
    assert "专题/没有.md: listed, but no such file" in result.stdout


def test_enough_digests_each_saying_what_it_is() -> None:
    documents = tomllib.loads((CORPUS / "manifest.toml").read_text("utf-8"))["document"]
    digests = [d for d in documents if d["kind"] == "法规摘编"]
    assert len(digests) >= 17
    assert sum(d["kind"] == "专题摘编" for d in documents) >= 5
    notices = [(CORPUS / d["source"]).read_text("utf-8").splitlines()[2] for d in digests]
    assert all(notice.startswith("> ") and "正式" in notice for notice in notices)
    old = [d for d, notice in zip(digests, notices, strict=True) if "取代" in notice]
    assert [d["status"] for d in old] == ["已被取代"]


@needs_regulations
def test_every_fact_agrees_with_its_article() -> None:
    result = check(CORPUS, "--regulations", str(REGULATIONS))
    assert result.returncode == 0, result.stdout


@needs_regulations
@pytest.mark.parametrize(
    ("source", "old", "new", "said"),
    [
        (
            "法规摘编/发展党员工作细则_2026修订.md",
            "五个工作日",
            "七个工作日",
            "第13条: figures not in the source: 7工作日",
        ),
        ("法规摘编/支部工作条例_试行_2018.md", "第三十七条　", "第三十八条　", "第38条 is not in the source"),
        ("法规摘编/党费收缴使用和管理的规定_2008.md", "交1.5%", "交1.8%", "figures not in the source: 1.8%"),
        ("法规摘编/党章_2022修改.md", "党旗是红旗", "党旗可以是红旗", "modal words not in the source: 可以"),
        ("专题/主题党日.md", "管理工作条例》第十六条", "管理工作条例》第九十条", "has no 第九十条"),
    ],
)
def test_a_wrong_fact_is_reported(tmp_path: Path, source: str, old: str, new: str, said: str) -> None:
    result = check(altered(tmp_path, source, old, new), "--regulations", str(REGULATIONS))
    assert result.returncode == 1
    assert said in result.stdout


def _written() -> list[tuple[str, str, str]]:
    lines = (CORPUS / "questions.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]  # type: ignore[misc]


def _pairs(question: str) -> frozenset[str]:
    form = "".join(character for character in question if character.isalnum())
    return frozenset(form[at : at + 2] for at in range(len(form) - 1))


def test_written_questions_are_no_test_questions() -> None:
    """The model learns from them: none may share half its pairs of characters with a question it is measured on."""
    files = [
        ROOT / "evals" / "cases" / f"{name}.jsonl"
        for name in ("colloquial-dev", "colloquial-heldout", "corpus")
    ]
    data = ROOT.parent / "shared" / "data"
    files += [path for path in (data / "quiz" / "dev.jsonl",) if path.is_file()]  # beside some checkouts only
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    if (laws := data / "train" / "stard-train.jsonl").is_file():
        lines += laws.read_text(encoding="utf-8").splitlines()[4::5]  # those held out of training
    tests = [_pairs(json.loads(line)["question"]) for line in lines]
    by_pair: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for test in tests:
        for pair in test:
            by_pair[pair].append(test)
    questions = [question for question, _, _ in _written()]
    assert len(questions) == len(set(questions)) > 10_000
    for question in questions:
        own = _pairs(question)
        near = (test for pair in own for test in by_pair[pair])
        assert all(len(own & test) < len(own | test) / 2 for test in near), question


@needs_regulations
def test_written_questions_point_to_articles_that_exist() -> None:
    data = REGULATIONS.parent
    known = {
        (f"{kind}/{article.source}", article.label)
        for kind in ("laws", "regulations")
        for article in read_folder(data / kind)
    }
    missing = [
        (document, label)
        for _, document, labels in _written()
        for label in labels.split(";")
        if (document, label) not in known
    ]
    assert not missing
