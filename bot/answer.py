"""The sentences that answer, in the sources' own words. Pure: a question and ranked hits in, raw sentences out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.headings import headed_points
from bot.model import Quote, RawSentence
from bot.passage import Unit, too_long, units, whole
from bot.question import Asked, coverage, pairs_in, plain_weight, read_question, weigh
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.names import calls
from bot.retrieval.paragraphs import place
from bot.retrieval.references import NAMED, without_references
from bot.wanted import counts_kinds, holds
from ingest.model import Hit
from ingest.text import search_form

# How near in meaning each text is to a question: cosines, one a text.
Alike = Callable[[str, Sequence[str]], Sequence[float]]
MOST_UNITS = 4  # sentences or lists shown
MOST_SENTENCES = 16  # the items of a list count one by one
MOST_PLACES = 3  # citations of one sentence that stands word for word in several documents
NEAR_BEST = 0.84  # a further sentence is shown when it scores at least this share of the best one
FURTHER = 0.6  # or at least this share, when it covers `ADDS` more of the question
ADDS = 0.2
SAME_WORDING = 0.7  # share of common pairs from which two sentences say the same
PLACE = (
    0.7  # what title and headings count, against the sentence itself: a report names its unit and year there
)
CONTEXT = 0.35  # what the rest of the article counts
RIGHT_KIND = 0.3  # a sentence that holds a time when a time is asked, and so on
OPEN_KINDS = {"list", "meaning", "agent", "whether"}  # kinds whose cues are weak: they count half
FOCUS = 0.4  # the share of the sentence's own words that the question has: short and to the point goes first
OFFICIAL = 0.05  # an article of a regulation against a guide or a report
LOCAL = 0.15  # a document of one street, school or province, when that is not asked about
TITLE_ASKED = 0.3  # share of the question that the title must hold to count as asked about
DENIES = 0.1  # 不能, 不得 where the question does not ask what is forbidden
STRENGTH = (
    0.25  # the best hit against one whose score is `SPREAD` lower; retrieval puts superseded texts there
)
SPREAD = 0.4
ARTICLE = 0.5  # the article the question names
MEANING = 0.4  # what the cosine of question and sentence counts; docs/retrieval.md has the figures of others
OF_WHOM = 1.0  # a sentence that holds the name of the person asked after
LONG = 160  # characters, from which a sentence covers much only because it is long
_WORDS_OF_AN_ARTICLE = frozenset({"内容", "全文", "原文", "条文"})
# Words of one who wants to read an article, and the year of the version: they ask for nothing else.
_TO_READ = re.compile(
    r"帮我|帮忙|麻烦|给我|我想|我要|知道|找出|找|查一下|查|看一下|看看|看|背一下|读一下|列出|一下|里面|怎么说|怎么写|"
    r"(?:19|20)\d\d年?(?:版|修订|修正|修改|制定)?"
)
_LOCAL = re.compile(r"《?(.{2,3}?(?:街道|社区|学院|大学|省|市|县|区))")
_CLAUSE = re.compile(r"[，；。：]")
_DENIAL = re.compile(r"不能|不得|不宜|不予|不准")


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its score; `pairs` are those of its own words."""

    unit: Unit
    score: float
    pairs: frozenset[str]


