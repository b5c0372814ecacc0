"""A language model's server that behaves as it is told, well or badly: real HTTP, the OpenAI protocol, streaming.

It keeps the bytes of every request, so that a test can say what left the machine.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any

from ingest.config import LanguageModelSettings

_LISTED = re.compile(r'<依据 编号="(\d+)" 出处="([^"]*)" 状态="[^"]*">\n')


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the bytes as they came, and what they say."""

    path: str
    headers: Mapping[str, str]
    data: bytes

    @property
    def body(self) -> Mapping[str, Any]:
        said: dict[str, Any] = json.loads(self.data)
        return said

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def evidence(self) -> tuple[tuple[int, str, str], ...]:
        """Number, place and text of each source in the prompt."""
        found = list(_LISTED.finditer(self.user))
        return tuple(
            (int(one[1]), one[2], self.user[one.end() : self.user.index("\n</依据>", one.end())])
            for one in found
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say. `pieces` one event each; `pause` seconds before each; `finish`: the reason given at the end, None: the
    stream ends without one.

    `cut`: the connection breaks after the pieces. `endless`: the last piece is said for ever. `status` other than 200: an
    error with `headers`. `raw`: these bytes instead of events.
    """

    pieces: tuple[str, ...] = ()
    pause: float = 0.0
    finish: str | None = "stop"
    cut: bool = False
    endless: bool = False
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    raw: bytes | None = None


Behave = Callable[[Asked], Reply]


def saying(text: str, size: int = 3, **given: Any) -> Reply:
    """`text` in pieces of `size` characters."""
    return Reply(tuple(text[at : at + size] for at in range(0, len(text), size)), **given)


class ModelServer(ThreadingHTTPServer):
    """Answers as `behave` says; `asked` holds all requests, `stopped` is set when a reader hangs up."""

    daemon_threads = True

    def __init__(self, behave: Behave) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave = behave
        self.asked: list[Asked] = []
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def settings(self, **given: Any) -> LanguageModelSettings:
        """Settings of a desk that asks this server."""
        return LanguageModelSettings.model_validate(
            {"model": "scripted", "base_url": self.url, "first_timeout": 5, "timeout": 10, **given}
        )

    def handle_error(self, *_: object) -> None:
        """A reader that hangs up is no error here."""


@contextmanager
def model_server(behave: Behave) -> Iterator[ModelServer]:
    """A running server, gone afterwards."""
    server = ModelServer(behave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, data)
        self.server.asked.append(asked)
        reply = self.server.behave(asked)
        try:
            if reply.status != 200:
                self._refuse(reply)
            else:
                self._stream(reply)
        except OSError:
            self.server.stopped.set()
            self.close_connection = True

    def _refuse(self, reply: Reply) -> None:
        body = reply.raw or json.dumps({"error": {"message": "refused", "type": "x"}}).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if reply.raw is not None:
            self._chunk(reply.raw)
        else:
            self._event({"role": "assistant", "content": ""})
            for piece in self._pieces(reply):
                if reply.pause and threading.Event().wait(reply.pause):
                    return
                self._event({"content": piece})
            if reply.cut:
                self._break()
                return
            if reply.finish:
                self._event({}, reply.finish)
            self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _pieces(self, reply: Reply) -> Iterable[str]:
        return chain(reply.pieces, repeat(reply.pieces[-1])) if reply.endless else reply.pieces

    def _event(self, delta: Mapping[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self._chunk(b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _break(self) -> None:
        """Resets the connection, as a crashed server does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""
