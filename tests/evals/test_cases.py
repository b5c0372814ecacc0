"""The case file of the demonstration corpus is true of the corpus: every gold place exists and holds the answer."""

import datetime
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import Table

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "evals/cases/corpus.jsonl").read_text("utf-8").splitlines()
]
ANSWERABLE = [case for case in CASES if not case["unanswerable"]]
DOCUMENTS: dict[str, dict[str, Any]] = {
    entry["source"]: entry
    for entry in tomllib.loads((CORPUS / "manifest.toml").read_text("utf-8"))["document"]
}
_NUMBER = "[一二三四五六七八九十百零]+"
_ARTICLE = re.compile(rf"第{_NUMBER}条[ \u3000]")
# A Markdown mark before a heading is not part of the heading.
_SECTION = re.compile(rf"(?:#+ )?{_NUMBER}、")


def lines_of(source: str) -> list[str]:
    """The document's lines in reading order, a table row as one line; text files are UTF-8, else GB18030."""
    path = CORPUS / source
    if path.suffix == ".docx":
        lines: list[str] = []
        for block in docx.Document(str(path)).iter_inner_content():
            if isinstance(block, Table):
                lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                lines.append(block.text)
        return lines
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return raw.decode("gb18030").splitlines()


def text_at(place: dict[str, Any]) -> str:
    """The text of one gold place, from its heading to the next of its kind; empty where there is no such heading."""
    heading = _ARTICLE if place["article"] else _SECTION
    wanted = place["article"] or place["section"]
    found: list[str] = []
    for line in lines_of(place["source"]):
        if heading.match(line) or line.startswith("#"):
            if found:
                break
            here = line.removeprefix("## ")
            if here == wanted or (place["article"] and here.startswith((f"{wanted} ", f"{wanted}\u3000"))):
                found.append(line)
        elif found:
            found.append(line)
    return "\n".join(found)


def test_there_are_enough_cases_and_no_id_twice() -> None:
    """At least 60 cases, 15 of them unanswerable and 4 asked of an earlier day; ids and questions are unique."""
    assert len(CASES) >= 60
    assert len(CASES) - len(ANSWERABLE) >= 15
    assert sum("as_of" in case for case in CASES) >= 4
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert len({(case["question"], case.get("as_of")) for case in CASES}) == len(CASES)


def test_only_unanswerable_cases_are_without_gold() -> None:
    """Gold and an expected wording belong to every answerable case and to no other."""
    for case in CASES:
        assert bool(case["gold"]) == bool(case["answer_contains"]) == (not case["unanswerable"]), case["id"]
        assert all(case["gold"]), f"{case['id']}: evidence without a place"


@pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case["id"])
def test_gold_places_hold_the_answer(case: dict[str, Any]) -> None:
    """Every place exists. What an evidence's first place says of the answer, each alternative says too, in the
    same characters, so that an answer from any of them is right; together the evidences say all of it.
    """
    said: set[str] = set()
    for alternatives in case["gold"]:
        texts = []
        for place in alternatives:
            assert place["source"] in DOCUMENTS
            texts.append(text_at(place))
            assert texts[-1], f"no such heading: {place}"
        first = {wording for wording in case["answer_contains"] if wording in texts[0]}
        assert first, f"the first place says nothing of the answer: {alternatives[0]}"
        for place, text in zip(alternatives, texts, strict=True):
            assert not [wording for wording in first if wording not in text], place
        said |= first
    assert said == set(case["answer_contains"])


@pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case["id"])
def test_gold_was_in_force_on_the_day_asked(case: dict[str, Any]) -> None:
    """Without a day, gold is in force today; with one, gold is of that day or before."""
    for place in (place for alternatives in case["gold"] for place in alternatives):
        document = DOCUMENTS[place["source"]]
        if "as_of" in case:
            assert document["date"] <= datetime.date.fromisoformat(case["as_of"])
            successor = DOCUMENTS.get(document.get("superseded_by", ""))
            assert successor is None or successor["date"] > datetime.date.fromisoformat(case["as_of"])
        else:
            assert document["status"] == "现行"


@pytest.mark.parametrize("source", [source for source in DOCUMENTS if source.startswith("本单位/")])
def test_local_documents_open_with_their_title_and_close_as_fiction(source: str) -> None:
    """The manifest's title is the first line; the last line says that all of it is invented."""
    lines = [line for line in lines_of(source) if line.strip()]
    assert lines[0] == DOCUMENTS[source]["title"]
    assert lines[-1] == "（本文为演示用虚构材料，单位、人员、数据均为虚构）"
