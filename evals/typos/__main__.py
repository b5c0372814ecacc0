"""python -m evals.typos --data ../shared/data: makes the proofreader's table of counted strings again."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from bot.proofreading.counted import packed
from evals.typos.counting import Sizes, build, count
from evals.typos.fitting import fit, set_bar
from evals.typos.texts import Text, read_texts

_OUT = Path("bot/proofreading/rules/counted.bin")
_CASES = Path("evals/cases/proofread.jsonl")
_EVERY = 7_000  # characters of official text to one finding; some of those findings are slips indeed
_LARGE = Sizes(often=20, rare=3, pairs=150_000, triples=250_000, quads=200_000)
_PIECE = 2_000  # characters of each text that are read when fitting


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--large", action="store_true", help="a table of 1.3 MB: finds more, and is as seldom wrong"
    )
    given = parser.parse_args()
    begun = time.perf_counter()
    texts = read_texts(given.data, given.corpus, _CASES)
    sizes = _LARGE if given.large else Sizes()
    chars, grams = count((one.text for one in texts.counted), sizes)
    table = build(chars, grams, sizes)
    print(
        f"{time.perf_counter() - begun:.0f}s counted",
        [len(keys) for keys in table.keys[1:]],
        len(packed(table)),
    )
    draw = random.Random(given.seed)
    table = fit(table, [_piece(one, draw) for one in texts.fitted], given.seed)
    print(f"{time.perf_counter() - begun:.0f}s fitted", table.fit)
    table = set_bar(table, (_piece(one, draw) for one in texts.fitted if one.kind != "news"), _EVERY)
    given.out.write_bytes(packed(table))
    print(f"{time.perf_counter() - begun:.0f}s", "bar", table.fit["bar"], "bytes", given.out.stat().st_size)


def _piece(text: Text, draw: random.Random) -> str:
    at = draw.randrange(max(1, len(text.text) - _PIECE))
    return text.text[at : at + _PIECE]


if __name__ == "__main__":
    main()
