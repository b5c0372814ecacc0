"""Drafting and proofreading in a real browser: form, draft, a figure's source, a change and its undoing, downloads, findings.

UPDATE_SCREENSHOT=1 also renews docs/images/draft.png.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PATIENCE = 60_000
Served = Callable[[Path, Path], AbstractContextManager[str]]


def open_tab(browser: Browser, address: str, name: str) -> tuple[Page, set[str], list[str]]:
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(PATIENCE)
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2] if "://" in request.url else ""))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    expect(page.locator("#dw-question-box textarea")).to_be_enabled(timeout=PATIENCE)
    page.get_by_role("tab", name=name).click()
    return page, hosts, errors


def downloaded(page: Page, words: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator("#dwd-links, #dwv-findings").get_by_role("link", name=words, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_from_the_form_to_a_draft_to_its_sources_and_back(
    browser: Browser, served: Served, home: Path, root: Path, tmp_path: Path
) -> None:
    with served(home, tmp_path / "serve.log") as address:
        page, hosts, errors = open_tab(browser, address, "起草")
        page.locator("#dwd-write").click()
        expect(page.locator("#dwd-notice [role=alert]")).to_contain_text("标题")
        expect(page.locator("#dwd-notice [role=alert]")).to_be_in_viewport()
        page.locator("#dwd-fill").click()
        expect(page.locator("#dwd-title textarea, #dwd-title input")).to_have_value(
            "星湖社区党委2026年度党建工作情况报告"
        )
        page.locator("#dwd-plan").click()
        expect(page.locator(".dwd-learned")).to_contain_text("参照", timeout=PATIENCE)
        assert page.locator("#dwd-outline textarea").input_value().startswith("一、")
        page.locator("#dwd-basis input").check()
        page.locator("#dwd-write").click()
        expect(page.locator(".dwd-signed")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#dwd-notice [role=alert]")).to_have_count(0)

        page.locator(".dwd-of-fact", has_text="18个").first.click()
        expect(page.locator("#dwd-beside .dwd-given mark")).to_have_text("18个")
        page.locator(".dwd-of-calculated").nth(1).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#dwd-beside .dwd-sum")).to_contain_text("193")
        cited = page.locator(".dwd-section .dwd-source .dwd-tag").first
        cited.click()
        expect(page.locator("#dwd-beside .dw-passage mark")).to_be_in_viewport()
        shot = tmp_path / "draft.png"
        page.screenshot(path=shot, clip={"x": 0, "y": 0, "width": 1280, "height": 760})
        if os.environ.get("UPDATE_SCREENSHOT"):
            (root / "docs" / "images" / "draft.png").write_bytes(shot.read_bytes())

        paper = page.locator(".dwd-paper")
        before = paper.inner_text()
        page.locator("[data-do^='shorter:']").nth(1).click()
        expect(page.locator(".dwd-proposal del").first).to_be_visible()
        page.locator("[data-do=accept]").click()
        expect(page.locator("#dwd-told")).to_contain_text("已采用压缩")
        assert len(paper.inner_text()) < len(before)
        page.locator("#dwd-undo").click()
        expect(page.locator("#dwd-told")).to_contain_text("已撤销")
        assert paper.inner_text() == before
        assert hosts == {address.removeprefix("http://")}
        assert errors == []


def test_own_words_files_a_narrow_page_and_a_kept_draft(
    browser: Browser, served: Served, home: Path, tmp_path: Path
) -> None:
    with served(home, tmp_path / "serve.log") as address:
        page, _, errors = open_tab(browser, address, "起草")
        page.locator("#dwd-fill").click()
        expect(page.locator("#dwd-title textarea, #dwd-title input")).not_to_have_value("")
        page.locator("#dwd-basis input").check()
        page.locator("#dwd-write").click()
        expect(page.locator(".dwd-signed")).to_be_visible(timeout=PATIENCE)
        paper = page.locator(".dwd-paper")
        cited = page.locator(".dwd-section .dwd-source .dwd-tag").first
        page.locator("[data-do^='own:']").nth(1).click()
        words = page.locator("#dwd-editor textarea")
        expect(words).to_be_visible()
        words.fill(words.input_value() + "全年走访企业31家。")
        page.locator("#dwd-keep").click()
        expect(paper).to_contain_text("全年走访企业31家")

        page.locator("#dwd-export").click()
        name, data = downloaded(page, "Word，附引用依据和数据来源")
        assert name == "星湖社区党委2026年度党建工作情况报告.docx"
        assert "全年走访企业31家。" in "".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
        name, data = downloaded(page, "纯文本")
        assert name.endswith(".txt")
        assert "全年走访企业31家。" in data.decode()

        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        cited.click()
        expect(page.locator("#dwd-beside .dw-passage mark")).to_be_in_viewport()
        expect(cited).to_be_in_viewport()
        page.screenshot(path=tmp_path / "narrow.png")
        page.locator("#dwd-beside .dwd-close").click()
        expect(page.locator("#dwd-beside .dw-passage")).to_have_count(0)

        page.reload()
        page.get_by_role("tab", name="起草").click()
        expect(page.locator("#dwd-kept input")).not_to_have_value("")
        page.locator("#dwd-open").click()
        expect(paper).to_contain_text("全年走访企业31家")
        page.locator("#dwd-request > button").click()
        expect(page.locator("#dwd-facts textarea")).to_have_value(re.compile("两新”联合党支部1个"))
        page.get_by_role("tab", name="问答").click()
        expect(page.locator("#dw-question-box textarea")).to_be_visible()
        assert errors == []


def test_what_was_found_goes_back_into_the_draft(
    browser: Browser, served: Served, home: Path, tmp_path: Path
) -> None:
    with served(home, tmp_path / "serve.log") as address:
        page, _, errors = open_tab(browser, address, "起草")
        page.locator("#dwd-fill").click()
        expect(page.locator("#dwd-title textarea, #dwd-title input")).not_to_have_value("")
        page.locator("#dwd-write").click()
        expect(page.locator(".dwd-signed")).to_be_visible(timeout=PATIENCE)
        paper = page.locator(".dwd-paper")
        page.locator("[data-do^='own:']").nth(1).click()
        box = page.locator("#dwd-editor textarea")
        box.fill(box.input_value() + "党员参加党的党的主题教育。")
        page.locator("#dwd-keep").click()
        expect(paper).to_contain_text("党的党的")
        page.locator("#dwd-proof").click()
        expect(page.locator("#dwv-paper")).to_contain_text("党的党的", timeout=PATIENCE)
        expect(page.locator("#dwv-back")).to_be_hidden()
        page.locator(".dwv-one", has_text="党的党的").locator("[data-do^='accept:']").click()
        page.locator("#dwv-back").click()
        expect(page.locator("#dwv-notice [role=status]")).to_contain_text("已把1处改动放回草稿")
        page.get_by_role("tab", name="起草").click()
        expect(paper).not_to_contain_text("党的党的")
        expect(paper).to_contain_text("参加党的主题教育")
        page.locator("#dwd-undo").click()
        expect(paper).to_contain_text("党的党的")
        assert errors == []


def test_a_paper_is_proofread(browser: Browser, served: Served, home: Path, tmp_path: Path) -> None:
    with served(home, tmp_path / "serve.log") as address:
        page, _, errors = open_tab(browser, address, "校对")
        page.locator("#dwv-pasted textarea").fill("各别党员没有参加党的党的主题教育。")
        page.locator("#dwv-start").click()
        cards = page.locator(".dwv-one")
        expect(cards).to_have_count(2, timeout=PATIENCE)
        page.locator("[data-do='accept:0']").click()
        expect(page.locator("#dwv-paper ins")).to_have_count(1)
        page.locator("[data-do=sure]").click()
        expect(page.locator("#dwv-findings [role=status]")).to_contain_text("已采用 2 处")
        _, data = downloaded(page, "改好的文本")
        assert data.decode() == "个别党员没有参加党的主题教育。"

        file = tmp_path / "报告.docx"
        document = docx.Document()
        document.add_paragraph("各别党员没有参加。")
        document.save(str(file))
        page.locator(
            "#dwv-upload input[type=file], input#dwv-upload, input[type=file]"
        ).first.set_input_files(file)
        expect(page.locator("#dwv-paper")).to_contain_text("报告.docx")
        page.locator("[data-do=sure]").click()
        name, data = downloaded(page, "改好的 Word")
        assert name == "报告（已校对）.docx"
        assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "个别党员没有参加。"

        other = tmp_path / "报告.pdf"
        other.write_bytes(b"%PDF-1.4")
        page.locator(
            "#dwv-upload input[type=file], input#dwv-upload, input[type=file]"
        ).first.set_input_files(other)
        expect(page.locator(".toast-body.error")).to_contain_text("这里只能选 .docx")
        broken = tmp_path / "坏的.docx"
        broken.write_bytes(b"no")
        page.locator(
            "#dwv-upload input[type=file], input#dwv-upload, input[type=file]"
        ).first.set_input_files(broken)
        expect(page.locator("#dwv-notice [role=alert]")).to_be_visible()
        expect(page.locator(".dwv-one")).to_have_count(0)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert errors == []
