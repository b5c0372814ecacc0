"""The wire, against a real server that behaves badly: what is sent, how long is waited, what is said of a failure."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import ModelFailed
from bot.llm.client import LanguageModel, open_model
from bot.llm.prompt import Prompt
from bot.testing_model import Asked, ModelServer, Reply, model_server, saying
from ingest.config import LanguageModelSettings

PROMPT = Prompt("规则", "问题")
GOOD = saying("预备期为一年[1]。")


def in_turn(*replies: Reply) -> Callable[[Asked], Reply]:
    """One after the other; the last for ever."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def heard(server: ModelServer, **given: Any) -> str:
    model = open_model(server.settings(**given))
    try:
        return "".join(model.say(PROMPT))
    finally:
        model.close()


def failure(reply: Reply, **given: Any) -> ModelFailed:
    with model_server(lambda _: reply) as server, pytest.raises(ModelFailed) as caught:
        heard(server, **given)
    return caught.value


def test_what_is_sent_is_what_the_protocol_says() -> None:
    with model_server(lambda _: GOOD) as server:
        assert heard(server, api_key="geheim", max_tokens=77) == "预备期为一年[1]。"
        (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == "Bearer geheim"
    body = asked.body
    assert body["model"] == "scripted"
    assert body["stream"] is True
    assert (body["temperature"], body["max_tokens"]) == (0, 77)
    assert [(one["role"], one["content"]) for one in body["messages"]] == [
        ("system", "规则"),
        ("user", "问题"),
    ]


@pytest.mark.parametrize("name", ["openai:qwen2.5:7b", "qwen2.5:7b"])
def test_a_service_is_told_its_own_name_of_the_model(name: str) -> None:
    """Colons are part of names; only LangChain's own prefix is not."""
    with model_server(lambda _: GOOD) as server:
        heard(server, model=name)
        assert server.asked[0].body["model"] == "qwen2.5:7b"


def test_another_services_key_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the traffic led elsewhere by what other programs have in the environment."""
    with model_server(lambda _: GOOD) as other, model_server(lambda _: GOOD) as server:
        monkeypatch.setenv("OPENAI_API_KEY", "anderswo")
        monkeypatch.setenv("OPENAI_BASE_URL", other.url)
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"):
            monkeypatch.setenv(name, other.url)
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", other.url)
        heard(server)
        time.sleep(0.5)  # a tracer would send in the background
        assert other.asked == []
        assert "anderswo" not in json.dumps(dict(server.asked[0].headers))


def test_the_first_words_come_before_the_last_are_written() -> None:
    with model_server(lambda _: saying("预备期为一年[1]。", pause=0.3)) as server:
        model = open_model(server.settings())
        begun = time.perf_counter()
        words = model.say(PROMPT)
        next(words)
        first = time.perf_counter() - begun
        list(words)
        whole = time.perf_counter() - begun
        model.close()
    assert first < whole - 0.5


@pytest.mark.parametrize(
    ("reply", "reason", "advice"),
    [
        (Reply(status=400), "不接受这个请求（400）", "context"),
        (Reply(status=401), "不认这个密钥（401）", "api_key"),
        (Reply(status=403), "拒绝了请求（403）", "权限"),
        (Reply(status=404), "没有这个模型或地址（404）", "base_url"),
        (Reply(status=429, headers={"Retry-After": "0"}), "太忙", "per_minute"),
        (Reply(status=500, headers={"Retry-After": "0"}), "出错（500）", "日志"),
        (saying("预备期为", cut=True), "中途断了", "网络"),
        (saying("预备期为一年。", finish=None), "中途断了", "网络"),
        (saying("预备期为", finish="content_filter"), "拦下了", "换一种问法"),
        (Reply(raw=b"data: {not json\n\n"), "看不懂", "config.toml"),
        (Reply(raw=b"<html>busy</html>"), "看不懂", "config.toml"),
    ],
)
def test_each_failure_says_what_it_is_and_what_to_do(reply: Reply, reason: str, advice: str) -> None:
    error = failure(reply, retries=1)
    assert reason in str(error)
    assert advice in error.hint


def test_nobody_there() -> None:
    with model_server(lambda _: GOOD) as server:
        gone = server.settings(retries=0)
    model = open_model(gone)
    with pytest.raises(ModelFailed, match="连不上"):
        list(model.say(PROMPT))
    model.close()


def test_a_name_that_tells_no_service() -> None:
    """The reader is told what to write and not shown the list of LangChain's makers."""
    with pytest.raises(ModelFailed, match="看不出") as caught:
        open_model(LanguageModelSettings(model="qwen-plus"))
    assert "Supported" not in str(caught.value)
    assert "base_url" in caught.value.hint


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_pass_is_asked_again_as_the_service_says(status: int) -> None:
    """Retry-After in seconds, and the wait is kept."""
    replies = in_turn(Reply(status=status, headers={"Retry-After": "0.4"}), GOOD)
    with model_server(replies) as server:
        begun = time.perf_counter()
        assert heard(server, retries=1) == "预备期为一年[1]。"
        assert time.perf_counter() - begun >= 0.4
        assert len(server.asked) == 2


def test_without_a_word_from_the_service_the_wait_grows() -> None:
    with model_server(in_turn(Reply(status=500), Reply(status=500), GOOD)) as server:
        begun = time.perf_counter()
        heard(server, retries=2)
        assert time.perf_counter() - begun >= 1.5  # half a second and a whole one


def test_a_wait_longer_than_the_answer_may_take_is_not_begun() -> None:
    begun = time.perf_counter()
    error = failure(Reply(status=429, headers={"Retry-After": "3600"}))
    assert "429" in str(error)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("status", [400, 401, 404])
def test_what_is_refused_for_good_is_not_asked_again(status: int) -> None:
    with model_server(lambda _: Reply(status=status)) as server, pytest.raises(ModelFailed):
        try:
            heard(server, retries=3)
        finally:
            assert len(server.asked) == 1


def test_half_an_answer_is_not_asked_for_again() -> None:
    """The reader may have seen it."""
    with model_server(in_turn(saying("预备期为一年[1]。后", cut=True), GOOD)) as server:
        with pytest.raises(ModelFailed, match="中途断了"):
            heard(server)
        assert len(server.asked) == 1


def test_a_service_that_says_nothing_is_waited_for_so_long() -> None:
    begun = time.perf_counter()
    assert "0.4 秒没有动静" in str(failure(saying("预备期", pause=3), first_timeout=0.4))
    assert time.perf_counter() - begun < 2


def test_a_service_that_is_slow_is_waited_for_so_long() -> None:
    begun = time.perf_counter()
    assert "0.8 秒内没有写完" in str(failure(saying("预备期" * 50, pause=0.2), timeout=0.8))
    assert time.perf_counter() - begun < 2


def test_empty_words_for_ever_end_with_the_time() -> None:
    """A server that never pauses keeps no limit from being looked at."""
    assert "没有写完" in str(failure(Reply(("",), endless=True), timeout=1))


def test_words_for_ever_end_by_themselves() -> None:
    with model_server(lambda _: Reply(("预备期为一年",), endless=True)) as server:
        assert len(heard(server)) <= 20_000


def test_who_stops_reading_stops_the_request() -> None:
    with model_server(lambda _: Reply(("预备期",), pause=0.05, endless=True)) as server:
        model = open_model(server.settings())
        words = model.say(PROMPT)
        next(words)
        words.close()
        assert server.stopped.wait(3)
        model.close()


def test_closing_the_model_stops_what_runs() -> None:
    """Nobody waits for ever, and no thread is left."""
    with model_server(lambda _: Reply(("预备期",), pause=0.05, endless=True)) as server:
        model = open_model(server.settings())
        words = model.say(PROMPT)
        next(words)
        model.close()
        list(words)
        assert server.stopped.wait(3)
    time.sleep(0.1)
    assert not [one for one in threading.enumerate() if one.name == "language model"]


def test_no_redirect_is_followed() -> None:
    """What may go to one address goes nowhere else."""
    with model_server(lambda _: GOOD) as other:
        moved = Reply(status=307, headers={"Location": f"{other.url}/chat/completions"})
        error = failure(moved)
        assert "转到别的地址" in str(error)
        assert other.asked == []


def test_no_more_requests_a_minute_than_the_setting_says() -> None:
    """Who would have to wait too long is told so at once, and nothing is sent."""
    with model_server(lambda _: GOOD) as server:
        model = open_model(server.settings(per_minute=2, first_timeout=0.5))
        for _ in range(2):
            list(model.say(PROMPT))
        with pytest.raises(ModelFailed, match="每分钟最多问语言模型 2 次"):
            list(model.say(PROMPT))
        assert len(server.asked) == 2
        model.close()


def test_two_may_ask_at_once() -> None:
    with model_server(lambda asked: saying(f"{asked.user}[1]。", pause=0.1)) as server:
        model = open_model(server.settings())
        told: dict[str, str] = {}

        def ask(question: str) -> None:
            told[question] = "".join(model.say(Prompt("规则", question)))

        threads = [threading.Thread(target=ask, args=(f"问题{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        model.close()
    assert told == {f"问题{n}": f"问题{n}[1]。" for n in range(4)}


def test_a_provider_that_is_not_installed_is_said_at_once() -> None:
    from ingest.config import LanguageModelSettings

    with pytest.raises(ModelFailed, match="打不开"):
        open_model(LanguageModelSettings(model="nosuch:model"))


def test_a_model_that_nobody_asks_starts_nothing() -> None:
    with model_server(lambda _: GOOD) as server:
        model: LanguageModel = open_model(server.settings())
        model.close()
        assert server.asked == []
