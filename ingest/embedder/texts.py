"""Texts as token ids, tokenised once: the lessons draw pairs (query, document that should be found) from them many times."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from ingest.embedder.reading import Passage

Tokens = NDArray[np.int32]

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_CLAUSE = re.compile(r"[^，、：。；！？\n]+[，、：。；！？]?")
_SHORTEST = 8  # characters: anything shorter says too little to be found by
_READ = 1_200  # characters of a text that are cut into sentences
LONGEST = 450  # tokens of a document kept for training


@dataclass(frozen=True)
class Pair:
    """`query` should find `document`; `negatives` look alike and are wrong.

    `numbers` name the document and the negatives among the articles; an article in `right` is never counted wrong.
    """

    query: Tokens
    document: Tokens
    negatives: tuple[Tokens, ...] = ()
    numbers: tuple[int, ...] = ()
    right: frozenset[int] = field(default=frozenset())


# A batch is drawn when its turn comes: ten epochs of drawn pairs would take a gigabyte.
Batch = Callable[[], list[Pair]]


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Tokens]:
    """The token ids of each text."""
    out: list[Tokens] = []
    for start in range(0, len(texts), 8_192):
        batch = tokenizer.encode_batch_fast(list(texts[start : start + 8_192]), add_special_tokens=False)
        out += [np.array(encoding.ids, np.int32) for encoding in batch]
    return out


def part(text: str) -> tuple[list[str], list[int]] | None:
    """A text's sentences (or clauses) and which of them are long enough to be searched with; None if there is but one."""
    for pattern in (_SENTENCE, _CLAUSE):
        parts = [found.strip() for found in pattern.findall(text[:_READ]) if found.strip()]
        asked = [number for number, found in enumerate(parts) if len(found) >= _SHORTEST]
        if len(parts) > 1 and asked:
            return parts, asked
    return None


class Cloze:
    """Texts of which a sentence is taken out, to be found by it; `leads` are (title, headings) put in front."""

    def __init__(
        self, tokenizer: Tokenizer, texts: Sequence[str], leads: Sequence[tuple[str, str]] = ()
    ) -> None:
        flat: list[str] = []
        self._items: list[
            tuple[int, int, list[int], int]
        ] = []  # first sentence, how many, which to ask, text
        for number, text in enumerate(texts):
            parted = part(text)
            if parted is not None:
                self._items.append((len(flat), len(parted[0]), parted[1], number))
                flat += parted[0]
        self._sentences = encode(tokenizer, flat)
        self._titles = encode(tokenizer, [title for title, _ in leads])
        self._headings = encode(tokenizer, [heading for _, heading in leads])

    def __len__(self) -> int:
        return len(self._items)

    def pair(self, at: int, rng: random.Random) -> Pair:
        """One sentence against the rest, which keeps it in 15 % of the draws; with a title in most, if there is one."""
        first, count, asked, number = self._items[at]
        chosen = rng.choice(asked)
        query = self._sentences[first + chosen]
        rest = self._sentences[first : first + count]
        if rng.random() >= 0.15:
            rest = rest[:chosen] + rest[chosen + 1 :]
        if self._titles:
            if rng.random() < 0.2:
                query = np.concatenate([self._titles[number], query])
            if rng.random() < 0.7:
                rest = [self._titles[number], self._headings[number], *rest]
        return Pair(query, np.concatenate(rest)[:LONGEST])

    def batches(self, rng: random.Random, size: int, *, group: int = 1) -> list[Batch]:
        """Every text once in random order, `group` neighbours side by side: in one batch they are hard to tell apart."""
        groups = [range(s, min(s + group, len(self))) for s in range(0, len(self), group)]
        rng.shuffle(groups)
        return self._cut([at for members in groups for at in members], rng, size)

    def sample(self, rng: random.Random, count: int, size: int) -> list[Batch]:
        """`count` texts at random (all, if there are fewer)."""
        return self._cut(rng.sample(range(len(self)), min(count, len(self))), rng, size)

    def _cut(self, order: Sequence[int], rng: random.Random, size: int) -> list[Batch]:
        return cut(order, size, partial(self.pair, rng=rng))


class Asides:
    """General questions, each to find a window around its answer in a longer passage."""

    def __init__(self, tokenizer: Tokenizer, passages: Sequence[Passage]) -> None:
        self._tokenizer, self._passages = tokenizer, passages
        self._queries = encode(tokenizer, [passage.question for passage in passages])

    def batches(self, rng: random.Random, size: int, count: int | None = None) -> list[Batch]:
        """`count` of the questions (all, if None) in random order."""
        many = len(self._queries) if count is None else min(count, len(self._queries))
        return cut(rng.sample(range(len(self._queries)), many), size, partial(self._pair, rng=rng))

    def _pair(self, at: int, rng: random.Random) -> Pair:
        passage = self._passages[at]
        start = max(0, max(0, passage.text.find(passage.answer)) - rng.randrange(50, 250))
        (window,) = encode(self._tokenizer, [passage.text[start : start + 400]])
        return Pair(self._queries[at], window)


def cut(items: Sequence[int], size: int, draw: Callable[[int], Pair]) -> list[Batch]:
    """Batches of `size`, drawn later with `draw`; a last one of less than a quarter is left out, unless it is the only one."""
    slices = [items[start : start + size] for start in range(0, len(items), size)]
    kept = [one for one in slices if len(one) > size // 4] or slices
    return [partial(lambda members: [draw(member) for member in members], one) for one in kept]
