"""An embedding service over real HTTP: what is sent, what a bad reply or a broken service leads to, and the doors."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main as bot
from ingest.__main__ import main as ingest
from ingest.embed import embedding_text, open_embedder
from ingest.encoders.service import Service, ServiceEmbedder
from ingest.errors import EmbedderError
from ingest.testing import HashEmbedder


class Office(ThreadingHTTPServer):
    """POST /v1/embeddings, answered by hashing; `fail` statuses are given first (0: none), `width` and `shape` bend the reply."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.fail: list[int] = []
        self.width, self.shape = 64, "good"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Asked(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        office = self.server
        assert isinstance(office, Office)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        office.asked.append(body)
        office.keys.append(self.headers["Authorization"])
        if office.fail and (status := office.fail.pop(0)):
            self._answer(status, {"error": {"message": "no"}})
        elif self.path != "/v1/embeddings":
            self._answer(404, {"error": {"message": "no such path"}})
        else:
            vectors = HashEmbedder(office.width).encode_documents(body["input"]) * 3  # not of length one
            data = [{"index": n, "embedding": row.tolist()} for n, row in enumerate(vectors)]
            shapes: dict[str, Any] = {
                "good": {"data": data},
                "backwards": {"data": data[::-1]},
                "short": {"data": data[:-1]},
                "odd": {"vectors": data},
            }
            self._answer(200, shapes[office.shape])

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("retry-after-ms", "1")  # a test need not wait
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def service(office: Office, **given: Any) -> ServiceEmbedder:
    return ServiceEmbedder(Service(office.url, given.pop("model", "m"), **given))


def test_texts_go_out_plain_and_in_batches(office: Office) -> None:
    """Words, not token numbers; at most `batch` a request; the key only where one is set."""
    texts = ["党费", "党员", "党章", "支部", "会议"]
    rows = service(office, batch=2, api_key="secret").encode_documents(texts)
    assert [len(body["input"]) for body in office.asked] == [2, 2, 1]
    assert [text for body in office.asked for text in body["input"]] == texts
    assert {body["model"] for body in office.asked} == {"m"}
    assert set(office.keys) == {"Bearer secret"}
    assert rows.shape == (5, 64)
    assert rows.dtype == np.float32
    assert rows == pytest.approx(HashEmbedder().encode_documents(texts), abs=1e-6)


def test_a_key_of_the_environment_is_not_sent(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key meant for another service must not reach this one."""
    monkeypatch.setenv("OPENAI_API_KEY", "for-somebody-else")
    service(office).encode_query("党费")
    assert "for-somebody-else" not in str(office.keys)


@pytest.mark.parametrize(
    ("model", "given", "sent"),
    [
        ("BAAI/bge-large-zh-v1.5", None, "为这个句子生成表示以用于检索相关文章：党费"),
        ("bge-m3", None, "党费"),
        ("BAAI/bge-large-zh-v1.5", "", "党费"),
        ("any", "问：", "问：党费"),
    ],
)
def test_questions_get_their_instruction_and_documents_none(
    office: Office, model: str, given: str | None, sent: str
) -> None:
    """The family's by default, the user's if one is set, "" for none at all."""
    embedder = service(office, model=model, instruction=given)
    embedder.encode_query("党费")
    embedder.encode_documents(["党费"])
    assert [body["input"] for body in office.asked] == [[sent], ["党费"]]


def test_a_full_width_question_is_sent_as_what_is_found_was(office: Office) -> None:
    """Both sides go out in half-width letters and digits, and in Chinese punctuation."""
    embedder = service(office)
    embedder.encode_query("２０２６年，ＡＢ？")
    embedder.encode_documents([embedding_text("甲", (), "２０２６年，ＡＢ？")])
    assert [body["input"] for body in office.asked] == [["2026年，AB？"], ["甲\n2026年，AB？"]]


def test_rows_are_put_in_order(office: Office) -> None:
    """A service may answer out of order; the index says which is which."""
    office.shape = "backwards"
    texts = ["党费", "党员", "党章"]
    assert service(office).encode_documents(texts) == pytest.approx(
        HashEmbedder().encode_documents(texts), abs=1e-6
    )


def test_nothing_is_asked_before_something_is_encoded(office: Office) -> None:
    """So that `status` works while the service is down; and a blank question is never sent."""
    embedder = service(office)
    assert embedder.fingerprint
    assert office.asked == []
    assert embedder.encode_documents([]).shape == (0, 64)
    assert not embedder.encode_query("  ").any()
    assert [body["input"] for body in office.asked] == [["维数"]]


def test_a_passing_failure_is_asked_again(office: Office) -> None:
    """Too busy, then broken, then well."""
    office.fail = [429, 503]
    assert service(office).encode_documents(["党费"]).shape == (1, 64)
    assert len(office.asked) == 3


@pytest.mark.parametrize(
    ("fail", "named", "asked"),
    [([401], "api_key", 1), ([404], "base_url", 1), ([400], "batch", 1), ([503] * 9, "再运行一次", 5)],
)
def test_a_refusal_says_what_to_do(office: Office, fail: list[int], named: str, asked: int) -> None:
    """What cannot get better is asked once."""
    office.fail = fail
    with pytest.raises(EmbedderError) as caught:
        service(office).encode_documents(["党费"])
    assert named in caught.value.hint
    assert len(office.asked) == asked


@pytest.mark.parametrize(("shape", "said"), [("short", "问了 2 条，答了 1 条"), ("odd", "看不懂")])
def test_a_bad_reply_is_named(office: Office, shape: str, said: str) -> None:
    """Too few vectors, or none where they should stand."""
    office.shape = shape
    with pytest.raises(EmbedderError, match=said):
        service(office).encode_documents(["党费", "党员"])


def test_another_width_is_named(office: Office) -> None:
    """The model behind the address was changed while we were asking."""
    embedder = service(office)
    embedder.encode_query("党费")
    office.width = 32
    with pytest.raises(EmbedderError, match="64 维和 32 维"):
        embedder.encode_query("党费")


def test_nobody_there_is_named() -> None:
    """A closed port: the address is in the message."""
    with Office() as server:
        url = server.url
    with pytest.raises(EmbedderError, match=url):
        open_embedder("m", base_url=url).encode_query("党费")


# --- the doors ---


def run(door: Any, *arguments: object) -> Result:
    return CliRunner().invoke(door, [str(argument) for argument in arguments])


def use(home: Path, office: Office | None, model: str = "m") -> None:
    lines = ["[embedding]", f'model = "{model}"', *([f'base_url = "{office.url}"'] if office else [])]
    (home / "config.toml").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "甲办法.txt").write_text(
        "甲办法\n第一条　党费按月交纳。\n第二条　支部按期换届。", encoding="utf-8"
    )
    return folder


def test_a_service_that_fails_in_a_sync_leaves_nothing_half_written(
    office: Office, folder: Path, home: Path
) -> None:
    """The error is Chinese, what was there is still found, and the next sync goes on from there."""
    use(home, office)
    assert run(ingest, "sync", folder, "--home", home).exit_code == 0
    (folder / "乙办法.txt").write_text("乙办法\n第一条　党员参加组织生活。", encoding="utf-8")
    (folder / "甲办法.txt").write_text("甲办法\n第一条　党费按季交纳。", encoding="utf-8")
    office.fail = [503] * 9
    broken = run(ingest, "sync", folder, "--home", home)
    office.fail = []
    assert broken.exit_code == 2
    assert "错误：嵌入服务" in broken.stderr
    assert "怎么办：" in broken.stderr
    assert run(ingest, "doctor", "--home", home).exit_code == 0
    found = json.loads(run(bot, "search", "党费怎么交纳", "--home", home, "--json").stdout)["hits"]
    assert {hit["source"] for hit in found} == {"甲办法.txt"}
    assert "按月" in found[0]["text"]
    after = json.loads(run(ingest, "sync", folder, "--home", home, "--json").stdout)
    assert (after["added"], after["changed"], after["unchanged"]) == (1, 1, 0)
    assert run(ingest, "doctor", "--home", home).exit_code == 0


def test_changing_the_model_asks_for_reindex(office: Office, folder: Path, home: Path) -> None:
    """Both doors refuse with the command to run; after it both work, and its progress was shown."""
    assert run(ingest, "sync", folder, "--home", home).exit_code == 0  # the builtin model
    use(home, office)
    for door, command in ((ingest, ("sync", folder)), (bot, ("search", "党费")), (bot, ("ask", "党费"))):
        refused = run(door, *command, "--home", home)
        assert refused.exit_code == 2
        assert "python -m ingest reindex" in refused.stderr
        assert "向量模型" in refused.stderr
    assert office.asked == []  # nothing was sent before the user agreed to it
    rebuilt = run(ingest, "reindex", "--home", home)
    assert rebuilt.exit_code == 0
    assert "1/1" in rebuilt.stderr
    found = json.loads(run(bot, "search", "支部按期换届", "--home", home, "--json").stdout)["hits"]
    assert found[0]["article"] == "第二条"
    use(home, office, model="another")
    assert run(bot, "search", "党费", "--home", home).exit_code == 2


def test_another_model_behind_the_same_name_is_named(office: Office, folder: Path, home: Path) -> None:
    """Vectors of another length than the index holds: no traceback, and what to run."""
    use(home, office)
    assert run(ingest, "sync", folder, "--home", home).exit_code == 0
    office.width = 32
    (folder / "乙办法.txt").write_text("乙办法\n第一条　党员参加组织生活。", encoding="utf-8")
    for door, command in ((ingest, ("sync", folder)), (bot, ("search", "党费"))):
        told = run(door, *command, "--home", home)
        assert told.exit_code == 2
        assert "长度不同" in told.stderr
        assert "python -m ingest reindex" in told.stderr
    assert run(ingest, "doctor", "--home", home).exit_code == 0  # nothing of the second file is left
    assert run(ingest, "reindex", "--home", home).exit_code == 0
    assert run(ingest, "sync", folder, "--home", home).exit_code == 0


def test_a_reindex_that_breaks_off_is_not_taken_for_done(office: Office, folder: Path, home: Path) -> None:
    """Neither with the new model nor back with the old one; and a service that is down costs nothing."""
    (folder / "乙办法.txt").write_text("乙办法\n第一条　党员参加组织生活。", encoding="utf-8")
    assert run(ingest, "sync", folder, "--home", home).exit_code == 0
    use(home, office)
    office.fail = [503] * 5
    assert run(ingest, "reindex", "--home", home).exit_code == 2
    use(home, None, "builtin")
    assert run(bot, "search", "党费", "--home", home).exit_code == 0  # untouched
    use(home, office)
    office.fail = [0, 0, *[503] * 5]  # the first question and the first document are answered
    broken = run(ingest, "reindex", "--home", home)
    assert (broken.exit_code, "1/2" in broken.stderr, office.fail) == (2, True, [])
    for model in ("m", "builtin"):
        use(home, office if model == "m" else None, model)
        refused = run(bot, "search", "党费", "--home", home)
        assert refused.exit_code == 2
        assert "没有做完" in refused.stderr
        assert "python -m ingest reindex" in refused.stderr
    assert run(ingest, "reindex", "--home", home).exit_code == 0
    assert run(bot, "search", "党费", "--home", home).exit_code == 0
    assert run(ingest, "doctor", "--home", home).exit_code == 0


def test_what_took_long_to_embed_is_not_lost(
    office: Office, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow model's work is committed as time goes by; the next sync embeds only the rest."""
    monkeypatch.setattr("ingest.pipeline._LONGEST_WAIT", 0.0)
    (folder / "乙办法.txt").write_text("乙办法\n第一条　党员参加组织生活。", encoding="utf-8")
    use(home, office)
    office.fail = [0, *[503] * 5]  # the first file is answered
    assert run(ingest, "sync", folder, "--home", home).exit_code == 2
    report = json.loads(run(ingest, "sync", folder, "--home", home, "--json").stdout)
    assert (report["added"], report["unchanged"]) == (1, 1)
