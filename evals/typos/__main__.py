"""python -m evals.typos --data ../shared/data: makes the proofreader's table of counted strings again."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.proofreading.counted import Table, load_table, packed
from evals.typos.counting import Sizes, build
from evals.typos.fitting import fit, fit_words, set_bar
from evals.typos.grams import count
from evals.typos.listed import frequencies, phrases
from evals.typos.texts import Text, read_texts
from evals.typos.words import written

_OUT = Path("bot/proofreading/rules/counted.bin")
_CASES = Path("evals/cases/proofread.jsonl")
_EVERY = 5_300  # characters of official text to one finding; some of those findings are slips indeed
_EVERY_WORD = 1_000_000  # the same for words of two characters
_SMALL = Sizes(often=20, rare=3, pairs=150_000, triples=250_000, quads=200_000)
_PIECE = 2_000  # characters of each text that are read when fitting
_LISTED, _WRITTEN = 3.0, 8.0  # times a phrase of the dictionary, or of phrases.txt, is counted besides
_SEEN_ELSEWHERE = (
    0.02  # of the times that jieba's makers saw a word: it is to be known, not to outweigh the texts
)
_ROUNDS = 3  # times slips are planted in each text, at other places
_REPORTS = 3  # times a report is read: there are far fewer of them than of laws and news


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--small", action="store_true", help="a third of the strings: finds less")
    parser.add_argument("--keep-fit", action="store_true", help="new counts, the judge of the table in use")
    given = parser.parse_args()
    begun = time.perf_counter()
    texts = read_texts(given.data, given.corpus, _CASES)
    sizes = _SMALL if given.small else Sizes()
    chars, grams = count((one.text for one in texts.counted), sizes.chars, weighed_phrases())
    table = build(chars, grams, sizes)
    print(f"{time.perf_counter() - begun:.0f}s counted", [len(keys) for keys in table.keys[1:]])
    table = _judged_as_now(table) if given.keep_fit else learned(table, texts.fitted, given.seed)
    given.out.write_bytes(packed(table))
    bars = table.fit["bar"], table.fit["word_bar"]
    print(f"{time.perf_counter() - begun:.0f}s", "bars", bars, "bytes", given.out.stat().st_size)


def _judged_as_now(table: Table) -> Table:
    return replace(table, fit=load_table().fit | {"total": table.fit["total"]})


def weighed_phrases() -> dict[str, float]:
    """Pairs of pypinyin's dictionary are left out: many are archaic, and what is in use the texts show."""
    weights = {phrase: _LISTED for phrase in phrases() if len(phrase) > 2} | dict.fromkeys(
        written(), _WRITTEN
    )
    for word, often in frequencies().items():
        weights[word] = weights.get(word, 0.0) + max(1.0, often * _SEEN_ELSEWHERE)
    return weights


def learned(table: Table, texts: Sequence[Text], seed: int) -> Table:
    """Official texts are read twice, reports oftener: what is proofread is more like them than like news."""
    draw = random.Random(seed)
    reports = [one.text for one in texts if one.kind == "report"] * _REPORTS
    others = [one for one in texts if one.kind != "report"]
    official = [one for one in others if one.kind != "news"]
    pieces = [_piece(one, draw) for _ in range(_ROUNDS) for one in (*others, *official)] + reports * _ROUNDS
    table = fit_words(fit(table, pieces, seed), pieces, seed)
    return set_bar(table, [_piece(one, draw) for one in official], _EVERY, _EVERY_WORD)


def _piece(text: Text, draw: random.Random) -> str:
    at = draw.randrange(max(1, len(text.text) - _PIECE))
    return text.text[at : at + _PIECE]


if __name__ == "__main__":
    main()
