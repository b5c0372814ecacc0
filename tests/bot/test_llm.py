"""A model chooses among the sources' sentences; it can neither write one nor bring the desk down."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.chat import converse
from bot.llm import open_chooser
from bot.model import Answer, Query
from bot.testing import RULES, hit
from ingest.config import LanguageModelSettings

HITS = [
    hit(RULES, "第六条　预备党员的预备期为一年。预备期从支部大会通过之日算起，期满前支部应当听取群众意见。", article="第六条"),
    hit(RULES, "第四条　预备党员由党委批准。", article="第四条", score=0.8),
]  # fmt: skip


class ModelServer(ThreadingHTTPServer):
    """Speaks the OpenAI protocol; says `reply` whatever it is asked, or fails with `status`."""

    reply = "1"
    status = 200
    asked: dict[str, Any] = {}


class Handler(BaseHTTPRequestHandler):
    """One chat completion."""

    server: ModelServer

    def do_POST(self) -> None:
        self.server.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        message = {"role": "assistant", "content": self.server.reply}
        body = {"id": "x", "object": "chat.completion", "created": 0, "model": "m",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}  # fmt: skip
        data = json.dumps(body).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[ModelServer]:
    made = ModelServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def ask(server: ModelServer) -> Answer:
    """One question through the real client."""
    settings = LanguageModelSettings.model_validate(
        {"model": "openai:m", "base_url": f"http://127.0.0.1:{server.server_address[1]}/v1", "api_key": "k"}
    )
    *_, last = converse(
        Query("预备党员的预备期是多长？"), lambda _: HITS, lambda _: RULES, open_chooser(settings)
    )
    return last


def test_what_the_model_chooses_is_shown_in_the_sources_words(server: ModelServer) -> None:
    """The prompt numbers the evidence; the answer holds the chosen sentence verbatim."""
    answer = ask(server)
    offered = server.asked["messages"][1]["content"]
    assert "<原文 编号=1>" in offered
    assert (answer.mode, answer.status) == ("llm", "answered")
    assert all(RULES[c.start : c.end] == c.quote for c in answer.citations)
    assert answer.sentences[0].text in offered.split("编号=1>")[1].split("</原文>")[0]


@pytest.mark.parametrize("reply", ["预备期是三年。[999]", "我认为应当延长", ""])
def test_a_model_that_writes_instead_of_choosing_is_not_shown(server: ModelServer, reply: str) -> None:
    """Invented sentences and unknown numbers never reach the reader; the desk answers without the model."""
    server.reply = reply
    answer = ask(server)
    assert (answer.mode, answer.status) == ("extractive", "answered")
    assert "语言模型" in answer.warnings[0]
    assert not any("三年" in sentence.text for sentence in answer.sentences)


def test_a_model_that_finds_nothing_makes_a_refusal(server: ModelServer) -> None:
    """无 means that none of the evidence answers."""
    server.reply = "无"
    assert ask(server).status == "refused"


def test_a_failing_service_costs_a_notice(server: ModelServer) -> None:
    """Error codes and dead ports: the extractive answer, with a word about it."""
    server.status = 400
    answer = ask(server)
    assert (answer.mode, answer.status) == ("extractive", "answered")
    assert answer.warnings == ("语言模型没有答复。以下为不用模型的原文摘录。",)
