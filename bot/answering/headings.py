"""存在哪些问题, 下一步有哪些打算: a report answers such a question with the headings of one of its parts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answering.passage import LIST_LIMIT, Unit
from bot.answering.question import Asked, coverage, pairs_in, plain_weight
from ingest.errors import KnowledgeBaseError
from ingest.model import Hit
from ingest.text import NUMERAL, sentences

DEEP = 6  # hits looked at
ASKED_ABOUT = 0.6  # share of the question that title and heading must hold together
_TOPIC = re.compile(r"问题|不足|短板|困难|原因|建议|措施|做法|打算|计划|安排|任务|经验|体会|成效|启示")
_PART = re.compile(rf"^(?:#+ *)?[{NUMERAL}]+、[^\n]{{0,60}}", re.MULTILINE)
_POINT = re.compile(rf"^(?:#+ *)?[（(][{NUMERAL}]+[）)]", re.MULTILINE)


def headed_points(asked: Asked, hits: Sequence[Hit], text_of: Callable[[str], str]) -> Unit | None:
    """The first sentence of each （一）（二）… of the part 一、 that is asked about, or None.

    Every part of every report among the best hits is looked at; title and heading that say most of the question
    win. The unit's hit is that whole part, so that each quote stands inside the section a reader is shown.
    """
    topic = _TOPIC.search(asked.form)
    if topic is None or asked.kind not in {"list", "how"}:
        return None
    weights = {pair: plain_weight(pair) for pair in asked.pairs}
    best, chosen = ASKED_ABOUT, None
    for hit in {hit.document_id: hit for hit in reversed(hits[:DEEP]) if hit.article is None}.values():
        for part in _parts(hit, text_of):
            said = coverage(weights, pairs_in("\n".join((hit.title, *part.heading_path)), asked.lexicon))
            if topic[0] in part.heading_path[0] and said >= best:
                best, chosen = said, part
    return _points(chosen) if chosen else None


def _parts(hit: Hit, text_of: Callable[[str], str]) -> Iterator[Hit]:
    """The parts 一、二、 … of the hit's document, each as a hit of its own."""
    try:
        text = text_of(hit.document_id)
    except (KeyError, KnowledgeBaseError):
        return
    found = list(_PART.finditer(text))
    for at, part in enumerate(found):
        start, end = part.start(), found[at + 1].start() if at + 1 < len(found) else len(text)
        yield replace(
            hit,
            heading_path=(part[0].strip(),),
            start=start,
            end=end,
            section_start=start,
            section_end=end,
            text=text[start:end],
        )


def _points(part: Hit) -> Unit | None:
    firsts = [sentences(part.text, point.start())[0] for point in _POINT.finditer(part.text)][:LIST_LIMIT]
    if len(firsts) < 2:
        return None
    spans = tuple((part.start + a, part.start + b) for a, b in firsts)
    return Unit(part, spans, tuple(part.text[a:b] for a, b in firsts))
