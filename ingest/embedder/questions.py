"""The question lesson: questions against an article that answers them and look-alikes that do not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedder.texts import LONGEST, Batch, Pair, Tokens, cut, encode, part

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from ingest.embedder.lessons import Learner

_AT_ONCE = 256  # questions compared with all articles at once: 70 MB


@dataclass(frozen=True)
class Articles:
    """What can be found, by number: tokens with the title line in front and without."""

    titled: list[Tokens]
    plain: list[Tokens]

    def drawn(self, number: int, rng: random.Random) -> Tokens:
        """With its title four times in five: users' files may lack one."""
        return (self.titled if rng.random() < 0.8 else self.plain)[number][:LONGEST]


@dataclass(frozen=True)
class Asked:
    """A question, sentences of an answer in everyday words (may be none), and the numbers of articles for each
    evidence item, any of which will do.
    """

    query: Tokens
    said: tuple[Tokens, ...]
    items: tuple[tuple[int, ...], ...]

    @property
    def right(self) -> frozenset[int]:
        return frozenset(number for item in self.items for number in item)


def ask(tokenizer: Tokenizer, questions: Sequence[tuple[str, str, Sequence[Sequence[int]]]]) -> list[Asked]:
    """Questions (text, lay answer or "", article numbers of each evidence item); those without any article are left out."""
    kept = [(text, said, [item for item in items if item]) for text, said, items in questions]
    kept = [one for one in kept if one[2]]
    queries = encode(tokenizer, [text for text, _, _ in kept])
    asked = []
    for query, (_, said, items) in zip(queries, kept, strict=True):
        parted = part(said)
        sentences = [parted[0][at] for at in parted[1]] if parted else [said] * bool(said)
        asked.append(
            Asked(query, tuple(encode(tokenizer, sentences)), tuple(tuple(sorted(i)) for i in items))
        )
    return asked


def mine(learner: Learner, asked: Sequence[Asked], articles: Articles, depth: int) -> list[list[int]]:
    """For each question the articles the learner ranks highest and that are not right: at most `depth`."""
    documents = learner.encode(articles.titled)
    queries = learner.encode([question.query for question in asked])
    seen = min(depth + 12, len(documents))  # a question rarely has more than twelve right articles
    mined = []
    for start in range(0, len(asked), _AT_ONCE):
        scores = queries[start : start + _AT_ONCE] @ documents.T
        best = np.argpartition(-scores, seen - 1, axis=1)[:, :seen]
        for question, row, score in zip(asked[start : start + _AT_ONCE], best, scores, strict=True):
            ranked = row[np.argsort(-score[row], kind="stable")].tolist()
            mined.append([number for number in ranked if number not in question.right][:depth])
    return mined


def question_batches(
    asked: Sequence[Asked],
    articles: Articles,
    mined: Sequence[Sequence[int]],
    rng: random.Random,
    *,
    negatives: int,
    size: int,
) -> list[Batch]:
    """Every question once, half of them with a sentence of the lay answer too, each against `negatives` look-alikes."""
    order = []
    for number in rng.sample(range(len(asked)), len(asked)):
        order.append(number)
        if asked[number].said and rng.random() < 0.5:
            order.append(-1 - number)  # below zero: its answer is asked instead
    return cut(order, size, partial(_pair, asked, articles, mined, rng, negatives))


def _pair(
    asked: Sequence[Asked],
    articles: Articles,
    mined: Sequence[Sequence[int]],
    rng: random.Random,
    negatives: int,
    at: int,
) -> Pair:
    number = at if at >= 0 else -1 - at
    question = asked[number]
    query = question.query if at >= 0 else rng.choice(question.said)
    document = rng.choice(rng.choice(question.items))
    wrong = rng.sample(mined[number], min(negatives, len(mined[number])))
    numbers = (document, *wrong)
    return Pair(
        query,
        articles.drawn(document, rng),
        tuple(articles.drawn(other, rng) for other in wrong),
        numbers,
        question.right,
    )
