"""清空 while an answer is still being written: the answer stops, the page is empty and stays so, and the next question is answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.testing_model import Asked, Reply, model_server, saying
from ingest.compose import sync_folders
from ingest.config import load_settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PATIENCE = 60_000
RULES = """青禾合作社值班工作办法
第一条 申请人应当向值班室提出书面值班申请。
第二条 值班室收到书面值班申请后，应当在一个月内派人同申请人谈话。
第三条 值班室会议讨论通过后公示，公示期不少于五个工作日。
"""


def slowly(asked: Asked) -> Reply:
    """Each source in its own words, again and again, slowly: some seconds of answer."""
    told = "".join(f"{text.partition(' ')[2].rstrip('。')}[{n}]。" for n, _, text in asked.evidence)
    return saying(told * 4, size=6, pause=0.15)


def test_clear_while_an_answer_streams(
    browser: Browser,
    home: Path,
    folder: Path,
    served: Callable[[Path, Path], AbstractContextManager[str]],
    tmp_path: Path,
) -> None:
    (folder / "青禾合作社值班工作办法.txt").write_text(RULES, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    with model_server(slowly) as server:
        (home / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = {json.dumps(server.url)}\n', encoding="utf-8"
        )
        with served(home, tmp_path / "serve.log") as address:
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            box = page.locator("#dw-question-box textarea")
            expect(box).to_be_enabled(timeout=PATIENCE)
            for _ in range(2):
                box.fill("值班公示期是多少天？")
                box.press("Enter")
                expect(page.locator("#dw-conversation")).to_contain_text(
                    "值班公示期是多少天", timeout=PATIENCE
                )
                assert page.locator(".dw-made").count() == 0, "the answer was done before it could be cleared"
                page.get_by_role("button", name="清空").click()
                expect(page.locator("#dw-conversation")).not_to_contain_text(
                    "值班公示期是多少天", timeout=5_000
                )
                page.wait_for_timeout(4_000)  # what the cancelled answer may still send
                expect(page.locator("#dw-conversation")).not_to_contain_text("值班公示期是多少天")
            box.fill("值班公示期是多少天？")
            box.press("Enter")
            expect(page.locator("#t1 .dw-made, #t1 .dw-refusal")).to_be_visible(timeout=PATIENCE)
