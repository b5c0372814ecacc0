"""Personal data never leaves: tokens in its place on the way out, the wordings back in the words that come in. Pure.

What counts as personal data is `ingest.personal`'s to say: identity numbers, telephones, bank cards, e-mail addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing

from bot.llm.prompt import Prompt
from ingest.personal import masked

# Asks a model: the prompt goes out, its words come in as they are written. Closing it stops the request.
Say = Callable[[Prompt], Generator[str, None, None]]
_OPENING = "〔［[【("
_LONGEST = 16  # characters of a token, spaces and all
# A model may put spaces into a token or change its brackets; the name and the number are what counts.
_TOKEN = re.compile(r"[〔［\[【(]\s{0,2}(身份证|手机|电话|银行卡|邮箱)\s{0,2}(\d{1,4})\s{0,2}[〕］\]】)]")


def masking(say: Say) -> Say:
    """`say` with personal data masked in what it is asked and restored in what it says."""

    def ask(prompt: Prompt) -> Generator[str, None, None]:
        user, wordings = masked(prompt.user)
        with closing(say(Prompt(prompt.system, user))) as pieces:
            yield from restored(pieces, wordings)

    return ask


def restored(pieces: Iterable[str], wordings: Mapping[str, str]) -> Iterator[str]:
    """The pieces with every token of `wordings` replaced, wherever the pieces are cut. Other tokens stay."""
    held = ""
    for piece in pieces:
        held += piece
        cut = _open_token(held)
        if cut:
            yield _with_wordings(held[:cut], wordings)
            held = held[cut:]
    if held:
        yield _with_wordings(held, wordings)


def _open_token(text: str) -> int:
    """Where a token may have begun that is not closed yet; the length of the text where none has."""
    begun = max(text.rfind(mark, max(0, len(text) - _LONGEST)) for mark in _OPENING)
    return len(text) if begun < 0 or _TOKEN.match(text, begun) else begun


def _with_wordings(text: str, wordings: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda token: wordings.get(f"〔{token[1]}{token[2]}〕", token[0]), text)
