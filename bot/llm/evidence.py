"""The sources that a language model is given: whole articles in their own words, numbered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answering.passage import too_long
from ingest.errors import KnowledgeBaseError
from ingest.model import Hit
from ingest.text import titled

TextOf = Callable[[str], str]
Withheld = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source: `text` is verbatim what stands in the document at the place of `hit`, which is the whole article or
    section; `place` says where in words (《…》第十二条).
    """

    hit: Hit
    text: str
    place: str


def gather(hits: Sequence[Hit], text_of: TextOf, most: int, characters: int) -> tuple[Evidence, ...]:
    """At most `most` sources of `characters` in all, best first. A source is given whole or not at all; only the first may
    be longer than `characters`.
    """
    chosen: list[Evidence] = []
    left = characters
    for one in _whole(hits, text_of):
        if len(chosen) == most:
            break
        if len(one.text) <= left or not chosen:
            chosen.append(one)
            left -= len(one.text)
    return tuple(chosen)


def _whole(hits: Sequence[Hit], text_of: TextOf) -> Iterator[Evidence]:
    """Each article or section once, as far as it can be read; where it cannot, what was found of it."""
    seen: set[tuple[str, int, int]] = set()
    for hit in hits:
        start, end = (hit.start, hit.end) if too_long(hit) else (hit.section_start, hit.section_end)
        if (hit.document_id, start, end) in seen:
            continue
        seen.add((hit.document_id, start, end))
        try:
            text = text_of(hit.document_id)
        except (KeyError, KnowledgeBaseError):
            continue  # it left the home while we searched: what cannot be cited is not sent
        if text[hit.start : hit.end] != hit.text:
            continue
        if not start <= hit.start < hit.end <= end:
            start, end = hit.start, hit.end
        # What is quoted may stand anywhere in it, not only where the search found it.
        whole = replace(hit, start=start, end=end, text=text[start:end])
        yield Evidence(whole, whole.text, place_of(hit))


def place_of(hit: Hit) -> str:
    """《某某条例》 第三章 第十二条: what a sentence may name without its standing in the text."""
    return " ".join((titled(hit.title), *hit.heading_path, *([hit.article] if hit.article else [])))
