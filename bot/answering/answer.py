"""The sentences that answer, in the sources' own words. Pure: a question and ranked hits in, raw sentences out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answering.choosing import choose_all
from bot.answering.difference import told_apart
from bot.answering.headings import headed_points
from bot.answering.ledin import led
from bot.answering.parts import compares, parts_of
from bot.answering.passage import Unit, too_long, whole
from bot.answering.question import Asked, pairs_in, read_question
from bot.answering.stages import stages
from bot.answering.weighing import Alike, Scored, of_named_work, score
from bot.model import Quote, RawSentence
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.paragraphs import place
from bot.retrieval.references import NAMED, without_references
from ingest.model import Hit

__all__ = ["Alike", "asked_articles", "compose_answer"]

MOST_SENTENCES = 16  # the items of a list count one by one
MOST_PLACES = 3  # citations of one sentence that stands word for word in several documents
_WORDS_OF_AN_ARTICLE = frozenset({"内容", "全文", "原文", "条文"})
# Words of one who wants to read an article, and the year of the version: they ask for nothing else.
_TO_READ = re.compile(
    r"帮我|帮忙|麻烦|给我|我想|我要|知道|找出|找|查一下|查|看一下|看看|看|背一下|读一下|列出|一下|里面|怎么说|怎么写|"
    r"(?:19|20)\d\d年?(?:版|修订|修正|修改|制定)?"
)


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
        return tuple(one for hit in articles for one in _shown(_as_asked(hit, text_of)))
    asked = read_question(question, lexicon)
    named = _named_article(asked, hits)
    if named is not None:
        return tuple(_shown(whole(named, text_of)))
    points = headed_points(asked, hits, text_of)
    if points is not None:
        return tuple(_shown(points))
    in_order = stages(asked, hits, text_of)
    if in_order:
        return tuple(sentence for unit in in_order for sentence in _shown(unit))[:MOST_SENTENCES]
    parts = parts_of(asked)
    if compares(asked):  # no sentence of the one and the other makes a difference: rather none
        whole_question = score(asked, hits, text_of, alike)
        return _sentences(told_apart(asked, parts, whole_question), whole_question, text_of)[:MOST_SENTENCES]
    ranked = [score(part, hits, text_of, alike) for part in parts]
    chosen = choose_all(parts, ranked)
    return _sentences(chosen, ranked[0], text_of)[:MOST_SENTENCES]


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
        if asked.article is not None and hit.article == asked.article and of_named_work(asked, hit):
            further = asked.pairs - pairs_in(hit.title, asked.lexicon) - _WORDS_OF_AN_ARTICLE
            return hit if len([pair for pair in further if len(pair) > 1]) <= 2 else None
    return None


def _sentences(
    chosen: Sequence[Scored], ranked: Sequence[Scored], text_of: Callable[[str], str]
) -> tuple[RawSentence, ...]:
    elsewhere: dict[str, list[Scored]] = {}
    for one in ranked:
        if one.unit.hit.in_force and not one.unit.is_list:
            elsewhere.setdefault(one.form, []).append(one)
    return tuple(sentence for one in led(chosen, text_of) for sentence in _spoken(one, elsewhere))


def _spoken(one: Scored, elsewhere: dict[str, list[Scored]]) -> Iterator[RawSentence]:
    """The unit's sentences; a single sentence is cited wherever else it stands word for word."""
    twins = [] if one.unit.is_list else elsewhere.get(one.form, [])
    others = {twin.unit.hit.document_id: twin for twin in reversed(twins)}
    others.pop(one.unit.hit.document_id, None)
    quotes = [
        _quote(twin.unit, twin.unit.spans[0], twin.unit.texts[0], twin.score) for twin in others.values()
    ]
    for sentence in _shown(one.unit, one.score):
        yield RawSentence(sentence.text, (*sentence.quotes, *quotes[: MOST_PLACES - 1]))


def _shown(unit: Unit, score: float = 1.0) -> Iterator[RawSentence]:
    """Each span of the unit as a sentence of its own."""
    for span, text in zip(unit.spans, unit.texts, strict=True):
        yield RawSentence(text, (_quote(unit, span, text, score),))


def _quote(unit: Unit, span: tuple[int, int], text: str, score: float) -> Quote:
    return Quote(unit.hit, text, span[0], span[1], score)
