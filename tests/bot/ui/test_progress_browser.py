"""Drafting with a model that takes its time: the page tells which section is being written, and can be stopped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.testing_model import Asked, Reply, model_server, saying

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PATIENCE = 60_000
Served = Callable[[Path, Path], AbstractContextManager[str]]
PROGRESS = re.compile(r"正在写第 (\d+) 节，共 (\d+) 节")
# Remembers every progress line that the page showed, for it may change between two looks.
WATCH = """() => {
  window.seen = [];
  new MutationObserver(() => {
    for (const said of document.body.innerText.match(/正在写第 \\d+ 节，共 \\d+ 节/g) || [])
      if (window.seen.at(-1) !== said) window.seen.push(said);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def slowly(asked: Asked) -> Reply:
    """The first source in its own words, in pieces with a pause: about a second for a section."""
    text = asked.evidence[0][2] if asked.evidence else "没有"
    return saying(f"{text.rstrip('。；')}[1]。", size=max(1, len(text) // 8), pause=0.12)


def test_the_section_being_written_is_told_and_changes(
    browser: Browser, served: Served, home: Path, tmp_path: Path
) -> None:
    with model_server(slowly) as server:
        (home / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = {json.dumps(server.url)}\n', encoding="utf-8"
        )
        with served(home, tmp_path / "serve.log") as address:
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            expect(page.locator("#dw-question-box textarea")).to_be_enabled(timeout=PATIENCE)
            page.get_by_role("tab", name="起草").click()
            page.locator("#dwd-fill").click()
            expect(page.locator("#dwd-title textarea, #dwd-title input")).not_to_have_value("")
            page.evaluate(WATCH)
            page.locator("#dwd-write").click()
            expect(page.locator("body")).to_contain_text(PROGRESS, timeout=PATIENCE)
            expect(page.locator("#dwd-stop")).to_be_visible()
            expect(page.locator(".dwd-signed")).to_be_visible(timeout=PATIENCE)
            expect(page.locator("body")).not_to_contain_text(PROGRESS)
            expect(page.locator("body")).to_contain_text("模型撰写，逐句核对")
            told = [tuple(map(int, PROGRESS.fullmatch(one).groups())) for one in page.evaluate("window.seen")]  # type: ignore[union-attr]
            numbers = [n for n, _ in told]
            assert len(set(numbers)) >= 3, told
            assert numbers == sorted(numbers), told
            assert len({of for _, of in told}) == 1, told
            assert max(numbers) <= told[0][1]

            page.locator("#dwd-request > button").click()  # the form folds up under the draft
            page.locator("#dwd-write").click()
            expect(page.locator("#dwd-stop")).to_be_visible(timeout=PATIENCE)
            expect(page.locator("body")).to_contain_text(PROGRESS, timeout=PATIENCE)
            page.locator("#dwd-stop").click()
            expect(page.locator("#dwd-told")).to_contain_text("已停止", timeout=PATIENCE)
            expect(page.locator("#dwd-stop")).to_be_hidden()
        assert len(server.asked) >= 3
