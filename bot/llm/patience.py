"""How long one waits for a language model, how often one asks again, and what is said when that was in vain."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import Any

from bot.errors import ModelFailed

_MINUTE = 60.0
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0
_TOO_MANY = 429
_AGAIN = frozenset({408, 409, _TOO_MANY})
_REASONS = {
    400: ("语言模型服务不接受这个请求", "可能是原文太长：请在 config.toml 的 [llm] 里调小 context；或核对 model 的名称。"),
    401: ("语言模型服务不认这个密钥", "请核对 [llm] 的 api_key（环境变量 DANGWU_LLM__API_KEY）。"),
    403: ("语言模型服务拒绝了请求", "请核对 [llm] 的 api_key 有没有使用这个模型的权限。"),
    404: ("语言模型服务没有这个模型或地址", "请核对 [llm] 的 model 和 base_url（通常以 /v1 结尾）。"),
    429: ("语言模型服务太忙，或者额度用完了", "请过一会儿再问；经常这样的，请在 [llm] 里设 per_minute，或向服务方增加额度。"),
}  # fmt: skip
_BROKEN = ("语言模型服务出错", "请过一会儿再问；仍然这样的，请查看模型服务的日志。")
_ELSEWHERE = (
    "语言模型服务要转到别的地址，没有跟去",
    "请核对 [llm] 的 base_url；确要用别的地址的，请直接写明。",
)
_UNREACHABLE = ("连不上语言模型服务", "请确认模型服务已启动、网络可达，并核对 [llm] 的 base_url。")


class Loop:
    """An event loop in a thread of its own, started with the first that is run on it."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def run(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(self._loop,), name="language model", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self, last: Callable[[], Awaitable[None]] | None = None) -> None:
        """Cancels what still runs, then does `last`; returns when that is done."""
        with self._starting:
            loop, self._loop = self._loop, None
        if loop is not None:
            asyncio.run_coroutine_threadsafe(_end(last), loop).result(timeout=5)
            loop.call_soon_threadsafe(loop.stop)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _end(last: Callable[[], Awaitable[None]] | None) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    if last is not None:
        await last()


class Pace:
    """At most `per_minute` requests in any minute; None: as many as come. Used on one event loop."""

    def __init__(self, per_minute: int | None) -> None:
        self._most = per_minute
        self._begun: deque[float] = deque()

    async def wait(self, longest: float) -> None:
        """Returns when a request may go; ModelFailed when that takes more than `longest` seconds."""
        if self._most is None:
            return
        now = monotonic()
        while self._begun and self._begun[0] <= now - _MINUTE:
            self._begun.popleft()
        at = now if len(self._begun) < self._most else self._begun[-self._most] + _MINUTE
        if at - now > longest:
            raise ModelFailed(
                f"每分钟最多问语言模型 {self._most} 次，这一分钟的用完了。",
                hint="请过一会儿再问，或在 config.toml 的 [llm] 里调大 per_minute。",
            )
        self._begun.append(at)  # taken before the wait, so that two who wait do not take one place
        await asyncio.sleep(at - now)


def again_after(error: Exception, attempt: int) -> float | None:
    """Seconds until it is worth asking again: as the service says (Retry-After), else twice as long each time; None
    where asking again changes nothing.
    """
    status = _status(error)
    if not (_no_connection(error) if status is None else status in _AGAIN or status >= 500):
        return None
    asked_for = _retry_after(error)
    return min(_FIRST_WAIT * 2**attempt, _LONGEST_WAIT) if asked_for is None else asked_for


def told(error: Exception) -> ModelFailed:
    """What failed and what to do, in words; nothing of what was sent or of the key."""
    status = _status(error)
    if status is not None:
        reason, hint = _REASONS.get(status, _ELSEWHERE if 300 <= status < 400 else _BROKEN)
        return ModelFailed(f"{reason}（{status}）。", hint=hint)
    if _no_connection(error):
        return ModelFailed(f"{_UNREACHABLE[0]}。", hint=_UNREACHABLE[1])
    return ModelFailed(f"语言模型的答复看不懂（{type(error).__name__}）。")


def cut_off() -> ModelFailed:
    return ModelFailed("语言模型的回答中途断了。", hint="请检查网络和模型服务的日志，再问一次。")


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _no_connection(error: Exception) -> bool:
    return "Connection" in type(error).__name__ or "Timeout" in type(error).__name__


def _retry_after(error: Exception) -> float | None:
    """Seconds, or a date; what is none counts as not said."""
    said = getattr(getattr(error, "response", None), "headers", {}).get("retry-after")
    if said is None:
        return None
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time())
    except ValueError:
        return None
