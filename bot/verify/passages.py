"""Evidence texts as sentences that were read, and those of them that a sentence may rest on. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.reading import Reading, grams_of, normal, read
from ingest.text import sentences

MOST_SENTENCES = 14  # of the evidence, that are looked at closely
WRAPPED = 18  # a line this long that ends without a stop was wrapped, not ended
_STARTS = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百千\d]+[条章节编]|[(（]?[一二三四五六七八九十\d]+[)）、.．])"
)
_ENDS = "。;!?:；！？：”）)"


@dataclass(frozen=True, slots=True)
class Passage:
    """One evidence text: its sentences in normal form, one after another in `text`."""

    text: str
    sentences: tuple[Reading, ...]


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
    parts = [normal(whole[start:end]) for start, end in sentences(whole)]
    return Passage("\n".join(parts), tuple(read(part) for part in _with_exceptions(parts)))


@lru_cache(maxsize=512)
def title_grams(title: str) -> frozenset[str]:
    return grams_of(normal(title))


def nearest(said: Reading, passages: Sequence[Passage], titles: Sequence[str]) -> list[Place]:
    """The sentences of the evidence that share most with what is said, best first, and those right before and
    after the best ones: a sentence may be spread over several.
    """
    scored: list[tuple[float, int, int]] = []
    size = len(said.grams) or 1
    for number, one in enumerate(passages):
        for at, reading in enumerate(one.sentences):
            shared = len(said.grams & reading.grams)
            if shared:
                scored.append((shared / size, number, at))
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    places = []
    for score, number, at in scored[:MOST_SENTENCES]:
        reading = passages[number].sentences[at]
        lead = _lead(passages[number].sentences, at)
        around = _around(passages, titles, number, at) | lead
        places.append(Place(number, at, reading, around, around - reading.grams, lead, score))
    return places


def _around(passages: Sequence[Passage], titles: Sequence[str], number: int, at: int) -> frozenset[str]:
    own = passages[number].sentences
    around = title_grams(titles[number]) if number < len(titles) else frozenset[str]()
    if at:
        around |= own[at - 1].grams
    return around


def _lead(sentences_: Sequence[Reading], at: int) -> frozenset[str]:
    """The words before the colon that opens a list, whether its members are lines or parts of a line."""
    lead = next((one for one in reversed(sentences_[:at]) if one.text.endswith(":")), None)
    first = at
    while first and sentences_[first - 1].text.endswith(";"):
        first -= 1
    opening: frozenset[str] = frozenset()
    if first < at and not sentences_[first].text.startswith("("):
        opening = _opening(sentences_[first])
    return opening | lead.grams if lead else opening


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


def _with_exceptions(parts: Sequence[str]) -> list[str]:
    """A sentence that begins with 但 belongs to the one before: neither says the rule alone."""
    joined: list[str] = []
    for part in parts:
        if part.startswith("但") and joined:
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
