"""Whether the evidence can carry an answer, and what to say when it cannot. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from bot.model import Quote
from bot.question import Asked, coverage, pairs_in, plain_weight, read_question
from bot.retrieval.lexicon import Lexicon, official_words
from bot.retrieval.names import calls
from bot.wanted import figure_for, holds
from ingest.model import Hit
from ingest.text import search_form

NEAREST = 3  # hits shown with a refusal
DEEP = 5  # hits that count as evidence
UNRELATED = 0.2  # the builtin model's level in a small home
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[^\d]|$)")
# The asker's own figure: 工资4000元, 65岁, 51名党员. Years, articles and figures beside a slash or dash are none.
_OWN = re.compile(
    r"(?<![\d第.\-/])(?!(?:19|20)\d\d年)\d+(?:\.\d+)?[多余]?[万千百]?(?:元|块钱?|周?岁|[名位](?=党员|同志|人)|人|年(?=党龄|工龄))"
)
_NAME = re.compile(
    r"[^年全党员到去向在把从对和与本所各每其乡农城基单位支]{2,3}(?:街道|社区|学院|大学|中学|小学|公司|省|县|镇|市)"
)


@dataclass(frozen=True, slots=True)
class Strength:
    """What speaks for an answer (the first two and the last two) and against it (the others)."""

    near: float  # cosine of the question and the nearest hit, counted from the level of unrelated questions
    sentence: float  # share of the question's weight in the best sentence, its title and headings
    year: float  # 1 when a year that is asked about stands in no quoted place
    work: float  # 1 when a regulation is named and no hit comes from it
    name: float  # 1 when a street, school or county is named and no hit speaks of it
    figure: float  # 1 when a figure or a time is asked for and no quote has one
    term: float  # 1 when a quote has the person or the number asked after by name
    official: (
        float  # official words for what was said in everyday words that stand in the first hits, at most 2
    )


# Calibrated on evals/cases/corpus.jsonl (109 questions the corpus answers, 26 it does not), 251 exam questions and the 118
# colloquial ones of the development half over 66 regulations (all answerable), 300 and 150 questions of general knowledge
# asked of both and 246 about national laws asked of the regulations (hardly any is): a logistic regression, rounded.
# docs/retrieval.md has the curve. Counted from the level of unrelated questions, `near` keeps its meaning with other models.
WEIGHTS = Strength(near=13, sentence=1.5, year=-8, work=-6, name=-4.5, figure=-4.5, term=4, official=2)
LEAST = 3.8


def is_answerable(
    question: str,
    hits: Sequence[Hit],
    quotes: Sequence[Quote],
    unrelated: float = UNRELATED,
    lexicon: Lexicon | None = None,
) -> bool:
    """Whether the quotes may be shown as an answer; False when there are none.

    `unrelated`: cosine of the nearest text for questions that have nothing to do with the documents. `lexicon`: the
    everyday words of the home; None: the packaged ones.
    """
    return bool(quotes) and confidence(measure(question, hits, quotes, unrelated, lexicon)) >= LEAST


def confidence(strength: Strength) -> float:
    """The weighted sum; an answer is shown from `LEAST` on."""
    values: tuple[float, ...] = astuple(strength)
    weights: tuple[float, ...] = astuple(WEIGHTS)
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def measure(
    question: str,
    hits: Sequence[Hit],
    quotes: Sequence[Quote],
    unrelated: float = UNRELATED,
    lexicon: Lexicon | None = None,
) -> Strength:
    dense = max((hit.scores.get("dense", 0.0) for hit in hits[:DEEP]), default=0.0)
    first = search_form("\n".join(hit.text for hit in hits[:NEAREST]))
    form = search_form(question)
    everything = pairs_in("\n".join(_place(hit) + hit.text for hit in hits), lexicon)
    asked = read_question(_without_own(form, everything), lexicon)
    weights = {pair: plain_weight(pair) for pair in asked.pairs}
    figure = figure_for(form)
    return Strength(
        near=(dense - unrelated) / (1 - unrelated),
        sentence=max(
            (coverage(weights, pairs_in(_place(q.hit) + q.text, lexicon)) for q in quotes), default=0.0
        ),
        year=float(
            not _years(form)
            <= _years("\n".join(_place(q.hit) + q.hit.source + q.hit.text for q in quotes)) | _dated(quotes)
        ),
        work=float(any(not _has_work(work, hits) for work in asked.works)),
        name=float(any(not _has_name(name, hits) for name in _names(asked))),
        figure=float(figure is not None and not any(holds(figure, q.text) for q in quotes)),
        term=float(any(term in search_form(q.text) for q in quotes for term in asked.terms)),
        official=min(2, sum(word in first for word in official_words(question, lexicon))),
    )


def explain(question: str, hits: Sequence[Hit], lexicon: Lexicon | None = None) -> str:
    """One Chinese sentence for the reader: which words of the question the nearest texts do not speak of."""
    if not hits:
        return "知识库里没有找到与这个问题有关的内容，请先导入相关文件，或换一种说法再问。"
    found = pairs_in("\n".join(_place(hit) + hit.text for hit in hits), lexicon)
    asked = read_question(_without_own(search_form(question), found))
    absent = [work for work in asked.works if not _has_work(work, hits)]
    if absent:
        return f"知识库里没有《{absent[0]}》。下面列出最接近的内容，仅供参考；导入该文件后可以再问。"
    missing = [
        part
        for part in asked.parts
        if len(part) > 1 and _strange(part, found) >= max(1, (len(part) - 1) // 2)
    ]
    if missing:
        words = "、".join(f"“{part}”" for part in missing[:3])
        return (
            f"知识库里没有找到足以回答的依据：最接近的条款没有提到{words}。下面列出最接近的内容，仅供参考。"
        )
    return "知识库里没有找到能直接回答这个问题的条款。下面列出最接近的内容，仅供参考；可以换一种更具体的说法再问。"


def _strange(part: str, found: frozenset[str]) -> int:
    """The longest run of neighbouring pairs of a content word that are not found; an absent figure counts 1."""
    if part[0].isascii():
        return int(part not in found)
    longest = run = 0
    for at in range(len(part) - 1):
        run = 0 if part[at : at + 2] in found else run + 1
        longest = max(longest, run)
    return longest


def _without_own(form: str, found: frozenset[str]) -> str:
    """The question without the asker's own figures that no source has: no rule can speak of them."""
    return _OWN.sub(lambda own: own[0] if set(re.findall(r"\d+", own[0])) <= found else "", form)


def _years(form: str) -> set[str]:
    return set(_YEAR.findall(form))


def _dated(quotes: Sequence[Quote]) -> set[str]:
    """The years that documents date from and the question names; see `bot.retrieval.copies`."""
    return {str(int(quote.hit.scores["year"])) for quote in quotes if "year" in quote.hit.scores}


def _has_work(work: str, hits: Sequence[Hit]) -> bool:
    return any(calls(work, hit) for hit in hits)


def _names(asked: Asked) -> Iterator[str]:
    return (named[0] for part in asked.parts if (named := _NAME.match(part)))


def _has_name(name: str, hits: Sequence[Hit]) -> bool:
    return any(name in search_form(_place(hit) + hit.source + hit.text) for hit in hits)


def _place(hit: Hit) -> str:
    return "\n".join((hit.title, *hit.heading_path, ""))
