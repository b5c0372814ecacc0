"""The sentences that answer, in the sources' own words. Pure: a question and ranked hits in, raw sentences out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.model import Quote, RawSentence
from bot.passage import Unit, units, whole
from bot.question import Asked, coverage, fits, pairs_in, read_question, weigh
from ingest.model import Hit
from ingest.text import search_form

MOST_UNITS = 4  # sentences or lists shown
MOST_SENTENCES = 16  # the items of a list count one by one
MOST_PLACES = 3  # citations of one sentence that stands word for word in several documents
NEAR_BEST = 0.86  # a further sentence is shown when it scores at least this share of the best one
SAME_WORDING = 0.7  # share of common pairs from which two sentences say the same
CONTEXT = 0.35  # what the heading and the rest of the article count, against the sentence itself
RIGHT_KIND = 0.15  # a sentence that holds a time when a time is asked, and so on
STRENGTH = (
    0.25  # the best hit against one whose score is `SPREAD` lower; retrieval puts superseded texts there
)
SPREAD = 0.3
ARTICLE = 0.5  # the article the question names
LONG = 160  # characters, from which a sentence covers much only because it is long


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its score; `pairs` are those of its own words."""

    unit: Unit
    score: float
    pairs: frozenset[str]


def compose_answer(
    question: str, hits: Sequence[Hit], text_of: Callable[[str], str]
) -> tuple[RawSentence, ...]:
    """The best sentences, grouped by document, best document first; empty when nothing was found.

    Every quote's text is what stands at `start:end` of the document the hit came from.
    """
    asked = read_question(question)
    named = _named_article(asked, hits)
    if named is not None:
        unit = whole(named, text_of)
        return tuple(_raw(unit, span, text, 1.0) for span, text in zip(unit.spans, unit.texts, strict=True))
    ranked = _score(asked, hits, text_of)
    chosen = _choose(ranked)
    order = list(dict.fromkeys(scored.unit.hit.document_id for scored in chosen))
    grouped = sorted(chosen, key=lambda scored: order.index(scored.unit.hit.document_id))
    return _sentences(grouped, ranked)[:MOST_SENTENCES]


def _named_article(asked: Asked, hits: Sequence[Hit]) -> Hit | None:
    """The hit to be shown whole: its article is named and little else is asked."""
    if asked.article is None:
        return None
    for hit in sorted(hits, key=lambda hit: not _is_work(hit, asked)):
        if hit.article == asked.article:
            further = asked.pairs - pairs_in(hit.title) - {"内容", "全文", "原文", "条文"}
            return hit if len([pair for pair in further if len(pair) > 1]) <= 2 else None
    return None


def _is_work(hit: Hit, asked: Asked) -> bool:
    title = search_form(hit.title)
    return any(search_form(work) in title or title in search_form(work) for work in asked.works)


def _score(asked: Asked, hits: Sequence[Hit], text_of: Callable[[str], str]) -> list[Scored]:
    """Every unit of every hit, best first; ties keep the order of the hits."""
    pool = [unit for hit in hits for unit in units(hit, text_of)]
    own = [pairs_in(unit.texts[0]) for unit in pool]
    best = max((hit.score for hit in hits), default=0.0)
    weights = weigh(asked.pairs, own)
    scored = [
        Scored(unit, _unit_score(asked, weights, unit, pairs, best - unit.hit.score), pairs)
        for unit, pairs in zip(pool, own, strict=True)
    ]
    return sorted(scored, key=lambda one: -one.score)


def _unit_score(
    asked: Asked, weights: dict[str, float], unit: Unit, pairs: frozenset[str], behind: float
) -> float:
    hit = unit.hit
    context = pairs | pairs_in("\n".join((hit.title, *hit.heading_path, hit.text)))
    covered = coverage(weights, pairs)
    score = (
        covered + CONTEXT * (coverage(weights, context) - covered) + STRENGTH * max(0.0, 1 - behind / SPREAD)
    )
    if fits(asked.kind, unit.texts[0]) or (unit.is_list and asked.kind == "list"):
        score += RIGHT_KIND
    if asked.article is not None and hit.article == asked.article:
        score += ARTICLE
    return score - 0.1 * min(1.0, max(0, len(unit.texts[0]) - LONG) / LONG)


def _choose(ranked: Sequence[Scored]) -> list[Scored]:
    """The best unit and those near it that say something else."""
    chosen: list[Scored] = []
    for one in ranked:
        if len(chosen) == MOST_UNITS or (chosen and one.score < NEAR_BEST * chosen[0].score):
            break
        if not any(_same(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def _same(one: Scored, other: Scored) -> bool:
    """Nearly the same words, or a part of what is already shown."""
    document = one.unit.hit.document_id == other.unit.hit.document_id
    if document and set(one.unit.spans) & {*other.unit.spans, other.unit.lead}:
        return True
    left, right = ({pair for pair in pairs if len(pair) == 2} for pairs in (one.pairs, other.pairs))
    return len(left & right) >= SAME_WORDING * max(1, min(len(left), len(right)))


def _sentences(chosen: Sequence[Scored], ranked: Sequence[Scored]) -> tuple[RawSentence, ...]:
    elsewhere: dict[str, list[Scored]] = {}
    for one in ranked:
        if one.unit.hit.in_force and not one.unit.is_list:
            elsewhere.setdefault(search_form(one.unit.texts[0]), []).append(one)
    return tuple(sentence for one in chosen for sentence in _spoken(one, elsewhere))


def _spoken(one: Scored, elsewhere: dict[str, list[Scored]]) -> Iterator[RawSentence]:
    """The unit's sentences; a single sentence is cited wherever else it stands word for word."""
    unit = one.unit
    for span, text in zip(unit.spans, unit.texts, strict=True):
        sentence = _raw(unit, span, text, one.score)
        twins = [] if unit.is_list else elsewhere.get(search_form(text), [])
        others = {twin.unit.hit.document_id: twin for twin in reversed(twins)}
        others.pop(unit.hit.document_id, None)
        quotes = [
            _quote(twin.unit, twin.unit.spans[0], twin.unit.texts[0], twin.score) for twin in others.values()
        ]
        yield RawSentence(text, (*sentence.quotes, *quotes[: MOST_PLACES - 1]))


def _raw(unit: Unit, span: tuple[int, int], text: str, score: float) -> RawSentence:
    return RawSentence(text, (_quote(unit, span, text, score),))


def _quote(unit: Unit, span: tuple[int, int], text: str, score: float) -> Quote:
    return Quote(unit.hit, text, span[0], span[1], score)
