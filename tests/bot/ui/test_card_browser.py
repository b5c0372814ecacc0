"""The card in a real browser: offered for a procedure, opened, dated, downloaded, and narrow."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect, sync_playwright

from ingest.compose import sync_folders
from ingest.config import load_settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PATIENCE = 60_000
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)
RULES = """青禾合作社值班工作办法

第一章 值班员的接收
第一条 申请人应当向值班室提出书面值班申请。
第二条 值班室收到书面值班申请后，应当在一个月内派人同申请人谈话。
第三条 值班室会议讨论通过后，报社务委员会审批，并公示，公示期不少于五个工作日。
第二章 附则
第四条 本办法自发布之日起施行。
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    folder, home = tmp_path_factory.mktemp("shelf"), tmp_path_factory.mktemp("home")
    (folder / "青禾合作社值班工作办法.txt").write_text(RULES, encoding="utf-8")
    assert sync_folders(load_settings(home), [folder]).added == 1
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "serve.log"
    with log.open("w", encoding="utf-8") as stderr:
        command = [sys.executable, "-m", "bot", "serve", "--home", str(home), "--port", str(port)]
        server = subprocess.Popen(command, cwd=root, stdout=stderr, stderr=stderr)
    try:
        deadline = time.monotonic() + PATIENCE / 1000
        while "已就绪" not in log.read_text(encoding="utf-8"):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.send_signal(signal.SIGINT)
        server.wait(30)
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield browser
        browser.close()


def test_a_card_is_offered_opened_dated_and_downloaded(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    """Not for a figure; for a procedure: the table, a fact's words in the article, dates, a calendar that parses, 390 px."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    box = page.locator("#dw-question-box textarea")
    expect(box).to_be_enabled(timeout=PATIENCE)

    def ask(question: str, turn: int) -> None:
        box.fill(question)
        box.press("Enter")
        expect(page.locator(f"#t{turn} .dw-made, #t{turn} .dw-refusal")).to_be_visible(timeout=PATIENCE)

    ask("值班公示期是多少天？", 1)
    offer = page.locator("#dw-card-offer")
    page.wait_for_timeout(500)
    expect(offer).to_be_hidden()

    ask("值班员的接收程序", 2)
    expect(offer).to_be_visible()
    offer.click()
    card = page.locator(".dwc")
    expect(card.locator("tbody tr")).to_have_count(3)
    card.get_by_role("link", name="一个月内").click()
    mark = card.locator("mark:target")
    expect(mark).to_be_visible()
    assert "一个月内" in mark.inner_text()

    page.locator("#dw-card-start input, #dw-card-start textarea").fill("2026-01-31")
    page.get_by_role("button", name="推算日期").click()
    expect(card).to_contain_text("2026-02-28")
    with page.expect_download() as waiting:
        card.get_by_role("link", name="日历 .ics").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert (saved.name[:4], saved.suffix) == ("办理卡-", ".ics")
    events = Calendar.from_ical(saved.read_bytes()).walk("VEVENT")
    assert date(2026, 2, 28) in {event.decoded("dtstart") for event in events}
    page.screenshot(path=tmp_path / "card.png", full_page=True)

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(card.locator("thead")).to_be_hidden()
    assert card.locator("td", has_not_text=re.compile(r"\S")).count() > 0
    for empty in card.locator("td", has_not_text=re.compile(r"\S")).all():
        expect(empty).to_be_hidden()
    page.screenshot(path=tmp_path / "narrow.png", full_page=True)

    page.locator("#dw-card-start input, #dw-card-start textarea").fill("明天")
    page.get_by_role("button", name="推算日期").click()
    expect(card.locator(".dw-notice")).to_contain_text("明天")
    page.get_by_role("button", name="清空").click()
    expect(offer).to_be_hidden()
    expect(card).to_be_hidden()
    assert errors == []
