"""Evidence texts as sentences that were read, and those of them that a sentence may rest on. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.reading import Reading, grams_of, normal, read
from ingest.text import sentences

MOST_SENTENCES = 8  # of the evidence, that are looked at closely
LONGEST = 300  # characters of a sentence that is read in one piece
WRAPPED = 18  # a line this long that ends without a stop was wrapped, not ended
_STARTS = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百千\d]+[条章节编]|[(（]?[一二三四五六七八九十\d]+[)）、.．])"
)
_ENDS = "。;!?:；！？：”）)"


@dataclass(frozen=True, slots=True)
class Passage:
    """One evidence text: its sentences in normal form with their pairs of characters. A sentence is read closely only
    when something is said that may rest on it.
    """

    text: str
    sentences: tuple[str, ...]
    grams: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the evidence with what stands around it: the one before, the line it hangs on, the title."""

    passage: int
    at: int
    reading: Reading
    around: frozenset[str]
    beyond: frozenset[str]  # what stands around it and not in it
    lead: frozenset[str]  # the line “…下列情形之一的：” it hangs on
    score: float


@lru_cache(maxsize=2048)
def passage(text: str) -> Passage:
    whole = _unwrapped(text)
    parts = [piece for start, end in sentences(whole) for piece in _short(normal(whole[start:end]))]
    joined = tuple(_with_exceptions(parts))
    return Passage("\n".join(parts), joined, tuple(grams_of(part) for part in joined))


@lru_cache(maxsize=512)
def title_grams(title: str) -> frozenset[str]:
    return grams_of(normal(title))


def nearest(said: Reading, passages: Sequence[Passage], titles: Sequence[str]) -> list[Place]:
    """The sentences of the evidence that share most with what is said, best first."""
    scored: list[tuple[int, int, int]] = []
    own = grams_of(said.text)
    for number, one in enumerate(passages):
        for at, grams in enumerate(one.grams):
            shared = len(own & grams)
            if shared:
                scored.append((-shared, number, at))
    scored.sort()
    places = []
    for shared, number, at in scored[:MOST_SENTENCES]:
        title = title_grams(titles[number]) if number < len(titles) else frozenset[str]()
        reading, before, lead = _read_at(passages[number].text, at)
        around = title | before | lead
        places.append(
            Place(number, at, reading, around, around - reading.grams, lead, -shared / (len(own) or 1))
        )
    return places


@lru_cache(maxsize=8192)
def _read_at(text: str, at: int) -> tuple[Reading, frozenset[str], frozenset[str]]:
    """A sentence of a passage (by its text in normal form), what stands before it, and what it hangs on."""
    own = _sentences_of(text)
    before = grams_of(own[at - 1]) if at else frozenset[str]()
    return read(own[at]), before, _lead(own, at)


@lru_cache(maxsize=2048)
def _sentences_of(text: str) -> tuple[str, ...]:
    return tuple(_with_exceptions(text.split("\n")))


def _lead(own: Sequence[str], at: int) -> frozenset[str]:
    """The words before the colon that opens a list, whether its members are lines or parts of a line."""
    lead = next((one for one in reversed(own[:at]) if one.endswith(":")), None)
    first = at
    while first and own[first - 1].endswith(";"):
        first -= 1
    opening: frozenset[str] = frozenset()
    if first < at and not own[first].startswith("("):
        opening = _opening(read(own[first]))
    return opening | read(lead).grams if lead else opening


def _opening(reading: Reading) -> frozenset[str]:
    """比例为：每月工资收入在3000元以下的，…；5000元以上的，…: what stands before the first figure holds for all."""
    colon = reading.text.find(":") + 1
    first = min(
        (
            mark.figure.start
            for mark in reading.marks
            if mark.figure
            and mark.figure.bound != "per"
            and mark.figure.start >= colon
            and mark.kind[2] != "第"
        ),
        default=colon,
    )
    return grams_of(reading.text[:first])


def _short(part: str) -> list[str]:
    """A sentence in pieces of bounded length: reading one takes more than its length in time."""
    pieces = []
    while len(part) > LONGEST:
        cut = part.rfind(",", LONGEST // 2, LONGEST) + 1 or LONGEST
        pieces.append(part[:cut])
        part = part[cut:]
    return [*pieces, part]


def _with_exceptions(parts: Sequence[str]) -> list[str]:
    """A sentence that begins with 但 belongs to the one before: neither says the rule alone."""
    joined: list[str] = []
    for part in parts:
        if part.startswith("但") and joined and len(joined[-1]) + len(part) <= 2 * LONGEST:
            joined[-1] = joined[-1].rstrip(";。") + "," + part
        elif part:
            joined.append(part)
    return joined


def _unwrapped(text: str) -> str:
    """Lines that were broken inside a sentence joined again; headings and items stay lines of their own."""
    lines = text.split("\n")
    joined = lines[:1]
    for line in lines[1:]:
        before = joined[-1].rstrip()
        if len(before) >= WRAPPED and before[-1] not in _ENDS and not _STARTS.match(line):
            joined[-1] = before + line.lstrip()
        else:
            joined.append(line)
    return "\n".join(joined)
