"""The promise of the page, in a real browser: ask, see the answer grow, click [1], see the words of the source.

UPDATE_SCREENSHOT=1 also renews docs/images/answer.png, the picture in the README.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

QUESTION = "预备党员的预备期是多长？"
PATIENCE = 60_000  # milliseconds; a busy machine is slow, a broken page is slower
# Without these chromium itself calls home, and the test could not tell its calls from the page's.
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Notes how many sentences the newest answer has, each time it changes.
WATCH = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const turn = document.querySelector('.dw-turn:last-of-type');
    const count = turn ? turn.querySelectorAll('.dw-sentence').length : -1;
    if (window.seen.at(-1) !== count) window.seen.push(count);
  }).observe(document.body, { childList: true, subtree: true });
}"""

# The boxes of talk and sources that scroll inside the page.
SCROLLING = """() => [...document.querySelectorAll('#dw-conversation *, #dw-sources, #dw-sources *, #dw-chips')]
  .filter(box => box.offsetParent && /auto|scroll/.test(getComputedStyle(box).overflow)
    && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
  .map(box => box.className)"""


@contextmanager
def served(home: Path, root: Path, log: Path) -> Iterator[str]:
    """The address of `python -m bot serve` over `home`, stopped with Ctrl+C afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot", "serve", "--home", str(home), "--port", str(port)]
    with log.open("w", encoding="utf-8") as stderr:
        server = subprocess.Popen(command, cwd=root, stdout=stderr, stderr=stderr)
    try:
        deadline = time.monotonic() + PATIENCE / 1000
        while "已就绪" not in log.read_text(encoding="utf-8"):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0, log.read_text(encoding="utf-8")
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield browser
        browser.close()


def open_page(browser: Browser, address: str) -> tuple[Page, set[str], list[str]]:
    """The page once it takes questions, the hosts it asks, and the errors it meets (both still growing)."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(PATIENCE)
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2] if "://" in request.url else ""))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    expect(page.locator("#dw-question-box textarea")).to_be_enabled(timeout=PATIENCE)
    return page, hosts, errors


def ask(page: Page, question: str) -> None:
    page.locator("#dw-question-box textarea").fill(question)
    page.locator("#dw-question-box textarea").press("Enter")


def in_view(page: Page, selector: str) -> bool:
    """Whether the element lies inside the window and inside the box that scrolls it."""
    return bool(
        page.locator(selector).evaluate(
            """element => {
              const box = element.getBoundingClientRect();
              const frame = element.closest('.dw-text').getBoundingClientRect();
              return box.height > 0 && box.top >= Math.max(0, frame.top) - 1
                && box.top < Math.min(window.innerHeight, frame.bottom);
            }"""
        )
    )


def is_narrow_layout(page: Page) -> bool:
    """In a narrow window: the sources stand right below the talk, the question box inside the window."""
    return bool(
        page.evaluate(
            """() => {
              const box = id => document.getElementById(id).getBoundingClientRect();
              const gap = box('dw-sources').top - box('dw-conversation').bottom;
              return gap >= 0 && gap < 40 && box('dw-ask').bottom <= window.innerHeight + 1 && box('dw-ask').top > 0;
            }"""
        )
    )


def test_an_answer_opens_at_the_words_of_its_source(
    browser: Browser, home: Path, root: Path, tmp_path: Path
) -> None:
    """From an empty home: the corpus is synced, the question answered, [1] opened, an earlier [1] opened again."""
    with served(home, root, tmp_path / "serve.log") as address:
        page, hosts, errors = open_page(browser, address)
        page.evaluate(WATCH)
        ask(page, QUESTION)
        expect(page.locator("#t1 .dw-made")).to_be_visible(timeout=PATIENCE)
        assert len(page.evaluate("window.seen")) >= 2, "the answer came in one piece"
        expect(page.locator("#t1 .dw-answer")).to_contain_text("一年")
        expect(page.locator("#dw-question-box textarea")).to_have_value("")

        first = page.locator("#t1 [data-open]").first
        number = first.get_attribute("data-open")
        expect(page.locator("mark:visible")).to_have_count(0)
        first.click()
        mark = f"#p-{number} mark"
        expect(page.locator(mark)).to_be_visible()
        assert in_view(page, mark)
        sentence = page.locator("#t1 .dw-sentence").first.inner_text()
        assert page.locator(mark).inner_text().strip() in sentence
        shot = tmp_path / "answer.png"
        page.screenshot(path=shot)
        assert shot.stat().st_size > 10_000
        if os.environ.get("UPDATE_SCREENSHOT"):
            (root / "docs" / "images" / "answer.png").write_bytes(shot.read_bytes())

        page.locator("#dw-chips button").nth(1).click()
        expect(page.locator("#t2 .dw-made, #t2 .dw-refusal")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(mark)).to_be_hidden()
        page.locator(f"#t1 [data-open={number}]").first.click()
        expect(page.locator(mark)).to_be_visible()

        assert hosts == {address.removeprefix("http://")}
        assert errors == []


