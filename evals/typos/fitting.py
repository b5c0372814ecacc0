"""Slips planted in texts that were not counted -> the weights of the measures, and the score from which one is told.

A slip is one character put in the place of another that is alike. The bar is set by what would be told of the same kind
of texts without any slip: it is as high as it must be for so few findings.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.proofreading.counted import FIRST, Floats, Table, nodes
from bot.proofreading.likeness import Ids
from bot.proofreading.reworded import read, sounding, try_words
from bot.proofreading.suspected import PAD, Suspect, padded, suspected_words, suspects, try_all
from evals.typos.net import net

_EVERY = 25  # characters from one planted slip to the next
_LIKE = (
    0.55,
    0.15,
    0.2,
    0.1,
)  # how a planted character is alike: sound, shape, sound without tone, near sound
_NEAR = 4  # characters: so near a slip nothing is learned from what is right


@dataclass(frozen=True, slots=True)
class Planted:
    text: str
    right: dict[int, str]  # place -> what stood there


def plant(table: Table, text: str, draw: random.Random) -> Planted:
    ids, alike = table.ids(text), table.alike
    letters, right = list(text), {}
    at = draw.randrange(_EVERY)
    while at < len(text):
        meant = int(ids[at])
        if meant >= FIRST:
            span = slice(int(alike.begins[meant]), int(alike.begins[meant + 1]))
            others, kinds = alike.others[span], alike.kinds[span]
            wanted = draw.choices(range(4), _LIKE)[0]
            fitting = others[kinds == wanted]
            if len(fitting):
                weights = np.exp(table.logs[1][fitting] / 2)
                put = draw.choices(fitting.tolist(), weights.tolist())[0]
                letters[at], right[at] = table.chars[put - FIRST], text[at]
        at += draw.randrange(_EVERY // 2, _EVERY * 3 // 2)
    return Planted("".join(letters), right)


def plant_words(table: Table, text: str, draw: random.Random) -> Planted:
    """Words of two characters in the place of others that sound the same."""
    ids, words = table.ids(text), sounding(table)
    letters, right = list(text), {}
    at = draw.randrange(_EVERY)
    while at < len(text) - 2:
        first, second = ids[at : at + 1], ids[at + 1 : at + 2]
        node = int(nodes(table, [first, second])[-1][0])
        if node >= 0 and table.words[2][node] and not _crosses(table, ids, at):
            _, keys = read(words, first, second)
            low, high = np.searchsorted(words.keys, keys[0]), np.searchsorted(words.keys, keys[0], "right")
            others = [
                number
                for number in range(int(low), int(high))
                if words.first[number] != first[0] and words.second[number] != second[0]
            ]
            if others:
                put = draw.choice(others)
                right[at] = text[at : at + 2]
                letters[at] = table.chars[int(words.first[put]) - FIRST]
                letters[at + 1] = table.chars[int(words.second[put]) - FIRST]
        at += draw.randrange(_EVERY // 2, _EVERY)
    return Planted("".join(letters), right)


def _crosses(table: Table, ids: Ids, at: int) -> bool:
    """Do the characters make words with those beside them?"""
    for start in (at - 1, at + 1):
        node = (
            int(nodes(table, [ids[start : start + 1], ids[start + 1 : start + 2]])[-1][0])
            if start >= 0
            else -1
        )
        if node >= 0 and table.words[2][node]:
            return True
    return False


def fit(table: Table, texts: Sequence[str], seed: int) -> Table:
    """The net of every replacement that was tried; a planted place counts only with its right character."""
    draw = random.Random(seed)
    rows: list[Floats] = []
    truths: list[NDArray[np.bool_]] = []
    for text in texts:
        planted = plant(table, text, draw)
        tried = try_all(table, planted.text)
        letters = np.array([table.chars[new - FIRST] for new in tried.new.tolist()])
        kept, true = _answers(planted, tried.at, letters)
        rows.append(tried.measures[kept])
        truths.append(true[kept])
    return _with(table, characters=net(np.concatenate(rows), np.concatenate(truths).astype(float), seed))


def fit_words(table: Table, texts: Sequence[str], seed: int) -> Table:
    draw = random.Random(seed)
    rows: list[Floats] = []
    truths: list[NDArray[np.bool_]] = []
    for text in texts:
        planted = plant_words(table, text, draw)
        line, places = padded(table, planted.text)
        at, first, second, measures = try_words(table, line)
        letters = np.array(
            [
                table.chars[one - FIRST] + table.chars[other - FIRST]
                for one, other in zip(first.tolist(), second.tolist(), strict=True)
            ]
        )
        kept, true = _answers(planted, places[at - PAD], letters)
        rows.append(measures[kept])
        truths.append(true[kept])
    return _with(table, words=net(np.concatenate(rows), np.concatenate(truths).astype(float), seed))


def _answers(
    planted: Planted, at: Ids, letters: NDArray[np.str_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows are learned from, and which of them are right."""
    meant = [planted.right.get(place) for place in at.tolist()]
    true = np.array([one == put for one, put in zip(meant, letters.tolist(), strict=True)], bool)
    slips = np.array(sorted(planted.right), np.int64)
    if not len(slips):
        return np.ones(len(at), bool), true
    after = np.searchsorted(slips, at)
    near = np.minimum(
        np.abs(at - slips[np.minimum(after, len(slips) - 1)]), np.abs(at - slips[np.maximum(after - 1, 0)])
    )
    return (near >= _NEAR) | true, true


def set_bar(table: Table, texts: Sequence[str], every: float, every_word: float) -> Table:
    """The lowest bars at which texts without planted slips have one finding in `every` characters, and one of a whole
    word in `every_word`.
    """
    return _with(
        table,
        bar=_bar(table, texts, suspects, every),
        word_bar=_bar(table, texts, suspected_words, every_word),
    )


def _bar(
    table: Table, texts: Sequence[str], judge: Callable[[Table, str], Iterator[Suspect]], every: float
) -> float:
    scores = sorted((one.score for text in texts for one in judge(table, text)), reverse=True)
    allowed = int(sum(map(len, texts)) / every)
    return round(scores[allowed], 3) if allowed < len(scores) else 0.0


def _with(table: Table, **learned: object) -> Table:
    return replace(table, fit={**table.fit, **learned})
