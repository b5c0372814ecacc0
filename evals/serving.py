"""How soon the page answers: from the command `python -m bot serve` to the first answer with its sources."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from evals.measure import ProgramFailed

_PATIENCE = 120.0  # seconds until we give the page up
_CITED = "[1]"  # what a page shows once the first sentence stands with its source


def first_answer(home: Path, question: str) -> dict[str, float]:
    """Seconds from the start of the command until the page is there, and until the question's first cited sentence.

    Asks as a browser does, over the page's own queue; ProgramFailed when nothing comes in two minutes.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = perf_counter()
    command = [sys.executable, "-X", "utf8", "-m", "bot", "serve", "--home", str(home), "--port", str(port)]
    nowhere = subprocess.DEVNULL
    server = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)
    try:
        address = f"http://127.0.0.1:{port}"
        listener = _listener(_wait_for_page(address, server, begun))
        there = perf_counter() - begun
        while not _answered(address, listener, question):
            _give_up_when_late(server, begun)
            sleep(0.05)
        return {"page_seconds": round(there, 2), "answer_seconds": round(perf_counter() - begun, 2)}
    finally:
        server.terminate()
        server.wait()


def _answered(address: str, listener: int, question: str) -> bool:
    """False while the page still says it is getting ready, or is too busy to say anything."""
    try:
        return any(_CITED in json.dumps(said) for said in _ask(address, listener, question))
    except OSError:
        return False


def _wait_for_page(address: str, server: subprocess.Popen[bytes], begun: float) -> dict[str, Any]:
    while True:
        try:
            config: dict[str, Any] = json.load(_open(f"{address}/config"))
        except OSError:
            _give_up_when_late(server, begun)
            sleep(0.05)
        else:
            return config


def _listener(config: dict[str, Any]) -> int:
    """The number of what listens to the return key in the question box."""
    listeners = (
        one["id"] for one in config["dependencies"] if any(on[1] == "submit" for on in one["targets"])
    )
    number: int = next(listeners)
    return number


def _ask(address: str, listener: int, question: str) -> Iterator[Any]:
    """What the page is told, piece by piece; ends early once the caller has heard enough."""
    talk = secrets.token_hex(6)
    asked = {"data": [question, "", None], "fn_index": listener, "session_hash": talk}
    headers = {"Content-Type": "application/json"}
    _open(Request(f"{address}/gradio_api/queue/join", json.dumps(asked).encode(), headers)).close()  # noqa: S310 - our own server
    with _open(f"{address}/gradio_api/queue/data?session_hash={talk}") as stream:
        for line in stream:
            if line.startswith(b"data:"):
                said = json.loads(line[5:])
                yield said
                if said["msg"] in {"process_completed", "close_stream"}:
                    return


def _open(request: str | Request) -> Any:
    return build_opener(ProxyHandler({})).open(request, timeout=30)  # an office proxy must not see this


def _give_up_when_late(server: subprocess.Popen[bytes], begun: float) -> None:
    if server.poll() is not None:
        raise ProgramFailed(f"网页服务没有启动（退出码 {server.returncode}）。")
    if perf_counter() - begun > _PATIENCE:
        raise ProgramFailed("网页服务两分钟内没有给出回答。")
