"""Which document carries the procedure: retrieved hits in, the documents with their steps out, best first. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.answering.question import coverage, pairs_in, read_question
from bot.card.choose import SAID, WHOLE, Known, choose, says, share, weights_of
from bot.card.model import Clause, Step
from bot.card.topic import apart
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.names import calls
from ingest.model import REPLACEABLE_KINDS, Hit
from ingest.text import search_form

DOCUMENTS = 6  # looked into
NAMED = 3.0  # the regulation that the question names
LEAST = 0.6  # share of the topic that document and steps must speak of, or nothing was found
LOCAL = 0.35  # a street's, school's or province's own rules where they are not asked about
REPLACED = 0.6  # without a day asked for, what is in force goes first
OFFICIAL = 0.15
LAW = 0.1  # who asks here works for the Party
ACTS = 0.1  # the acts are those asked about: 党员要求退党，应当…… before a list of those who are to be 除名
_PLACE = re.compile(
    r"《?(?:关于印发《?)?([^(《]{2,12}?(?:街道|社区|大学|学院|中学|小学|公司|集团|省|市|县|区))"
)
_FOR_WHOM = re.compile(
    r"(高校毕业生|流动党员|离退休|留学|出国|农民工|军队|武警|国有企业|机关|高等学校|农村|社区|城市|村民|居民|公务员|公职人员)"
)


About = Callable[[str], float]  # the share of the topic that words have
Read = Callable[[Clause, About | None], Step | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that speaks of the topic, the steps read from it, and how well it fits."""

    hit: Hit
    steps: tuple[Step, ...]
    score: float


def find(
    topic: str,
    question: str,
    hits: Sequence[Hit],
    clauses_of: Callable[[str], Sequence[Known]],
    read: Read,
    lexicon: Lexicon | None = None,
) -> list[Found]:
    """Documents with steps for the topic, best first; empty when none speaks of it."""
    asked, words = (read_question(said, lexicon).pairs for said in (topic, apart(topic)))
    ids = list(dict.fromkeys(hit.document_id for hit in hits))[:DOCUMENTS]
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = []
    for document_id in ids:
        own = [hit for hit in hits if hit.document_id == document_id]
        known = clauses_of(document_id)
        weights = weights_of(asked, known)
        chosen = choose(topic, weights, own, known, lexicon)
        about = partial(share, weights, lexicon=lexicon)
        steps = _read(
            chosen.clauses, own[0], _reader(read, about if chosen.one_by_one or chosen.mixed else None)
        )
        spoken = coverage(
            weights_of(words, known), pairs_in(_said(own[0], [step.clause for step in steps]), lexicon)
        )
        clear = [
            step for step in steps if not chosen.one_by_one or says(weights, step.clause, lexicon) >= WHOLE
        ]
        if steps and spoken >= LEAST:
            score = (
                own[0].score / best
                + spoken
                + 0.04 * min(len(clear), 5)
                + (
                    ACTS
                    if chosen.one_by_one and any(about(step.action.text) >= SAID for step in steps)
                    else 0.0
                )
                + _fits(question, own[0], weights, lexicon)
            )
            found.append(Found(own[0], steps, score))
    return sorted(found, key=lambda one: -one.score)


def _reader(read: Read, about: About | None) -> Callable[[Clause], Step | None]:
    return lambda clause: read(clause, about)


def _read(chosen: Sequence[Clause], first: Hit, read: Callable[[Clause], Step | None]) -> tuple[Step, ...]:
    """The steps; the clause found first is the common case, whatever it looks like."""
    steps = (step for clause in chosen if (step := read(clause)) is not None)
    return tuple(
        replace(step, special=step.special and step.clause.start != first.section_start) for step in steps
    )


def _said(hit: Hit, clauses: Sequence[Clause]) -> str:
    return "\n".join([hit.title, *(part for clause in clauses for part in (*clause.headings, clause.text))])


def for_others(question: str, title: str) -> tuple[str, ...]:
    """The place and the groups that a title names and the question does not: 机关 of 机关基层组织工作条例."""
    asked, form = search_form(question), search_form(title)
    place = _PLACE.match(form)
    named = [place[1]] if place else []
    form = form.replace(named[0], "", 1) if named else form
    return tuple(dict.fromkeys(one for one in (*named, *_FOR_WHOM.findall(form)) if one not in asked))


def _fits(question: str, hit: Hit, weights: Mapping[str, float], lexicon: Lexicon | None) -> float:
    """General rules of the Party go before laws, notices, and what is made for one place or one group that is not named."""
    score = OFFICIAL if hit.kind in REPLACEABLE_KINDS else 0.0
    score -= LAW if hit.kind in {"法律", "行政法规", "司法解释"} else 0.0
    score -= 0.0 if hit.in_force else REPLACED
    asked, title = search_form(question), search_form(hit.title)
    about = share(weights, hit.title, lexicon)
    place = _PLACE.match(title)
    if place and place[1] not in asked:
        score -= LOCAL * (1 - about)  # the office's own rule on the very matter stays
        title = title.replace(place[1], "", 1)
    if any(calls(work, hit) for work in read_question(question).works):
        return score + NAMED
    if any(group not in asked for group in _FOR_WHOM.findall(title)):
        return score - LOCAL
    return score + 0.5 * about
