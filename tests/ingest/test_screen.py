"""The secrecy gate over hand-written heads of documents and hand-written talk about secrecy: none wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.model import Block
from ingest.parse.door import parse
from ingest.parse.lines import Line, lay_out
from ingest.screen import Mark, secrecy_marks

HERE = Path(__file__).parent
BODY = "\n".join(f"第{number}项，支部召开党员大会讨论年度工作，形成会议记录。" for number in range(1, 6))


def cases(name: str) -> list[tuple[str, str]]:
    """Rows `kind TAB text` with kind - for none; line feeds, tabs and zero-width spaces are escaped."""
    rows = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        kind, text = line.split("\t", 1)
        for written, meant in (("\\n", "\n"), ("\\t", "\t"), ("\\u200b", "\u200b")):
            text = text.replace(written, meant)
        rows.append((kind, text))
    return rows


def marks(text: str) -> tuple[Mark, ...]:
    return secrecy_marks(
        text, lay_out([Line(one) for one in text.split("\n") if one.strip()], "txt", {}).blocks
    )


def kinds(text: str) -> set[str]:
    """The kinds found, which must be the same with blocks, without, and with a body below."""
    found = {mark.kind for mark in secrecy_marks(text, ())}
    lined = [line for line in text.split("\n") if line.strip()]
    parsed = lay_out([Line(line) for line in lined], "txt", {})
    marks_ = secrecy_marks(parsed.text, parsed.blocks)
    assert {mark.kind for mark in marks_} == found
    assert all(parsed.text[mark.start : mark.end] == mark.wording for mark in marks_)
    assert {mark.kind for mark in secrecy_marks(f"{text}\n{BODY}", ())} == found
    return found


POSITIVE, NEGATIVE = cases("screen_positive.tsv"), cases("screen_negative.tsv")


def test_there_are_enough_cases() -> None:
    assert len(set(POSITIVE)) == len(POSITIVE) >= 200
    assert len(set(NEGATIVE)) == len(NEGATIVE) >= 200
    assert {kind for kind, _ in POSITIVE} == {"绝密", "机密", "秘密", "内部"}
    assert {kind for kind, _ in NEGATIVE} == {"-"}


@pytest.mark.parametrize(("kind", "text"), POSITIVE)
def test_marks_fire(kind: str, text: str) -> None:
    assert kinds(text) == {kind}


@pytest.mark.parametrize(("kind", "text"), NEGATIVE)
def test_talk_about_secrecy_never_fires(kind: str, text: str) -> None:
    assert kind == "-"
    assert kinds(text) == set()


def test_a_negative_case_below_a_body_does_not_fire_either() -> None:
    for _, text in NEGATIVE:
        assert secrecy_marks(f"{BODY}\n{text}", ()) == (), text


def test_a_mark_says_its_page_and_place() -> None:
    text = "支部工作手册\n第一章 总则。\n机密★1年"
    blocks = (Block(0, 6, page=1), Block(7, 14, page=1), Block(15, 20, page=3))
    assert secrecy_marks(text, blocks) == (Mark("机密", "机密★1年", 3, 15, 20),)


def test_bare_words_count_only_in_the_head() -> None:
    assert kinds(f"机密\n{BODY}") == {"机密"}
    assert kinds(f"{BODY}\n机密\n{BODY}") == set()
    assert kinds(f"{BODY}\n内部资料 注意保存\n{BODY}") == set()


def test_marks_survive_next_to_adverts_and_every_mark_is_listed() -> None:
    text = "仅供学习 禁止外传\n秘密★1年\n东山市文件\n一、情况总体平稳。\n（机密）名单如下。"
    assert [mark.kind for mark in marks(text)] == ["秘密", "机密"]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("folder", "least"), [("laws", 1500), ("regulations", 60), ("reports", 90), ("seeds", 5)]
)
def test_real_public_documents_pass(shared_data: Path, folder: str, least: int) -> None:
    """No public law, regulation, report or seed is held back, as parsed and as cleaned, nor for what stands beside."""
    paths = [
        path for path in sorted((shared_data / folder).rglob("*")) if path.suffix in (".md", ".txt", ".tsv")
    ]
    assert len(paths) >= least
    for path in paths:
        parsed = parse(path.read_bytes(), path.name)
        text, blocks, _ = clean(parsed.text, parsed.blocks)
        assert secrecy_marks(parsed.text, parsed.blocks) == (), path.name
        assert secrecy_marks(text, blocks) == (), path.name
        assert [passage for passage in parsed.aside if secrecy_marks(passage, ())] == [], path.name


@pytest.mark.parametrize(
    "line",
    [
        "机密级计算机不得接入互联网，国家秘密分为绝密、机密、秘密三级。",
        "（" * 40,
        "机密★" * 40,
        "密级：" * 40,
    ],
)
def test_a_long_text_is_screened_fast(line: str) -> None:
    """Linear in the text: 400 KB of lines that hold the words, in a second at most (measured: docs/screening.md)."""
    text = "\n".join([line] * (400_000 // len(line.encode())))
    began = time.process_time()
    secrecy_marks(text, ())
    assert time.process_time() - began < 1.5
