"""A language model's part: it chooses which of the sources' sentences answer, and in which order. It writes nothing.

So whatever the model says, every sentence shown is the source's own and every citation opens at it.
The only file that imports LangChain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.errors import ModelFailed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from ingest.config import LanguageModelSettings

_MOST_CHOSEN = 5
_MOST_CHARACTERS = 600  # of one piece of evidence; the reader still gets it whole


def open_chooser(settings: LanguageModelSettings) -> Callable[[str, Sequence[str]], list[int]]:
    """A function from a question and numbered texts to the indices (from 0) of those that answer it, best first.

    Raises ModelFailed when the provider's package is missing, here; when the model does not answer, later.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {
        "base_url": settings.base_url,
        "timeout": settings.timeout,
        "max_retries": 1,
        "temperature": 0,
    }
    if settings.api_key is not None:
        options["api_key"] = settings.api_key.get_secret_value()
    try:
        model = init_chat_model(
            settings.model or "", **{key: value for key, value in options.items() if value is not None}
        )
    except Exception as error:
        raise ModelFailed(f"语言模型 {settings.model} 打不开：{error}。") from error
    return lambda question, texts: choose(model, question, texts)


def choose(model: BaseChatModel, question: str, texts: Sequence[str]) -> list[int]:
    """Indices into `texts`, each once, at most five; empty when the model finds that none answers."""
    listed = "\n".join(f"<原文 编号={n}>{text[:_MOST_CHARACTERS]}</原文>" for n, text in enumerate(texts, 1))
    instructions = files("bot.prompts").joinpath("choose.md").read_text(encoding="utf-8")
    try:
        reply = model.invoke([("system", instructions), ("human", f"问题：{question}\n\n{listed}")]).text
    except Exception as error:
        raise ModelFailed("语言模型没有答复。") from error
    numbers = [int(number) for number in re.findall(r"\d+", reply)]
    known = list(dict.fromkeys(number - 1 for number in numbers if 1 <= number <= len(texts)))
    if not known and "无" not in reply:
        raise ModelFailed("语言模型的答复看不懂。")
    return known[:_MOST_CHOSEN]
