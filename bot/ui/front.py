"""The front page as it leaves the server: its title and language are ours before any script has run.

gradio's own template names no title and says Gradio, with a picture from elsewhere, to programs that show what a link leads to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Told to programs that show a link: what it is called and shows, its maker, a picture.
_TOLD = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^<>]*>')


def renamed(page: bytes, title: str) -> bytes:
    """The page with `title` and nothing of gradio's told of it."""
    head = f'<head><title>{title}</title><meta property="og:title" content="{title}" />'.encode()
    return _TOLD.sub(b"", page).replace(b"<head>", head, 1).replace(b'lang="en"', b'lang="zh-CN"', 1)


class OurFront:
    """Renames the page at `/`; every other answer passes as it is."""

    def __init__(self, app: ASGIApp, title: str) -> None:
        self.app = app
        self.title = title

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        began: list[Message] = []
        body = b""

        async def whole(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                began.append(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            page = renamed(body, self.title)
            headers = [
                (name, value) for name, value in began[0]["headers"] if name.lower() != b"content-length"
            ]
            headers.append((b"content-length", str(len(page)).encode()))
            await send({**began[0], "headers": headers})
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, whole)
