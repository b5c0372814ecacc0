"""Personal data goes out as tokens and comes back as it was."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from bot.llm.masking import masking, restored
from bot.llm.prompt import Prompt

IDENTITY, MOBILE = "11010519491231002X", "13800138000"
USER = f"张三（身份证 {IDENTITY}，手机 {MOBILE}）何时转正？{IDENTITY}"


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 100])
def test_a_token_cut_anywhere_is_restored(size: int) -> None:
    """Also one in other brackets or with a space, as models write them; other brackets stay."""
    said = "号码〔身份证1〕、【手机1】、〔身份证 1〕，见〔2014〕33号[1]、〔手机9〕（一）〔"
    pieces = [said[at : at + size] for at in range(0, len(said), size)]
    told = "".join(restored(pieces, {"〔身份证1〕": IDENTITY, "〔手机1〕": MOBILE}))
    assert told == f"号码{IDENTITY}、{MOBILE}、{IDENTITY}，见〔2014〕33号[1]、〔手机9〕（一）〔"


def test_words_without_a_token_are_not_held_back() -> None:
    assert list(restored(["预备期", "为一年"], {})) == ["预备期", "为一年"]


def test_the_model_is_told_tokens_and_the_reader_wordings() -> None:
    told: list[str] = []

    def say(prompt: Prompt) -> Generator[str, None, None]:
        told.append(prompt.user)
        yield from ("持〔身份", "证1〕、〔手机1〕者", "应当转正。")

    words = "".join(masking(say)(Prompt("规则", USER)))
    assert told == ["张三（身份证 〔身份证1〕，手机 〔手机1〕）何时转正？〔身份证1〕"]
    assert words == f"持{IDENTITY}、{MOBILE}者应当转正。"


def test_closing_stops_the_model() -> None:
    closed = []

    def say(_: Prompt) -> Generator[str, None, None]:
        try:
            while True:
                yield "预备期"
        finally:
            closed.append(True)

    words = masking(say)(Prompt("", ""))
    next(words)
    words.close()
    assert closed == [True]