def compose_answer(
    question: str,
    hits: Sequence[Hit],
    text_of: Callable[[str], str],
    lexicon: Lexicon | None = None,
    alike: Alike | None = None,
) -> tuple[RawSentence, ...]:
    """The best sentences, grouped by document, best document first; empty when nothing was found.

    `alike`: where it is given, sentences near the question in meaning go before those that only share its words.
    Every quote's text is what stands at `start:end` of the document the hit came from.
    """
    articles = asked_articles(question, hits, lexicon)
    if articles:
        shown = [_as_asked(hit, text_of) for hit in articles]
        return tuple(
            _raw(unit, span, text, 1.0)
            for unit in shown
            for span, text in zip(unit.spans, unit.texts, strict=True)
        )
    asked = read_question(question, lexicon)
    named = _named_article(asked, hits)
    if named is not None:
        unit = whole(named, text_of)
        return tuple(_raw(unit, span, text, 1.0) for span, text in zip(unit.spans, unit.texts, strict=True))
    points = headed_points(asked, hits, text_of)
    if points is not None:
        return tuple(
            _raw(points, span, text, 1.0) for span, text in zip(points.spans, points.texts, strict=True)
        )
    ranked = _score(asked, hits, text_of, alike)
    chosen = _choose(asked, ranked)
    order = list(dict.fromkeys(scored.unit.hit.document_id for scored in chosen))
    grouped = sorted(chosen, key=lambda scored: order.index(scored.unit.hit.document_id))
    return _sentences(grouped, ranked)[:MOST_SENTENCES]


def candidates(
    question: str,
    hits: Sequence[Hit],
    text_of: Callable[[str], str],
    most: int,
    lexicon: Lexicon | None = None,
    alike: Alike | None = None,
) -> tuple[tuple[RawSentence, ...], ...]:
    """At most `most` sentences or whole lists that might answer, best first, none said twice: what a language
    model may choose from.
    """
    asked = read_question(question, lexicon)
    ranked = _score(asked, hits, text_of, alike)
    offered: list[Scored] = []
    for one in ranked:
        if len(offered) < most and not any(_same(one, other) for other in offered):
            offered.append(one)
    return tuple(_sentences([one], ranked) for one in offered)


def asked_articles(question: str, hits: Sequence[Hit], lexicon: Lexicon | None = None) -> tuple[Hit, ...]:
    """The articles that were looked up because the question names them, when it asks for little but their words."""
    named = [hit for hit in hits if NAMED in hit.scores]
    if not named:
        return ()
    places = "\n".join(f"{hit.title}\n{hit.source}" for hit in named)
    known = pairs_in(places, lexicon) | _WORDS_OF_AN_ARTICLE
    further = read_question(_TO_READ.sub("，", without_references(question))).pairs - known
    if len([pair for pair in further if len(pair) > 1]) > 2:
        return ()
    first = {(hit.document_id, hit.section_start): hit for hit in reversed(named)}
    return tuple(hit for hit in named if too_long(hit) or hit is first[hit.document_id, hit.section_start])


def _as_asked(hit: Hit, text_of: Callable[[str], str]) -> Unit:
    """The whole article, or the 款 or 项 of it that is named."""
    paragraph, item = (int(hit.scores.get(key, 0)) for key in ("paragraph", "item"))
    text = text_of(hit.document_id) if paragraph or item else ""
    at = place(text, hit.section_start, hit.section_end, paragraph, item)
    if at is None:
        return whole(hit, text_of)
    start, end = at
    part = replace(hit, start=start, end=end, section_start=start, section_end=end, text=text[start:end])
    return replace(whole(part, text_of), hit=hit)  # what a reader opens is the article, not the 款


def _named_article(asked: Asked, hits: Sequence[Hit]) -> Hit | None:
    """The hit to be shown whole: its article is named, and its regulation if one is; little else is asked."""
    for hit in hits:
        if asked.article is not None and hit.article == asked.article and _of_named_work(asked, hit):
            further = asked.pairs - pairs_in(hit.title, asked.lexicon) - _WORDS_OF_AN_ARTICLE
            return hit if len([pair for pair in further if len(pair) > 1]) <= 2 else None
    return None


def _of_named_work(asked: Asked, hit: Hit) -> bool:
    return not asked.works or any(calls(work, hit) for work in asked.works)


def _score(
    asked: Asked, hits: Sequence[Hit], text_of: Callable[[str], str], alike: Alike | None
) -> list[Scored]:
    """Every unit of every hit, best first; ties keep the order of the hits."""
    pool = [unit for hit in hits for unit in units(hit, text_of)]
    own = [pairs_in(unit.texts[0], asked.lexicon) for unit in pool]
    best = max((hit.score for hit in hits), default=0.0)
    weights = weigh(asked.pairs, own)
    near = alike(asked.form, [unit.texts[0] for unit in pool]) if alike and pool else [0.0] * len(pool)
    scored = [
        Scored(
            unit,
            _unit_score(asked, weights, unit, pairs, best - unit.hit.score) + MEANING * float(cosine),
            pairs,
        )
        for unit, pairs, cosine in zip(pool, own, near, strict=True)
    ]
    return sorted(scored, key=lambda one: -one.score)


