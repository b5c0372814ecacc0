"""Fine-tuning for one home: its chunks teach its words, confirmed questions teach how people ask; and the judge of both."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.embed import embedding_text
from ingest.embedder.lessons import Learner, Table, mean_table
from ingest.embedder.questions import Articles, ask, mine, question_batches
from ingest.embedder.texts import Batch, Cloze, encode, part
from ingest.encoders.static import StaticEmbedder

if TYPE_CHECKING:
    from ingest.model import Hit

# Chosen on four fifths of colloquial-dev over the regulations (each in turn judged by the rest), not on what `adapt` holds out.
_CLOZE_RATE, _CLOZE_EPOCHS = 0.02, 4
_QUESTION_RATE, _QUESTION_EPOCHS, _ROUNDS = 0.004, 6, 2
_BATCH, _QUESTION_BATCH, _NEGATIVES, _DEPTH, _DROPOUT = 256, 32, 6, 40, 0.3
_TABLES = 2
_SEED = 7


@dataclass(frozen=True)
class Test:
    """A question and the numbers of the chunks of each of its evidence items."""

    question: str
    items: list[list[int]]


@dataclass(frozen=True)
class Figures:
    """Shares of the tests: right chunk first, among five; evidence items among ten; reciprocal rank within ten."""

    hit1: float
    hit5: float
    recall10: float
    mrr10: float

    @property
    def mean(self) -> float:
        return (self.hit1 + self.hit5 + self.recall10 + self.mrr10) / 4


def judge(model: StaticEmbedder, texts: Sequence[str], tests: Sequence[Test]) -> Figures:
    """How well `model` finds, among `texts`, what each test asks for."""
    documents = model.encode_documents(texts)
    sums = np.zeros(4)
    for test in tests:
        scores = documents @ model.encode_query(test.question)
        firsts = [1 + min(int((scores > scores[n]).sum()) for n in item) for item in test.items]
        first = min(firsts)
        found = sum(rank <= 10 for rank in firsts) / len(firsts)
        sums += (first == 1, first <= 5, found, 1 / first if first <= 10 else 0)
    return Figures(*(round(float(value), 4) for value in sums / max(1, len(tests))))


def cloze_tests(chunks: Sequence[Hit], held_out: Sequence[int]) -> tuple[list[str], list[Test]]:
    """The chunks' texts, with a sentence taken out of each held-out one, and the tests that ask for it by that sentence."""
    rng = random.Random(_SEED)
    texts = [embedding_text(hit.title, hit.heading_path, hit.text) for hit in chunks]
    tests = []
    for number in held_out:
        hit = chunks[number]
        parted = part(hit.text)
        if parted is not None:
            sentences, asked = parted
            chosen = rng.choice(asked)
            rest = "".join(sentences[:chosen] + sentences[chosen + 1 :])
            texts[number] = embedding_text(hit.title, hit.heading_path, rest)
            tests.append(Test(sentences[chosen], [[number]]))
    return texts, tests


def tune(
    model: StaticEmbedder,
    chunks: Sequence[Hit],
    learned: Sequence[int],
    questions: Sequence[Test],
    seconds: float,
) -> Table:
    """The model's table after lessons on the chunks `learned` and the questions, within about `seconds`."""
    tokenizer = model.tokenizer
    shown = [chunks[number] for number in learned]
    cloze = Cloze(
        tokenizer, [hit.text for hit in shown], [(hit.title, " ".join(hit.heading_path)) for hit in shown]
    )
    articles = Articles(
        encode(tokenizer, [embedding_text(hit.title, hit.heading_path, hit.text) for hit in chunks]),
        encode(tokenizer, [hit.text for hit in chunks]),
    )
    asked = ask(tokenizer, [(test.question, "", test.items) for test in questions])
    tables = []
    for seed in range(_SEED, _SEED + _TABLES):
        rng = random.Random(seed)
        learner = Learner(model.table, seed=seed)
        share = seconds / _TABLES / (1 + _ROUNDS * bool(asked))
        lesson = [b for _ in range(_CLOZE_EPOCHS) for b in cloze.batches(rng, _BATCH, group=4)]
        rng.shuffle(lesson)
        learner.learn(lesson, _CLOZE_RATE, dropout=_DROPOUT, seconds=share)
        for _ in range(_ROUNDS * bool(asked)):
            mined = mine(learner, asked, articles, _DEPTH)
            batches: list[Batch] = []
            for _ in range(_QUESTION_EPOCHS):
                batches += question_batches(
                    asked, articles, mined, rng, negatives=_NEGATIVES, size=_QUESTION_BATCH
                )
                batches += cloze.sample(rng, 2 * _BATCH, _BATCH)
            rng.shuffle(batches)
            learner.learn(batches, _QUESTION_RATE, dropout=_DROPOUT, seconds=share)
        tables.append(learner.table())
    return mean_table(tables)
