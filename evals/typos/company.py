"""python -m evals.typos.company --data ../shared/data: learns which words keep which company (bot.proofreading.company).

Every place in the texts where a word of groups.txt stands is an example. Some texts are set aside: the bar of a word is
as high as it must be for hardly a finding there.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np

from bot.proofreading.company import STEP, Group, company, packed_groups, score
from bot.proofreading.counted import Floats
from bot.proofreading.likeness import Ids
from evals.typos.texts import Text, read_texts

_OUT = Path("bot/proofreading/rules/company.bin")
_CASES = Path("evals/cases/proofread.jsonl")
_MOST, _MOST_OF_ONE = 5_000, 25_000  # examples of a word; of a word of one character
_LEAST = 60  # examples; what is seen less often cannot be learned
_ASIDE = 5  # every fifth text is set aside for the bars
_LEAST_BAR = 5.2
_FALSE = 1 / 2_500_000  # findings for each character that a word may have in the texts set aside
_KEPT = 900  # marks kept for each word of a group
_SEEN = 3  # times a mark is to be seen
_ROUNDS, _RATE, _RIDGE = 60, 0.4, 1e-5


@dataclass(slots=True)
class Examples:
    """`marks[n]`: the company of each example of word n; `aside`: the same of the texts set aside."""

    words: tuple[str, ...]
    marks: list[list[list[int]]] = field(default_factory=list)
    aside: list[list[list[int]]] = field(default_factory=list)

    def full(self, word: int) -> bool:
        most = _MOST_OF_ONE if len(self.words[word]) == 1 else _MOST
        return len(self.marks[word]) >= most and len(self.aside[word]) >= most // 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    begun = time.perf_counter()
    texts = list(dict.fromkeys(read_texts(given.data, given.corpus, _CASES).counted))
    random.Random(given.seed).shuffle(texts)
    examples = [Examples(words, [[] for _ in words], [[] for _ in words]) for words in groups()]
    often, size = gather(examples, texts)
    print(f"{time.perf_counter() - begun:.0f}s gathered from {size} characters")
    learned = [group for one in examples if (group := learn(one, often, size)) is not None]
    given.out.write_bytes(packed_groups(learned))
    marks = sum(len(one.marks) for one in learned)
    print(f"{time.perf_counter() - begun:.0f}s", len(learned), "groups", marks, given.out.stat().st_size)


def groups() -> Iterator[tuple[str, ...]]:
    """A word stands in one group: the first that names it."""
    text, taken = files("evals.typos").joinpath("groups.txt").read_text("utf-8"), set[str]()
    for line in text.splitlines():
        words = tuple(word for word in dict.fromkeys(line.split()) if word not in taken)
        if not line.startswith("#") and len(words) > 1:
            taken.update(words)
            yield words


def gather(examples: Sequence[Examples], texts: Sequence[Text]) -> tuple[Counter[str], int]:
    """Fills the examples; how often each word stands in how many characters that were read for it."""
    place = {word: (one, number) for one in examples for number, word in enumerate(one.words)}
    often: Counter[str] = Counter()
    size = 0
    pattern = _any_of(place)
    for number, text in enumerate(texts):
        aside = number % _ASIDE == 0
        size += len(text.text)
        for match in pattern.finditer(text.text):
            one, word = place[match[0]]
            often[match[0]] += 1
            into = one.aside[word] if aside else one.marks[word]
            most = _MOST_OF_ONE if len(match[0]) == 1 else _MOST
            if len(into) < (most // 3 if aside else most):
                into.append(company(text.text, match.start(), match.end()))
    return often, size


def learn(examples: Examples, often: Counter[str], size: int) -> Group | None:
    """None where fewer than two of the words are seen."""
    seen = [number for number, marks in enumerate(examples.marks) if len(marks) >= _LEAST]
    if len(seen) < 2:
        return None
    words = tuple(examples.words[number] for number in seen)
    rows = [marks for number in seen for marks in examples.marks[number]]
    truths = np.repeat(np.arange(len(seen)), [len(examples.marks[number]) for number in seen])
    flat = np.array([mark for marks in rows for mark in marks], np.uint32)
    row = np.repeat(np.arange(len(rows)), [len(marks) for marks in rows])
    marks, column, counts = np.unique(flat, return_inverse=True, return_counts=True)
    common = counts >= _SEEN
    keep = common[column]
    column = (np.cumsum(common) - 1)[column[keep]]
    weights, base = _regress(row[keep], column, truths, int(common.sum()), len(seen))
    worth = np.ptp(weights, axis=1) * np.sqrt(counts[common])
    best = np.sort(np.argsort(-worth, kind="stable")[: _KEPT * len(seen)])
    weights = np.clip(np.round(weights[best] * STEP), -127, 127) / STEP
    group = Group(words, base.round(3), np.zeros(len(words)), marks[common][best], weights)
    bars = [_bar(group, number, examples.aside[where], often, size) for number, where in enumerate(seen)]
    return Group(words, group.base, np.array(bars), group.marks, group.weights)


def _regress(row: Ids, column: Ids, truths: Ids, width: int, words: int) -> tuple[Floats, Floats]:
    """Multinomial logistic regression, by steps that shrink where they were large."""
    size = len(truths)
    wanted = np.zeros((size, words))
    wanted[np.arange(size), truths] = 1.0
    weights, base = np.zeros((width, words)), np.log(wanted.mean(axis=0))
    steps = np.full((width, words), 1e-3)
    for _ in range(_ROUNDS):
        scores = np.stack([np.bincount(row, weights[column, word], size) for word in range(words)], 1) + base
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        wrong = (chance - wanted) / np.sqrt(size)
        slope = np.stack([np.bincount(column, wrong[row, word], width) for word in range(words)], 1)
        slope += _RIDGE * np.sqrt(size) * weights
        steps += slope**2
        weights -= _RATE * slope / np.sqrt(steps)
    return weights, base


def _bar(group: Group, word: int, aside: list[list[int]], often: Counter[str], size: int) -> float:
    """The lowest bar that lets as few of the texts set aside be told as is wanted."""
    scores = [score(group, marks) for marks in aside]
    margins = sorted((float(np.max(one) - one[word]) for one in scores), reverse=True)
    if not margins:
        return 1e9
    share = _FALSE / (often[group.words[word]] / size)  # of the places where the word stands
    allowed = int(share * len(margins))
    return round(max(_LEAST_BAR, margins[min(allowed, len(margins) - 1)] + 0.5), 2)


def _any_of(words: dict[str, tuple[Examples, int]]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


if __name__ == "__main__":
    main()
