"""错别字 that no table names: two neighbours that never stand together in the texts it was learned from (unusual.bin), where
another character of the same sound or shape makes usual words of both sides.

Sure enough to be told, never sure enough to be changed unasked: every finding is a doubt.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import found

_RUN = re.compile("[\u4e00-\u9fff]{3,}")
_LEFT_OUT = frozenset("的地得他她它")  # which of these is meant, neighbours do not tell
_USUAL = 40  # how often three characters must stand together to be usual; those of party papers count more
_PARTY = 6
_LEAST = 4
_SHORT = 3
_SUPPORT = 2  # usual triples that the other character makes


@dataclass(frozen=True, slots=True)
class Learned:
    """`usual`: triples; `pairs`: the neighbours in them; `known`: neighbours one character off such a pair that do occur."""

    usual: frozenset[str]
    pairs: frozenset[str]
    known: frozenset[str]
    alike: Mapping[str, str]


def find(sheet: Sheet) -> Iterator[Finding]:
    learned = _learned()
    for match in _RUN.finditer(sheet.text):
        run = match[0]
        odd = [_is_odd(learned, run[at : at + 2]) for at in range(len(run) - 1)]
        for at, character in enumerate(run):
            if not ((at and odd[at - 1]) or (at < len(odd) and odd[at])):
                continue
            better = {other: _support(learned, run, at, other) for other in learned.alike.get(character, "")}
            best = max(better, key=lambda other: better[other], default="")
            # At the end of a run there is one triple only; measured, it is enough there.
            is_last = at == len(run) - 1 and sheet.text[match.end() : match.end() + 1] in "，。；、："
            enough = 1 if is_last and len(run) > _SHORT else _SUPPORT
            if best and better[best] >= enough:
                start = match.start() + at
                around = run[max(0, at - 2) : at] + best + run[at + 1 : at + 3]
                told = f"此处“{character}”少见，似应为“{best}”（……{around}……）。"
                yield found(sheet, start, start + 1, "confused", WORDS, best, told, "doubt")


def _is_odd(learned: Learned, pair: str) -> bool:
    return pair not in learned.pairs and pair not in learned.known


def _support(learned: Learned, run: str, at: int, other: str) -> int:
    word = run[max(0, at - 2) : at] + other + run[at + 1 : at + 3]
    return sum(word[place : place + 3] in learned.usual for place in range(len(word) - 2))


def learn(party: Iterable[str], others: Iterable[str]) -> bytes:
    """The table of `unusual.bin` from party papers and other clean texts."""
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    weight: Counter[str] = Counter()
    for texts, times in ((party, _PARTY + 1), (others, 1)):
        for text in texts:
            for match in _RUN.finditer(text):
                run = match[0]
                pairs.update(run[at : at + 2] for at in range(len(run) - 1))
                for at in range(len(run) - 2):
                    triples[run[at : at + 3]] += 1
                    weight[run[at : at + 3]] += times
    usual = sorted(one for one, n in triples.items() if weight[one] >= _USUAL and n >= _LEAST)
    others_of = alike()
    known = {other for pair in _pairs_of(usual) for other in _one_off(pair, others_of) if other in pairs}
    return zlib.compress(f"{''.join(usual)}\n{''.join(sorted(known))}".encode("utf-16-le"), 9)


def _one_off(pair: str, alike: Mapping[str, str]) -> Iterator[str]:
    for other in alike.get(pair[0], ""):
        yield other + pair[1]
    for other in alike.get(pair[1], ""):
        yield pair[0] + other


def _pairs_of(triples: Iterable[str]) -> frozenset[str]:
    return frozenset(pair for one in triples for pair in (one[:2], one[1:]))


@cache
def alike() -> Mapping[str, str]:
    lines = files("bot.proofreading.rules").joinpath("alike.txt").read_text("utf-8").splitlines()
    others: dict[str, set[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            for character in line:
                others.setdefault(character, set()).update(line)
    return {
        one: "".join(sorted(group - {one} - _LEFT_OUT))
        for one, group in others.items()
        if one not in _LEFT_OUT
    }


@cache
def _learned() -> Learned:
    raw = files("bot.proofreading.rules").joinpath("unusual.bin").read_bytes()
    usual, known = zlib.decompress(raw).decode("utf-16-le").split("\n")
    triples = frozenset(usual[at : at + 3] for at in range(0, len(usual), 3))
    return Learned(
        triples, _pairs_of(triples), frozenset(known[at : at + 2] for at in range(0, len(known), 2)), alike()
    )


def neighbours() -> Learned:
    """What usually stands together, for rules that ask whether a place reads as usual once something is left out."""
    return _learned()