def _unit_score(
    asked: Asked, weights: dict[str, float], unit: Unit, pairs: frozenset[str], behind: float
) -> float:
    hit = unit.hit
    placed = pairs | pairs_in("\n".join((hit.title, *hit.heading_path)), asked.lexicon)
    around = placed | pairs_in(hit.text, asked.lexicon)
    own, place, context = (coverage(weights, found) for found in (pairs, placed, around))
    score = own + PLACE * (place - own) + CONTEXT * (context - place)
    score += STRENGTH * max(0.0, 1 - behind / SPREAD) + FOCUS * _focus(asked, pairs)
    if any(term in search_form(unit.texts[0]) for term in asked.terms):
        score += OF_WHOM
    if asked.kind == "list" and unit.is_list:
        score += RIGHT_KIND
    elif holds(asked.wanted, unit.texts[0]):
        near = 0.5 if asked.kind in OPEN_KINDS else _nearness(asked, weights, unit.texts[0], own)
        score += RIGHT_KIND * (near + counts_kinds(asked.form))
    if hit.article is not None:
        score += ARTICLE if hit.article == asked.article and _of_named_work(asked, hit) else OFFICIAL
    unit_named = _LOCAL.match(hit.title)
    if (
        unit_named
        and unit_named[1] not in asked.form
        and coverage(weights, pairs_in(hit.title, asked.lexicon)) < TITLE_ASKED
    ):
        score -= LOCAL
    if not asked.denies and _DENIAL.search(unit.texts[0]):
        score -= DENIES
    return score - 0.1 * min(1.0, max(0, len(unit.texts[0]) - LONG) / LONG)


def _nearness(asked: Asked, weights: dict[str, float], text: str, own: float) -> float:
    """How much of what the sentence covers stands beside the figure (its clause and the one before), 0.4 to 1."""
    clauses = _CLAUSE.split(text)
    beside = (
        "，".join(clauses[max(0, at - 1) : at + 1])
        for at, one in enumerate(clauses)
        if holds(asked.wanted, one)
    )
    return 0.4 + 0.6 * max((coverage(weights, pairs_in(one)) for one in beside), default=0.0) / (own or 1.0)


def _focus(asked: Asked, pairs: frozenset[str]) -> float:
    """Which share of a sentence's pairs the question has, at least 20 being counted."""
    own = {pair for pair in pairs if len(pair) == 2}
    return len(own & asked.pairs) / max(20, len(own))


def _choose(asked: Asked, ranked: Sequence[Scored]) -> list[Scored]:
    """The best unit, those near it that say something else, and those that speak of what is still open."""
    chosen: list[Scored] = []
    for one in ranked:
        if len(chosen) == MOST_UNITS or (chosen and one.score < FURTHER * chosen[0].score):
            break
        second_list = one.unit.is_list and any(other.unit.is_list for other in chosen)
        if second_list or any(_same(one, other) for other in chosen):
            continue
        if not chosen or one.score >= NEAR_BEST * chosen[0].score or _adds(asked, one, chosen):
            chosen.append(one)
    return chosen


def _adds(asked: Asked, one: Scored, chosen: Sequence[Scored]) -> bool:
    """Whether it covers much of what the chosen ones leave open: the second half of a double question."""
    weights = {pair: plain_weight(pair) for pair in asked.pairs}
    said = frozenset().union(*(other.pairs for other in chosen))
    gain = coverage(weights, said | one.pairs) - coverage(weights, said)
    return gain >= ADDS and (asked.wanted is None or holds(asked.wanted, one.unit.texts[0]))


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
