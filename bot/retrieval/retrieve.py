"""Query -> Evidence: words, meaning and what was asked before are searched side by side, one sum ranks them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.model import Query
from bot.retrieval.asked import Key, asked_before
from bot.retrieval.exact import documents_called, edition_asked, named_first
from bot.retrieval.features import Features, Found, features
from bot.retrieval.lexicon import Lexicon, official_words, reworded
from bot.retrieval.literal import holding_first
from bot.retrieval.ranking import weights_in
from bot.retrieval.references import NAMED
from bot.retrieval.siblings import LONG, siblings_up
from bot.retrieval.wrapping import unwrapped
from ingest.index import Index
from ingest.model import Hit
from ingest.text import letters

# Candidates taken from the search by meaning, and how many at least of as many as are wanted. On 985 questions, by models that
# had not learned them, 60 rank ten hits better than 100 do: recall@10 0.640 and 0.635, MRR 0.528 and 0.526.
_LEAST, _SHARE = 60, 5 / 6
_WIDE = 2.5  # of as many, where a long list is wanted
FITTED = 100  # as many as the weights were learned with, and what is answered from them was fitted on
_BY_WORDS = 0.4  # of as many, from that by words
_ASKED = 0.6  # from what was asked about before
_SAID = 20  # looked at for the question in official words
# A chunk found by its words only is farther than the last one found by meaning; how far is not worth reading its
# vector for: on 724 questions 0.8 of that one's cosine ranks as well as the true one.
_FARTHER = 0.8
_BESIDE = ThreadPoolExecutor(thread_name_prefix="by-words")  # both searches wait outside of Python
_MASKED = re.compile(r"[\w@][ -]?\*+[\w@ -]|\*{4}")  # 138******78, a***@qq.com


def retrieve(
    index: Index,
    query: Query,
    k: int,
    lexicon: Lexicon | None = None,
    weights: Features | None = None,
    depth: int = 0,
    sure: bool = False,
) -> tuple[Hit, ...]:
    """The `k` best chunks, best first, behind the articles that the question names and what holds the name
    of a person it asks after.

    `scores` keeps what the searches said: "lexical" (BM25), "dense" (cosine), "said" (cosine with the question in
    official words, where `sure` asks for it). With `query.as_of` only documents that counted on that day are
    searched; without, replaced ones stand back. Of a work that is asked for in one edition (2021年的积分办法) only that
    edition is searched, as if it were in force. Everyday words are searched in official words too, by `lexicon` (None:
    the packaged one). `weights`: None for those of the home. `depth`, `sure`: see `candidates`; as many as `k` asks for
    are taken in any case.
    """
    taken = round((_WIDE if k > LONG else _SHARE) * k)
    pool, figures = candidates(index, query, max(_LEAST, depth, taken), lexicon, sure=sure)
    scores = figures @ np.array(weights or weights_in(index.home))
    best = sorted(
        zip(scores.round(6).tolist(), pool, strict=True), key=lambda one: (-one[0], one[1].hit.chunk_id)
    )
    hits = [
        replace(one.hit, score=score, scores={"lexical": one.lexical, "dense": one.dense, "said": one.said})
        for score, one in (best if k > LONG else best[:k])
    ]
    return named_first(index, query, holding_first(index, query, siblings_up(hits, k)))[:k]


def candidates(
    index: Index,
    query: Query,
    depth: int = FITTED,
    lexicon: Lexicon | None = None,
    asked_counts: Mapping[Key, int] | None = None,
    sure: bool = True,
) -> tuple[list[Found], NDArray[np.float64]]:
    """Everything that may be the evidence, in no order, and its features, a row each.

    The `depth` best by meaning, fewer by words, and the nearest of what was asked about before. `sure`: whether it is also
    looked at how near the question in official words is, which ranks nothing.
    """
    edition = edition_asked(index, query.question, query.as_of)
    question = unwrapped(edition.question if edition else query.question)
    official = official_words(question, lexicon)
    vector = index.embedder.encode_query(question)
    by_words = _BESIDE.submit(index.search_lexical, question, int(_BY_WORDS * depth), official)
    dense = dict(index.nearest(vector, depth))
    in_official = reworded(question, lexicon) if official and sure else None
    said = dict(index.nearest(index.embedder.encode_query(in_official), _SAID)) if in_official else {}
    lexical = dict(by_words.result())
    farther = _FARTHER * min(dense.values(), default=0.0)
    asked = asked_before(index, asked_counts)
    if asked.ids:
        cosines = asked.vectors @ vector
        nearest = np.argsort(-cosines)[: int(_ASKED * depth)]
        dense |= zip([asked.ids[at] for at in nearest.tolist()], cosines[nearest].tolist(), strict=True)
    not_then = index.superseded(query.as_of) if query.as_of else frozenset[str]()
    called = documents_called(index, question)
    meant = edition.ids if edition else frozenset[str]()
    not_then = not_then - meant | (edition.others if edition else frozenset())
    if edition and not edition.at_that_time:
        called |= meant
    pool = [
        Found(
            hit,
            dense=dense.get(chunk_id, farther),
            lexical=lexical.get(chunk_id, 0.0),
            called=hit.document_id in called,
            replaced=query.as_of is None and not hit.in_force and hit.document_id not in meant,
            asked=asked.weight.get(chunk_id, 0.0),
            said=said.get(chunk_id, 0.0),
        )
        for chunk_id, hit in index.hits([*{**dense, **lexical}]).items()
        if hit.document_id not in not_then
    ]
    return pool, features(question, official, pool)


def distinct(hits: Sequence[Hit], k: int | None = None) -> tuple[Hit, ...]:
    """The first `k` (None: all) hits without those that say what an earlier one says, whatever its spaces and
    marks: copies, and articles that a later version kept. Articles that the question names stay, each in the version
    it was named in.
    """
    seen: set[str] = set()
    kept: list[Hit] = []
    for hit in hits:
        if len(kept) == k:
            break
        words = letters(hit.text)
        if _MASKED.search(hit.text):  # nobody can tell any more whether the numbers were the same
            words += hit.document_id
        if words not in seen or NAMED in hit.scores:
            kept.append(hit)
        seen.add(words)
    return tuple(kept)
