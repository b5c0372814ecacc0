"""The wire to a language model: streaming, with limits of time and pace, stopped when nobody reads on.

The only file that imports LangChain. A model is asked on an event loop of its own, because a request that waits can be
cancelled there at once; whoever asks reads the words from a queue.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from bot.errors import ModelFailed
from bot.llm.patience import Loop, Pace, again_after, cut_off, told
from bot.llm.prompt import Prompt
from ingest.services import stays_inside

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from ingest.config import LanguageModelSettings

# The client insists on a key and would otherwise send whatever OPENAI_API_KEY holds.
_NO_KEY = "none"
_MOST_CHARACTERS = 20_000  # whoever writes more writes for ever
_UNWANTED_ENDS = {"content_filter": "语言模型服务拦下了这个回答。"}


@dataclass(frozen=True)
class LanguageModel:
    """A model that can be asked; many threads may ask at once."""

    settings: LanguageModelSettings
    chat: BaseChatModel
    loop: Loop
    pace: Pace
    http: Any = None  # the client that is ours to close

    def say(self, prompt: Prompt) -> Generator[str, None, None]:
        """What the model writes, in the pieces that come. Raises ModelFailed, at any moment; closing it stops the request."""
        words: SimpleQueue[str | ModelFailed | None] = SimpleQueue()
        asked = self.loop.run(self._tell(prompt, words))
        try:
            while (piece := words.get()) is not None:
                if isinstance(piece, ModelFailed):
                    raise piece
                yield piece
        finally:
            asked.cancel()

    def close(self) -> None:
        """What still runs is stopped."""
        self.loop.close(self.http.aclose if self.http else None)

    async def _tell(self, prompt: Prompt, words: SimpleQueue[str | ModelFailed | None]) -> None:
        """Puts the pieces, then None or what went wrong. Never raises, unless it is cancelled."""
        limit = asyncio.timeout(self.settings.timeout)
        failed: ModelFailed | None = None
        try:
            async with limit, aclosing(self._pieces(prompt)) as pieces:
                async for piece in pieces:
                    words.put(piece)
        except asyncio.CancelledError:
            words.put(None)
            raise
        except ModelFailed as error:
            failed = error
        except Exception as error:  # noqa: BLE001 - whatever a client library raises, the reader gets an answer
            failed = (
                ModelFailed(f"语言模型 {self.settings.timeout:g} 秒内没有写完。", hint=_SLOW)
                if limit.expired()
                else told(error)
            )
        words.put(failed)

    async def _pieces(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        """Asks, and asks again where that may help and nothing was said yet."""
        now = asyncio.get_running_loop().time
        deadline = now() + self.settings.timeout
        attempt, begun = 0, False
        while True:
            await self.pace.wait(self.settings.first_timeout)
            try:
                async with aclosing(self._attempt(prompt)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
            except ModelFailed:
                raise
            except Exception as error:
                if begun:
                    raise cut_off() from error
                wait = again_after(error, attempt) if attempt < self.settings.retries else None
                if wait is None or now() + wait >= deadline:
                    raise
                attempt += 1
            else:
                return
            await asyncio.sleep(wait)

    async def _attempt(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        from langsmith import tracing_context

        silence = self.settings.first_timeout
        finish, length = "", 0
        messages = [("system", prompt.system), ("human", prompt.user)]
        now = asyncio.get_running_loop().time
        limit = asyncio.timeout(silence)
        try:
            # Whatever the environment says, no copy of a prompt goes to a tracing service.
            with tracing_context(enabled=False):
                async with limit, aclosing(self.chat.astream(messages)) as chunks:  # type: ignore[type-var]
                    async for chunk in chunks:
                        limit.reschedule(now() + silence)
                        finish = _finish(chunk.response_metadata) or finish
                        piece = chunk.text
                        length += len(piece)
                        if length > _MOST_CHARACTERS:
                            return
                        if piece:
                            yield piece
                        await asyncio.sleep(
                            0
                        )  # a server that never pauses must not keep the limits from being looked at
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise ModelFailed(f"语言模型 {silence:g} 秒没有动静。", hint=_SLOW) from error
        if not finish:
            raise cut_off()
        if finish in _UNWANTED_ENDS:
            raise ModelFailed(_UNWANTED_ENDS[finish], hint="请换一种问法，或换一个模型。")


def _finish(told: Mapping[str, Any]) -> str:
    """Why a model stopped; each provider has its own word for it."""
    return next(
        (str(told[key]) for key in ("finish_reason", "stop_reason", "done_reason") if told.get(key)), ""
    )


_SLOW = "请检查模型服务是否太忙，或在 config.toml 的 [llm] 里调大 timeout、first_timeout。"


def open_model(settings: LanguageModelSettings) -> LanguageModel:
    """Opens no connection. ModelFailed when LangChain or the provider's package cannot make the model."""
    from langchain.chat_models import init_chat_model

    options = _options(settings)
    try:
        chat = init_chat_model(**options)
    except Exception as error:
        if settings.base_url is None and ":" not in (
            settings.model or ""
        ):  # LangChain guesses a few makers only
            raise ModelFailed(
                f"看不出语言模型 {settings.model} 在哪个服务上。",
                hint="请在 config.toml 的 [llm] 里写 base_url（服务地址），见 docs/models.md。",
            ) from error
        raise ModelFailed(f"语言模型 {settings.model} 打不开：{error}。") from error
    return LanguageModel(settings, chat, Loop(), Pace(settings.per_minute), options.get("http_async_client"))


def _options(settings: LanguageModelSettings) -> dict[str, Any]:
    """We retry and keep time ourselves, where it can be cancelled."""
    key = settings.api_key.get_secret_value() if settings.api_key else None
    options: dict[str, Any] = {
        "model": settings.model,
        "temperature": 0,
        "max_retries": 0,
        "timeout": settings.timeout,
    }
    if settings.base_url is None:
        return options | {"max_tokens": settings.max_tokens} | ({"api_key": key} if key else {})
    from openai import DefaultAsyncHttpxClient

    inside = stays_inside(settings.base_url)
    return options | {
        "model": (settings.model or "").removeprefix("openai:"),
        "model_provider": "openai",
        "base_url": settings.base_url,
        "api_key": key or _NO_KEY,
        "use_responses_api": False,
        # The older name is what every compatible service knows.
        "extra_body": {"max_tokens": settings.max_tokens},
        # What may go to one address goes nowhere else: no redirect is followed, and what stays inside takes no proxy.
        "http_async_client": DefaultAsyncHttpxClient(
            follow_redirects=False, trust_env=not inside, timeout=settings.timeout
        ),
        "openai_proxy": None,
        "stream_chunk_timeout": None,
    }
