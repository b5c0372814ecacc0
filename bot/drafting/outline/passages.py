"""What reports say, cut into passages of whole sentences, each with its purpose, found again by shared words. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.drafting.model import Planned, Purpose
from bot.drafting.outline.headings import Headed, read_sections
from bot.drafting.outline.likeness import pairs
from ingest.text import sentences

LIMIT = 200  # characters of a passage; a single longer sentence stands whole, up to twice that
_FULL = 60  # characters after which a new 一是 begins a new passage
_LEAST = 12
_POINT = re.compile(
    r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]，|\d{1,2}[.．、])"
)
_HEADING_END = re.compile(r"[。：；\n]")
_SAID = ("。", "！", "？", "；", "。”", "！”")


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` of document `document_id`; `purpose` is that of the part it stands in, "" where it has none;
    `heading` the words over it, by which it is found too.
    """

    document_id: str
    start: int
    end: int
    text: str
    purpose: Purpose
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pieces with the places of each pair of characters in them."""

    pieces: tuple[Piece, ...]
    places: Mapping[str, tuple[int, ...]]


def shelf(texts: Sequence[tuple[str, str]]) -> Shelf:
    """Of documents given as (id, text)."""
    pieces = tuple(piece for document_id, text in texts for piece in cut(document_id, text))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        for pair in pairs(f"{piece.heading}\n{piece.text}"):
            places[pair].append(at)
    return Shelf(pieces, {pair: tuple(found) for pair, found in places.items()})


def found(shelf: Shelf, query: str) -> dict[int, float]:
    """Pieces that share at least two pairs with the query, by number: how much of it they say, 0 to 1, rare pairs
    counting more.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    whole = 0.0
    for pair in pairs(query):
        places = shelf.places.get(pair, ())
        weight = log(1 + (len(shelf.pieces) + 1) / (len(places) + 1))
        whole += weight
        for at in places:
            scores[at] += weight
            shared[at] += 1
    return {at: score / whole for at, score in scores.items() if shared[at] > 1}


def cut(document_id: str, text: str) -> Iterator[Piece]:
    """The pieces of a document in reading order; what stands before its first heading is none, if it has headings."""
    headed = read_sections(text)
    if not headed:
        yield from _pieces(document_id, text, 0, len(text), Planned("", 0))
    for at, one in enumerate(headed):
        end = min(one.end, headed[at + 1].start) if at + 1 < len(headed) else one.end
        yield from _pieces(document_id, text, _body(text, one), end, one.planned)


def _body(text: str, headed: Headed) -> int:
    """Where the heading's own words end: behind its first stop, or at the end of its line."""
    found = _HEADING_END.search(text, headed.start, headed.end)
    return found.end() if found else headed.end


def _pieces(document_id: str, text: str, start: int, end: int, under: Planned) -> Iterator[Piece]:
    begun = until = -1
    for first, last in sentences(text, start, end):
        if not text[first:last].endswith(_SAID):
            continue
        fits = begun >= 0 and last - begun <= LIMIT and not text[until:first].strip()
        if fits and not (until - begun > _FULL and _POINT.match(text[first:last])):
            until = last
            continue
        yield from _piece(document_id, text, begun, until, under)
        begun, until = first, last
    yield from _piece(document_id, text, begun, until, under)


def _piece(document_id: str, text: str, start: int, end: int, under: Planned) -> Iterator[Piece]:
    if start >= 0 and _LEAST <= end - start <= 2 * LIMIT:
        yield Piece(document_id, start, end, text[start:end], under.purpose, under.heading)