def test_a_refusal_a_wrong_date_the_library_and_a_narrow_window(
    browser: Browser, home: Path, root: Path, tmp_path: Path
) -> None:
    with served(home, root, tmp_path / "serve.log") as address:
        page, _, errors = open_page(browser, address)
        ask(page, "红烧肉怎么做才好吃？")
        refusal = page.locator("#t1 .dw-refusal")
        expect(refusal).to_be_visible(timeout=PATIENCE)
        refusal.locator("[data-open]").first.click()
        expect(page.locator(".dw-passage:not([hidden]) mark")).to_be_visible()

        page.locator("#dw-day input, #dw-day textarea").fill("去年")
        ask(page, QUESTION)
        expect(page.locator(".dw-notice")).to_contain_text("去年")
        expect(page.locator("#dw-question-box textarea")).to_have_value(QUESTION)
        expect(page.locator(".dw-turn")).to_have_count(1)

        page.get_by_role("button", name="资料库").click()
        expect(page.locator("#dw-library tbody tr").first).to_be_visible()
        page.set_viewport_size({"width": 420, "height": 860})
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
        page.screenshot(path=tmp_path / "narrow.png", full_page=True)
        assert is_narrow_layout(page)

        page.get_by_role("button", name="清空").click()
        expect(page.locator(".dw-turn")).to_have_count(0)
        assert errors == []

        page.context.set_offline(True)
        ask(page, QUESTION)
        toast = page.locator(".toast-body.error [data-testid=toast-text]").first
        expect(toast).to_contain_text("连接断了", timeout=PATIENCE)
        expect(page.locator("body")).not_to_contain_text("Connection")


def test_a_talk_of_three_turns_and_a_new_topic(
    browser: Browser, home: Path, root: Path, tmp_path: Path
) -> None:
    """A follow-up is answered as it was understood, and shows both; what was answered before still opens."""
    with served(home, root, tmp_path / "serve.log") as address:
        page, _, errors = open_page(browser, address)
        for number, question in enumerate((QUESTION, "谢谢", "能延长吗"), 1):
            ask(page, question)
            expect(page.locator(f"#t{number} .dw-made, #t{number} .dw-refusal")).to_be_visible(
                timeout=PATIENCE
            )
        expect(page.locator("#t3 .dw-question")).to_contain_text("能延长吗")
        expect(page.locator(".dw-understood")).to_have_count(1)
        expect(page.locator("#t3 .dw-understood")).to_have_text("理解为：预备党员的预备期能延长吗")
        expect(page.locator("#t3 .dw-answer")).to_contain_text("延长")
        first = page.locator("#t1 [data-open]").first
        first.click()
        expect(page.locator(f"#p-{first.get_attribute('data-open')} mark")).to_be_visible()

        page.get_by_role("button", name="新话题").click()
        expect(page.locator(".dw-topic")).to_be_visible()
        ask(page, "能延长吗")
        expect(page.locator("#t4 .dw-made, #t4 .dw-refusal")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#t4 .dw-understood")).to_have_count(0)
        expect(page.locator(".dw-turn")).to_have_count(4)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert is_narrow_layout(page)
        page.locator("#t1 [data-open]").first.click()
        expect(page.locator(".dw-passage:visible mark")).to_be_in_viewport()
        assert page.evaluate(SCROLLING) == []
        assert errors == []
