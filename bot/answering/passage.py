"""A hit cut into what can be shown as an answer: single sentences, and lists with the line that introduces them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ingest.errors import KnowledgeBaseError
from ingest.model import Hit
from ingest.text import NUMERAL, sentences

SECTION_LIMIT = 4000  # characters; a longer section (a whole report part) is read only where the hit stands
STATEMENT_LIMIT = 240  # characters of sentence parts joined by ；
LIST_LIMIT = 15  # spans; a longer list is cut, its article can be opened
_LABEL = re.compile(
    rf"(?:#+\s*)?第[{NUMERAL}\d]+条(?:之[{NUMERAL}]+)?(?:\s*【[^】]*】)?[\s　]*|[#>]+\s*|[-*•]\s+"
)
_ITEM = re.compile(rf"[（(][{NUMERAL}\d]+[）)]|\d+[.．、]|[{NUMERAL}]+是|[-*•]\s|[①-⑳]")
_OPENS_LIST = re.compile(r"：$|：(?=[（(][一1][）)]|一是|1[.．、])")
_ANNOUNCES = re.compile(r"^现(?:将|就).*(?:如下|汇报|报告)[：。]?$|编者|：$")
_STOPS = "。！？；：”）…"


@dataclass(frozen=True, slots=True)
class Unit:
    """One or more spans of the document of `hit` that are shown together; `spans[0]` is the sentence or lead-in.

    `lead` is the introducing line of a list item shown on its own, else None.
    """

    hit: Hit
    spans: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]
    is_list: bool = False
    lead: tuple[int, int] | None = None


def units(hit: Hit, text_of: Callable[[str], str]) -> Iterator[Unit]:
    """Every sentence, list and list item that overlaps the hit, in reading order.

    A list is read beyond the hit's own borders when the hit is a piece of a longer article.
    """
    text, start, end = _region(hit, text_of)
    spans = [
        span
        for span in _joined(text, _unlabelled(text, sentences(text, start, end)))
        if _says_something(text, span, hit)
    ]
    index = 0
    while index < len(spans):
        stop = _list_end(text, spans, index)
        if stop > index + 1:
            members = tuple(_items(text, spans[index:stop])[:LIST_LIMIT])
            if _overlaps(hit, members):
                yield Unit(hit, members, tuple(text[a:b] for a, b in members), is_list=True)
            for a, b in spans[index + 1 : stop]:
                if _overlaps(hit, ((a, b),)):
                    yield Unit(hit, ((a, b),), (text[a:b],), lead=spans[index])
        elif _overlaps(hit, (spans[index],)) and not _ANNOUNCES.search(text[slice(*spans[index])]):
            a, b = spans[index]
            yield Unit(hit, ((a, b),), (text[a:b],))
        index = stop


def whole(hit: Hit, text_of: Callable[[str], str]) -> Unit:
    """All sentences of the article or section the hit stands in (at most `LIST_LIMIT`)."""
    text, start, end = _region(hit, text_of)
    spans = [
        span
        for span in _joined(text, _unlabelled(text, sentences(text, start, end)))
        if _says_something(text, span, hit)
    ]
    spans = spans[:LIST_LIMIT] or [(hit.start, hit.end)]
    return Unit(hit, tuple(spans), tuple(text[a:b] for a, b in spans))


def too_long(hit: Hit) -> bool:
    """Whether the hit's article or section is read only where the hit stands."""
    return hit.section_end - hit.section_start > SECTION_LIMIT


def _region(hit: Hit, text_of: Callable[[str], str]) -> tuple[str, int, int]:
    """The document's text and the stretch of it to read; offsets are the document's own."""
    try:
        text = text_of(hit.document_id)
    except (KeyError, KnowledgeBaseError):
        text = ""
    if text[hit.start : hit.end] != hit.text:  # the source changed under us: what was found is all there is
        return " " * hit.start + hit.text, hit.start, hit.start + len(hit.text)
    if hit.section_start <= hit.start < hit.end <= hit.section_end and not too_long(hit):
        return text, hit.section_start, hit.section_end
    return text, hit.start, hit.end


def _unlabelled(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Without 第X条 or a Markdown mark in front: the label is shown beside the sentence, not in it."""
    for start, end in spans:
        label = _LABEL.match(text, start, end)
        begin = label.end() if label else start
        if begin < end:
            yield begin, end


def _says_something(text: str, span: tuple[int, int], hit: Hit) -> bool:
    """A heading line answers nothing: it has no stop at its end and is short, or it is one of the hit's headings."""
    words = text[span[0] : span[1]].strip()
    if any(words in heading for heading in (hit.title, *hit.heading_path)):
        return False
    return words[-1:] in _STOPS or len(words) >= 30 or _ITEM.match(words) is not None or "|" in words


def _list_end(text: str, spans: list[tuple[int, int]], index: int) -> int:
    """One past the last span of the list that `spans[index]` introduces; `index + 1` when it introduces none."""
    start, end = spans[index]
    stop = index + 1
    if _OPENS_LIST.search(text, start, end):
        while stop < len(spans):
            begins_item = _ITEM.match(text, spans[stop][0]) is not None
            if not begins_item and not (stop > index + 1 and _same_line(text, spans[stop - 1], spans[stop])):
                break
            stop += 1
    return stop


def _items(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lead-in, and each item with all its sentences."""
    items = spans[:1]
    for span in spans[1:]:
        if len(items) > 1 and not _ITEM.match(text, span[0]) and _same_line(text, items[-1], span):
            items[-1] = (items[-1][0], span[1])
        else:
            items.append(span)
    return items


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """甲的，……；乙的，……。 is one statement: parts of a line that end with ； stay together, items apart."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        before = joined[-1] if joined else span
        open_ended = joined and text[before[1] - 1] == "；" and _same_line(text, before, span)
        if open_ended and not _ITEM.match(text, span[0]) and span[1] - before[0] <= STATEMENT_LIMIT:
            joined[-1] = (before[0], span[1])
        else:
            joined.append(span)
    return joined


def _same_line(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return "\n" not in text[one[1] : other[0]]


def _overlaps(hit: Hit, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start < hit.end and hit.start < end for start, end in spans)
