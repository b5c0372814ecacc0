"""A citation names the page on which its quote begins, not the one on which its section does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot.compose import Desk, open_desk
from ingest.__main__ import main
from ingest.compose import sync_folders
from ingest.config import load_settings

HEAD = [
    "青山市见习人员管理办法",
    "第一条 为了加强和规范见习人员的管理，制定本办法。",
]
BODY = (
    "第二条 见习人员的考核，由人事部门会同指导老师按照下列规定办理，考核的结果记入本人的档案。见习人员每月提交一份书面总结，"
    "由指导老师签署意见，交给人事部门保存，保存的期限不得少于三年。指导老师每季度同见习人员谈一次话，了解思想和工作情况，"
    "谈话的记录由人事部门归档，不得涂改。考核不合格的，延长见习期六个月，延长以一次为限，延长以后仍然不合格的，终止见习，并且书面通知本人。"
)
LINES = [BODY[at : at + 25] for at in range(0, len(BODY), 25)]
# The article's first line is the last of its page, and a sentence crosses from the second page to the third.
PAGES = [[*HEAD, LINES[0]], LINES[1:4], LINES[4:]]


def pdf_of(pages: list[list[str]], path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), invariant=True)
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(72, 750 - 24 * number, line)
        canvas.showPage()
    canvas.save()


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    pdf_of(PAGES, folder / "办法.pdf")
    (folder / "说明.txt").write_text("食堂管理说明\n一、食堂每天供应三餐，周末照常。", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("home")
    sync_folders(load_settings(home), [papers])
    opened = open_desk(home)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("见习人员的考核按照什么规定办理？", 1),
        ("见习人员每月提交什么？", 2),
        ("指导老师每季度同见习人员做什么？", 2),
        ("考核不合格的延长见习期多久？", 3),
    ],
)
def test_the_page_of_a_citation_is_where_its_quote_begins(
    desk: Desk, papers: Path, question: str, page: int
) -> None:
    """As a reader who turns the PDF's pages finds it; the section begins on page 1 for each of them."""
    answer = desk.ask(question)
    first = answer.citations[0]
    assert (first.source, first.article, first.page) == ("办法.pdf", "第二条", page)
    with closing(pypdfium2.PdfDocument(papers / "办法.pdf")) as document:
        for citation in answer.citations:
            assert citation.page is not None
            printed = bare(document[citation.page - 1].get_textpage().get_text_bounded())
            assert bare(citation.quote)[:8] in printed, citation.quote


def test_a_hit_has_the_page_where_its_chunk_begins(desk: Desk) -> None:
    hits = {hit.article: hit for hit in desk.search("考核不合格的延长见习期多久？") if hit.article}
    assert (hits["第二条"].page, "延长见习期" in hits["第二条"].text) == (1, True)


def test_a_page_is_told_for_every_place_of_a_document_with_pages(desk: Desk) -> None:
    """A paragraph over a page break changes its page in its middle; a text file has no pages, and a stranger neither."""
    rules = next(row for row in desk.index.documents() if row.source == "办法.pdf")
    note = next(row for row in desk.index.documents() if row.source == "说明.txt")
    text = desk.index.text(rules.id)
    assert BODY in text  # made whole again across both page breaks
    at = text.index("习人员谈一次话")
    assert [desk.index.page_at(rules.id, place) for place in (0, at - 1, at, len(text))] == [1, 2, 3, 3]
    assert desk.index.page_at(note.id, 5) is None
    assert desk.index.page_at("0" * 16, 5) is None


def test_show_names_the_first_and_the_last_page_of_each_chunk(desk: Desk) -> None:
    home = str(desk.settings.home)
    shown = CliRunner().invoke(main, ["show", "办法.pdf", "--home", home, "--json"], standalone_mode=False)
    chunks = json.loads(shown.stdout)["chunks"]
    assert [(one["article"], one["page"], one["last_page"]) for one in chunks][-1] == ("第二条", 1, 3)
    printed = CliRunner().invoke(main, ["show", "办法.pdf", "--home", home], standalone_mode=False)
    assert "第二条 第 1–3 页" in printed.stdout
    plain = CliRunner().invoke(main, ["show", "说明.txt", "--home", home], standalone_mode=False)
    assert "页" not in plain.stdout
