"""A case file held against a knowledge base: every gold place is there, and its quote stands in it word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from evals.metrics import stands_in
from evals.model import Case, Place
from ingest.model import Hit
from ingest.text import search_form


class Row(Protocol):
    """What is asked of a document in the list of them."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...


class Shelf(Protocol):
    """Documents, their chunks in reading order, and their whole texts; `ingest.index.Index` is one."""

    def documents(self) -> Sequence[Row]: ...
    def chunks_of(self, document_id: str) -> list[Hit]: ...
    def text(self, document_id: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a case; `what` is Chinese and names the place."""

    id: str
    question: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Counts of what was looked at, and what was found wrong in it."""

    cases: int
    places: int
    quotes: int
    faults: tuple[Fault, ...]


def check(cases: Sequence[Case], shelf: Shelf) -> Checked:
    """Looks at every case. White space does not count in a quote: line breaks of a PDF are not words."""
    places = [place for case in cases for item in case.gold for place in item]
    texts = _texts_of(dict.fromkeys(places), shelf)
    faults = [*_asked_twice(cases)]
    for case in cases:
        faults += [Fault(case.id, case.question, what) for what in _wrong(case, texts)]
    return Checked(len(cases), len(places), sum(bool(place.quote) for place in places), tuple(faults))


def _wrong(case: Case, texts: dict[Place, tuple[str, ...] | None]) -> Iterator[str]:
    if case.unanswerable and case.gold:
        yield "标为 unanswerable，却列了依据"
    if not case.unanswerable and not case.gold:
        yield "没有列依据（gold）；资料里确实没有答案的，请把 unanswerable 写成 true"
    found: list[str] = []
    for place in (place for item in case.gold for place in item):
        pieces = texts[place]
        if pieces is None:
            yield f"资料库里没有文件：{place.source}"
        elif not pieces:
            yield f"文件里没有这一处：{_named(place)}"
        elif place.quote and not any(_bare(place.quote) in _bare(piece) for piece in pieces):
            yield f"引文不在原处：{_named(place)}“{place.quote}”"
        found += pieces or ()
    forms = [search_form(piece) for piece in found]
    for word in case.answer_contains:
        if forms and not any(search_form(word) in form for form in forms):
            yield f"应有的词语在各处依据里都没有：{word}"


def _asked_twice(cases: Iterable[Case]) -> Iterator[Fault]:
    """The same question of the same day; asked of another day, or behind other ones, it is another question."""
    first: dict[object, Case] = {}
    for case in cases:
        key = (search_form(case.question), case.as_of, case.before)
        if key in first:
            yield Fault(case.id, case.question, f"与 {first[key].id} 是同一个问题")
        first.setdefault(key, case)


def _texts_of(places: Iterable[Place], shelf: Shelf) -> dict[Place, tuple[str, ...] | None]:
    """The pieces of text each place stands for: none when it is not in its document, None without the document."""
    rows = shelf.documents()
    texts: dict[Place, tuple[str, ...] | None] = {}
    by_source = sorted(places, key=lambda place: place.source)
    for source, wanted in groupby(by_source, key=lambda place: place.source):
        held = [row.id for row in rows if row.source == source or row.source.endswith("/" + source)]
        chunks = [(shelf.text(document), shelf.chunks_of(document)) for document in held]
        for place in wanted:
            texts[place] = (
                tuple(piece for text, hits in chunks for piece in _pieces(text, hits, place))
                if held
                else None
            )
    return texts


def _pieces(text: str, chunks: Sequence[Hit], place: Place) -> Iterator[str]:
    """Chunks of the place that follow one another make one piece: a quote may cross the seam of two chunks."""
    for inside, run in groupby(chunks, key=lambda chunk: stands_in(chunk, place)):
        if inside:
            hits = list(run)
            yield text[hits[0].start : hits[-1].end]


def _bare(text: str) -> str:
    return "".join(text.split())


def _named(place: Place) -> str:
    return " ".join(part for part in (place.source, place.article, place.section) if part)
