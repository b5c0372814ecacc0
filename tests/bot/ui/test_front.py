"""The page's name in what the server sends, before any script has run."""

from __future__ import annotations

import re
from importlib.resources import files

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.ui.front import OurFront, renamed


def test_gradio_s_own_page_leaves_with_our_title() -> None:
    """Fails when a new gradio writes its head in another way."""
    page = files("gradio").joinpath("templates/frontend/index.html").read_bytes()
    assert b'content="Gradio"' in page
    ours = renamed(page, "党务智答").decode()
    assert re.findall("<title>(.*?)</title>", ours) == ["党务智答"]
    assert 'lang="zh-CN"' in ours
    assert not re.search(r"Gradio\"|Click to try|header-image", ours)


def test_only_the_front_page_is_touched() -> None:
    """And the length it announces is the length it has."""
    html = '<html lang="en"><head><meta property="og:title" content="Gradio" /></head></html>'
    app = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(html)),
            Route("/config", lambda _: PlainTextResponse(html)),
        ]
    )
    client = TestClient(OurFront(app, "党务智答"))
    front = client.get("/")
    assert "<title>党务智答</title>" in front.text
    assert int(front.headers["content-length"]) == len(front.content)
    assert client.get("/config").text == html
