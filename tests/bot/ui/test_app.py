from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.ui.app import address_of
from bot.ui.offline import POLICY, OnlyThisServer

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


def run(root: Path, code: str) -> str:
    """What `code` prints in a fresh Python; these tests are about what is imported when."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:7860"),
        ("0.0.0.0", "http://127.0.0.1:7860"),
        ("::1", "http://[::1]:7860"),
        ("dangwu.local", "http://dangwu.local:7860"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, address: str) -> None:
    assert address_of(host, 7860) == address


def test_a_home_that_cannot_be_used_is_told_before_gradio_is_loaded(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code = (
        "import sys; from pathlib import Path; from bot.ui.app import serve; from ingest.errors import HomeError\n"
        f"try: serve(Path({str(tmp_path / 'file' / 'home')!r}), '127.0.0.1', 1)\n"
        "except HomeError as error: print(bool(error.hint), 'gradio' in sys.modules)"
    )
    assert run(root, code) == "True False"


def test_gradio_writes_no_stubs_and_still_makes_a_page(root: Path) -> None:
    """Fails when a new gradio moves its stub writer: then the start is slow again and quickstart.py wants a look."""
    code = (
        "from bot.ui.quickstart import without_stub_writer\n"
        "with without_stub_writer(): import gradio.component_meta as meta\n"
        "from bot.ui.app import build; from bot.ui.opening import Doorway\n"
        "print(meta.create_or_modify_pyi.__module__, len(build(Doorway(lambda tell: None)).fns))"
    )
    module, listeners = run(root, code).split()
    assert module == "bot.ui.quickstart"
    assert int(listeners) >= 4


def test_every_answer_of_the_server_carries_the_policy() -> None:
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b"x"})

    sent: list[Message] = []

    async def note(message: Message) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {}

    asyncio.run(OnlyThisServer(page)({"type": "http"}, receive, note))
    assert sent[0]["headers"] == [(b"a", b"b"), (b"content-security-policy", POLICY.encode())]
    assert sent[1]["body"] == b"x"
    assert "http" not in POLICY
