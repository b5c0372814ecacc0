"""Chunks are exact pieces of the document, and together they are all of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import ARTICLE_LIMIT, PASSAGE_LIMIT, chunk
from ingest.clean import clean
from ingest.describe import describe
from ingest.model import Chunk, Document, Section
from ingest.outline import outline
from ingest.parse.decode import decode
from ingest.parse.door import parse
from ingest.parse.plain import parse_plain

STOPS = "。：；"  # a heading's own stop is not part of its path
INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")


def squeezed(text: str) -> str:
    """The characters that are not white space."""
    return "".join(text.translate(INVISIBLE).split())


def cut(data: bytes, name: str) -> tuple[Document, list[Section], list[Chunk], str]:
    """A document, its outline, its chunks, and the raw text that the parser gave."""
    parsed = parse(data, name) if name.endswith(".md") else parse_plain(decode(data))
    text, blocks, dropped = clean(parsed.text, parsed.blocks)
    document = Document("d", name, text, blocks, describe(text, blocks, name), parsed.format, "", dropped)
    sections = outline(text, blocks)
    return document, sections, chunk(document, sections), parsed.text


def assert_nothing_lost(document: Document, sections: list[Section], chunks: list[Chunk], raw: str) -> None:
    """Raw text = cleaned text + dropped; cleaned text = chunks + heading lines."""
    dropped = "".join(item.text for item in document.dropped)
    assert sorted(squeezed(raw)) == sorted(squeezed(document.text + dropped))
    assert all(piece.text == document.text[piece.span.start : piece.span.end] for piece in chunks)
    assert all(a.span.end <= b.span.start for a, b in pairwise(chunks))
    edges = [
        0,
        *(edge for piece in chunks for edge in (piece.span.start, piece.span.end)),
        len(document.text),
    ]
    between = "".join(document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    headings = {squeezed(section.heading).rstrip(STOPS) for section in sections}
    lines = [squeezed(line).rstrip(STOPS) for line in between.split("\n")]
    assert [line for line in lines if line and line not in headings] == []


@pytest.mark.shared_data
@pytest.mark.parametrize("folder", ["laws", "seeds", "regulations", "reports"])
def test_no_character_of_real_documents_is_lost(shared_data: Path, folder: str) -> None:
    """Over every real document: nothing is lost from the file to its chunks but the adverts that are listed."""
    paths = [path for path in sorted((shared_data / folder).rglob("*")) if path.suffix in (".md", ".txt")]
    assert len(paths) >= 5
    for path in paths:
        assert_nothing_lost(*cut(path.read_bytes(), path.name))


LINES = st.sampled_from(
    ["第一章　总则", "第一条　为了规范。", "第二条　包括：", "（一）甲；", "依照本条例第八条办理，", "第八条的规定。", "一、工作", "一是抓紧。二是抓实。",
     "（二）乙。" * 90, "1.安排", "　　正文段落。", "会员群：   免费QQ群：", "仅供学习 禁止外传", "酷乐文行", "无标点" * 200, "附件"]
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=25))
def test_no_character_of_any_document_is_lost(lines: list[str]) -> None:
    """The same over documents put together at random from everything that means something to the rules."""
    assert_nothing_lost(*cut("\n".join(lines).encode(), "x.txt"))


@given(st.lists(LINES, min_size=1, max_size=25))
def test_chunks_are_within_size(lines: list[str]) -> None:
    """No chunk is longer than its limit by more than one unbroken unit."""
    _, _, chunks, _ = cut("\n".join(lines).encode(), "x.txt")
    assert all(len(piece.text) <= 2 * max(ARTICLE_LIMIT, PASSAGE_LIMIT) for piece in chunks)


def test_an_article_is_one_chunk_with_its_label_and_chapter() -> None:
    """Label, heading path, and the section to open."""
    _, _, chunks, _ = cut("第一章　总则\n第一条　甲：\n（一）乙。\n第二条　丙。".encode(), "x.txt")
    assert [(c.article, c.heading_path, c.part) for c in chunks] == [
        ("第一条", ("第一章 总则",), 0),
        ("第二条", ("第一章 总则",), 0),
    ]
    assert chunks[0].text == "第一条　甲：\n（一）乙。"


def test_a_long_article_is_cut_at_its_items_and_keeps_its_parent() -> None:
    """Pieces are numbered from 1 and know the whole article."""
    items = "\n".join(f"（{n}）" + "党员应当按期交纳党费。" * 12 for n in "一二三四五六七八九十")
    document, _, chunks, _ = cut(f"第一条　包括：\n{items}\n第二条　乙。".encode(), "x.txt")
    parts = [piece for piece in chunks if piece.article == "第一条"]
    assert [piece.part for piece in parts] == list(range(1, len(parts) + 1))
    assert len(parts) > 1
    assert all(piece.text.startswith(("第一条", "（")) for piece in parts)
    assert {document.text[p.section_start : p.section_end][:3] for p in parts} == {"第一条"}
    assert {(p.section_start, p.section_end) for p in parts} == {(parts[0].span.start, parts[-1].span.end)}


def test_a_report_is_cut_at_its_headings_and_points() -> None:
    """一、（一） give the path; a long passage is cut before 一是, 二是."""
    points = "".join(
        f"{n}是抓实组织生活。" + "全年开展主题党日活动，党员参与率稳步提高。" * 14 for n in "一二三"
    )
    _, _, chunks, _ = cut(f"报告\n一、工作情况\n（一）抓实组织。{points}\n二、打算\n继续。".encode(), "x.txt")
    inside = [piece for piece in chunks if piece.heading_path == ("一、工作情况", "（一）抓实组织")]
    assert [piece.text[:2] for piece in inside] == ["（一", "二是", "三是"]
    assert chunks[-1].heading_path == ("二、打算",)
    assert chunks[0].heading_path == ()
