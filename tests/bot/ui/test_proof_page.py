"""The view 校对 without a browser: files and text in, findings shown, suggestions taken, corrected files out."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import docx
import pytest

from bot.compose import Desk
from bot.ui import proof, proofpage
from bot.ui.bench import Bench
from bot.ui.benchwork import write
from bot.ui.draftform import example
from bot.ui.proof import Check

WRONG = "各别党员没有参加党的党的主题教育。\n共有党员12名，其中男党员7名、女党员6名<b>。"
RIGHT = "个别党员没有参加党的主题教育。"


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_findings_are_shown_and_one_is_taken_and_given_back() -> None:
    check = proof.check_text(None, Check(), WRONG)
    assert not check.notice
    assert len(check.findings) >= 3
    page = proofpage.findings(check)
    assert page.count('data-do="accept:') == len(check.offered)
    assert "第 1 段" in page
    assert "资料库没有打开" in page
    assert "&lt;b&gt;" in proofpage.paper(check)
    taken = proof.accept(check, "accept:0")
    assert taken.accepted == {0}
    assert "<del>" in proofpage.paper(taken)
    assert 'aria-pressed="true"' in proofpage.findings(taken)
    assert proof.accept(taken, "accept:0") == check
    for nonsense in ("accept:99", "accept:x", "", "drop"):
        assert proof.accept(check, nonsense) == check


@pytest.mark.parametrize(
    "raw",
    [
        WRONG.encode(),
        ("\ufeff" + WRONG).encode(),
        WRONG.encode("gb18030"),
        WRONG.replace("\n", "\r\n").encode(),
    ],
)
def test_all_suggestions_at_once_and_the_text_that_comes_out(raw: bytes) -> None:
    check = proof.accept(proof.check_file(None, "报告.md", raw), "sure")
    ((name, out),) = proof.results(check)
    assert name == "报告（已校对）.md"
    assert out.decode().startswith(RIGHT)
    assert proof.accept(check, "none").accepted == frozenset()


def test_what_is_in_doubt_is_taken_one_by_one_only() -> None:
    """One press takes what is certain, and keeps a doubt that was taken by itself."""
    check = proof.check_text(None, Check(), "各别党员不参加活动，有的安于现壮，不思进取。")
    kinds = [one.kind for one in check.findings]
    assert kinds == ["slip", "doubt"]
    assert "1 处存疑" in proofpage.findings(check)
    assert proof.accept(check, "sure").accepted == {0}
    assert proof.accept(proof.accept(check, "accept:1"), "sure").accepted == {0, 1}
    only = proof.check_text(None, Check(), "有的安于现壮，不思进取。")
    assert only.offered
    assert 'data-do="sure"' not in proofpage.findings(only)


def test_word_in_word_out() -> None:
    check = proof.accept(proof.check_file(None, "报告.docx", word(WRONG)), "sure")
    files = dict(proof.results(check))
    assert set(files) == {"报告（已校对）.docx", "报告（已校对）.txt"}
    paragraphs = docx.Document(io.BytesIO(files["报告（已校对）.docx"])).paragraphs
    assert paragraphs[0].text == RIGHT
    assert "改好的 Word" in proofpage.findings(check)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", b"no"),
        ("a.pdf", b"%PDF"),
        ("a.txt", b" \n"),
        ("a.txt", b"\xff\xff\x00\x81"),
        ("a.docx", word("")),
    ],
)
def test_what_cannot_be_read_is_told_and_no_other_papers_findings_are_shown(name: str, raw: bytes) -> None:
    after = proof.check_file(None, name, raw)
    assert after.notice
    assert after.hint
    assert (after.findings, after.text, after.name) == ((), "", "")
    assert "dwv-one" not in proofpage.findings(after)
    assert 'role="alert"' in proofpage.notice(after)


def test_nothing_to_proofread() -> None:
    assert "还没有" in proof.check_text(None, Check(), " \n").notice
    assert "还没有草稿" in proof.check_draft(None, Check(), None).notice
    clean = proof.check_text(None, Check(), "会议开了一天。")
    assert "没有发现问题" in proofpage.findings(clean)


def test_a_draft_is_proofread_as_the_word_file_it_will_be(
    desk_over: Callable[[Mapping[str, str]], Desk],
) -> None:
    desk = desk_over({"办法.txt": "值班办法\n第一条　值班员每年轮换。\n"})
    *_, bench = write(desk, None, example(), Bench())
    check = proof.check_draft(desk, Check(), bench.draft)
    assert not check.notice
    assert check.shelf
    assert check.raw is not None
    assert "社区党委下设党支部7个" in check.text
